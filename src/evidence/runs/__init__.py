"""Notebooks run with Papermill, each in a kernel of its own; none is trusted that did not finish.

In: a notebook, an edition, a language, parameters. Out: the executed notebook and what it promised, or a refusal and nothing.
`selection` cuts a notebook to what an edition lists, `promises` reads its code, `parameters` judges what it is given (`choices`: ids and
periods), `execution` is the run,
`outputs` judges what its cells show, `styles` how. `engine` is Papermill's, whose `kernels` are forked processes in which `cells` answers, within
`limits` (held by `landlock` and `seccomp` where Linux has them) and `surroundings` of their own; `scratch` is the folder for what does not outlive
a process, and `processes` guards and ends what was started.
Others use: `execution.execute`, `kernels.server` and `.LENT`, `promises`, `parameters`, `selection`, `processes`, `surroundings.variables`,
`scratch.folder`.
"""
