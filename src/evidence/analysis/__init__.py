"""DataFrame in, DataFrame out: what is computed from the evidence. No files, no charts, no globals.

One module per chapter; each function names the columns it needs and the columns it gives.
Others use: the chapter's module in its notebook.
"""

from evidence.rooms import modules

__getattr__ = modules(__name__)
