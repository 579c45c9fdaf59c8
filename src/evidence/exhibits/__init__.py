"""What a notebook shows, kept under one permanent id with its meaning.

In: tables, charts and numbers. Out: `<id>.json`, `<id>.csv`, `<id>.svg`, `<id>.vl.json` and `values.json` in the run's own folder.
`desk` keeps it, `printed` says how a table reads, `basis` what a number rests on, `parts` what of the tables is read for that,
`subjects` what a profile is about, `indicators` what the words of one are, `warm` what every notebook would do first, done once for all that are
forked.
Others use: `desk.Chapter` in a notebook, `desk.made` to read what runs left, `data_files` for the published form of the data, `subjects`,
`indicators` in its notebook, for what is said of a figure made by configuration, `basis` for the period of a value, `parts` for what a run reads.
"""

from evidence.rooms import modules

__getattr__ = modules(__name__)
