"""The graph of tasks that makes the book, and what of it has to be done again.

In: the project's folder. Out: `_build/html`, or refusals and the last good book.
`tasks` names what there is to do, `pipeline` does it, `state` knows whether anything changed, `second_run` whether chance had a part,
`progress` shows it.
Others use: `pipeline.build`, `pipeline.draft`, `state.changes`, `state.alone`, `progress.Board`.
"""
