"""YAML is read as it was written, or refused with the line, what stands there and what is needed."""

import tracemalloc

import pytest

from evidence.book import settings
from evidence.errors import Refusal
from tests.projects import PROJECT

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("title: x\nanswer: NO\n", 2, 'NO → "NO" bool'),
        ("version: 2026.10\n", 1, '2026.10 → "2026.10" float'),
        ("code: 010\n", 1, '010 → "010" int'),
        ("time: 12:30\n", 1, '12:30 → "12:30" int'),
        ("day: 2026-11-23\n", 1, '2026-11-23 → "2026-11-23" timestamp'),
        ("NO: x\n", 1, 'NO: → "NO":'),
        ("a: x\nb: y\na: z\n", 3, "a: twice"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "tag:yaml.org,2002:python/object/apply:os.system"),
        (BOMB, 2, "*a"),
        ("- a\n", 1, "a mapping is needed"),
        ("a: [\n", 2, "expected the node content, but found '<stream end>'"),
    ],
    ids=["no", "float", "octal", "sexagesimal", "date", "key", "twice", "object", "bomb", "list", "broken"],
)
def test_what_yaml_would_turn_into_something_else_is_refused(tmp_path, text, line, told):
    path = tmp_path / "_toc.yml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        settings.read(path)

    assert (refused.value.code, refused.value.place.line, refused.value.found) == ("E422", line, told)


def test_a_bomb_of_references_is_refused_before_it_is_put_together(tmp_path):
    path = tmp_path / "_toc.yml"
    path.write_text(BOMB, encoding="utf-8")
    tracemalloc.start()

    with pytest.raises(Refusal):
        settings.read(path)

    assert tracemalloc.get_traced_memory()[1] < 200e6
    tracemalloc.stop()


@pytest.mark.parametrize("name", ["_toc.yml", "_config.yml"])
def test_our_own_settings_are_read(name):
    assert settings.read(PROJECT / name)


def test_what_is_quoted_is_the_text_that_was_written(tmp_path):
    path = tmp_path / "_config.yml"
    path.write_text('a: "NO"\nb: "2026.10"\nc: 10\nd: true\n', encoding="utf-8")

    assert settings.read(path) == {"a": "NO", "b": "2026.10", "c": 10, "d": True}


def test_a_list_within_lists_without_end_is_refused_at_once(tmp_path):
    (tmp_path / "_toc.yml").write_text("root: " + "[" * 50_000, encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        settings.read(tmp_path / "_toc.yml")

    assert (refused.value.code, refused.value.found) == ("E422", "more than 20 levels")
