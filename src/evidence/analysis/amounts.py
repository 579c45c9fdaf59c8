"""What stood before a change and stands after it, in words of both languages: numbers with their units, and codes."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from evidence import words
from evidence.tables import package


def worded(table: pd.DataFrame, schemas: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """The table of rows with old and new in words of both languages (old_ja, old_en, new_ja, new_en); as they stood, for the data only (_old, _new).

    Words are the number of a whole row with its unit, a period, and a code of a column whose schema says which words its codes have.

    >>> row = {"table": "observations", "column": "", "kind": "removed", "old": "95 persons", "new": ""}
    >>> worded(pd.DataFrame([row]), {})[["old_ja", "old_en", "_old"]].values.tolist()
    [['95人', '95 persons', '95 persons']]
    """
    out = table.copy()
    for name in ("old", "new"):
        place = list(out.columns).index(name)
        for shift, lang in enumerate(words.LANGUAGES):
            out.insert(place + shift, f"{name}_{lang}", [content(row, name, schemas, lang) for row in table.to_dict("records")])
    return columned(out, schemas).rename(columns={"old": "_old", "new": "_new"})


def columned(table: pd.DataFrame, schemas: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """The table with the columns that its rows name called as their schemas call them (column_ja, column_en); their ids for the data only (_column).

    >>> schemas = {"claims": {"fields": [{"name": "value", "title": "値 / Value"}]}}
    >>> columned(pd.DataFrame({"table": ["claims", "claims"], "column": ["value", ""]}), schemas)[["column_ja", "column_en"]].values.tolist()
    [['値', 'Value'], ['', '']]
    """
    told = {(name, field["name"]): field.get("title", field["name"]) for name, schema in schemas.items() for field in schema.get("fields", [])}
    called = [package.titles(told.get(cell, cell[1])) for cell in zip(table["table"], table["column"], strict=True)]
    out, place = table.copy(), list(table.columns).index("column")
    for shift, lang in enumerate(words.LANGUAGES):
        out.insert(place + shift, f"column_{lang}", [title[shift] for title in called])
    return out.rename(columns={"column": "_column"})


def content(row: Mapping[Any, Any], name: str, schemas: Mapping[str, Mapping[str, Any]], lang: str) -> str:
    """What stood or stands there (`name` is old or new), in words of the language as far as it is a number of a whole row, or a code.

    >>> content({"table": "observations", "column": "unit", "kind": "changed", "old": "eur-bn"}, "old",
    ...     {"observations": {"fields": [{"name": "unit", "words": ["unit"]}]}}, "ja")
    '10億ユーロ'
    """
    text = str(row[name])
    if not row["column"]:
        return _quantity(text, lang) if row["kind"] in ("added", "removed") and words.complete(f"unit.{text.rpartition(' ')[2]}") else text
    if row["column"] == "period" and text:
        return words.period(text, lang)
    fields = schemas.get(row["table"], {}).get("fields", [])
    families: list[str] = next((field.get("words", []) for field in fields if field["name"] == row["column"]), [])
    family = next((one for one in families if words.complete(f"{one}.{text}")), "")
    return words.unit(text, lang, " ") if family == "unit" else words.word(f"{family}.{text}", lang) if family else text


def quantities(table: pd.DataFrame) -> pd.DataFrame:
    """The table of values with old and new in words of both languages (old_ja, old_en, new_ja, new_en) in place of number and unit code.

    In the data only, each as a number: old_value, old_value_high, new_value, new_value_high, in the unit `unit`.

    >>> told = quantities(pd.DataFrame({"id": ["n"], "old": [""], "new": ["7–8.8 pct"]}))
    >>> told[["old_en", "new_en", "_new_value", "_new_value_high", "_unit"]].values.tolist()
    [['', '7–8.8%', 7.0, 8.8, 'pct']]
    """
    out = table.assign(_unit=[(new or old).rpartition(" ")[2] for old, new in zip(table["old"], table["new"], strict=True)])
    for column in ("old", "new"):
        ends = [_ends(content) for content in table[column]]
        out[f"_{column}_value"] = [low for low, _ in ends]
        out[f"_{column}_value_high"] = [high for low, high in ends]
    for column in ("old", "new"):
        place = list(out.columns).index(column)
        for shift, lang in enumerate(words.LANGUAGES):
            out.insert(place + shift, f"{column}_{lang}", [_quantity(content, lang) for content in out[column]])
        out = out.drop(columns=column)
    return out


def _quantity(content: str, lang: str) -> str:
    if not content:
        return ""
    low, high = _ends(content)
    return words.quantity(low if pd.isna(high) else (low, high), content.rpartition(" ")[2], lang)


def _ends(content: str) -> tuple[float, float]:
    """The number of a value, and the upper end where it is a range; what is not there is missing.

    >>> _ends("7–8.8 pct"), _ends("")
    ((7.0, 8.8), (nan, nan))
    """
    low, _, high = content.rpartition(" ")[0].partition("–")
    return float(low or "nan"), float(high or "nan")
