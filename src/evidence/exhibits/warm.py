"""What each notebook of a build would do first, done once by the server whose forks they are, which imports this last (`runs.kernels`).

It reads the tables of the two newest editions by name: what the gate judged is known again by its bytes, and what was saved since is read anew.
"""

import contextlib
import gc

from evidence import root
from evidence.tables.edition import Edition

EDITIONS = 2  # the newest is compared with the one before it

with contextlib.suppress(Exception):  # whatever is wrong is told by the notebook that reads it; here it would end the server
    data = root.folder() / "data"
    for name in root.editions(data)[-EDITIONS:]:
        Edition(data / name).tables()
gc.freeze()  # no fork goes through all of this in search of what can be thrown away, and so none copies it
