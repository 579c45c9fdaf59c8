"""The cases that the source shows as results: what came out of them, and how long it took. Selected cases, no measurement."""

import pandas as pd

from evidence import words
from evidence.analysis.follow_up import documents
from evidence.analysis.programmes import named

EVENTS = ("publication-month", "event-month")  # measures of a claim that dates a result
MONTHS = 12
DIGITS = 1  # decimals of a time in years: months allow no more
APRIL, MARCH = 4, 3  # a Japanese fiscal year runs from April to March of the next year


def cases(outcomes: pd.DataFrame, programmes: pd.DataFrame) -> pd.DataFrame:
    """Every case with its programme, partner, field, project, year of adoption, result and where it was published.

    Columns: short (programme), agency, partner, field, title, investigator, institution, adopted (fiscal year), result, publication,
    kind (in words), note, locator, as_printed, claims, anchor (`case-<id>`).
    """
    table = outcomes.merge(named(programmes), on="programme", how="left")
    for lang in words.LANGUAGES:
        table[f"kind_{lang}"] = [words.word(f"outcome.{kind}", lang) for kind in outcomes["kind"]]
    pairs = ["title", "investigator", "institution"]
    columns = ["short_ja", "short_en", "agency", "partner_ja", "partner_en", "field_ja", "field_en"]
    columns += [f"{name}_{lang}" for name in pairs for lang in words.LANGUAGES] + ["adopted"]
    columns += [f"{name}_{lang}" for name in ("result", "publication", "kind", "note") for lang in words.LANGUAGES]
    return table.assign(anchor="case-" + table["id"])[[*columns, "locator", "as_printed", "claims", "anchor"]]


def later(outcomes_later: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """What was read of the cases since and of evaluations of programmes, in the order of the table; what was not found stands there too.

    Columns: about, subject_kind and since (in words), evidence, document, source, locator, extent and sureness (in words), note; in the data only:
    status.
    """
    told = documents(outcomes_later.sort_values("order", ignore_index=True), sources)
    for lang in words.LANGUAGES:
        told[f"subject_kind_{lang}"] = [words.word(f"followed-kind.{kind}", lang) for kind in told["kind"]]
        told[f"since_{lang}"] = [words.word(f"since.{status}", lang) for status in told["since"]]
        told[f"extent_{lang}"] = [words.word(f"extent.{extent}", lang) for extent in told["read_extent"]]
    return told.assign(_status=told["since"])[
        ["about_ja", "about_en", "subject_kind_ja", "subject_kind_en", "since_ja", "since_en", "evidence_ja", "evidence_en", "document_ja",
         "document_en", "source", "locator", "extent_ja", "extent_en", "sureness_ja", "sureness_en", "note_ja", "note_en", "_status"]
    ]  # fmt: skip


def timeline(outcomes: pd.DataFrame, claims: pd.DataFrame, programmes: pd.DataFrame) -> pd.DataFrame:
    """When each case was adopted, when its result was published or recognised, and the years between, as a range.

    The month of adoption is not stated, so the range runs from the last to the first month of the fiscal year of adoption.
    Columns: short (programme), partner, field, adopted (fiscal year), event (YYYY-MM; empty where no date is stated), kind, lag_low_years,
    lag_high_years, claims; in the data only: kind (code), adopted_from, adopted_to, event (years with the month as a fraction).

    >>> cases = {"id": ["a"], "programme": ["p"], "partner_ja": [""], "partner_en": ["France"], "field_ja": [""], "field_en": [""], "adopted": [2014],
    ...     "kind": ["publication"], "publication_date": ["2018-04"], "claims": [""]}
    >>> names = {"id": ["p"], "agency": ["JST"], "abbreviation": ["P"], "name_ja": ["P"], "name_en": ["P"]}
    >>> claims = {"id": ["c"], "measure": [""], "period": [""]}
    >>> timeline(*(pd.DataFrame(table) for table in (cases, claims, names)))["lag_high_years"].tolist()
    [4.0]
    """
    table = outcomes.merge(named(programmes), on="programme", how="left")
    table["event"] = _events(table, claims)
    adopted = table["adopted"].astype(float)
    months = table["event"].map(_months).astype(float)
    table = table.assign(
        lag_low_years=(months - ((adopted + 1) * MONTHS + MARCH)) / MONTHS, lag_high_years=(months - (adopted * MONTHS + APRIL)) / MONTHS,
        _kind=table["kind"], _adopted_from=adopted + (APRIL - 1) / MONTHS, _adopted_to=adopted + 1 + MARCH / MONTHS, _event=(months - 0.5) / MONTHS,
    )  # fmt: skip
    for lang in words.LANGUAGES:
        table[f"kind_{lang}"] = [words.word(f"outcome.{kind}", lang) for kind in table["_kind"]]
    return table[
        ["short_ja", "short_en", "partner_ja", "partner_en", "field_ja", "field_en", "adopted", "event", "kind_ja", "kind_en", "lag_low_years",
         "lag_high_years", "claims", "_kind", "_adopted_from", "_adopted_to", "_event"]
    ]  # fmt: skip


def _events(outcomes: pd.DataFrame, claims: pd.DataFrame) -> list[str]:
    """The date of each case's publication, or else of the meeting that one of its claims dates; empty where there is neither."""
    dates = claims[claims["measure"].isin(EVENTS)].set_index("id")["period"]
    pairs = zip(outcomes["publication_date"], outcomes["claims"], strict=True)
    return [date or next((dates[claim] for claim in ids.split() if claim in dates), "") for date, ids in pairs]


def _months(date: str) -> float:
    """Months since year 0, January being 1; missing where there is no date.

    >>> _months("0001-04")
    16.0
    """
    if not date:
        return float("nan")
    year, month = date.split("-")
    return float(int(year) * MONTHS + int(month))


def lag(timeline: pd.DataFrame) -> tuple[float, float]:
    """The shortest and the longest time from adoption to publication or recognition, over the cases with a date, in years."""
    return float(timeline["lag_low_years"].min()), float(timeline["lag_high_years"].max())


def dating(timeline: pd.DataFrame) -> str:
    """The claims of the cases with a date, space-separated."""
    return " ".join(timeline.loc[timeline["event"].ne(""), "claims"])
