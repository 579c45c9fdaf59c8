"""What rows say together: one fact in one row, codes with words, numbers within their measure's range, measures read together."""

import json

import pytest

from evidence import words
from evidence.tables import facts, gate, package
from evidence.tables.edition import Edition
from evidence.tables.references import Table
from evidence.words import LANGUAGES
from tests.projects import PROJECT

FIELDS = [{"name": name, "type": "string"} for name in ("id", "entity", "measure", "period", "unit")]
VALUE = {"name": "value", "type": "number", "within": {"table": "measures", "by": "measure", "low": "typical_low", "high": "typical_high"}}
NAMES = [*(field["name"] for field in FIELDS), "value"]
MEASURES = Table("measures.csv", {"fields": []}, [{"id": "budget", "typical_low": "1", "typical_high": "2000"}], [2])


def told(*rows: str, **schema) -> list[tuple[str, str, str]]:
    """What is said of these rows, written as a CSV file would have them below its header."""
    table = Table("table.csv", {"fields": [*FIELDS, VALUE], **schema}, [dict(zip(NAMES, row.split(","), strict=True)) for row in rows], [2, 3, 4])
    table.lines[len(rows) :] = []
    return [(one.code, str(one.place), one.found) for one in facts.problems({"table": table, "measures": MEASURES})]


def test_a_fact_under_two_ids_is_refused_with_both_lines():
    rows = ("a,japan,budget,2022,eur-m,5", "b,japan,budget,2023,eur-m,5", "c,japan,budget,2022,eur-m,6")

    found = told(*rows, naturalKey=["entity", "measure", "period"])

    assert found == [("E249", "table.csv:4:entity", "japan · budget · 2022 (2)")]


def test_a_code_without_a_word_is_refused_once_with_the_nearest():
    rows = ("a,japan,budget,2022,eur-mm,5", "b,japan,budget,2023,eur-mm,5", "c,japan,budget,2024,eur-m,5")
    fields = [field | {"words": ["unit"]} if field["name"] == "unit" else field for field in FIELDS]

    assert told(*rows, fields=[*fields, VALUE]) == [("E299", "table.csv:2:unit", "eur-mm → eur-m (unit.eur-mm)")]


def test_a_series_a_thousand_times_too_large_is_refused_once():
    rows = ("a,japan,budget,2022,eur-m,5000", "b,japan,budget,2023,eur-m,6000", "c,japan,budget,2024,eur-m,0")

    assert told(*rows) == [("E256", "table.csv:2:value", "budget: 5000 (1–2000; 2)")]


def test_a_measure_without_the_one_it_is_read_with_is_refused():
    rows = ("a,japan,articles,2022,articles,5", "b,japan,index,2022,index,1", "c,japan,articles,2027,articles,6")

    found = told(*rows, together=[["articles", "index"]])

    assert found == [("E257", "table.csv:4:measure", "japan 2027: 0 × index (4)")]


def test_two_rows_of_a_measure_that_is_read_with_another_are_refused():
    rows = ("a,japan,articles,2022,articles,5", "b,japan,index,2022,index,1", "c,japan,articles,2022,articles,6")

    assert told(*rows, together=[["articles", "index"]]) == [("E257", "table.csv:4:measure", "japan 2022: 2 × articles (2, 3, 4)")]


def test_what_was_read_in_a_copy_is_not_as_sure_as_the_document_itself():
    sources = Table("sources.csv", {"fields": []}, [{"id": "S1", "read_as": ""}, {"id": "S2", "read_as": "copy"}], [2, 3])
    sure = {"name": "confidence", "type": "string", "surest": {"table": "sources", "by": "source", "unless": "read_as", "code": "high"}}
    told = [("S1", "high"), ("S2", "medium"), ("S2", "high"), ("S2", "high")]
    table = Table("observations.csv", {"fields": [sure]}, [{"source": source, "confidence": sureness} for source, sureness in told], [2, 3, 4, 5])

    found = [(one.code, str(one.place), one.found) for one in facts.problems({"observations": table, "sources": sources})]

    assert found == [("E2001", "observations.csv:4:confidence", "high (S2: copy; 2)")]
    assert facts.problems({"observations": table}) == []


