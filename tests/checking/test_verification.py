"""Every byte, file, name and link of an edition that is not as published is named; a mailed file says which figure it is, or was."""

import csv
import hashlib
import io
import json
import re
import shutil

import docx
import openpyxl
import pypdf
import pytest
from PIL import Image, ImageDraw
from pptx import Presentation
from typer.testing import CliRunner

from evidence import zips
from evidence.checking import published_figure, verification
from evidence.checking.published_site import Site
from evidence.citing import citations, stamps
from evidence.cli.app import app
from evidence.editions import catalogues, freezing
from evidence.editions import site as site_module
from evidence.errors import Refusal
from evidence.files import exports
from tests.files.test_exports import TABLE, data, made, record

VALUE = {"id": "ratio", "number": 1.5, "unit": "multiple", "text": {"ja": "1.5倍", "en": "1.5 times"}, "formula": {"ja": "", "en": ""}}
VALUE |= {
    "basis": ["a"],
    "making": "read",
    "name": {"ja": "値", "en": "value"},
    "period": "",
    "page": {"ja": "ja/trends.html", "en": "en/trends.html"},
}


def publish(site, name, files, number=1.5, tie=None, table=TABLE):
    """A site's edition with one figure and one value; `tie` as its descriptor says it."""
    folder = site / name / "figures" / "growth"
    folder.mkdir(parents=True)
    for file, raw in files.items():
        (folder / file).write_bytes(raw)
    hash = hashlib.sha256(files["growth.csv"]).hexdigest()
    said = {"number": {"ja": "図 2-1", "en": "Figure 2-1"}, "title": {"ja": "伸び", "en": "Growth"}, "page": {"ja": "ja/trends.html#growth"}}
    figure = {"id": "growth", "kind": "figure", "sha256": hash, "basis": ["a"], **said}
    value = VALUE | {"number": number, "text": {"ja": f"{number:g}倍", "en": f"{number:g} times"}}
    (site / name / "edition.json").write_text(json.dumps({"id": name, **(tie or {})}), encoding="utf-8")
    (site / name / "figures.json").write_text(json.dumps([figure]), encoding="utf-8")
    told = {"text": "a", "processed": "b"}
    (site / name / "citations.json").write_text(json.dumps({"growth": {"ja": told, "en": told}}), encoding="utf-8")
    one = exports.cited(name, {lang: record(lang, svg="") for lang in ("ja", "en")}, data(table))
    (site / name / "datapackage.json").write_bytes(catalogues.datapackage(name, [(one, files["growth.csv"])]))
    (site / name / "values.json").write_text(json.dumps([value]), encoding="utf-8")
    (site / name / "SHA256SUMS").write_text(freezing.sums(site / name), encoding="utf-8")
    return site / name


def taken(one, ending):
    """The file of this ending of the figure: as it lies in the site, or the archive made of all of them."""
    return published_figure.archive(one, "growth") if ending == "zip" else (one.folder / "figures" / "growth" / f"growth.{ending}").read_bytes()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    publish(folder, "2019-09", made())
    return folder


@pytest.fixture
def edition(site, tmp_path):
    return shutil.copytree(site / "2019-09", tmp_path / "2019-09")


def codes(folder, published=None):
    return [(problem.code, problem.place.file) for problem in verification.edition(folder, published)]


CSV = "figures/growth/growth.csv"


def test_an_edition_as_published_holds(edition, site):
    assert codes(edition, site) == []


def test_a_flipped_byte_in_any_file_is_named(edition):
    for path in sorted(path for path in edition.rglob("*") if path.is_file() and path.name != "SHA256SUMS"):
        raw = path.read_bytes()
        path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
        assert codes(edition) == [("E601", path.relative_to(edition).as_posix())]
        path.write_bytes(raw)


def test_what_is_missing_added_renamed_or_linked_is_named(edition):
    folder = edition / "figures" / "growth"
    (folder / "growth.ja.bib").unlink()
    (folder / "growth.ja.ris").rename(folder / "other.ris")
    (edition / "note.txt").write_text("x", encoding="utf-8")
    (folder / "growth.ja.csl.json").rename(edition.parent / "elsewhere")
    (folder / "growth.ja.csl.json").symlink_to(edition.parent / "elsewhere")
    (edition / "ja").symlink_to(edition.parent)

    assert codes(edition) == [
        ("E602", "figures/growth/growth.ja.bib"), ("E607", "figures/growth/growth.ja.csl.json"), ("E604", "figures/growth/growth.ja.ris"),
        ("E607", "ja"),
        ("E603", "note.txt"),
    ]  # fmt: skip


