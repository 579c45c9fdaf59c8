"""The shared look of all charts, and how a chart becomes a static SVG that every machine draws the same."""

import contextlib
import html
import json
import math
import os
import re
import socket
from collections.abc import Iterable
from multiprocessing.connection import Connection
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import vl_convert as vlc
from altair.utils import schemapi

from evidence import words
from evidence.charts import typeface
from evidence.charts.typeface import FONT
from evidence.tables import columns

LINES = "split(datum.label, '\\n')"  # an axis draws a label in several lines only where it is an array
INK, SOFT, RULE, PAPER = "#1b2733", "#5a6775", "#d5dbe1", "#ffffff"
# Okabe and Ito's colours, reordered so that neighbours differ in lightness too and stay apart in grey print.
PALETTE = ["#0b5394", "#e69f00", "#009e73", "#8c2d5f", "#56b4e9", "#6b7280"]
PALE = "#dbe8f4"  # inside a bar whose number is not final, beside those of the first colour
BREAK: dict[str, Any] = {"color": SOFT, "strokeDash": [2, 3], "aria": False}  # the line where a series breaks
ROWS = 5000  # of a layer at most
WIDTH = 640  # points; the page scales figures down, never up
GUARD_WIDE = 96  # half-width characters of a line below a drawing of that width

# A chart is held against Vega-Lite's schema whole, when it is drawn; to hold each of its parts against it as well took a quarter of a notebook, and
# to hold against it again what is in store already another sixth.
schemapi.disable_debug_mode()
alt.SchemaBase.validate_property = classmethod(lambda *_, **__: None)  # type: ignore[method-assign,assignment]


def _values(data: Any) -> Any:
    """The rows of a frame as Vega-Lite reads them: as Altair's own way gives them, which makes each column anew several times.

    >>> _values(pd.DataFrame({"a": [1.5, float("nan")], "b": ["x", None]}))
    {'values': [{'a': 1.5, 'b': 'x'}, {'a': None, 'b': None}]}
    """
    if not isinstance(data, pd.DataFrame) or not all(isinstance(name, str) for name in data.columns):
        return alt.default_data_transformer(data)
    columns = [_cells(data[name]) for name in alt.limit_rows(data, max_rows=ROWS).columns]
    if any(cells is None for cells in columns):
        return alt.default_data_transformer(data)
    return {"values": [dict(zip(data.columns, row, strict=True)) for row in zip(*columns, strict=True)]}


def _cells(column: pd.Series) -> list[Any] | None:
    """The cells of a column of numbers, texts or truths, None where there is nothing; nothing where some are of another kind."""
    cells = column.tolist()
    if column.dtype.kind in "biu" and isinstance(column.dtype, np.dtype):
        return cells
    if column.dtype.kind == "f" and isinstance(column.dtype, np.dtype):
        return [cell if math.isfinite(cell) else None for cell in cells]
    cells = [None if cell is pd.NA or cell != cell else cell for cell in cells]
    return cells if all(cell is None or type(cell) in (str, int, float, bool) for cell in cells) else None


alt.data_transformers.register("evidence", _values)
alt.data_transformers.enable("evidence")


