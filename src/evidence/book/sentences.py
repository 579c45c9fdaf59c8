"""Sentences that state a finding: one with a word of quantity, extreme or change quotes the exhibit that tests it.

A paragraph of rules, definitions and cautions, which no number changes, stands below `% rule`; so does every paragraph of a section on care.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORDS = {
    "ja": re.compile("すべて|のみ|だけ|最も|最大|最多|いずれも|一つも|一切|唯一|ほとんど|大半|過半|多くは|上回|下回|及ばな|高まっ|断片"),
    "en": re.compile(
        r"\b(?:not one|none|only|most|(?<!at )(?<!in )all|largest|highest|lowest|never|half|pieces|rose|fell|(?<!so )(?<!as )far"
        r"|higher|lower|above|below)\b",
        re.I,
    ),
}
RULE = "% rule"  # the line before a paragraph that states none
_QUOTED = re.compile(r"\{exhibit\}`([a-z0-9@-]+)`")
_FENCED = re.compile(r"^(`{3,}|:{4,}).*?^\1`*$", re.S | re.M)
_LABEL = re.compile(r"^\((?P<label>[a-z0-9-]+)\)=$")
_END = re.compile(r"(?<=。)|(?<=[.?!])\s+(?=[A-Z{\[*])")
_APART = ("#", "%", "(", ":::", "|")  # lines that are no sentences


@dataclass(frozen=True)
class Stated:
    """A sentence that states a finding: its line (the first is 1), its words, and the exhibits that it quotes."""

    line: int
    text: str
    exhibits: tuple[str, ...]


def stated(prose: str, lang: str) -> Iterator[Stated]:
    """The sentences of a page that state a finding.

    >>> told = "(a)=\\n## A\\n\\nOnly one grew ({exhibit}`growth`). It is large.\\n\\n% rule\\nOnly budgets count.\\n\\n(a-care)=\\nNone is sure.\\n"
    >>> list(stated(told, "en"))
    [Stated(line=4, text='Only one grew ({exhibit}`growth`).', exhibits=('growth',))]
    """
    prose = _FENCED.sub(lambda match: "\n" * match[0].count("\n"), prose)
    care, rule = False, False
    for number, line in enumerate(prose.split("\n"), start=1):
        if label := _LABEL.match(line):
            care = label["label"].endswith("-care")
        rule = line == RULE or (rule and bool(line))
        if care or rule or line.startswith(_APART):
            continue
        for sentence in _END.split(line):
            if WORDS[lang].search(re.sub(r"\{\w+\}`[^`]*`|\]\([^)]*\)", "", sentence)):
                yield Stated(number, sentence.strip(), tuple(_QUOTED.findall(sentence)))
