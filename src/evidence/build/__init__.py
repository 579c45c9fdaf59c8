"""The graph of tasks that makes the book, and what of it has to be done again.

In: the project's folder. Out: `_build/html`, or refusals and the last good book. `tasks` names what there is to do, `bound` what of it binds the
book, each a `job`; `modules` knows the code that one depends on, `reads` what of the tables, `pipeline` does it with `workers` and `drawing` beside
it, `progress` shows it. `preview` makes one page, `batches` runs one notebook with many sets of parameters. `store` keeps what is done; through it
`cluster` hands tasks to other machines, where `remote` does them. `state` knows whether anything changed, `second_run` whether chance had a part.
`checks` is the gate before the first kernel: `outline` reads what will be made, `agreement` and `quoted` hold notebooks, tables and pages against
each other, `findings` what pages state against the tests of titles, `indicators` each row of indicators.csv against its series, `gaps` what was not
found, `periods` whether values say when, `wording` all that is read against the book's terms.
Others use: `pipeline`, `state`, `batches`, `preview`, `outline.Outline`, `checks.check`, `progress.Board`.
"""
