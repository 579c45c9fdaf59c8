"""Sentences that state a finding: one of quantity, extreme, comparison or change quotes the exhibit that tests it, one on a silence what counts it.

A silence says that what was read does not hold something: the next row read may. Words in quotation marks are mentioned, not stated. A paragraph of
rules, definitions and cautions stands below `% rule`; no number changes it, so it quotes none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORDS = {
    "ja": re.compile(
        "すべて|全て|のみ|だけ|最も|最大|最多|いずれも|一つも|一切|唯一|ほとんど|大半|過半|多い|多く|主に|ごく|ほぼ|上回|下回|及ばな|高まっ"
        "|上昇して|断片|偏り|混じり|異な[るり]|そろう"
    ),
    "en": re.compile(
        r"\b(?:not one|none|only|(?<!at )most|mostly|chiefly|mainly|majority|(?<!at )(?<!in )all|largest|highest|lowest|never|half|few|fewer|pieces"
        r"|rose|fell|has grown|grew|(?<!so )(?<!as )far|higher|lower|above|below|uneven|mixed|differs?|different|nearly agree)\b",
        re.I,
    ),
}
SILENT = {
    "ja": re.compile(
        "見当たら|書かれて(?:いな|おら)|記載[がのも]な[いか]|資料にな[いか]|示(?:して|されて)(?:いな|おら)|挙げていな|述べておら|確認できな|確かめられな(?:い(?!こと)|か)"
        "|残っていな|測られていな|特定できな|読んでいな|未調査|分からな(?:い(?!か|こと)|か)"
    ),
    "en": re.compile(
        r"\b(?:not|nothing)(?: \w+)? (?:written|stated|found|known|measured|confirmed|established|examined|looked)\b|\bcould not be\b"
        r"|\bcannot be told\b|\bnor is\b|\bno span\b"
        r"|\b(?:gives?|has|offers?|states?) (?:no|neither)\b|\bsays? nothing\b|\bwithout a (?:base|source)\b|\bdid not turn up\b",
        re.I,
    ),
}
# A title has few words and gives no rules: here any denial and comparison counts.
TITLES = {
    "ja": re.compile("どの|ない|遠い|高い|低い|" + WORDS["ja"].pattern),
    "en": re.compile(r"\b(?:no|every|neither|less|more|hardly)\b|" + WORDS["en"].pattern, re.I),
}
RULE = "% rule"  # the line before a paragraph that states none
_EXHIBIT, _VALUE = (re.compile(rf"\{{{kind}\}}`([a-z0-9@-]+)`") for kind in ("exhibit", "value"))
_FENCED = re.compile(r"^(`{3,}|:{4,}).*?^\1`*$", re.S | re.M)
_LABEL = re.compile(r"^\([a-z0-9-]+\)=$")
_MENTIONED = re.compile(r"「[^」]*」|“[^”]*”|\"[^\"]*\"|\{\w+\}`[^`]*`|\]\([^)]*\)")
_END = re.compile(r"(?<=。)|(?<=[.?!])\s+(?=[A-Z{\[*“\"])")
_APART = ("%", ":::", "#")  # lines that are no sentences; a heading names what stands below it


@dataclass(frozen=True)
class Stated:
    """A sentence that states a finding: its line (the first is 1), its words, what it quotes, and whether all it states is a silence."""

    line: int
    text: str
    exhibits: tuple[str, ...]
    values: tuple[str, ...] = ()
    silent: bool = False


def stated(prose: str, lang: str) -> Iterator[Stated]:
    """The sentences of a page that state a finding.

    >>> told = "(a)=\\n## A\\n\\nOnly one grew ({exhibit}`growth`). It is large.\\n\\n% rule\\nOnly budgets count.\\n\\nIts span is not stated.\\n"
    >>> [(one.line, one.text, one.exhibits, one.silent) for one in stated(told, "en")]
    [(4, 'Only one grew ({exhibit}`growth`).', ('growth',), False), (9, 'Its span is not stated.', (), True)]
    """
    for number, line, ruled in _lines(prose):
        for sentence in () if ruled else _END.split(line):
            bare = _MENTIONED.sub("", sentence)
            found = bool(WORDS[lang].search(bare))
            if found or SILENT[lang].search(bare):
                yield Stated(number, sentence.strip(), tuple(_EXHIBIT.findall(sentence)), tuple(_VALUE.findall(sentence)), not found)


def misruled(prose: str) -> Iterator[tuple[int, str]]:
    """The lines below `% rule` that quote a number or an exhibit, each with its line (the first is 1): what evidence changes is no rule.

    >>> list(misruled("% rule\\nOnly budgets count.\\n\\n% rule\\nOnly {value}`count` grew.\\n"))
    [(5, 'Only {value}`count` grew.')]
    """
    yield from ((number, line) for number, line, ruled in _lines(prose) if ruled and (_EXHIBIT.search(line) or _VALUE.search(line)))


def _lines(prose: str) -> Iterator[tuple[int, str, bool]]:
    """The lines that are sentences, each with its number and whether it stands below `% rule`."""
    ruled = False
    for number, line in enumerate(_FENCED.sub(lambda match: "\n" * match[0].count("\n"), prose).split("\n"), start=1):
        ruled = line == RULE or (ruled and bool(line))
        if not line.startswith(_APART) and not _LABEL.match(line):
            yield number, line, ruled
