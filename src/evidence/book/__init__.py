"""The book's pages: gathered, checked, bound as HTML with Jupyter Book, and as PDF.

In: prose from `book/`, and the records that the runs left. Out: a folder of static HTML that loads nothing from elsewhere, and the same as PDF.
`contents` reads `_toc.yml`, `settings` what is YAML, `prose` and `markup` judge a page, `sentences` finds what it states, `terms` what is said in
other words than the book's own, `staging` gathers, `workings` leads from a notebook to its exhibits, `later` adds what is known since, `elsewhere`
what else is told of the subject of a profile, `leads` says where an id leads, `binding` binds, with a process on `standby`,
`finishing` takes away what a page does not need, `sheets` what its style sheets do not, `extension` shows exhibits and values to Sphinx, `listing`
lists the exhibits, `frame` is what stands around a page, `hits` lists what the search finds, `explore` what a reader may ask of a figure, `fonts`
cuts the font, `loads` finds what comes from elsewhere; `trees` keeps each page as it was bound, `paper` fits its exhibits to sheets, `pdf` has them
typeset by the layout in `typst/`.
Others use: `contents`, `staging`, `sentences`, `fonts`, `pdf`, `trees`, `extension.quoted`, `prose.page` and `.notebook`, `settings.read` and
`.configuration`, `later.attach` and `.TABLES`, `elsewhere.attach` and `.name`, `binding.bind` and `.alone`, `frame.HANDOUT`,
`listing`, `loads.foreign`, `standby.ready`, `terms.wrong`.
"""
