"""DataFrame in, Altair chart out; a chart never computes what it shows. A channel is given as its class (`text=alt.Text("label:N")`): for a bare text
Altair compares the schemas of all its classes each time.

One module per chapter, and `sequence`, `placement`, `cases` and `partners` for diagrams and dots of programmes; one shared `look`; `boxed`, `split`,
`spans`, `timelines`, `multiples`, `shapes` and `typeface` are what they draw with; `cut_font` makes drawing faster; `indicators` draws any series
that a table describes. `narrow` draws the same for a narrow screen where `legible` says that it can be read.
Others use: the chapter's module in its notebook, `look` for the drawing as SVG, `timelines` for how many lines there can be, `narrow.narrow` and
`.parted`, `typeface` for the font, `cut_font.cut` for the part of it that a build draws with.
"""

from evidence.rooms import modules

__getattr__ = modules(__name__)
