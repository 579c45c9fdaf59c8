"""DataFrame in, Altair chart out; a chart never computes what it shows.

One module per chapter, one shared `look`; `shapes` and `typeface` are what they draw with.
Others use: the chapter's module in its notebook, `look.drawn` for the drawing as SVG, `typeface` for the font.
"""

from evidence.rooms import modules

__getattr__ = modules(__name__)