def test_two_files_that_changed_places_are_both_named(edition):
    folder = edition / "figures" / "growth"
    one, other = (folder / "growth.ja.bib").read_bytes(), (folder / "growth.ja.ris").read_bytes()
    (folder / "growth.ja.bib").write_bytes(other)
    (folder / "growth.ja.ris").write_bytes(one)

    assert codes(edition) == [("E601", "figures/growth/growth.ja.bib"), ("E601", "figures/growth/growth.ja.ris")]


@pytest.mark.parametrize("text", ["x", f"{'0' * 64}  ../out", f"{'0' * 64}  /etc/passwd", f"{'g' * 64}  a", f"{'0' * 64}  "])
def test_a_list_that_is_none_is_refused(edition, text):
    (edition / "SHA256SUMS").write_text(text + "\n", encoding="utf-8")

    assert codes(edition) == [("E605", "2019-09/SHA256SUMS")]


def test_a_list_that_was_made_to_fit_is_found_beside_the_published_one(edition, site):
    (edition / CSV).write_bytes(b"id\n1\n")
    (edition / "SHA256SUMS").write_text(freezing.sums(edition), encoding="utf-8")

    assert codes(edition) == []
    assert codes(edition, site) == [("E605", "SHA256SUMS")]


def test_a_mailed_file_is_known_whatever_its_name(site, tmp_path):
    for path in sorted((site / "2019-09" / "figures" / "growth").iterdir()):
        mailed = tmp_path / f"資料 (1){path.suffix}"
        shutil.copy(path, mailed)
        found = verification.file(mailed, Site(site))
        assert (found.editions, found.id, found.path) == (("2019-09",), "growth", f"figures/growth/{path.name}")


def saved_anew(name, raw):
    """The file as another program saves it after a small change."""
    stream = io.BytesIO()
    if name.endswith(".svg"):
        return raw.replace(b"#4c78a8", b"#ff0000")
    if name.endswith(".png"):
        picture = Image.open(io.BytesIO(raw))
        changed = picture.convert("RGB")
        ImageDraw.Draw(changed).rectangle((20, 20, 60, 40), "#ff0000")
        changed.save(stream, "PNG", pnginfo=_kept(picture))
    elif name.endswith(".pdf"):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(raw))
        writer.add_blank_page(10, 10)
        writer.write(stream)
    elif name.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(raw))
        book.worksheets[0]["C2"] = 9.9
        book.save(stream)
    elif name.endswith(".pptx"):
        deck = Presentation(io.BytesIO(raw))
        deck.slides[0].shapes.title.text = "changed"
        deck.save(stream)
    elif name.endswith(".docx"):
        text = docx.Document(io.BytesIO(raw))
        text.paragraphs[0].text = "changed"
        text.save(stream)
    elif name.endswith(".zip"):
        return zips.zipped(zips.unzipped(raw) | {"growth.csv": b"id\n1\n"})
    else:
        return raw.replace(b"1.4", b"1.5")
    return stream.getvalue()


def _kept(picture):
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    for key, text in picture.text.items():
        said.add_itxt(key, text)
    return said


@pytest.mark.parametrize("ending", ["en.svg", "en.png", "ja.docx", "en.pdf", "ja.xlsx", "ja.pptx", "zip", "csv", "en.vl.json"])
def test_an_altered_file_is_told_from_an_unknown_one(site, ending):
    raw = taken(Site(site).edition("2019-09"), ending)
    changed = saved_anew(f"growth.{ending}", raw)

    assert changed != raw
    with pytest.raises(Refusal) as refused:
        verification.content(f"mailed.{ending}", changed, Site(site))
    assert refused.value.code == "E610"
    assert refused.value.found.startswith("2019-09 figures/growth/growth.")


