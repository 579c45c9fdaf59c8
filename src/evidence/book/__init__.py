"""The book's pages: gathered, checked, bound as HTML with Jupyter Book.

In: prose from `book/`, and the records that the runs left. Out: a folder of static HTML that loads nothing from elsewhere.
`contents` reads `_toc.yml`, `settings` what is YAML, `prose` and `markup` judge a page, `sentences` finds what it states,
`staging` gathers, `later` adds what is known since,
`binding` binds, `extension` shows exhibits and values to Sphinx, `search` cuts words, `fonts` cuts the font, `loads` finds what comes from elsewhere.
Others use: `contents.pages` and `.runs`, `prose.page`, `sentences.stated`, `staging.records` and `.stage`, `later.attach`, `binding.bind`, `fonts`, `loads.foreign`,
`markup`, `settings.read`.
"""
