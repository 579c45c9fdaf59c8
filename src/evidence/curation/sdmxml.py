"""SDMX-ML: one line for each number of a data message, with all that the message says of it; of several datasets the one that is chosen.

What is a dimension and what an attribute is told by a structure that lies elsewhere. A table needs neither: what is said of a dataset, of a group, of
a series and of an observation are columns of one name each, and numbers stay as they are printed.
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from evidence import disk
from evidence.curation import grids
from evidence.curation.grids import Grid
from evidence.errors import Place, Refusal

FORM = "SDMX-ML"
_DATA = ("Data", "GenericTimeSeries")  # how the kinds of a data message end, and one of the second version's
_ABOUT = frozenset({  # what a dataset says of itself, not of its numbers; the second version writes them as it writes the others
    "action", "dataProviderID", "dataProviderSchemeAgencyId", "dataProviderSchemeId", "dataScope", "dataflowAgencyID", "dataflowID", "datasetID",
    "keyFamilyURI", "publicationPeriod", "publicationYear", "reportingBeginDate", "reportingEndDate", "setID", "structureRef", "validFromDate",
    "validToDate",
})  # fmt: skip
Said = dict[str, str]


def read(raw: bytes, path: Path, chosen: str) -> Grid:
    """The dataset as lines; `chosen` is its name or its place among those of the message, and may be empty where there is one.

    Raises:
        Refusal: E270 a dataset that is not there or not chosen, E2087 no sound XML, E2125 a message that holds no data, with its kind.
    """
    try:
        root = disk.tree(raw)
    except etree.XMLSyntaxError as error:
        raise Refusal("E2087", Place(path.name), f"{FORM}: {str(error).partition(chr(10))[0]}") from error
    if root.getroottree().docinfo.doctype:  # none has one, and what it declares would stand for what is not written
        raise Refusal("E2087", Place(path.name), f"{FORM}: DOCTYPE")
    sets = _datasets(root)
    if not sets:
        raise Refusal("E2125", Place(path.name), _without(root))
    name = grids.one_of(list(sets), chosen, path.name)
    rows = [*_rows(sets[name], "" if not _kind(root).startswith("Generic") else _observed(root))]
    head = list(dict.fromkeys(column for row in rows for column in row))
    lines = [head, *([row.get(column, "") for column in head] for row in rows)]
    several = len(sets) > 1
    return Grid(f"{path.name}[{name}]" if several else path.name, name if several else "", FORM, [*enumerate(lines, start=1)])


def _kind(element: etree._Element) -> str:
    return etree.QName(element).localname


def _own(dataset: etree._Element, name: str) -> str:
    """What a dataset says of itself: in a namespace, but for generic messages and the second version."""
    return next((str(text) for key, text in dataset.attrib.items() if etree.QName(key).localname == name), "")


def _datasets(root: etree._Element) -> dict[str, etree._Element]:
    """The datasets that hold numbers by their names; one that says what to delete holds none."""
    found: dict[str, etree._Element] = {}
    for one in root.iterchildren("{*}DataSet") if _kind(root).endswith(_DATA) else ():
        if _own(one, "action") != "Delete" and next(one.iter("{*}Obs"), None) is not None:
            name = _own(one, "structureRef") or "DataSet"
            found[name if name not in found else f"{name} ({len(found) + 1})"] = one
    return found


def _without(root: etree._Element) -> str:
    """What a message without data is: its kind, and what it says of an error or to delete."""
    said = ["".join(text.itertext()).strip() for text in root.iter("{*}Text")] if _kind(root) == "Error" else []
    said += ["action=Delete" for one in root.iterchildren("{*}DataSet") if _own(one, "action") == "Delete"][:1]
    return ": ".join([_kind(root), *filter(None, said)])


def _observed(root: etree._Element) -> str:
    """The dimension that differs within a series: time, unless the message names another."""
    told = next(root.iterfind("{*}Header/{*}Structure"), None)
    return (told.get("dimensionAtObservation") if told is not None else None) or "TIME_PERIOD"


def _rows(dataset: etree._Element, observed: str) -> Iterator[Said]:
    """What is said of each number: by its series and by itself, then by the groups it belongs to and by the dataset."""
    held = [(_said(one, observed), [_said(obs, observed) for obs in one.iterchildren("{*}Obs")]) for one in dataset.iterchildren("{*}Series")]
    held += [(_said(obs, observed), [{}]) for obs in dataset.iterchildren("{*}Obs")]
    keys = set.intersection(*(set(said) for said, _ in held))  # what is said of every series may tell to which of them a group belongs
    groups = [_said(one, observed) for one in dataset.iterchildren("{*}Group", "{*}Atts")]
    whole = _said(dataset, observed)
    for said, numbers in held:
        around: Said = {}
        for group in groups:
            if all(said[name] == text for name, text in group.items() if name in keys):
                around |= {name: text for name, text in group.items() if name not in keys}
        yield from (whole | around | said | own for own in numbers)  # the nearest holds


def _said(element: etree._Element, observed: str) -> Said:
    """What an element itself says of all below it: by its attributes, or in a generic message, where `observed` is told, by what it lists as values.

    >>> _said(etree.fromstring('<Obs TIME_PERIOD="2020" OBS_VALUE="1.50"/>'), "")
    {'TIME_PERIOD': '2020', 'OBS_VALUE': '1.50'}
    >>> _said(etree.fromstring('<Obs><ObsDimension value="2020"/><ObsValue value="1.50"/></Obs>'), "TIME_PERIOD")
    {'TIME_PERIOD': '2020', 'OBS_VALUE': '1.50'}
    """
    found: Said = {}
    if not observed:
        found = {str(name): str(text) for name, text in element.attrib.items() if str(name)[0] != "{" and name not in _ABOUT}
        for part in element.iterchildren("{*}Comp"):
            found[part.get("id", "")] = "; ".join("".join(value.itertext()).strip() for value in part.iterchildren("{*}Value"))
        return found
    for part in element.iterchildren("{*}SeriesKey", "{*}GroupKey", "{*}ObsKey", "{*}Attributes"):
        found |= {value.get("id") or value.get("concept", ""): value.get("value", "") for value in part.iterchildren("{*}Value")}
    for part in element.iterchildren("{*}ObsDimension", "{*}Time", "{*}ObsValue"):
        if _kind(part) == "ObsValue":
            found["OBS_VALUE"] = part.get("value", "")
        else:
            found[part.get("id") or observed] = part.get("value") or part.text or ""
    return found
