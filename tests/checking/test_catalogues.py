"""Whatever is wrong with the lists of a published edition, who cites, exports, verifies or reviews is told which list; there is no traceback."""

import json
import random

import pytest
from typer.testing import CliRunner

from evidence.checking import catalogues
from evidence.citing import bibliography
from evidence.cli.app import app
from evidence.errors import Refusal, Refusals
from tests.checking.test_review import value
from tests.checking.test_verification import publish
from tests.files.test_exports import made
from tests.mutations import mutated

SEEDS = 6
FILES = ("figures.json", "values.json", "citations.json", "edition.json", "datapackage.json")


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = publish(tmp_path_factory.mktemp("site"), "2019-09", made())
    told = {"ratio": {lang: bibliography.formats(value("2019-09", 1.5), lang) for lang in ("ja", "en")}}
    told |= json.loads((folder / "citations.json").read_text(encoding="utf-8"))
    (folder / "citations.json").write_text(json.dumps(told), encoding="utf-8")
    (folder.parent / "paper.txt").write_text("Figure 2-1 Growth (growth), 1.5 times (ratio), edition 2019-09\n", encoding="utf-8")
    return folder


def asked(edition, to) -> list[list[str]]:
    site, paper = ["--site", str(edition.parent)], str(edition.parent / "paper.txt")
    return [
        ["cite", "ratio", *site], ["export", "growth", "--formats", "zip", "--to", to, *site], ["export", "ratio", "--to", to, *site],
        ["verify", "ratio:000000000000", *site], ["verify", paper, *site], ["review", paper, *site],
    ]  # fmt: skip


@pytest.mark.parametrize("file", FILES)
def test_a_damaged_list_is_refused_or_not_needed(edition, file, tmp_path):
    whole = (edition / file).read_text(encoding="utf-8")
    try:
        for seed in range(SEEDS):
            text = mutated(whole, random.Random(f"{file} {seed}"), json.loads, json.dumps)
            (edition / file).write_text(text, encoding="utf-8")
            for command in asked(edition, str(tmp_path)):
                done = CliRunner().invoke(app, command)
                assert done.exception is None or isinstance(done.exception, (SystemExit, Refusal, Refusals)), (text, command)
    finally:
        (edition / file).write_text(whole, encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "part", "wrong"),
    [("figures.json", "title", {"ja": "a"}), ("figures.json", "sha256", "0"), ("values.json", "number", float("inf")), ("values.json", "name", None)],
)
def test_a_record_that_is_not_made_as_published_is_named_with_its_part(tmp_path, file, part, wrong):
    folder = publish(tmp_path, "2019-09", made())
    (record,) = json.loads((folder / file).read_text(encoding="utf-8"))
    (folder / file).write_text(json.dumps([record | {part: wrong}]), encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        catalogues.read(folder, file)

    assert (refused.value.code, refused.value.place.file, part in refused.value.found) == ("E608", f"2019-09/{file}", True)


SINCE = {"formula": {"ja": "割合：甲 ÷ 乙", "en": "share: a ÷ b"}, "later": {"ja": ["検証：一致"], "en": ["checked: confirmed"]}}


@pytest.mark.parametrize(
    ("lang", "id", "format", "below"),
    [
        ("ja", "growth", "text", ["算出方法：割合：甲 ÷ 乙", "その後：検証：一致"]), ("en", "growth", "processed", []),
        ("en", "ratio", "text", ["Since then: checked: confirmed"]),
    ],
)  # fmt: skip
def test_a_citation_is_followed_by_how_a_figure_was_computed_and_what_is_known_since(tmp_path, lang, id, format, below):
    folder = publish(tmp_path, "2019-09", made())
    told = {"ratio": {lang: bibliography.formats(value("2019-09", 1.5), lang) for lang in ("ja", "en")}}
    told |= json.loads((folder / "citations.json").read_text(encoding="utf-8"))
    (folder / "citations.json").write_text(json.dumps(told), encoding="utf-8")
    for file in ("figures.json", "values.json"):
        (record,) = json.loads((folder / file).read_text(encoding="utf-8"))
        (folder / file).write_text(json.dumps([record | SINCE]), encoding="utf-8")

    done = CliRunner().invoke(app, ["cite", id, "--lang", lang, "--format", format, "--site", str(tmp_path)])

    assert done.stdout.splitlines() == [told[id][lang][format].rstrip("\n"), *below]
