"""Raw bytes to checked rows to typed tables: the input gate.

In: `data/<edition>/*.csv` and the schemas in `data/schema`. Out: tables as DataFrames, or every problem with file, line and column.
`packed` and `encoding` judge a file, `reading` finds rows, `cells`, `headers`, `references`, `facts` and `jumps` judge them, `gate` asks them all,
`stated` reads what imports said of changes, `edition` gives types, `columns` says how each column is written, `locators` where a row stands in its
document. `schema_shape` is what a schema is made of. `ties` reads what an edition says of the one it goes back to, `lineage` walks it.
Others use: `edition.opened` and `.Edition`, `gate`, `columns`, `cells`, `facts.UNWRITTEN`, `facts.LEDGERS`, `facts.PRELIMINARY`, `facts.FINAL`,
`stated`, `lineage` for the order of editions, `package` for the descriptor, `corrections` for the register; an import also `encoding.foreign`,
`headers.letter`, `jumps.of_series`, `packed`, `reading`, `references.Table`, `ties`.
"""

from evidence.rooms import modules

__getattr__ = modules(__name__)