@pytest.mark.parametrize("key", [[], ["year"]])
def test_a_schema_without_a_key_of_its_own_columns_is_refused(key):
    table = Table("data/2026-11/extra.csv", {"fields": [{"name": "code", "type": "string"}], "primaryKey": key}, [], [])

    assert [(one.code, str(one.place)) for one in facts.keyless(table)] == [("E294", "data/schema/extra.json:primaryKey")]


def test_a_column_that_is_optional_may_be_missing_and_is_then_not_described(tmp_path):
    schema = {"fields": [{"name": "id", "type": "string"}, {"name": "low", "type": "number", "optional": True}], "primaryKey": ["id"]}
    for name, text in (("schema/t.json", json.dumps(schema)), ("2026-11/t.csv", "id\na\n")):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")

    rows, problems = gate.rows(tmp_path / "2026-11" / "t.csv", schema)

    assert (rows, problems) == ([{"id": "a"}], [])
    assert [field["name"] for field in package.descriptor(tmp_path / "2026-11")["resources"][0]["schema"]["fields"]] == ["id"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_values_of_an_edition_never_share_a_name(tmp_path, lang):
    names = {"ja": ["始め", "終わり"], "en": ["first", "last"]} | {lang: ["1", "1"]}
    path = tmp_path / "values.csv"
    lines = [f"{id},{ja},{en},pct,," for id, ja, en in zip("ab", names["ja"], names["en"], strict=True)]
    path.write_text("\n".join(["id,name_ja,name_en,unit,digits,undated", *lines, ""]), encoding="utf-8")

    _, problems = gate.rows(path, package.schema(PROJECT / "data" / "2026-11", "values"))

    assert [(one.code, one.place.line, one.place.column) for one in problems if one.code == "E248"] == [("E248", 3, f"name_{lang}")]


def test_a_number_of_a_source_has_one_limit_whether_it_is_read_as_a_claim_or_as_an_observation():
    """JPY 1,777 million was an estimate in one table, and in the other enacted without one."""
    wrong = []
    for edition in map(Edition, sorted((PROJECT / "data").glob("20*"))):
        if edition.has("observations"):
            claims = edition.claims[edition.claims["value"].notna()].merge(edition.observations, on=["source", "period", "value"])
            wrong += claims.loc[claims["qualifier_x"].ne(claims["qualifier_y"]), "id_y"].tolist()

    assert wrong == []


def test_a_counted_value_has_its_counter_in_japanese_wherever_it_goes():
    """Typed behind the number on a page, it stayed behind when the number was cited: 「…の項目数：15」."""
    bare = {
        id: told
        for edition in map(Edition, sorted((PROJECT / "data").glob("20*")))
        for id, unit in zip(edition.table("values")["id"], edition.table("values")["unit"], strict=True)
        if (told := words.quantity(2, unit, "ja")) == "2" and unit != "index"
    }

    assert bare == {}


def test_no_document_reports_what_began_after_it():
    """A call that was to open a month later stood among what had happened."""
    early = []
    for edition in map(Edition, sorted((PROJECT / "data").glob("20*"))):
        if edition.has("observations"):
            dated = edition.sources[edition.sources["published"].ne("")].set_index("id")["published"]
            done = edition.observations.query("status == 'actual' and source in @dated.index")
            for id, period, source in zip(done["id"], done["period"], done["source"], strict=True):
                began, told = period.split("/")[0].removeprefix("FY"), dated[source]
                shared = min(len(began), len(told))
                early += [id] if began[:shared] > told[:shared] else []

    assert early == []


def test_the_day_of_an_announcement_is_not_that_of_an_article_on_it():
    """A trade journal's date stood as the day on which JST announced, and that of a release as the day of results told at a conference before."""
    edition = Edition(PROJECT / "data" / "2026-11")
    articles = edition.sources.query("read_as == 'secondary' and published != ''").set_index("id")["published"]
    calls = edition.joint_call_results

    assert calls[calls["announced"].eq(calls["source"].map(articles))]["id"].tolist() == []


def test_documents_of_one_host_have_the_terms_of_that_host():
    """A ministry's terms hold for its whole site; of three of its pages the licence was said not to be established."""
    sources = Edition(PROJECT / "data" / "2026-11").sources
    hosts = sources["address"].str.extract(r"^https?://([^/]+)/")[0]
    terms = sources["licence"].groupby(hosts).nunique()

    assert len(terms) > 50
    assert terms[terms > 1].index.tolist() == []
