"""One exhibit as every file that a citer takes away.

In: the record, the data file and the specification that a run left. Out: SVG, PNG, PDF, CSV, XLSX, PPTX, DOCX and citations.
`exports` makes them all: `pictures`, `workbooks`, `documents`, `slides` with what `plots` reads of a specification that `vegalite` took apart,
and tables as `spread` measures them; `line_names` names the lines of a chart on a slide.
`handout` makes slides of the book's first page; `blank` is what both begin with. `descriptions` says what data and files are.
Others use: `exports.files` and `.cited`; `handout.pptx` and `.Opening`; `descriptions`.
"""
