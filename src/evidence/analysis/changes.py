"""What one edition changed against the one before it: rows, values and figures, each with its cause. `causes` says which there are."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from evidence import words
from evidence.analysis import causes
from evidence.analysis.causes import CAUSES
from evidence.tables import package
from evidence.tables.facts import LEDGERS

SERIES = ("entity", "measure", "about", "programme", "funder", "scheme")  # columns that say which series a row belongs to
NAMES = {"entity": ("entities",), "about": ("programmes", "funders"), "measure": ("measures",)}  # columns of ids, and the tables that name them
_NUMBERS = {"fields": [{"name": name, "type": "number"} for name in ("value", "value_high")]}  # where no schema is told
COLUMNS = ["table", "row", "column", "kind", "cause", "old", "new"]

Tables = dict[str, pd.DataFrame]
SAME = ("wording", "unit", "other-fact")  # causes for which two numbers are not to be subtracted from each other
_KEEPING = {"unit", "other-source", "renamed"}  # causes that leave amounts as they were


def rows(
    before: Tables, after: Tables, keys: dict[str, list[str]], corrections: pd.DataFrame, schemas: dict[str, dict[str, Any]] | None = None
) -> pd.DataFrame:  # fmt: skip
    """Every row added or removed and every cell changed, in the order of tables and rows.

    The tables hold text, as written in the files; `keys` names the columns that tell the rows of each table apart, and `corrections` holds what is
    known of the causes of cells (table, row, column, right, and cause where it is not `correction`). `schemas` say which columns hold numbers.
    Columns: table, row (its key), column (empty for whole rows), kind (added, removed, renamed, changed), cause, old, new; `keys` stays with the
    result as its attribute, so that a row is found again by its key.

    >>> old = {"claims": pd.DataFrame({"id": ["a", "b"], "value": ["1", "2"]})}
    >>> new = {"claims": pd.DataFrame({"id": ["a", "c"], "value": ["5", "3"]})}
    >>> register = pd.DataFrame({"table": ["claims"], "row": ["a"], "column": ["value"], "right": ["5"]})
    >>> rows(old, new, {"claims": ["id"]}, register)[["row", "kind", "cause"]].values.tolist()
    [['a', 'changed', 'correction'], ['c', 'added', 'new-evidence'], ['b', 'removed', 'withdrawn']]
    """
    stated = corrections.assign(cause=corrections.get("cause", "correction"))
    told = {(row.table, row.row, row.column, row.right): row.cause for row in stated.itertuples()}
    known = causes.known(before, after, keys, causes.Told(schemas or dict.fromkeys(after, _NUMBERS), told))
    found = [one for table in sorted(before.keys() | after.keys()) for one in _table(table, known)]
    listed = pd.DataFrame(found, columns=COLUMNS, dtype="str")
    listed.attrs["keys"] = keys
    return listed


def _table(table: str, known: causes.Known) -> Iterable[tuple[str, ...]]:
    old, new = known.before.get(table, {}), known.after.get(table, {})
    series: dict[tuple[str, ...], set[str | None]] = {}
    names = known.renamed.get(table, {})
    for row in old.values():
        series.setdefault(_series(row), set()).add(row.get("period"))
    for id, row in new.items():
        if id in names:
            yield table, id, "", "renamed", "renamed", names[id], id
            yield from ((table, id, column, "changed", *told) for column, *told in causes.cells(known, table, id, names[id]))
        elif id not in old:
            later = _series(row) and row.get("period") and row["period"] not in series.get(_series(row), {row["period"]})
            yield table, id, "", "added", "new-period" if later else "new-evidence", "", _number(row, known.unit(known.after, row))
        else:
            yield from ((table, id, column, "changed", *told) for column, *told in causes.cells(known, table, id, id))
    gone = {id: row for id, row in old.items() if id not in new and id not in names.values()}
    yield from ((table, id, "", "removed", "withdrawn", _number(row, known.unit(known.before, row)), "") for id, row in gone.items())


def _number(row: Mapping[str, str], unit: str) -> str:
    """The number of a whole row with the code of its unit, both ends where it is a range; empty where it has none."""
    ends = [row[name] for name in ("value", "value_high") if row.get(name)]
    return f"{'–'.join(ends)} {unit}".strip() if row.get("value") else ""


def _series(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in SERIES if name in row)


def counted(changed: pd.DataFrame) -> pd.DataFrame:
    """Number of rows changed, by table and cause; a row with several changed cells counts once, under the gravest cause.

    Columns: table, cause, rows.

    >>> changed = pd.DataFrame([["claims", "a", "value", "changed", "revised", "1", "2"], ["claims", "a", "text_ja", "changed", "wording", "x", "y"]],
    ...     columns=COLUMNS)
    >>> counted(changed).values.tolist()
    [['claims', 'revised', 1]]
    """
    ranked = changed.assign(rank=changed["cause"].map(CAUSES.index)).sort_values("rank", kind="stable").drop_duplicates(["table", "row"])
    counts = ranked.groupby(["table", "rank", "cause"], as_index=False).size().sort_values(["rank", "table"], kind="stable")
    return counts.rename(columns={"size": "rows"})[["table", "cause", "rows"]].reset_index(drop=True)


def named(table: pd.DataFrame, schemas: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """The table with name_ja and name_en in front of `table`: what the schema calls each table in both languages.

    >>> named(pd.DataFrame({"table": ["claims"]}), {"claims": {"title": "記述 / Claims"}}).values.tolist()
    [['記述', 'Claims', 'claims']]
    """
    titles = [package.titles(schemas.get(name, {}).get("title", name)) for name in table["table"]]
    out = table.copy()
    for position, lang in enumerate(("ja", "en")):
        out.insert(position, f"name_{lang}", [title[position] for title in titles])
    return out


def grouped(changed: pd.DataFrame, after: Tables) -> pd.DataFrame:
    """The changes as a reader wants them: every changed cell and removed row singly, new periods by series, other additions by table.

    Columns: table, row (or the series' name, in both languages), column, kind, cause, old, new, periods (first to last of the rows added), rows.
    """
    single = changed[changed["kind"].ne("added") & changed["cause"].ne("wording")].assign(periods="", rows=1)
    single = single.rename(columns={"row": "row_ja"}).assign(row_en=single["row"])
    several: list[list[Any]] = []
    for kind, cause in (("added", "new-period"), ("added", "new-evidence"), ("changed", "wording")):
        part = changed[changed["kind"].eq(kind) & changed["cause"].eq(cause)]
        for table, group in part.groupby("table", sort=True):
            key = changed.attrs.get("keys", {}).get(str(table), ["id"])
            own = _of(after[str(table)], key, group["row"])
            if cause == "new-period":
                several += _by_series(str(table), own, key, after)
            else:
                several.append([str(table), "", "", "", kind, cause, "", "", _span(own), group["row"].nunique()])
    columns = ["table", "row_ja", "row_en", "column", "kind", "cause", "old", "new", "periods", "rows"]
    return pd.concat([single[columns], pd.DataFrame(several, columns=columns)], ignore_index=True)


def _of(frame: pd.DataFrame, key: list[str], rows: pd.Series) -> pd.DataFrame:
    """The rows of the table that have these keys."""
    return frame[frame[key].agg(" ".join, axis=1).isin(rows)]


def _by_series(table: str, added: pd.DataFrame, key: list[str], after: Tables) -> list[list[Any]]:
    found = []
    for _, part in added.groupby([name for name in SERIES if name in added.columns], sort=False):
        first = {str(name): value for name, value in part.iloc[0].items()}
        called = [_called(after, first, lang) or " ".join(first[name] for name in key) for lang in words.LANGUAGES]
        found.append([table, *called, "", "added", "new-period", "", "", _span(part), len(part)])
    return found


def _span(rows: pd.DataFrame) -> str:
    """First and last period of these rows; empty where they have none."""
    periods = sorted({period for period in rows.get("period", []) if period}, key=lambda period: period.removeprefix("FY"))
    return f"{periods[0]} – {periods[-1]}" if len(periods) > 1 else "".join(periods)


def told(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its kinds and causes, as far as it has them, in words of both languages; the codes move to columns that are not shown.

    >>> told(pd.DataFrame({"kind": ["added"], "cause": ["new-period"]})).columns.tolist()
    ['kind_ja', 'kind_en', 'cause_ja', 'cause_en', '_kind', '_cause']
    """
    out = table.copy()
    for column, group in (("kind", "change"), ("cause", "cause")):
        if column not in out.columns:
            continue
        place = list(out.columns).index(column)
        for shift, lang in enumerate(words.LANGUAGES):
            out.insert(place + shift, f"{column}_{lang}", [words.word(f"{group}.{code}", lang) for code in out[column]])
    codes = [name for name in ("table", "kind", "cause") if name in out.columns]
    return out[[*out.columns.drop(codes), *codes]].rename(columns={name: f"_{name}" for name in codes})


def count(table: pd.DataFrame, kind: str) -> int:
    """How many rows of a told table are of this kind."""
    return int(table["_kind"].eq(kind).sum())


def revised(changed: pd.DataFrame, after: Tables) -> pd.DataFrame:
    """The numbers that stand in both editions and differ, with their series and period, for one picture of both.

    The same amount in another unit did not change, and what is a number of something else now is not compared.
    Columns: series_ja, series_en (names of what the number is of), period, column, old, new, change, change_pct, row, table, cause.
    """
    cells = changed[changed["kind"].eq("changed") & ~changed["cause"].isin(SAME)].copy()
    cells["old"], cells["new"] = pd.to_numeric(cells["old"], errors="coerce"), pd.to_numeric(cells["new"], errors="coerce")
    cells = cells.dropna(subset=["old", "new"])
    records = [_row(after, table, row) for table, row in zip(cells["table"], cells["row"], strict=True)]
    for lang in words.LANGUAGES:
        cells[f"series_{lang}"] = [_called(after, record, lang) or row for record, row in zip(records, cells["row"], strict=True)]
    cells["period"] = [record.get("period", "") for record in records]
    cells["change"] = cells["new"] - cells["old"]
    cells["change_pct"] = 100 * cells["change"] / cells["old"].where(cells["old"] != 0)
    columns = ["series_ja", "series_en", "period", "column", "old", "new", "change", "change_pct", "row", "table", "cause"]
    return cells[columns].reset_index(drop=True)


def _called(tables: Tables, record: dict[str, str], lang: str) -> str:
    """What the row is a number of, by the names that other tables of the edition give its ids."""
    found = []
    for column, registers in NAMES.items():
        rows = [_row(tables, table, record[column]) for table in registers if table in tables and record.get(column)]
        found += [name for row in rows if (name := row.get(f"name_{lang}"))][:1]
    return words.word("ui.alt_joint", lang).join(found)


def _row(tables: Tables, table: str, row: str) -> dict[str, str]:
    frame = tables[table]
    found = frame[frame["id"].eq(row)] if "id" in frame.columns else frame.head(0)
    return {str(name): value for name, value in found.iloc[0].items()} if len(found) else {}


def made(before: pd.DataFrame, after: pd.DataFrame, changed: pd.DataFrame) -> pd.DataFrame:
    """The values or exhibits that only one of two editions has, or whose content differs, each with its cause.

    `before` and `after` need: id, content (what is compared), claims (ids it rests on) and tables (names it was made from), space-separated.
    Columns: id, kind, cause, old, new. What differs although nothing it rests on did, differs by method.

    >>> old = pd.DataFrame({"id": ["n"], "content": ["1"], "claims": ["a"], "tables": ["claims"]})
    >>> same = pd.DataFrame(columns=COLUMNS)
    >>> made(old, old.assign(content="2"), same)[["kind", "cause"]].values.tolist()
    [['changed', 'method']]
    """
    old, new = (frame.set_index("id") for frame in (before, after))
    found = []
    for id in sorted(set(old.index) | set(new.index)):
        if id not in old.index:
            found.append([id, "added", _come(new.loc[id], changed), "", new["content"][id]])
        elif id not in new.index:
            found.append([id, "removed", "withdrawn", old["content"][id], ""])
        elif old["content"][id] != new["content"][id]:
            found.append([id, "changed", _because(new.loc[id], changed, old["content"][id]), old["content"][id], new["content"][id]])
    table = pd.DataFrame(found, columns=["id", "kind", "cause", "old", "new"])
    return table.sort_values("kind", key=lambda kind: kind.map({"changed": 0, "removed": 1, "added": 2}), kind="stable").reset_index(drop=True)


def measured(table: pd.DataFrame) -> pd.DataFrame:
    """The table of values with the change of those that are one number in both editions: columns change and change_pct, else missing.

    >>> measured(pd.DataFrame({"old": ["200 projects", ""], "new": ["210 projects", "1 items"]}))["change_pct"].tolist()
    [5.0, nan]
    """
    old, new = (
        pd.to_numeric(table[name].astype("str").str.replace(r" \S+$", "", regex=True), errors="coerce").astype(float) for name in ("old", "new")
    )
    units = [table[name].astype("str").str.extract(r" (\S+)$")[0].fillna("") for name in ("old", "new")]
    change = (new - old).where(units[0].eq(units[1]) & ~units[1].isin(words.YEARS))  # amounts in different units have no difference
    return table.assign(change=change, change_pct=100 * change / old.where(old != 0))


def _come(record: pd.Series, changed: pd.DataFrame) -> str:
    """Whether what is new in the book rests on rows that are new, or quotes anew what the edition before had."""
    added = changed[changed["kind"].eq("added") & changed["table"].isin(LEDGERS)]
    rests = record["claims"].split()
    return "quoted" if rests and not added["row"].isin(rests).any() else "new-evidence"


def _because(record: pd.Series, changed: pd.DataFrame, was: str) -> str:
    """The gravest cause among the claims it rests on; failing that, among the tables it was made from: more rows came, fewer of them went.

    A value that is another amount than it `was` is not put down to what left amounts as they were.
    """
    claims = changed[changed["table"].isin(LEDGERS) & changed["row"].isin(record["claims"].split())]
    tables = changed[changed["table"].isin(record["tables"].split())]
    is_value = " " in was  # of an exhibit the content is a hash
    moved = tables[tables["kind"].eq("added" if _more(was, record["content"]) else "removed")] if is_value else tables.head(0)
    found = set(claims["cause"]) - {"wording"} or set((moved if len(moved) else tables)["cause"]) - {"wording"}
    if is_value and not _same(was, record["content"]):
        found -= _KEEPING
    return min(found, key=CAUSES.index, default="method")


def _more(was: str, now: str) -> bool:
    """Whether a count is larger than it was.

    >>> _more("27 observations", "28 observations"), _more("28 observations", "27 observations")
    (True, False)
    """
    old, new = (pd.to_numeric(_amount(content)[0][0], errors="coerce") for content in (was, now))
    return bool(new > old)


def _same(was: str, now: str) -> bool:
    """Whether two values are the same amount, each in its own unit.

    >>> _same("1000 eur-m", "1 eur-bn"), _same("7–8.5 eur-bn", "7000–8500 eur-m"), _same("1000 eur-m", "1000 eur-bn")
    (True, True, False)
    """
    (old, before), (new, after) = _amount(was), _amount(now)
    return len(old) == len(new) and all(causes.converted(*pair, before, after) for pair in zip(old, new, strict=True))


def _amount(content: str) -> tuple[list[str], str]:
    """The number of a value, or both ends of its range, and its unit."""
    numbers, _, unit = content.rpartition(" ")
    return numbers.split("–"), unit
