"""Whatever is wrong with a notebook, a schema, a descriptor or the settings, the check says so or that nothing is; it never ends in a traceback."""

import json
import random
from pathlib import Path

import pytest
import yaml

from evidence.build import checks
from tests.mutations import mutated
from tests.projects import FIRST, small

SEEDS = 6  # of each file; a thousand were tried before these were kept
FILES = (
    "notebooks/trends.ipynb", "notebooks/glossary.ipynb", "data/schema/claims.json", "data/schema/observations.json", "data/schema/measures.json",
    f"data/{FIRST}/datapackage.json", "_config.yml", "_toc.yml",
)  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    return small(tmp_path_factory.mktemp("mutated") / "small")


@pytest.mark.parametrize("file", FILES)
def test_a_check_ends_in_words_whatever_a_file_says(project, file):
    path = project / file
    whole = path.read_text(encoding="utf-8")
    read, written = (yaml.safe_load, yaml.safe_dump) if path.suffix == ".yml" else (json.loads, json.dumps)
    try:
        for seed in range(SEEDS):
            path.write_text(mutated(whole, random.Random(f"{file} {seed}"), read, written), encoding="utf-8")
            for problem in checks.check(project, FIRST):
                assert all(problem.text(lang) for lang in ("ja", "en"))
    finally:
        path.write_text(whole, encoding="utf-8")


def cell(**parts):
    """A fault of a notebook: its first cell of code without tags with these parts."""

    def put(notebook):
        first = next(one for one in notebook["cells"] if one["cell_type"] == "code" and not one["metadata"].get("tags"))
        first.update(parts)

    return put


@pytest.mark.parametrize(
    ("file", "fault", "code"),
    [
        ("notebooks/trends.ipynb", cell(metadata={"tags": None}), "E321"), ("notebooks/trends.ipynb", cell(source=None), "E321"),
        *(("notebooks/trends.ipynb", cell(source=text), "E322") for text in ("(" * 300_000, "-" * 300_000 + "a", "a" + ".a" * 300_000)),
        ("data/schema/claims.json", lambda schema: schema["fields"][0].pop("type"), "E294"),
        ("data/schema/claims.json", lambda schema: schema["fields"].append(None), "E294"),
        ("data/schema/claims.json", lambda schema: schema.update(foreignKeys=[{"fields": []}]), "E294"),
        ("_config.yml", lambda config: config.pop("sphinx"), "E422"), ("_config.yml", lambda config: config["sphinx"].update(config=None), "E422"),
        ("_toc.yml", lambda toc: toc["parts"][0].update(chapters=None), "E422"),
    ],
)  # fmt: skip
def test_what_is_not_made_as_it_is_to_be_is_refused_where_it_is_read(project, file, fault, code):
    path = project / file
    whole = path.read_text(encoding="utf-8")
    read, written = (yaml.safe_load, yaml.safe_dump) if path.suffix == ".yml" else (json.loads, json.dumps)
    record = read(whole)
    fault(record)
    path.write_text(written(record), encoding="utf-8")
    try:
        assert code in {problem.code for problem in checks.check(project, FIRST)}
    finally:
        path.write_text(whole, encoding="utf-8")