def test_a_table_that_excel_saved_anew_holds_the_published_numbers(site):
    text = (site / "2019-09" / CSV).read_bytes().decode("utf-8-sig").replace("\n", "\r\n")

    for raw in (text.encode(), text.encode("cp932")):
        with pytest.raises(Refusal) as refused:
            verification.content("growth.csv", raw, Site(site))
        assert (refused.value.code, refused.value.found) == ("E612", "2019-09 figures/growth/growth.csv")


def test_a_table_that_excel_saved_where_a_comma_is_the_decimal_sign_holds_the_published_numbers(site):
    rows = list(csv.reader(io.StringIO((site / "2019-09" / CSV).read_bytes().decode("utf-8-sig"))))
    for change, code in ((lambda cell: cell, "E612"), (lambda cell: cell.replace("1,4", "1,5"), "E610")):
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows([[change(re.sub(r"^(-?[0-9]+)\.([0-9]+)$", r"\1,\2", cell)) for cell in row] for row in rows])
        with pytest.raises(Refusal) as refused:
            verification.content("growth.csv", text.getvalue().encode("utf-8-sig"), Site(site))
        assert (refused.value.code, refused.value.found.split(":")[0]) == (code, "2019-09 figures/growth/growth.csv")


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7 broken", b"PK\x03\x04 broken", b"\x89PNG\r\n\x1a\n", b"\xff\xfe", b"<svg/>"])
@pytest.mark.parametrize("name", ["a.svg", "a.png", "a.csv", "a.xlsx", "a.pdf", "a.zip"])
def test_a_foreign_or_damaged_file_is_unknown(site, name, raw):
    with pytest.raises(Refusal) as refused:
        verification.content(name, raw, Site(site))

    assert refused.value.code == "E611"


def test_a_file_that_names_a_figure_that_never_was_is_unknown(site):
    with pytest.raises(Refusal) as refused:
        verification.content("a.svg", b"<svg>evidence-book:2019-09/figures/never#0123456789ab</svg>", Site(site))

    assert refused.value.code == "E611"


def test_an_id_holds_with_its_digits_and_no_others(site):
    one = Site(site)
    digits = hashlib.sha256((site / "2019-09" / CSV).read_bytes()).hexdigest()[:12]

    assert verification.digits("growth", digits, one).editions == ("2019-09",)
    assert verification.digits("Growth", digits.upper(), one).kind == "figures"
    assert verification.digits("ratio", citations.digits(VALUE), one).kind == "values"
    for place in range(12):
        mistyped = digits[:place] + ("0" if digits[place] != "0" else "1") + digits[place + 1 :]
        with pytest.raises(Refusal) as refused:
            verification.digits("growth", mistyped, one)
        assert refused.value.code == "E614"
    with pytest.raises(Refusal) as refused:
        verification.digits("growht", digits, one)
    assert (refused.value.code, refused.value.found) == ("E613", "growht → growth")
    with pytest.raises(Refusal) as refused:
        verification.digits("growth", digits[:11], one)
    assert refused.value.code == "E614"


def test_a_file_of_two_editions_names_both(tmp_path):
    files = made()
    publish(tmp_path, "2019-09", files)
    publish(tmp_path, "2026-11", files, tie={"succeeds": "2019-09"})

    assert verification.content("x.csv", files["growth.csv"], Site(tmp_path)).editions == ("2026-11", "2019-09")


def test_a_folder_without_editions_is_refused(tmp_path):
    with pytest.raises(Refusal) as refused:
        Site(tmp_path)

    assert refused.value.code == "E606"


def around(folder):
    return [(problem.code, problem.place.file) for problem in verification.around(folder)]


@pytest.fixture
def whole(tmp_path):
    """A site with all that stands around its editions."""
    first = publish(tmp_path / "work", "2019-09", made())
    told = {name: {"ja": "図", "en": "figure"} for name in ("alt", "subtitle")}
    records = [record | told for record in json.loads((first / "figures.json").read_text(encoding="utf-8"))]
    (first / "figures.json").write_text(json.dumps(records), encoding="utf-8")
    (first / "SHA256SUMS").write_text(freezing.sums(first), encoding="utf-8")
    return site_module.site([first], tmp_path / "site", site_module.Known())


def test_what_stands_around_the_editions_is_under_sums_too(whole):
    assert around(whole) == []
    for path in ("editions.js", "errata.html", "index.html", "figures/growth/index.html"):
        raw = (whole / path).read_bytes()
        (whole / path).write_bytes(raw + b" ")
        assert around(whole) == [("E601", path)]
        (whole / path).write_bytes(raw)


