"""Faulty and odd files for the input gate, each with one seeded fault: what it is, where it stands, and what must be said of it.

The rows B1 to B20 name the entries of the list of bad input that the gate was built against.
"""

from dataclasses import dataclass

SCHEMA = {
    "name": "series",
    "fields": [
        {"name": "id", "type": "string", "constraints": {"required": True, "unique": True, "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}},
        {"name": "year", "type": "year", "constraints": {"required": True, "minimum": 1990, "maximum": 2030}},
        {"name": "country", "type": "string", "constraints": {"required": True}},
        {"name": "prefecture", "type": "string"},
        {"name": "value", "type": "number"},
        {"name": "share_pct", "type": "number", "constraints": {"minimum": 0, "maximum": 100}},
        {"name": "count", "type": "integer", "constraints": {"minimum": 0}},
        {"name": "unit", "type": "string", "constraints": {"required": True, "enum": ["jpy-m", "pct"]}},
        {"name": "note_ja", "type": "string"},
        {"name": "note_en", "type": "string"},
    ],
    "primaryKey": ["id"],
}
NAMES = [field["name"] for field in SCHEMA["fields"]]  # type: ignore[index]
ROWS = [
    ["a-2019", "2019", "日本", "01", "1777", "10.5", "3", "jpy-m", "推計", "Estimate"],
    ["a-2020", "2020", "日本", "02", "2386", "11", "4", "jpy-m", "", ""],
    ["b-2019", "2019", "英国", "13", "-5.25", "0", "0", "jpy-m", "①髙﨑", "Names"],
    ["b-2020", "2020", "NA", "47", "", "", "", "pct", "", ""],
]


# Nobody sees these: marks of direction and zero width, a joiner, Hangul fillers, an empty Braille cell, a Mongolian and an emoji selector, a tag,
# private use in each plane, unassigned, a separator of lines.
UNSEEN = (
    "\u00ad", "\u200b", "\u200d", "\u200e", "\u061c", "\u2066", "\ufeff", "\u034f", "\u115f", "\u1160", "\u3164",
    "\uffa0", "\u2800", "\u180b", "\ufe0f",
    "\U000e0041", "\ue000", "\uf8ff", "\U000f0000", "\U00100000", "\u0378", "\ufdd0", "\U000e0001", "\u2028", "\u17b4",
    "\u206a", "\ufff9", "\U0001d173",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A file, the row of the list it is for, and what the strict gate and an import must each say: (code, line, column) of every finding.

    `notices` is what an import sets right instead of refusing it; None where the import must refuse like the gate.
    """

    name: str
    row: str
    content: bytes
    refused: tuple[tuple[str, int | None, str], ...]
    notices: tuple[tuple[str, int | None, str], ...] | None = None


def text(rows: list[list[str]] | None = None, names: list[str] | None = None) -> str:
    """The table as CSV text, cells quoted only where they must be."""
    lines = [names or NAMES, *(ROWS if rows is None else rows)]
    return "".join(",".join(f'"{cell}"' if set(cell) & set(',"\n') else cell for cell in line) + "\n" for line in lines)


def cell(row: int, column: str, value: str) -> str:
    """The table with one cell changed."""
    rows = [list(line) for line in ROWS]
    rows[row][NAMES.index(column)] = value
    return text(rows)


def _cells() -> list[Case]:
    """One cell that is wrong; where an import sets it right, the notice."""
    told: list[tuple[str, str, str, str, str | None]] = [
        ("B4", "value", "２０２５", "E205", "N201"), ("B4", "value", "１，２３４", "E205", "N205"), ("B4", "year", "２０２０", "E205", "N201"),
        ("B5", "value", "−5", "E206", "N202"), ("B5", "value", "－5", "E206", "N201"), ("B5", "value", "△5", "E206", "N202"),
        ("B5", "value", "▲1,234", "E206", "N202"), ("B5", "value", "(1,234)", "E206", None), ("B5", "value", "–5", "E206", None),
        ("B6", "year", "令和2年度", "E208", "N203"), ("B6", "year", "R2", "E208", "N203"), ("B6", "year", "FY2020", "E208", "N203"),
        ("B6", "year", "2020/21", "E208", None), ("B6", "year", "平成32年", "E208", None), ("B6", "year", "20", "E211", None),
        ("B10", "value", "1,234", "E207", "N205"), ("B10", "value", "1 234", "E207", None), ("B12", "value", "12億円", "E212", None),
        ("B12", "value", "5%", "E212", None), ("B12", "value", "￥500", "E212", None), ("B12", "unit", "億円", "E245", None),
        ("B13", "value", "NaN", "E202", None), ("B13", "value", "inf", "E203", None), ("B13", "value", "1e999", "E203", None),
        ("B13", "value", "-", "E202", None), ("B13", "value", "…", "E202", None), ("B13", "value", "NA", "E202", None),
        ("B13", "value", "x", "E202", None), ("B13", "country", "", "E244", None), ("B13", "value", "不明", "E202", None),
        ("B14", "count", "-1", "E247", None), ("B14", "share_pct", "101", "E247", None), ("B14", "year", "1066", "E247", None),
        ("B15", "value", "01", "E209", None), ("B16", "count", "9007199254740993", "E204", None),
        ("B16", "value", "0.12345678901234567", "E204", None), ("B16", "value", "9" * 5000, "E204", None), ("B16", "year", "2" * 5000, "E204", None),
        ("B16", "count", f"-{'9' * 5000}", "E204", None), ("B16", "value", f"0.{'9' * 5000}", "E204", None),
        ("B16", "value", "1e3", "E201", None), ("B16", "count", "1.5", "E210", None),
        ("B20", "note_en", "=1+1", "E240", None), ("B20", "note_en", "+1", "E240", None), ("B20", "note_en", "-1", "E240", None),
        ("B20", "note_en", "@SUM(A1)", "E240", None), ("B20", "note_en", "＝1", "E240", None), ("B20", "note_en", "＋1", "E240", None),
        ("B20", "note_en", "－1", "E240", None), ("B20", "note_en", "＠x", "E240", None),
        ("B2", "note_ja", "蝗ｽ", "E227", None), ("B2", "country", "å›½", "E227", None), ("B7", "country", "日本　", "E243", "N204"),
        ("B21", "note_en", "a\u202eb", "E242", None), ("B3", "note_en", "a\x07b", "E241", None), ("B9", "id", "a-2019", "E248", None),
        ("B11", "id", "", "E244", None),
        *(("unseen", "note_ja", f"国{char}際", "E242", None) for char in UNSEEN),
        ("unseen", "note_ja", "葛\U000e0100城", "E242", "N207"), ("unseen", "note_ja", "神\ufe00", "E242", "N207"),
        ("unseen", "note_ja", "か\u3099", "E253", "N206"), ("unseen", "note_ja", "ハ\u309a", "E253", "N206"),
        ("unseen", "note_en", "Socie\u0301te\u0301", "E253", "N206"), ("unseen", "note_en", "\u212bngström", "E253", "N206"),
        ("unseen", "note_en", "S\u0410TREPS", "E254", None), ("unseen", "country", "JS\u03a4", "E254", None),
        ("unseen", "id", "n\u0456h-2020", "E254", None), ("unseen", "note_en", "S\uff21TREPS", "E254", None),
        ("unseen", "note_en", "\ufb01nance", "E254", None), ("unseen", "note_en", "\U0001d412AT", "E254", None),
        ("unseen", "note_en", "\U0001d7ce", "E254", None), ("unseen", "note_en", "3\u0336", "E253", None),
        ("unseen", "note_ja", "国\u0301", "E253", None),
        *(("unseen", "note_en", f"a{char}b", "E242", "N204") for char in "\u00a0\u2009\u202f\u205f"),
    ]  # fmt: skip
    found = []
    for number, (row, column, value, code, notice) in enumerate(told):
        place = 2 if column in ("value", "count", "share_pct") else 1
        content = cell(place, column, value)
        if column.startswith("note_"):
            content = _both(place, column, value)
        where = ((code, place + 2, column),)
        set_right = ((notice, place + 2, column),) if notice else None
        found.append(Case(f"{row}-{number:02}-{column}", row, content.encode(), where, set_right))
    return found


def _both(row: int, column: str, value: str) -> str:
    """A note with the fault in one language and sound words in the other."""
    rows = [list(line) for line in ROWS]
    rows[row][NAMES.index("note_ja")], rows[row][NAMES.index("note_en")] = "注", "Note"
    rows[row][NAMES.index(column)] = value
    return text(rows)


def _files() -> list[Case]:
    """A file whose bytes, lines or header are wrong."""
    plain, header = text(), ",".join(NAMES)
    renamed = [name if name != "value" else "valeu" for name in NAMES]
    twice = [name if name != "note_en" else "note_ja" for name in NAMES]
    missing = text([row[:-1] for row in ROWS], NAMES[:-1])
    extra = text([[*row, "x"] for row in ROWS], [*NAMES, "memo"])
    thousands = plain.replace(",1777,", ",1,777,").replace(",2386,", ",2,386,")
    lines = plain.splitlines(keepends=True)
    short = lines[2].rstrip("\n").rsplit(",", 1)[0] + "\n"
    return [
        Case("B1-cp932", "B1", plain.encode("cp932"), (("E223", 2, ""),), ()),
        Case("B1-euc-jp", "B1", plain.replace("①髙﨑", "国").encode("euc_jp"), (("E223", 2, ""),)),
        Case("B3-utf-16", "B3", plain.encode("utf-16"), (("E224", 1, ""),)),
        Case("B3-nul", "B3", plain.replace("Names", "Na\0mes").encode(), (("E226", 4, "note_en"),)),
        Case("B3-cr-only", "B3", plain.replace("\n", "\r").encode(), (("E228", 1, ""),), ()),
        Case("B3-damaged", "B3", plain.encode().replace("英国".encode(), b"\xe8\x8b\xff"), (("E225", 4, ""),)),
        Case("B7-missing", "B7", missing.encode(), (("E232", 1, "note_en"),)),
        Case("B7-extra", "B7", extra.encode(), (("E233", 1, "memo"),)),
        Case("B7-renamed", "B7", text(names=renamed).encode(), (("E233", 1, "valeu"),)),
        Case("B8-twice", "B8", text(names=twice).encode(), (("E234", 1, "note_ja"), ("E232", 1, "note_en"))),
        Case("B9-same-row-twice", "B9", (plain + lines[1]).encode(), (("E248", 6, "id"),)),
        Case("B10-one-row", "B10", plain.replace(",1777,", ",1,777,").encode(), (("E235", 2, "value"),)),
        Case("B10-all-rows", "B10", thousands.encode(), (("E235", 2, "value"), ("E235", 3, "value"))),
        Case("B11-short", "B11", "".join([*lines[:2], short, *lines[3:]]).encode(), (("E236", 3, "note_en"),)),
        Case("B11-blank", "B11", "".join([*lines[:2], "\n", *lines[2:]]).encode(), (("E237", 3, "id"),)),
        Case("B11-title", "B11", ("表1 予算" + "," * (len(NAMES) - 1) + "\n" + plain).encode(), (("E238", 1, ""),)),
        Case("B11-footnote", "B11", (plain + "注：速報" + "," * (len(NAMES) - 1) + "\n").encode(), (("E238", 6, "id"),)),
        Case("B17-semicolon", "B17", plain.replace(",", ";").encode(), (("E229", 1, ""),)),
        Case("B17-tab", "B17", plain.replace(",", "\t").encode(), (("E229", 1, ""),)),
        Case("B17-open-quote", "B17", plain.replace(",英国,", ',"英国,').encode(), (("E230", 4, ""),)),
        Case("B18-empty", "B18", b"", (("E222", 1, ""),)),
        Case("B18-header-only", "B18", (header + "\n").encode(), (("E239", 1, ""),)),
        Case("B18-huge-cell", "B18", cell(2, "note_en", "x" * 200_000).encode(), (("E219", 4, ""),)),
    ]


def faulty() -> list[Case]:
    """Every faulty file."""
    return [*_cells(), *_files()]


def odd() -> dict[str, bytes]:
    """Files that look odd and are sound."""
    plain = text()
    order = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    return {
        "BOM": b"\xef\xbb\xbf" + plain.encode(),
        "CRLF": plain.replace("\n", "\r\n").encode(),
        "columns in another order": text([[row[place] for place in order] for row in ROWS], [NAMES[place] for place in order]).encode(),
        "no line end at the end": plain.rstrip("\n").encode(),
        "every cell quoted": "\n".join(",".join(f'"{part}"' for part in line.split(",")) for line in plain.splitlines()).encode(),
        "one row": text(ROWS[:1]).encode(),
        "a comma and a quote in a cell": _both(1, "note_en", 'said "so", twice').replace('"said "so", twice"', '"said ""so"", twice"').encode(),
        "a line break in a cell": _both(1, "note_en", "one\ntwo").encode(),
        "a negative number": cell(1, "value", "-5").encode(),
        "NA is a country": plain.encode(),
        "codes with a leading zero": plain.replace(",13,", ",07,").encode(),
        "the largest exact number": cell(1, "count", "9007199254740992").encode(),
        "half-width katakana": _both(1, "note_ja", "ｾﾝﾀｰ").encode(),
        "letters with accents": _both(1, "note_en", "Société générale").encode(),
        "circled numbers and ㌫": _both(1, "note_ja", "①㌫㈱").encode(),
        "kanji of names that NFC would change": _both(1, "note_ja", "福\ufa1b 神\ufa19 \u96de\U00020bb7").encode(),
        "a mark that makes no other letter": _both(1, "note_ja", "あ\u3099 セ\u309a").encode(),
        "Greek in a unit and a name, Cyrillic alone": _both(1, "note_en", "5 μm, 3 kΩ, TGF-β, РФФИ").encode(),
    }
