"""How evidence gets in and is kept right: new editions, imports, corrections, the register of ids, the audit against a document.

In: an edition's folder and a spreadsheet, a correction or a document. Out: tables written as a whole or not at all, and what was understood.
Others use: `succession.begin`, `intake.plan` and `.write`, `corrections.make`, `identifiers`, `audit`.
"""
