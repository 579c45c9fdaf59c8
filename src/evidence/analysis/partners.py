"""Partner countries of joint calls, and numbers of projects by country, region and field, as far as they were found."""

import pandas as pd

from evidence import words
from evidence.analysis.follow_up import sureness


def calls(partners: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Every country that took part in a joint call, one a row: calls by programme and year, countries by how many of the calls they joined.

    Columns: name (of the programme), period, partner, field, note, sureness, source, locator; in the data only: down and
    across, its places in the figure, from 1.

    >>> rows = pd.DataFrame({"scheme": "a", "kind": "call", "period": ["2016", "2012", "2016"], "subject_en": ["Laos", "Vietnam", "Vietnam"],
    ...     "confidence": "high"})
    >>> rest = dict.fromkeys(["subject_ja", "field_ja", "field_en", "note_ja", "note_en", "source", "locator"], "")
    >>> names = pd.DataFrame({"id": ["a"], "name_ja": "e", "name_en": "e", "order": 1})
    >>> calls(rows.assign(**rest), names)[["partner_en", "_down", "_across"]].values.tolist()
    [['Vietnam', 1, 1], ['Vietnam', 1, 2], ['Laos', 2, 2]]
    """
    table = _named(partners[partners["kind"].eq("call")], entities)
    joined = table.groupby("partner_en", sort=False)["period"].size().sort_values(ascending=False, kind="stable")
    known = table.drop_duplicates(["order", "period"]).sort_values(["order", "period"])
    columns = {(order, period): place for place, (order, period) in enumerate(zip(known["order"], known["period"], strict=True), start=1)}
    table["_down"] = table["partner_en"].map({name: place for place, name in enumerate(joined.index, start=1)})
    table["_across"] = [columns[key] for key in zip(table["order"], table["period"], strict=True)]
    told = ["name_ja", "name_en", "period", "partner_ja", "partner_en", "field_ja", "field_en", "note_ja", "note_en"]
    told += ["sureness_ja", "sureness_en", "source", "locator"]
    return table.sort_values(["_down", "_across"], ignore_index=True)[[*told, "_down", "_across"]]


def projects(partners: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Numbers of projects by country, region and field, in the order of the programmes, then by kind and period.

    Columns: name, counted (what is counted, in words), period, partner (country, region or field), projects_found, note, sureness, source, locator.
    """
    table = _named(partners[partners["kind"].ne("call")], entities)
    table = table.sort_values(["order", "kind", "period"], kind="stable", ignore_index=True)
    for lang in words.LANGUAGES:
        table[f"counted_{lang}"] = [words.word(f"partnered.{kind}", lang) for kind in table["kind"]]
    told = ["name_ja", "name_en", "counted_ja", "counted_en", "period", "partner_ja", "partner_en"]
    told += ["projects_found", "note_ja", "note_en", "sureness_ja", "sureness_en", "source", "locator"]
    return table.assign(projects_found=table["number"])[told]


def _named(table: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    named = sureness(table).merge(entities[["id", "name_ja", "name_en", "order"]], left_on="scheme", right_on="id", suffixes=("", "_of"))
    return named.rename(columns={"subject_ja": "partner_ja", "subject_en": "partner_en"})
