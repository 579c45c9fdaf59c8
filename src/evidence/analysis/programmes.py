"""The programmes: whom they join, what the source states of each and what it leaves out, and the cases it shows as results."""

import pandas as pd

from evidence import words
from evidence.analysis import registers

# What a reader would ask of a programme, each with the aspects of programme_details that answer it.
ASKED: dict[str, tuple[str, ...]] = {
    "objective": (), "partner": (), "field": ("field",), "eligible": ("eligible",), "scheme": ("scheme", "management"),
    "amount": ("amount",), "duration": ("duration",), "start": ("start",), "count": ("count",), "budget": (),
    "review": ("call-timing", "review", "criterion"), "plan": ("expansion", "joint-call"), "result": (),
}  # fmt: skip
WHOLE = ("amount", "duration", "count")  # of a programme: what a committee would ask first
ASPECTS = [aspect for aspects in ASKED.values() for aspect in aspects]
SCOPE = {  # categories of partners and aims (words scope.<category>), in the order they are shown
    "partner": ["agreement", "world", "major", "advanced", "emerging", "developing", "asia", "africa"],
    "aim": ["joint-research", "exchange", "network", "innovation", "regional-issues", "global-issues", "implementation", "health"],
}
# Measures of what is stated of a programme, and the columns of both ends of their numbers.
STATED = {
    "annual-support-per-project": ("amount_low_jpy_m", "amount_high_jpy_m"), "support-duration": ("duration_low_years", "duration_high_years"),
    "projects-supported": ("projects_low", "projects_high"), "partner-countries": ("countries_low", "countries_high"),
}  # fmt: skip
BUDGETS = ("budget", "budget-request")  # measures


def named(programmes: pd.DataFrame) -> pd.DataFrame:
    """The programmes with a name short enough for a drawing: the abbreviation where there is one.

    Columns: programme, agency, short, order (0..n-1, as in the source, with those of one agency side by side).

    >>> table = {"id": ["a"], "agency": ["JST"], "abbreviation": [""], "name_ja": ["事業"], "name_en": ["Programme"]}
    >>> named(pd.DataFrame(table))["short_en"].tolist()
    ['Programme']
    """
    table = programmes[["id", "agency"]].rename(columns={"id": "programme"})
    for lang in words.LANGUAGES:
        table[f"short_{lang}"] = programmes["abbreviation"].where(programmes["abbreviation"].ne(""), programmes[f"name_{lang}"])
    return table.assign(order=table["agency"].map(list(table["agency"].unique()).index).rank(method="first").astype(int) - 1)


def scope(programme_scope: pd.DataFrame, programmes: pd.DataFrame) -> pd.DataFrame:
    """Every partner and every aim that the source names for a programme, one a row, with the words it rests on; in the order of SCOPE.

    Columns: agency, short (name), kind (partner or aim), category, basis (stated; planned: an assumed example), locator, as_printed, note;
    in the data only: programme, code, order (of the programme).
    """
    places = {code: place for place, code in enumerate(code for codes in SCOPE.values() for code in codes)}
    table = programme_scope.merge(named(programmes), on="programme")
    table = table.assign(place=table["code"].map(places)).sort_values(["place", "order"], ignore_index=True)
    for lang in words.LANGUAGES:
        table[f"category_{lang}"] = [words.word(f"scope.{code}", lang) for code in table["code"]]
    table = table.rename(columns={"programme": "_programme", "code": "_code", "order": "_order"})
    return table[
        ["agency", "short_ja", "short_en", "kind", "category_ja", "category_en", "basis", "locator", "as_printed", "note_ja", "note_en",
         "_programme", "_code", "_order"]
    ]  # fmt: skip