def test_a_list_of_an_edition_that_was_made_to_fit_is_found_in_the_site(whole):
    (whole / "2019-09" / CSV).write_bytes(b"id\n1\n")
    (whole / "2019-09" / "SHA256SUMS").write_text(freezing.sums(whole / "2019-09"), encoding="utf-8")

    assert (codes(whole / "2019-09"), around(whole)) == ([], [("E601", "2019-09/SHA256SUMS")])


def test_an_edition_or_file_that_was_added_to_or_taken_from_a_site_is_named(whole):
    shutil.copytree(whole / "2019-09", whole / "2020-01")
    (whole / "x.js").write_text("", encoding="utf-8")
    (whole / "errata.html").unlink()
    assert around(whole) == [("E603", "2020-01/SHA256SUMS"), ("E602", "errata.html"), ("E603", "x.js")]

    (whole / "SHA256SUMS").unlink()
    assert [code for code, _ in around(whole)] == ["E605"]


def test_an_empty_folder_that_was_added_is_named(edition):
    (edition / "figures" / "growth" / "new" / "inner").mkdir(parents=True)

    assert codes(edition) == [("E603", "figures/growth/new/inner/")]


def test_what_differs_in_a_site_is_told_with_its_edition(whole):
    (whole / "2019-09" / "empty").mkdir()
    (whole / "x.js").touch()

    told = CliRunner().invoke(app, ["verify", str(whole)], env={"EVIDENCE_LANG": "en"}).output

    assert "E603 2019-09 empty/ " in told
    assert "E603 x.js " in told


def test_an_edition_is_verified_from_within(whole, monkeypatch):
    for folder in (whole, whole / "2019-09"):
        monkeypatch.chdir(folder)
        done = CliRunner().invoke(app, ["verify", "."])
        assert (done.exit_code, done.exception) == (0, None), done.output


def test_a_drawing_copied_out_of_a_page_is_known_and_an_altered_one_is_told(tmp_path):
    files = made()
    said = stamps.Stamp("2019-09", "growth", hashlib.sha256(files["growth.csv"]).hexdigest()[:12])
    drawing = stamps.stamped('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0,0"/><text>増 &amp; 減</text></svg>', said)
    folder = publish(tmp_path, "2019-09", files)
    (folder / "ja").mkdir()
    (folder / "ja" / "trends.html").write_text(f"<!DOCTYPE html><body><figure><div>{drawing}</div></figure>", encoding="utf-8")
    (folder / "SHA256SUMS").write_text(freezing.sums(folder), encoding="utf-8")
    as_a_browser_writes_it = drawing.replace('<path d="M0,0"/>', "<path d='M0,0'></path>")

    for copied in (drawing, as_a_browser_writes_it, f"\n{drawing}\n"):
        found = verification.content("図.svg", copied.encode(), Site(tmp_path))
        assert (found.editions, found.id, found.path) == (("2019-09",), "growth", "ja/trends.html#growth")
    with pytest.raises(Refusal) as refused:
        verification.content("図.svg", drawing.replace("増", "減").encode(), Site(tmp_path))
    assert refused.value.code == "E610"


def test_code_of_an_edition_that_was_changed_is_told_with_the_file(tmp_path):
    folder = publish(tmp_path, "2019-09", made())
    files = {f"src/evidence/{name}.py": f"{name} = 1\n".encode() for name in ("trends", "tiers", "plans", "words")}
    (folder / "code.zip").write_bytes(zips.zipped(files))
    (folder / "SHA256SUMS").write_text(freezing.sums(folder), encoding="utf-8")
    forged = zips.zipped(files | {"src/evidence/trends.py": b"trends = 2\n"})

    for name in ("code.zip", "mailed.zip"):
        with pytest.raises(Refusal) as refused:
            verification.content(name, forged, Site(tmp_path))
        assert (refused.value.code, refused.value.found.startswith("2019-09 code.zip: ")) == ("E610", True)
        assert "src/evidence/trends.py" in refused.value.found
    with pytest.raises(Refusal) as refused:
        verification.content("other.zip", zips.zipped({"a.py": b"1", "b.py": b"2"}), Site(tmp_path))
    assert refused.value.code == "E611"
