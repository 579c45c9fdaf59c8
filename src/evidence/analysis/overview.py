"""The overview: what the evidence is made of, how firm it is, and where each question of the committee is answered."""

import pandas as pd

from evidence import words
from evidence.analysis import registers

QUESTIONS = ["tiers", "trends", "programmes", "recommendations"]
STATUSES = ["stated", "planned", "request", "estimate", "opinion", "slogan"]  # from the firmest to the least firm


def questions() -> pd.DataFrame:
    """The four questions of the committee with their short answers.

    Columns: chapter, question, answer.

    >>> questions()["chapter"].tolist()
    ['tiers', 'trends', 'programmes', 'recommendations']
    """
    table = pd.DataFrame({"chapter": QUESTIONS})
    for part in ("question", "answer"):
        for lang in words.LANGUAGES:
            table[f"{part}_{lang}"] = [words.word(f"overview.{part}.{chapter}", lang) for chapter in QUESTIONS]
    return table


def by_part(claims: pd.DataFrame, sections: pd.DataFrame) -> pd.DataFrame:
    """How many claims each part of the document gave, in its order: those with a number and those without.

    Columns: part, kind (number or fact), claims_count.

    >>> claims = pd.DataFrame({"locator": ["A ¶1", "A ¶2", "B 脚注1"], "value": [1.0, None, 2.0]})
    >>> sections = pd.DataFrame({"heading": ["A", "B"], "part_ja": ["甲", "乙"], "part_en": ["first", "second"]})
    >>> by_part(claims, sections)["claims_count"].tolist()
    [1, 1, 1]
    """
    parts = sections.set_index("heading")[["part_ja", "part_en"]]
    headings = claims["locator"].str.replace(r" (¶|脚注)\d+$", "", regex=True)
    table = pd.DataFrame({
        "part_ja": headings.map(parts["part_ja"]), "part_en": headings.map(parts["part_en"]),
        "kind": claims["value"].notna().map({True: "number", False: "fact"}),
    })  # fmt: skip
    order = {part: place for place, part in enumerate(sections["part_ja"].unique())}
    counted = table.groupby(["part_ja", "part_en", "kind"]).size().reset_index(name="claims_count")
    counted = counted.assign(_part=counted["part_ja"].map(order), _kind=counted["kind"].map({"number": 0, "fact": 1}))
    return counted.sort_values(["_part", "_kind"], ignore_index=True).drop(columns=["_part", "_kind"])


def by_status(claims: pd.DataFrame) -> pd.DataFrame:
    """How many claims are stated as fact, and how many are plans, requests, estimates, views or slogans.

    Columns: status (one of STATUSES), claims_count, share_pct.

    >>> by_status(pd.DataFrame({"status": ["stated", "stated", "slogan", "stated"]}))["share_pct"].tolist()
    [75.0, 25.0]
    """
    counted = claims["status"].value_counts().reindex(STATUSES).dropna().rename("claims_count").rename_axis("status").reset_index()
    return counted.assign(claims_count=counted["claims_count"].astype(int), share_pct=100 * counted["claims_count"] / len(claims))


def plan(basic_plan: pd.DataFrame) -> pd.DataFrame:
    """What the Fifth Basic Plan had said, point by point, as the briefing quotes it.

    Columns: chapter, heading, point, locator, as_printed.
    """
    return basic_plan[["chapter_ja", "chapter_en", "heading_ja", "heading_en", "point_ja", "point_en", "locator", "as_printed"]]


def key_numbers(claims: pd.DataFrame, measures: pd.DataFrame, chosen: str) -> pd.DataFrame:
    """The claims of these ids (space-separated) with number, unit and place.

    Columns: text, quantity (number with unit), nature, locator, as_printed, claims (the id); in the data only: value, value_high, unit, qualifier.
    """
    rows = registers.claims(claims, measures).set_index("id").loc[chosen.split()].reset_index()
    rows = rows.assign(claims=rows["id"])
    return rows[["text_ja", "text_en", "quantity_ja", "quantity_en", "nature_ja", "nature_en", "locator", "as_printed", "claims", *registers.NUMBERS]]