def portfolio(programmes: pd.DataFrame, details: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """The programmes with objective, partners, and what is stated of amount, duration and number of projects.

    Columns: agency, programme_name, objective, partner_type, amount, duration, count (in words; "not stated" where nothing is),
    locator, as_printed, claims (space-separated), anchor (`programme-<id>`); in the data only, of the claims of `ledger`: those of STATED.
    """
    table = programmes.rename(columns={"name_ja": "programme_name_ja", "name_en": "programme_name_en"})
    columns = ["agency"] + [f"{name}_{lang}" for name in ("programme_name", "objective", "partner_type") for lang in words.LANGUAGES]
    for aspect in ("amount", "duration", "count"):
        rows = details[details["aspect"] == aspect].sort_values("order").groupby("programme")
        for lang in words.LANGUAGES:
            told = rows[f"item_{lang}"].agg(words.word("ui.joint", lang).join)
            table[f"{aspect}_{lang}"] = [told.get(id, words.word("ui.not_stated", lang)) for id in table["id"]]
            columns.append(f"{aspect}_{lang}")
    claims = details[details["aspect"].isin(["amount", "duration", "count"])].groupby("programme")["claims"].agg(_once)
    table = table.assign(claims=[claims.get(id, "") for id in table["id"]], anchor="programme-" + table["id"])
    numbers = pd.DataFrame([_stated(ledger[ledger["id"].isin(ids.split())]) for ids in table["claims"]], index=table.index)
    return pd.concat([table[[*columns, "locator", "as_printed", "claims", "anchor"]], numbers.add_prefix("_")], axis=1)


def _stated(claims: pd.DataFrame) -> dict[str, float]:
    """The two ends of the numbers that these claims state, by STATED; a number that stands alone is both ends, one not stated is missing.

    >>> rows = pd.DataFrame({"measure": ["support-duration"], "value": [1.0], "value_high": [3.0]})
    >>> _stated(rows)["duration_low_years"], _stated(rows)["duration_high_years"], _stated(rows)["amount_low_jpy_m"]
    (1.0, 3.0, nan)
    """
    found: dict[str, float] = {}
    for measure, names in STATED.items():
        own = claims[claims["measure"].eq(measure)]
        ends = (own["value"].min(), own["value_high"].fillna(own["value"]).max())
        found |= {name: float(end) for name, end in zip(names, ends, strict=True)}
    return found


def _once(claims: pd.Series) -> str:
    return " ".join(dict.fromkeys(" ".join(claims).split()))


def stated(programmes: pd.DataFrame, details: pd.DataFrame, outcomes: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """How many statements the source makes on each thing one would ask of each programme; none is a gap.

    Columns: agency, short (name), asked (in words), statements (count), is_stated (yes or no);
    in the data only: programme, code (key of ASKED), order (of the programme). Programmes by len(ASKED) rows.
    """
    tables = {"result": outcomes["programme"], "budget": claims.loc[claims["measure"].isin(BUDGETS), "about"]}
    tables |= {kind: details.loc[details["aspect"].isin(aspects), "programme"] for kind, aspects in ASKED.items() if aspects}
    tables |= {
        kind: programmes.loc[programmes[column].ne(""), "id"] for kind, column in (("objective", "objective_ja"), ("partner", "partner_type_ja"))
    }
    table = named(programmes).merge(pd.DataFrame({"code": list(ASKED)}), how="cross")
    found = {kind: names.value_counts() for kind, names in tables.items()}
    table["statements"] = [int(found[code].get(programme, 0)) for programme, code in zip(table["programme"], table["code"], strict=True)]
    table["is_stated"] = table["statements"].gt(0).map({True: "yes", False: "no"})
    for lang in words.LANGUAGES:
        table[f"asked_{lang}"] = [words.word(f"asked.{code}", lang) for code in table["code"]]
    table = table.rename(columns={"programme": "_programme", "code": "_code", "order": "_order"})
    return table[["agency", "short_ja", "short_en", "asked_ja", "asked_en", "statements", "is_stated", "_programme", "_code", "_order"]]


def stating(stated: pd.DataFrame, code: str) -> int:
    """The number of programmes of which the source states this.

    >>> stating(pd.DataFrame({"_code": ["amount", "amount"], "is_stated": ["yes", "no"]}), "amount")
    1
    """
    return int((stated["_code"].eq(code) & stated["is_stated"].eq("yes")).sum())


def described(stated: pd.DataFrame) -> pd.DataFrame:
    """How fully the source describes each programme.

    Columns: programme, agency, statements (count), is_whole (whether amount, duration and numbers are all stated).

    >>> rows = [("sicorp", "JST", code, 1, "yes") for code in WHOLE] + [("ntds", "AMED", "amount", 0, "no")]
    >>> described(pd.DataFrame(rows, columns=["_programme", "agency", "_code", "statements", "is_stated"]))["is_whole"].tolist()
    [False, True]
    """
    whole = stated["is_stated"].eq("yes") & stated["_code"].isin(WHOLE)
    table = stated.assign(whole=whole).groupby(["_programme", "agency"], as_index=False).agg({"statements": "sum", "whole": "sum"})
    return table.assign(is_whole=table["whole"].eq(len(WHOLE))).drop(columns="whole").rename(columns={"_programme": "programme"})


def facts(programmes: pd.DataFrame, details: pd.DataFrame, outcomes: pd.DataFrame, claims: pd.DataFrame, subject: str) -> pd.DataFrame:
    """Everything the source states of one programme, in the order of ASKED: objective, partners, details, budget, results.

    Columns: aspect (in words), item, note, locator, as_printed, claims.
    """
    own, budget = programmes[programmes["id"] == subject], claims[claims["about"].eq(subject) & claims["measure"].isin(BUDGETS)]
    mine, cases = (table[table["programme"] == subject] for table in (details, outcomes))
    told = {f"result_{lang}": cases[f"partner_{lang}"] + words.word("ui.colon", lang) + cases[f"result_{lang}"] for lang in words.LANGUAGES}
    parts = [_items(own, "objective", "objective"), _items(own, "partner", "partner_type").assign(note_ja="", note_en="")]
    parts += [_items(mine[mine["aspect"] == aspect].sort_values("order"), aspect, "item") for aspect in ASPECTS]
    parts += [_items(budget.assign(claims=budget["id"]), "budget", "text"), _items(cases.assign(**told), "result", "result")]
    return pd.concat(parts, ignore_index=True).query("item_ja != ''").reset_index(drop=True)


def _items(rows: pd.DataFrame, aspect: str, text: str) -> pd.DataFrame:
    told = {f"aspect_{lang}": [words.word(f"aspect.{aspect}", lang)] * len(rows) for lang in words.LANGUAGES}
    told |= {f"item_{lang}": rows[f"{text}_{lang}"].tolist() for lang in words.LANGUAGES}
    told |= {name: rows[name].tolist() if name in rows else [""] * len(rows) for name in ("note_ja", "note_en", "locator", "as_printed", "claims")}
    return pd.DataFrame(told)


def ledger(claims: pd.DataFrame, measures: pd.DataFrame, subject: str) -> pd.DataFrame:
    """The claims of the ledger about one programme, in the order of the source.

    Columns: text, quantity (number with unit), nature (status in words), note, period, locator, as_printed, claims (the id); in the data only:
    value, value_high, unit, qualifier.
    """
    own = registers.claims(claims[claims["about"] == subject].reset_index(drop=True), measures)
    columns = [f"{name}_{lang}" for name in ("text", "quantity", "nature", "note") for lang in words.LANGUAGES]
    columns += ["period", "locator", "as_printed", "claims", *registers.NUMBERS]
    return own.assign(claims=own["id"])[columns]


def criteria(details: pd.DataFrame, subject: str) -> pd.DataFrame:
    """How one programme calls and reviews: when it calls, how proposals are assessed, by which criteria.

    Columns: aspect (in words), item, note, locator, as_printed, claims.
    """
    mine = details[(details["programme"] == subject) & details["aspect"].isin(ASKED["review"])]
    parts = [_items(mine[mine["aspect"] == aspect].sort_values("order"), aspect, "item") for aspect in ASKED["review"]]
    return pd.concat(parts, ignore_index=True)


def derived(claims: pd.DataFrame, types: str) -> pd.DataFrame:
    """Amount and duration of each planned type of support, and the whole amount for a project that follows from them.

    `types` are the stems of claim ids, space-separated: `<stem>-amount` (JPY million a year) and `<stem>-duration` (years).
    Columns: type (in words), amount_jpy_m (a year and project), duration_low_years, duration_high_years, total_low_jpy_m,
    total_high_jpy_m (amount x duration; our computation), status, claims.

    >>> stem = "satreps-derived-core"
    >>> rows = {"id": [f"{stem}-amount", f"{stem}-duration"], "value": [3.0, 1.0], "value_high": [None, 2.0], "status": "planned"}
    >>> derived(pd.DataFrame(rows), stem)[["total_low_jpy_m", "total_high_jpy_m"]].values.tolist()
    [[3.0, 6.0]]
    """
    known = claims.set_index("id")
    rows = []
    for stem in types.split():
        amount, years = known.loc[f"{stem}-amount"], known.loc[f"{stem}-duration"]
        high = years["value"] if pd.isna(years["value_high"]) else years["value_high"]
        rows.append(
            {f"type_{lang}": words.word(f"type.{stem}", lang) for lang in words.LANGUAGES}
            | {"amount_jpy_m": amount["value"], "duration_low_years": years["value"], "duration_high_years": high}
            | {"total_low_jpy_m": amount["value"] * years["value"], "total_high_jpy_m": amount["value"] * high}
            | {"status": amount["status"], "claims": f"{amount.name} {years.name}", "_stem": stem}
        )
    return pd.DataFrame(rows)


def total(derived: pd.DataFrame, stem: str) -> float | tuple[float, float]:
    """The whole amount for a project under this type of support, in JPY million; a range where the duration is one.

    >>> total(pd.DataFrame({"_stem": ["a"], "total_low_jpy_m": [20.0], "total_high_jpy_m": [60.0]}), "a")
    (20.0, 60.0)
    """
    low, high = derived.set_index("_stem").loc[stem, ["total_low_jpy_m", "total_high_jpy_m"]].astype(float)
    return low if low == high else (low, high)


def spanned(claims: pd.DataFrame, low: str, high: str) -> tuple[float, float]:
    """The range between the numbers of two claims, for a range that the source prints in two rows.

    >>> spanned(pd.DataFrame({"id": ["a", "b"], "value": [5.0, 100.0]}), "a", "b")
    (5.0, 100.0)
    """
    values = claims.set_index("id")["value"]
    return float(values[low]), float(values[high])
