"""One exhibit as every file that a citer takes away.

In: the record, the data file and the specification that a run left. Out: SVG, PNG, PDF, CSV, XLSX, PPTX, citations, and all of them in a ZIP.
`exports` makes them all: `pictures`, `workbooks`, `slides` with what `plots` reads of a specification that `vegalite` took apart, `bundles`.
`handout` makes slides of the book's first page.
Others use: `exports.files`; `handout.pptx`; `bundles` for what a file is called; `zips` packs archives and Office files to the same bytes each time.
"""
