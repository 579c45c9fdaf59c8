"""One exhibit as every file that a citer takes away.

In: the record, the data file and the specification that a run left. Out: SVG, PNG, PDF, CSV, XLSX, PPTX, citations, and all of them in a ZIP.
Others use: `exports.files`; `zips` packs archives and Office files to the same bytes each time.
"""
