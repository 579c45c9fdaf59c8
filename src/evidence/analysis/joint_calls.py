"""The joint calls that the source lists for a programme, and the number of partner countries it states for each."""

import pandas as pd

from evidence import words

COUNTRIES = "partner-countries"  # measure


def listed(details: pd.DataFrame, claims: pd.DataFrame, headings: str) -> pd.DataFrame:
    """Every listed joint call with its stated numbers of partner countries, Japan not counted; one row a number.

    A call without a number gives one row; where the source prints two numbers they stay two rows and are not added up.
    `headings` are the claims that stand over the groups of calls, space-separated: a call belongs to the last before it.
    Columns: group, call, figure (1 or 2), countries (empty where none is stated), bound (exact, at-least or not-stated),
    note, locator, as_printed, claims (of the call); in the data only: group_claim.
    """
    calls = details[details["aspect"] == "joint-call"].sort_values("order")
    known = claims.set_index("id")
    rows = []
    for call in calls.to_dict("records"):
        ids = call["claims"].split()
        told = known.loc[ids][known.loc[ids, "measure"].eq(COUNTRIES)]
        numbers = [(value, _bound(printed)) for value, printed in zip(told["value"], told["as_printed"], strict=True)]
        rows += [_row(call, figure, number) for figure, number in enumerate(numbers or [(float("nan"), "not-stated")], start=1)]
    table = pd.DataFrame(rows)
    table["_group_claim"] = _groups(table["locator"], known.loc[headings.split(), "locator"])
    for lang in words.LANGUAGES:
        table[f"group_{lang}"] = [words.word(f"group.{claim}", lang) for claim in table["_group_claim"]]
    columns = [f"{name}_{lang}" for name in ("group", "call") for lang in words.LANGUAGES] + ["figure", "countries", "bound"]
    return table[[*columns, "note_ja", "note_en", "locator", "as_printed", "claims", "_group_claim"]]


def _row(call: dict[str, str], figure: int, number: tuple[float, str]) -> dict[str, object]:
    kept = {name: call[name] for name in ("note_ja", "note_en", "locator", "as_printed", "claims")}
    return {"call_ja": call["item_ja"], "call_en": call["item_en"], "figure": figure, "countries": number[0], "bound": number[1]} | kept


def _bound(printed: str) -> str:
    return "at-least" if "以上" in printed else "exact"  # the source's own word for a lower bound


def _groups(locators: pd.Series, headings: pd.Series) -> list[str]:
    """The id of the last heading that stands before each paragraph.

    >>> _groups(pd.Series(["A ¶3", "A ¶9"]), pd.Series({"first": "A ¶2", "second": "A ¶8"}))
    ['first', 'second']
    """
    starts = sorted((_paragraph(locator), claim) for claim, locator in headings.items())
    return [[claim for start, claim in starts if start < _paragraph(locator)][-1] for locator in locators]


def _paragraph(locator: str) -> int:
    return int(locator.rpartition("¶")[2])


def number(listed: pd.DataFrame) -> int:
    """The number of listed calls.

    >>> number(pd.DataFrame({"call_en": ["a", "a", "b"]}))
    2
    """
    return int(listed["call_en"].nunique())


def numbered(listed: pd.DataFrame) -> int:
    """The number of listed calls for which a number of partner countries is stated.

    >>> numbered(pd.DataFrame({"call_en": ["a", "a", "b"], "countries": [11, 3, None]}))
    1
    """
    return number(listed.dropna(subset="countries"))
