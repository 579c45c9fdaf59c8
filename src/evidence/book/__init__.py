"""The book's pages: gathered, checked, bound as HTML with Jupyter Book.

In: prose from `book/`, and the records that the runs left. Out: a folder of static HTML that loads nothing from elsewhere.
`contents` reads `_toc.yml`, `prose` judges a page, `staging` gathers, `binding` binds, `extension` shows exhibits and values to Sphinx.
Others use: `contents.pages` and `.runs`, `prose.page`, `staging.records` and `.stage`, `binding.bind`, `fonts`, `settings.read`.
"""
