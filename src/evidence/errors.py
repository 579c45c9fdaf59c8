"""The one way this package says no: a code, a place, what was found, the rule and an example, in both languages.

The first digit of a code is the exit code of the command: 2 input, 3 notebook, 4 book, 5 publishing, 6 verification.
A programmer's mistake is a plain Python exception with its traceback; only what a user can mend gets a `Refusal`.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from evidence import rooms, unseen

SHOWN = 50  # causes printed of one run; all are counted
_EDITION = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[cr][1-9][0-9]*)?")  # as folders of editions are named
LINES = 5  # line numbers told of one cause
ALIKE = 3  # causes told that differ in their numbers alone
_NUMBER = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Place:
    """Where something was found: a file, its physical line (the header is line 1), a column, and the edition where the file is not its own.

    >>> str(Place("book/ja/trends.md", 12, edition="2026-11")), str(Place("data/2026-11/claims.csv", 14, edition="2026-11"))
    ('2026-11 book/ja/trends.md:12', 'data/2026-11/claims.csv:14')
    """

    file: str = ""
    line: int | None = None
    column: str = ""
    edition: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part not in ("", None))
        return f"{self.edition} {place}" if self.edition and self.edition not in self.file.split("/") else place

    def told(self, example: str) -> str:
        """The example as one of this edition and file, where it names them.

        >>> Place("data/2026-11-c1/datapackage.json").told("evidence package {edition}"), Place().told("cat {file}")
        ('evidence package 2026-11-c1', 'cat FILE')
        """
        edition = self.edition or next(filter(_EDITION.fullmatch, self.file.split("/")), "EDITION")
        return example.replace("{edition}", edition).replace("{file}", self.file or "FILE")


@cache
def rules() -> dict[str, dict[str, str]]:
    """What each code means: code -> {code, what_ja, what_en, rule_ja, rule_en, example}."""
    return rooms.listed("rules.csv", "code")


def visible(text: str) -> str:
    """The text with its unseen characters written out: what is refused must not rearrange or clear the reader's screen.

    >>> print(visible("共同　研究\\u202e\\x1b"))
    共同　研究\\u202e\\x1b
    """
    if text.isascii() and text.isprintable():
        return text
    hidden = unseen.among(text)
    if text.isprintable() and not hidden:
        return text
    return "".join(char if (char.isprintable() or char in "\u3000\n") and char not in hidden else ascii(char)[1:-1] for char in text)


class Refusal(Exception):
    """One thing that is not accepted, where it stands and why.

    >>> print(Refusal("E201", Place("claims.csv", 14, "value"), "△1,234").text("en"))
    E201 claims.csv:14:value "△1,234" is not a number. Rule: ASCII digits, a point for decimals, minus sign "-". Example: -1234
    """

    def __init__(self, code: str, place: Place | str = "", found: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.place = place if isinstance(place, Place) else Place(place)
        self.found = found

    def __str__(self) -> str:
        return self.text("en")

    def of(self, edition: str) -> "Refusal":
        """The refusal as one of this edition, unless it names another already.

        >>> str(Refusal("E311", Place("notebooks/trends.ipynb")).of("2026-11").place)
        '2026-11 notebooks/trends.ipynb'
        """
        return Refusal(self.code, replace(self.place, edition=self.place.edition or edition), self.found)

    def text(self, lang: str) -> str:
        """The refusal as one line in this language."""
        rule = rules()[self.code]
        short = " → ".join(part[:40] for part in self.found.split(" → "))  # an arrow leads to the nearest name that exists
        shown = json.dumps(short, ensure_ascii=False) if lang == "en" else f"「{short}」"
        what = rule[f"what_{lang}"].replace("{found}", shown).replace("{detail}", self.found)
        labels = {"ja": ("規則: ", "例: "), "en": ("Rule: ", "Example: ")}[lang]
        stop = {"ja": "。", "en": ". "}[lang]
        return visible(f"{self.code} {self.place} {what}{stop}{labels[0]}{rule[f'rule_{lang}']}{stop}{labels[1]}{self.place.told(rule['example'])}")

    def record(self) -> dict[str, object]:
        """The refusal for scripts: every part by name, texts in both languages."""
        place = {"edition": self.place.edition, "file": self.place.file, "line": self.place.line, "column": self.place.column}
        return {"code": self.code, **place, "found": self.found, "ja": self.text("ja"), "en": self.text("en")}


class Refusals(Exception):
    """Everything that is not accepted, all at once."""

    def __init__(self, problems: Sequence[Refusal]) -> None:
        super().__init__(f"{len(problems)} refused")
        self.problems = list(problems)

    def __str__(self) -> str:
        return self.text("en")

    @property
    def exit_code(self) -> int:
        """The first digit of the first problem's code."""
        return int(self.problems[0].code[1])

    def text(self, lang: str) -> str:
        """One line a cause, at most fifty, then how many more there are."""
        lines = listed(self.problems, lang)
        more = len(lines) - SHOWN
        if more > 0:
            lines[SHOWN:] = [{"ja": f"ほか {more} 件", "en": f"and {more} more"}[lang]]
        return "\n".join(lines)


