"""What an OpenDocument sheet shows of a cell where that is not what the cell holds: dates in words, marks set above; hidden and struck-out cells."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from evidence import disk
from evidence.curation import shown
from evidence.errors import Place, Refusal
from evidence.tables.headers import letter

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_HIDDEN = ("collapse", "filter")


def applied(raw: bytes, title: str, rows: list[list[str]], file: str) -> list[Refusal]:
    """Puts what is shown into the rows; E274, E2084 and E2085 for what cannot be read as it is shown, N2091 and N2096 for what was."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        content = archive.read("content.xml")
    try:
        root = disk.tree(content)
    except etree.XMLSyntaxError as error:
        raise Refusal("E273", Place(file), ".ods") from error
    sheet = next(one for one in root.iter(_name("table", "table")) if one.get(_name("table", "name")) == title)
    raised, struck = _styled(root, "text-position", "super"), _styled(root, "text-line-through-style", "")
    found: list[Refusal] = []
    told: Counter[str] = Counter()
    rounded: Counter[str] = Counter()
    for place, cell in _placed(sheet, "table-column", len(rows[0])):
        if cell.get(_name("table", "visibility")) in _HIDDEN:
            found.append(Refusal("E2085", Place(file, column=letter(place)), letter(place)))
    for line, row in _placed(sheet, "table-row", len(rows)):
        if row.get(_name("table", "visibility")) in _HIDDEN:
            found.append(Refusal("E2085", Place(file, line + 1), str(line + 1)))
            continue
        for place, cell in _placed(row, "table-cell", len(rows[line])):
            where, kind = Place(file, line + 1, letter(place)), cell.get(_name("office", "value-type"))
            spans = {span.get(_name("text", "style-name")) for span in cell.iter(_name("text", "span"))}
            if kind and (cell.get(_name("table", "style-name")) in struck or spans & struck):
                found.append(Refusal("E2084", where, _shown(cell, set())))
            elif kind == "percentage":
                found.append(Refusal("E274", where, _shown(cell, set())))
            elif kind == "date" and (made := _shown(cell, set())) != rows[line][place]:
                told[f"{rows[line][place]} → {made}"] += 1
                rows[line][place] = made
            elif spans & raised:
                rows[line][place] = _shown(cell, raised)
            elif kind == "float" and shown.decimals(made := _shown(cell, set()).replace(",", "")) < shown.decimals(rows[line][place]):
                rounded[f"{rows[line][place]} ({made})"] += 1
    return found + shown.notices(told, rounded, file)


def _name(space: str, name: str) -> str:
    return f"{{{_SPACE.format(space)}}}{name}"


def _styled(root: etree._Element, property: str, begins: str) -> set[str | None]:
    """The names of the styles that have this property, beginning so, and are not without it."""
    return {
        style.get(_name("style", "name"))
        for style in root.iter(_name("style", "style"))
        for told in style.iter(_name("style", "text-properties"))
        if (value := told.get(_name("style", property), "none")).startswith(begins) and value != "none"
    }


def _placed(within: etree._Element, kind: str, most: int) -> Iterator[tuple[int, etree._Element]]:
    """The rows of a sheet, its columns, or the cells of a row, each with its place from 0; a repeated one comes again, never beyond `most`."""
    place, repeated = 0, "number-rows-repeated" if kind == "table-row" else "number-columns-repeated"
    for one in within.iter(_name("table", kind), *([_name("table", "covered-table-cell")] if kind == "table-cell" else [])):
        times = int(one.get(_name("table", repeated), "1"))
        yield from ((at, one) for at in range(place, min(place + times, most)))
        place += times


def _shown(cell: etree._Element, raised: set[str | None]) -> str:
    """The text of the cell, its paragraphs one below the other, marks set above in raised digits."""
    return "\n".join(_text(part, raised) for part in cell.iterchildren(_name("text", "p")))


def _text(part: etree._Element, raised: set[str | None]) -> str:
    own = (part.text or "") + "".join(_text(inner, raised) + (inner.tail or "") for inner in part)
    return shown.above(own) if part.get(_name("text", "style-name")) in raised else own
