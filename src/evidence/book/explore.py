"""What a reader may ask of a figure: the series or the what-if in its Vega-Lite specification, as a script that is loaded only when it is asked for.

Which figures those are is told by their specifications alone. Nothing of a specification runs in the browser: `explore.js` draws these rows itself.
"""

import json
import re
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from evidence import disk, words
from evidence.citing.stamps import Stamp

FOLDER = "explore"
SCRIPT = "explore.js"
PARAMETER = "_budget_jpy_m"  # a row that has it is one of a what-if, and tells what it was computed from
_SHOWN = (
    "close", "series", "all", "none", "from", "to", "as", "line", "table", "growth", "years", "name", "year", "value", "low", "high", "selection",
    "assumed", "keys", "read", "empty", "no_range", "address", "save", "told",
)  # fmt: skip
_MOVED = re.compile(r"format\(datum\.value ([*/]) (\d+), ','\)")  # how an axis of money writes its numbers in the unit that its title names
_YEAR = re.compile(r"(?:FY)?(1[89]|20)\d\d")
_FEWEST = 3  # points in time of a series that is worth asking


def asked(path: Path) -> dict[str, Any]:
    """The rows that a reader may ask for of the figure with this specification; nothing where there is no such file, or no series in it."""
    return found(disk.loaded(path)) if path.exists() else {}


def found(spec: dict[str, Any]) -> dict[str, Any]:
    """The series over time of entities, or the what-if, that this specification draws; nothing where it draws neither.

    >>> mark = {"encoding": {"description": {"field": "says"}, "x": {"field": "year"}, "y": {"field": "n", "type": "quantitative", "title": "N"}}}
    >>> rows = [{"entity": "a", "name": "A", "year": year, "n": 1.0, "says": f"A, {year}: 1"} for year in (2001, 2002, 2003)]
    >>> found({"data": {"name": "d"}, "datasets": {"d": rows}, "layer": [mark]})["rows"][0]
    ['a', 'A', '', 2001, '2001', 1.0, 'A, 2001: 1', '1']
    >>> found({"data": {"name": "d"}, "datasets": {"d": rows[:2]}, "layer": [mark]})
    {}
    """
    marks = [(encoding, rows) for encoding, rows in _marks(spec, {}, {}, spec.get("datasets", {})) if "description" in encoding]
    supposed = [row for _, rows in marks for row in rows if PARAMETER in row]
    if supposed:
        return _what_if(marks[0][0], supposed)
    series = [_series(encoding, rows) for encoding, rows in marks]
    return series[0] if len(series) == 1 else {}  # several panels have axes of their own


def _marks(
    spec: dict[str, Any], encoding: dict[str, Any], data: dict[str, Any], sets: dict[str, list[dict[str, Any]]]
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    encoding, data = encoding | spec.get("encoding", {}), spec.get("data", data)
    parts = [part for name in ("layer", "hconcat", "vconcat", "concat") for part in spec.get(name, [])]
    for part in parts:
        yield from _marks(part, encoding, data, sets)
    if not parts:
        yield encoding, sets.get(data.get("name", ""), [])


def _series(encoding: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    y, x = encoding.get("y", {}), encoding.get("x", {}).get("field", "")
    said, part = encoding["description"].get("field", ""), encoding.get("detail", {}).get("field", "")
    moved = _moved(y)
    if y.get("type") != "quantitative" or not moved or not rows or any("entity" not in row or _moment(row, x) is None for row in rows):
        return {}
    told = [
        [row["entity"], row["name"], str(row.get(part, "")), _moment(row, x), _period(row, x), row[y["field"]] * moved, row[said], _text(row[said])]
        for row in rows
    ]
    if len({row[3] for row in told}) < _FEWEST:
        return {}
    return {"kind": "series", "axis": title(y), "rows": sorted(told, key=lambda row: (row[0], row[3]))}


def _period(row: dict[str, Any], x: str) -> str:
    return str(row.get("when") or row[x])


def _text(said: str) -> str:
    """The number as it is told after the colon, with its unit and digits."""
    return re.split("[:：] ?", said)[-1]


def _moment(row: dict[str, Any], x: str) -> float | None:
    """The year of the row as a number, a half where its period is; None where the axis is not one of time."""
    if not _YEAR.match(str(row.get(x, ""))):
        return None
    return row.get("_moment") or (row[x] if isinstance(row[x], (int, float)) else float(str(row[x]).removeprefix("FY")[:4]))


def _what_if(encoding: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    moved = _moved(encoding["x"])
    if not moved:
        return {}
    own = next(row for row in rows if row["kind"] == "what-if")
    told = [
        [row["name"], row["_annual_low_pct"], row["_annual_high_pct"], row["_span_years"], row["kind_told"]] for row in rows if row["kind"] == "peer"
    ]
    given = {
        "name": own["name"],
        "base": own[PARAMETER] * moved,
        "growth": own["_annual_low_pct"],
        "years": own["_span_years"],
        "most": own["_most_years"],
    }
    return {"kind": "what-if", "axis": title(encoding["x"]), "own": given, "peers": told}


def _moved(channel: dict[str, Any]) -> float:
    """By what the axis multiplies the numbers of the data before it writes them; 0 where it writes them in a way that is not known here.

    >>> _moved({}), _moved({"axis": {"labelExpr": "format(datum.value / 100, ',')"}}), _moved({"axis": {"labelExpr": "datum.label"}})
    (1.0, 0.01, 0.0)
    """
    written = (channel.get("axis") or {}).get("labelExpr", "")
    if not written:
        return 1.0
    found = _MOVED.fullmatch(written)
    return float(found[2]) ** {"*": 1, "/": -1}[found[1]] if found else 0.0


def title(channel: dict[str, Any]) -> str:
    """What an axis measures, in one line."""
    told = channel.get("title") or (channel.get("axis") or {}).get("title") or ""
    return " ".join(told) if isinstance(told, list) else str(told)


def write(html: Path, made: dict[str, Any], lang: str) -> None:
    """Writes the script that draws, and beside it one with the rows of each figure that may be asked; a draft has no digits and none of it."""
    offered = [record for record in made["exhibits"].values() if record.get("explore")] if made.get("edition") else []
    if not offered:
        return
    (html / FOLDER).mkdir(parents=True, exist_ok=True)
    shutil.copy(str(files("evidence.book").joinpath("templates", SCRIPT)), html / FOLDER / SCRIPT)
    shown = {name: words.word(f"ui.explore_{name}", lang) for name in _SHOWN}
    for record in offered:
        told = record["explore"] | {
            "id": record["id"], "title": f"{record['number']} {record['subtitle']}", "guards": record["guards"], "words": shown,
            "stamp": str(Stamp(made["edition"], record["id"], record["offer"]["hash"])), "citation": record["offer"]["formats"]["short"],
        }  # fmt: skip
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        (html / FOLDER / f"{record['id']}.js").write_text(f"window.evidenceAsked = {text};\n", encoding="utf-8")
