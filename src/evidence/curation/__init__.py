"""How evidence gets in and is kept right: new editions, imports, corrections, the register of ids, the audit against a document.

In: an edition's folder and a spreadsheet, a correction or a document. Out: tables written as a whole or not at all, and what was understood.
`spreadsheet` reads a file (`grids`: its lines; `workbooks` and what Excel has `shown`, `old_excel` or an `opendocument`; `formats` of offices,
`jsonstat`, `sdmxml`), `normal` sets right what is beyond doubt, `passages` finds a place in a document. A file that is not in our form is looked at
(`looking`): `heads` finds its head, `proposal` what its columns and labels are, by `names`, `scales` what it counts in, `marks` how
far its years are settled; `recipes` keeps that, `laying` makes rows of it with pandas. `merging` puts rows into a table, `withdrawal` takes out those
that the file lacks, `screening` tells all of it on a page, `forms` makes workbooks to fill in, `scaffold` begins a row (`units`: the words of a
new unit) and `chapters` a chapter. `addresses` asks whether sources are still where they were read.
Others use: `succession.begin` and `.unpublished`, `looking`, `recipes`, `spreadsheet.grid`, `merging.Taken` and `screening` around `intake`,
`forms.workbook`, `scaffold`, `units`, `chapters`, `corrections`, `identifiers`, `audit`, `addresses`.
"""
