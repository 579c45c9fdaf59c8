"""Notebooks run with Papermill, each in a kernel of its own; none is trusted that did not finish.

In: a notebook, an edition, a language, parameters. Out: the executed notebook and what it promised, or a refusal and nothing.
`selection` cuts a notebook to what an edition lists, `promises` reads its code, `parameters` judges what it is given, `kernels` are the warm
processes, `execution` is the run.
Others use: `execution.execute`, `promises.Run` and what it says of a notebook, `parameters.parsed`.
"""
