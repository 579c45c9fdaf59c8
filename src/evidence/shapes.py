"""Whether what a file says is made as it is to be, told as JSON Schema: asked once where it is read, so that nothing behind it has to ask again."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import fastjsonschema

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}


def record(needed: dict[str, Any], more: dict[str, Any] | None = None) -> dict[str, Any]:
    """The schema of an object with these parts, and with `more` where they are told.

    >>> fault({"id": 5}, record({"id": TEXT}))
    'data.id must be string'
    """
    return {"type": "object", "required": list(needed), "properties": {**needed, **(more or {})}}


def every(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a list of such things."""
    return {"type": "array", "items": schema}


def each(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object that has such a thing under whatever name."""
    return {"type": "object", "additionalProperties": schema}


def fault(found: Any, schema: dict[str, Any]) -> str:
    """The first thing that keeps it from being of this schema, with its way; empty where nothing does.

    >>> fault([{"id": "a"}, {}], every(record({"id": TEXT})))
    "data[1] must contain ['id'] properties"
    """
    try:
        _compiled(json.dumps(schema))(found)
    except fastjsonschema.JsonSchemaValueException as error:
        return str(error.message)
    return ""


@cache
def _compiled(schema: str) -> Callable[[Any], Any]:
    made: Callable[[Any], Any] = fastjsonschema.compile(json.loads(schema))
    return made
