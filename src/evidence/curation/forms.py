"""An empty workbook for rows of a table: one column for each of ours, with lists to choose from, and a sheet that explains them.

What comes back filled in is in our form: an import reads its first sheet without a recipe.
"""

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from evidence import words
from evidence.curation import names
from evidence.tables import package
from evidence.words import LANGUAGES

LAST = 2_000  # line down to which the lists reach
_WIDTH, _WIDE = 16, 60
_BOLD, _HEAD, _ASKED = Font(bold=True), PatternFill("solid", fgColor="DDE6F0"), PatternFill("solid", fgColor="FFF2CC")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def workbook(folder: Path, schema: dict[str, Any], table: str, lang: str) -> Workbook:
    """The workbook for this table of the edition in this folder, explained in this language."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = table
    lists = book.create_sheet(words.word("form.lists", lang))
    explained = book.create_sheet(words.word("form.explained", lang))
    choices = {column: _choices(ids) for column, ids in names.known(folder, schema).items()}
    _explain(explained, schema, choices, lang)
    sheet.freeze_panes = "B2"
    for place, field in enumerate(schema["fields"], start=1):
        _column(sheet, place, field, lang)
        if found := choices.get(field["name"]):
            _offer(sheet, lists, place, field["name"], [id for id, _ in found])
    return book


def _choices(ids: dict[str, str]) -> list[tuple[str, str]]:
    """Each id once, with the first of the names that stand for it and are not a code."""
    found: dict[str, str] = {}
    for name, id in ids.items():
        if found.get(id, "") in ("", id) or (len(found[id]) <= len("USA") and found[id].isupper()):
            found[id] = name
    return list(found.items())


def _column(sheet: Worksheet, place: int, field: dict[str, Any], lang: str) -> None:
    """The head of one column: its name, which the import looks for, marked where it must be filled, with what it holds as a comment."""
    cell = sheet.cell(1, place, field["name"])
    cell.font, cell.fill = _BOLD, _ASKED if field.get("constraints", {}).get("required") else _HEAD
    cell.comment = Comment(f"{_told(field, 'title', lang)}\n{_told(field, 'description', lang)}".strip(), "evidence", height=110, width=320)
    letter = get_column_letter(place)
    sheet.column_dimensions[letter].width = max(_WIDTH, len(field["name"]) + 2)
    if field.get("type") not in ("number", "integer"):
        for line in range(2, LAST // 10):
            sheet.cell(line, place).number_format = "@"  # a period such as 2024-04 stays a text


def _offer(sheet: Worksheet, lists: Worksheet, place: int, column: str, ids: list[str]) -> None:
    """The ids in the sheet of lists, offered in the column."""
    at = lists.max_column + 1 if lists["A1"].value else 1
    for line, text in enumerate([column, *ids], start=1):
        lists.cell(line, at, text)
    letter = get_column_letter(at)
    offered = DataValidation(type="list", formula1=f"'{lists.title}'!${letter}$2:${letter}${len(ids) + 1}", allow_blank=True, showErrorMessage=True)
    sheet.add_data_validation(offered)
    offered.add(f"{get_column_letter(place)}2:{get_column_letter(place)}{LAST}")


def _explain(sheet: Worksheet, schema: dict[str, Any], choices: dict[str, list[tuple[str, str]]], lang: str) -> None:
    """One line for each column and, below it, for each id it may hold."""
    sheet.append([words.word(f"form.{name}", lang) for name in ("column", "title", "needed", "description")])
    for field in schema["fields"]:
        needed = words.word("form.yes", lang) if field.get("constraints", {}).get("required") else ""
        sheet.append([field["name"], _told(field, "title", lang), needed, _told(field, "description", lang)])
        sheet.cell(sheet.max_row, 1).font = _BOLD
        for id, name in choices.get(field["name"], []):
            sheet.append(["", id, "", name if name != id else ""])
    for cell in sheet[1]:
        cell.font, cell.fill = _BOLD, _HEAD
    for letter, width in zip("ABCD", (_WIDTH, _WIDE // 2, _WIDTH // 2, _WIDE), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = _WRAPPED
    sheet.freeze_panes = "A2"


def _told(field: dict[str, Any], part: str, lang: str) -> str:
    """This language's half of a text that the schema writes as `Japanese / English`."""
    return package.titles(field.get(part, ""))[LANGUAGES.index(lang)]