def listed(problems: Sequence[Refusal], lang: str) -> list[str]:
    """A line a cause; of causes that differ in their numbers alone the first few, then how many more there are and in which lines.

    >>> print(*listed([Refusal("E248", Place("a.csv", line, "id"), f"japan-{line} (1)") for line in range(2, 9)], "en")[2:], sep="\\n")
    E248 a.csv:4:id the key is used again (the first line in brackets): "japan-4 (1)". Rule: a key names one row. Example: satreps-request-fy2020
    E248 a.csv:id and 4 more of this kind (lines 5, 6, 7, 8)
    """
    causes = grouped(problems)
    kinds: dict[tuple[str, ...], list[tuple[Refusal, list[int]]]] = {}
    places = []  # of each cause among those of its kind
    for cause in causes:
        alike = kinds.setdefault(_kind(cause[0]), [])
        places.append(len(alike))
        alike.append(cause)
    found = []
    for cause, before in zip(causes, places, strict=True):
        alike = kinds[_kind(cause[0])]
        if len(alike) <= ALIKE + 1 or before < ALIKE:
            found.append(told(*cause, lang))
        elif before == ALIKE:
            found.append(_more(alike[ALIKE:], lang))
    return found


def _kind(problem: Refusal) -> tuple[str, ...]:
    """What problems have in common that differ in their numbers alone, as those of many years do."""
    return problem.code, problem.place.edition, problem.place.file, problem.place.column, _NUMBER.sub("0", problem.found)


def _more(causes: list[tuple[Refusal, list[int]]], lang: str) -> str:
    problem, lines = causes[0][0], sorted({line for _, lines in causes for line in lines})
    said = {"ja": f"同様のものがほか{len(causes)}件", "en": f"and {len(causes)} more of this kind"}[lang]
    return f"{problem.code} {replace(problem.place, line=None)} {said}{_in_lines(lines, lang)}"


def _in_lines(lines: list[int], lang: str) -> str:
    return {"ja": f"（{_first(lines)}行）", "en": f" (lines {_first(lines)})"}[lang] if lines else ""


def _first(lines: list[int]) -> str:
    return ", ".join(map(str, lines[:LINES])) + (", …" if len(lines) > LINES else "")


def grouped(problems: Sequence[Refusal]) -> list[tuple[Refusal, list[int]]]:
    """Problems of one cause as one: the first of those with the same code, file, column and words, and the lines of all of them.

    >>> found = grouped([Refusal("E260", Place("a.csv", line, "entity"), "Germany") for line in (2, 3)])
    >>> [(problem.found, lines) for problem, lines in found]
    [('Germany', [2, 3])]
    """
    causes: dict[tuple[str, ...], tuple[Refusal, list[int]]] = {}
    for problem in problems:
        place = problem.place
        cause = (problem.code, place.edition, place.file, place.column, problem.found, "" if place.line else str(len(causes)))
        causes.setdefault(cause, (problem, []))[1].extend([place.line] if place.line else [])
    return list(causes.values())


def told(problem: Refusal, lines: list[int], lang: str) -> str:
    """The problem as one line, with how many lines have it and the first of them, where it is more than one."""
    if len(lines) < 2:
        return problem.text(lang)
    return problem.text(lang) + {"ja": f"（{len(lines)}行: {_first(lines)}）", "en": f" ({len(lines)} lines: {_first(lines)})"}[lang]