@alt.theme.register("evidence", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    return {
        "config": {
            "font": FONT,
            "background": PAPER,
            "view": {"stroke": None, "continuousWidth": WIDTH, "discreteWidth": WIDTH},
            "aria": True,
            "axis": {
                "aria": False, "labelFontSize": 13, "titleFontSize": 13, "labelColor": INK, "titleColor": SOFT,
                "titleFontWeight": "normal", "gridColor": RULE, "domainColor": SOFT, "tickColor": SOFT, "labelLimit": 320,
            },
            "legend": {"aria": False, "labelFontSize": 13, "titleFontSize": 13, "labelColor": INK, "titleColor": SOFT, "labelLimit": 400},
            "header": {"labelFontSize": 13, "titleFontSize": 13, "labelColor": INK, "titleColor": SOFT},
            "text": {"fontSize": 13, "color": INK},
            "point": {"opacity": 1}, "circle": {"opacity": 1}, "tick": {"opacity": 1},  # a paler mark has a colour profile of its own in a PDF
            "range": {"category": PALETTE},
        }
    }  # fmt: skip


def side_by_side(heads: Iterable[str]) -> dict[str, Any]:
    """How heads that stand side by side above a grid are set: Vega writes further lines downwards, so that they start higher to end above it."""
    breaks = max(head.count("\n") for head in heads)
    return {"labelAngle": 0, "labelExpr": LINES, "labelLineHeight": 14, "labelPadding": 12 + 14 * breaks}


def axis(name: str, lang: str, title: str = "", **more: Any) -> dict[str, Any]:
    """Title and axis of a column as the register has it: what it is called, or what `title` says more closely; no half of what is counted.

    A year names itself and has no comma. `more` are properties of the axis that are its drawing's own, such as its values.

    >>> axis("growth_pct", "en")["title"], axis("year", "en")["title"], axis("year", "en")["axis"].to_dict()
    ('Growth (%)', None, {'format': 'd'})
    """
    column = columns.column(name)
    forms: dict[str, dict[str, Any]] = {"year": {"format": "d"}, "count": {"tickMinStep": 1}}
    if tens := column.tens(lang):
        forms["money"] = {"labelExpr": f"format(datum.value {'*' if tens > 0 else '/'} {10 ** abs(tens)}, ',')"}
    return {"title": title or (None if column.kind == "year" else column.heading(lang)), "axis": alt.Axis(**(forms.get(column.kind, {}) | more))}


def guarded(spec: dict[str, Any], guards: list[str], lang: str, wide: int = GUARD_WIDE) -> dict[str, Any]:
    """The specification with what keeps the drawing from misleading set below it, so that no copy of the drawing lacks it."""
    lines = [line for guard in guards for line in words.wrapped(guard, lang, wide)]
    title = {"text": lines, "orient": "bottom", "anchor": "start", "frame": "bounds", "offset": 14, "fontSize": 12, "fontWeight": "bold"}
    return spec | {"title": title | {"color": INK}} if lines else spec


PATIENCE = 60  # seconds after which a drawing is made here, whatever became of the process that was asked
ELSEWHERE = "EVIDENCE_DRAWING"  # the number of the descriptor at which processes wait that are ready to draw, if a build has started them


PUBLISHED, ONLY_DRAWN = b"!", b"."  # what is asked of another process: a drawing of what is published as well, or of a form of it


def drawn(spec: dict[str, Any], *, published: bool = False) -> str:
    """The Vega-Lite specification as SVG text; its data must be inline, and nothing is fetched to draw it.

    Drawn by a process that has drawn before, where a build offers one: the same bytes, in a fifth of the time. One that is `published` is first
    held against Vega-Lite's schema, by whichever process draws it.

    Raises:
        ValueError: it is not what the schema asks for, or cannot be drawn.
    """
    if door := os.environ.get(ELSEWHERE):
        with contextlib.suppress(OSError, EOFError, ValueError), _asked(int(door), PUBLISHED if published else ONLY_DRAWN) as drawing:
            drawing.send_bytes(json.dumps(spec).encode())
            if drawing.poll(PATIENCE):
                return drawing.recv_bytes().decode()
    return draw(spec, published=published)


def _asked(door: int, how: bytes) -> Connection:
    """A way to whichever of the processes takes it first: handed over, not called by a name that others could call."""
    ours, theirs = socket.socketpair()
    with theirs, socket.socket(fileno=os.dup(door)) as to:
        socket.send_fds(to, [how], [theirs.fileno()])
    return Connection(ours.detach())


def draw(spec: dict[str, Any], *, published: bool = False) -> str:
    """The drawing, made in this process.

    Raises:
        ValueError: as `drawn`.
    """
    if published:
        wrong = schemapi.validate_jsonschema(spec, alt.TopLevelSpec._schema, alt.Chart._rootschema, raise_error=False)
        if wrong:
            raise ValueError(f"Vega-Lite: {'/'.join(map(str, wrong.absolute_path))}: {wrong.message}")
    typeface.register()
    return slim(typeface.whole(vlc.vegalite_to_svg(typeface.cut(json.dumps(spec, ensure_ascii=False)), allowed_base_urls=[])))


_PLACED = re.compile(r' (?:d|transform|points|x|y|[xy][12]|c[xy]|r|width|height)="[^"]*"')
_LONG = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_ROOT = '<g fill="none"'  # the group that holds all that Vega draws
_OFTEN = re.compile(
    r'<path class="(?:back|fore)ground" aria-hidden="true" d="[^"]*"(?: pointer-events="none")?(?: display="none")?/>'
    rf'| (?:pointer-events="none"|opacity="1"|role="graphics-object" aria-roledescription="group mark container"|font-family="{FONT}")'
)


def slim(svg: str) -> str:
    """The same drawing in three quarters of the bytes: places to a hundredth of a point, the font named once, nothing that draws nothing.

    >>> slim('<svg><g fill="none"><path class="background" aria-hidden="true" d="M0,0h0"/><text x="1.2345" opacity="1">0.12345</text></g></svg>')
    '<svg><g font-family="Noto Sans CJK JP" fill="none"><text x="1.23">0.12345</text></g></svg>'
    """
    placed = _PLACED.sub(lambda told: _LONG.sub(lambda number: f"{round(float(number[0]), 2) + 0:g}", told[0]), svg)
    return _OFTEN.sub("", placed).replace(_ROOT, f'<g font-family="{FONT}" fill="none"', 1)


def own_ids(svg: str, id: str) -> str:
    """The SVG with its internal ids led by this id, so that several drawings can stand on one page.

    >>> own_ids('<clipPath id="clip1"/><g clip-path="url(#clip1)"/>', "map")
    '<clipPath id="map-clip1"/><g clip-path="url(#map-clip1)"/>'
    """
    return re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{id}-", svg)


def descriptions(svg: str) -> list[str]:
    """What each described mark of the SVG says: one per row that was drawn.

    A chart gives its main mark a `description`; axes, legends and helper layers carry none, and what is set below a drawing is its title.
    """
    tags = [tag for tag in re.findall(r'<[^>]*role="graphics-symbol"[^>]*>', svg) if 'aria-roledescription="title"' not in tag]
    labels = [re.search(r'aria-label="([^"]*)"', tag) for tag in tags]
    return [html.unescape(label[1]) for label in labels if label]
