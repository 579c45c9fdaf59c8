"""The text of a paper saved as RTF: what is seen and the fields behind it, in the code page that the file names."""

import codecs
import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-z])|(?P<brace>[{}])"
    r"|(?P<plain>[^\\{}\r\n]+)"
)
_UNSEEN = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "themedata", "datastore", "listtable", "listoverridetable", "rsidtbl", "generator",
    "xmlnstbl",
})  # fmt: skip
_NOTES = frozenset({"footnote", "annotation"})  # behind a star too, where LibreOffice or pandoc wrote them
_SAID = {
    "par": "\n\n", "sect": "\n\n", "page": "\n\n", "row": "\n\n", "cell": "\n\n", "line": "\n", "tab": " ", "emdash": "—", "endash": "–",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
_SIGNS = {"~": " ", "_": "-", "{": "{", "}": "}", "\\": "\\"}


def text(raw: bytes) -> str:
    r"""The text, paragraphs apart by an empty line.

    >>> text(rb"{\rtf1\ansi\ansicpg932{\fonttbl{\f0 A;}}\uc1 \u22259? 2-1\par \'90\'7d\'83A{\*\x y}z\{}")
    '図 2-1\n\n図アz{'
    """
    read = raw.decode("latin-1")
    page = re.search(r"\\ansicpg(\d+)", read)
    codec = "utf-8" if page and page[1] == "65001" else f"cp{page[1]}" if page else "cp1252"
    state = _State(codecs.getincrementaldecoder(codec)(errors="replace"))
    return "".join(state.said(match) for match in _TOKEN.finditer(read))


@dataclass
class _State:
    """How far a reader is: a byte held until its second comes, whether the group is seen, the letters that stand in for one of Unicode."""

    decoder: codecs.IncrementalDecoder
    seen: bool = True
    stand_in: int = 1
    skip: int = 0
    outer: list[tuple[bool, int]] = field(default_factory=list)

    def said(self, match: re.Match[str]) -> str:
        if match["brace"]:
            self._group(match["brace"])
        elif match["sign"] == "*" or match["word"] in _UNSEEN:
            self.seen = False
        elif match["word"] == "fldinst" and self.outer:
            self.seen = self.outer[-1][0]  # the address of a link: behind a star, and yet cited
        elif match["word"] in _NOTES and self.outer:
            self.seen = self.outer[-1][0]
            return "\n\n" if self.seen else ""
        elif not self.seen:
            return ""
        elif match["word"]:
            return self._word(match["word"], match["number"])
        elif match["sign"]:
            return _SIGNS.get(match["sign"], "")
        else:
            raw = bytes.fromhex(match["byte"]) if match["byte"] else match["plain"].encode("latin-1")
            skipped = min(self.skip, len(raw))
            self.skip -= skipped
            return self.decoder.decode(raw[skipped:])
        return ""

    def _group(self, brace: str) -> None:
        self.skip = 0
        if brace == "{":
            self.outer.append((self.seen, self.stand_in))
        elif self.outer:
            self.seen, self.stand_in = self.outer.pop()

    def _word(self, word: str, number: str | None) -> str:
        if word == "u" and number:
            self.skip = self.stand_in
            return chr(int(number) % 0x10000)
        if word == "uc":
            self.stand_in = int(number or 1)
        return _SAID.get(word, "")
