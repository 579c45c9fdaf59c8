"""The executed notebook of a chapter as the book shows it: its cells, and in place of each exhibit the way to it, so that none is published twice."""

from html import escape
from typing import Any


def led(notebook: dict[str, Any], exhibits: dict[str, dict[str, Any]], lang: str) -> dict[str, Any]:
    """The notebook, in which an exhibit leads to where the book shows it; its drawing is seen from the file that is published.

    A draft has no such files: its workings show all that the cells did.

    >>> said = {"cells": [{"outputs": [{"metadata": {"exhibit": "a"}, "data": {"text/plain": "A", "text/html": "<table>"}}]}]}
    >>> made = {"a": {"id": "a", "page": "trends", "number": "Table 1", "title": "B < C", "svg": "", "offer": {}}}
    >>> led(said, made, "en")["cells"][0]["outputs"][0]["data"]["text/html"]
    '<p><a href="trends.html#a">Table 1 B &lt; C</a></p>'
    """
    for output in (output for cell in notebook["cells"] for output in cell.get("outputs", [])):
        record = exhibits.get(output.get("metadata", {}).get("exhibit", ""), {})
        if "offer" in record:
            output["data"] |= {"text/html": _way(record, lang)}
    return notebook


def _way(record: dict[str, Any], lang: str) -> str:
    id, named = record["id"], escape(f"{record['number']} {record['title']}")
    picture = f"../figures/{id}/{id}.{lang}.png"
    drawing = f'<img src="{picture}" srcset="{picture} 2x" alt="" loading="lazy"><br>' if record["svg"] else ""
    return f'<p><a href="{record["page"]}.html#{id}">{drawing}{named}</a></p>'
