"""How evidence gets in and is kept right: new editions, imports, corrections, the register of ids, the audit against a document.

In: an edition's folder and a spreadsheet, a correction or a document. Out: tables written as a whole or not at all, and what was understood.
`spreadsheet` reads a file, `normal` sets right what is beyond doubt, `passages` finds a place in a document.
Others use: `succession.begin`, `intake.plan` and `.write`, `corrections.make`, `identifiers`, `audit`.
"""
