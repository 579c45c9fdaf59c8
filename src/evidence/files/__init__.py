"""One exhibit as every file that a citer takes away.

In: the record, the data file and the specification that a run left. Out: SVG, PNG, PDF, CSV, XLSX, PPTX, citations, and all of them in a ZIP.
`exports` makes them all: `pictures`, `workbooks`, `slides` with what `plots` reads of a specification that `vegalite` took apart, `bundles`.
Others use: `exports.files`; `bundles` for what a file is called; `zips` packs archives and Office files to the same bytes each time.
"""
