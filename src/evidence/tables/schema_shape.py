"""What a Table Schema of ours is made of: the standard's own parts, and what our gate reads in it beside them."""

from evidence.shapes import TEXT, TEXTS, each, every, record

_COLUMN = {"type": "string", "minLength": 1}
_KEY = {"anyOf": [_COLUMN, {"type": "array", "minItems": 1, "items": _COLUMN}]}
_NUMBER = {"type": "number"}
_YES = {"type": "boolean"}
_KINDS = ["string", "number", "integer", "year", "yearmonth", "any"]
_CONSTRAINTS = record({}, {"required": _YES, "unique": _YES, "pattern": TEXT, "minimum": _NUMBER, "maximum": _NUMBER, "enum": {"type": "array"}})
_REFERENCES = {
    **record({}, {"table": TEXT, "field": TEXT, "separator": TEXT, "by": TEXT, "words": TEXTS, "tables": {"anyOf": [TEXTS, each(TEXT)]}}),
    "anyOf": [{"required": ["table"]}, {"required": ["tables"]}],
}
_FIELD = record(
    {"name": _COLUMN, "type": {"enum": _KINDS}},
    {
        "title": TEXT, "description": TEXT, "constraints": _CONSTRAINTS, "references": _REFERENCES, "optional": _YES,
        "words": every({"anyOf": [TEXT, record({"family": TEXT, "chapter": TEXT})]}),
        "within": record({"table": TEXT, "by": TEXT, "low": TEXT, "high": TEXT}),
        "surest": record({"table": TEXT, "by": TEXT, "unless": TEXT, "code": TEXT}),
        "agrees": record({"table": TEXT, "by": TEXT, "field": TEXT}),
        "countsIn": record({"by": TEXT, "units": TEXTS}),
    },
)  # fmt: skip
_FOREIGN = record(
    {"fields": {**TEXTS, "minItems": 1}, "reference": record({"fields": {**TEXTS, "minItems": 1}}, {"resource": TEXT})},
)
SCHEMA = record(
    {"fields": {"type": "array", "minItems": 1, "items": _FIELD}},
    {"primaryKey": _KEY, "naturalKey": TEXTS, "together": every(TEXTS), "foreignKeys": every(_FOREIGN), "missingValues": TEXTS},
)
