"""Where an id in a table leads: the row that bears it, the page of its subject, the exhibit or value it names."""

from collections.abc import Iterator
from typing import Any

from evidence.book.contents import Page

Lead = dict[str, str]  # `to`, an address within the book, and `title`, what stands there


def attach(made: dict[str, dict[str, Any]], pages: list[Page]) -> None:
    """Gives each exhibit, as `leads`, where the ids in its cells lead by id; one that nothing in this edition bears is left as it is."""
    known = {id: {"to": f"values.html#value-{id}", "title": record["name"]} for id, record in made["values"].items()}
    known |= {id: {"to": f"{record['page']}.html#{id}", "title": record["title"]} for id, record in made["exhibits"].items()}
    known |= {page.subject: {"to": f"{page.name}.html", "title": ""} for page in pages if page.subject}
    known |= {id: lead for record in made["exhibits"].values() for id, lead in _rows(record)}
    for record in made["exhibits"].values():
        cells = [cell.split() for row in record["rows"] for place, cell in enumerate(row) if record["columns"][place].get("leads")]
        record["leads"] = {id: known[id] for id in sorted({id for ids in cells for id in ids} & known.keys())}


def _rows(record: dict[str, Any]) -> Iterator[tuple[str, Lead]]:
    """The id of each row that has an anchor and begins with its id, told by what stands beside the id."""
    if record["columns"] and record["columns"][0].get("leads"):
        for row, anchor in zip(record["rows"], record["anchors"], strict=False):
            yield row[0], {"to": f"{record['page']}.html#{anchor}", "title": next((cell for cell in row[1:] if cell), "")}
