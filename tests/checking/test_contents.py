"""A file that another program saved is told from one that was changed: by its data, its drawing or its pixels, and the change is named."""

import csv
import io
import re
import shutil
import subprocess
import zipfile

import docx
import openpyxl
import pikepdf
import pytest
from PIL import Image, ImageDraw
from pptx import Presentation

from evidence import zips
from evidence.checking import contents, verification
from evidence.checking.published_site import Site
from evidence.errors import Refusal
from tests.checking.test_verification import publish, taken
from tests.files.test_exports import TABLE, made

OLD = TABLE.assign(multiple=[1.3, 2.0])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    publish(folder, "2019-09", made(OLD, edition="2019-09"))
    publish(folder, "2026-11", made(TABLE, edition="2026-11"), 1.5, {"succeeds": "2019-09"})
    return Site(folder)


def published(site, ending, edition="2026-11"):
    return taken(site.edition(edition), ending)


def judged(site, name, raw):
    found = contents.judged(name, raw, site)
    return found.verdict, found.editions, str(found.compared)


def picture(raw, change=lambda picture: picture, form="PNG", **how):
    """The picture as another program saves it, without what it says of itself."""
    stream = io.BytesIO()
    change(Image.open(io.BytesIO(raw)).convert("RGB")).save(stream, form, **how)
    return stream.getvalue()


def workbook(raw, change=lambda book: None):
    book, stream = openpyxl.load_workbook(io.BytesIO(raw)), io.BytesIO()
    change(book)
    book.save(stream)
    return stream.getvalue()


def deck(raw, change=lambda deck: None):
    slides, stream = Presentation(io.BytesIO(raw)), io.BytesIO()
    change(slides)
    slides.save(stream)
    return stream.getvalue()


def text(raw, change=lambda document: None):
    written, stream = docx.Document(io.BytesIO(raw)), io.BytesIO()
    change(written)
    written.save(stream)
    return stream.getvalue()


def cut(written):
    written.tables[0].cell(1, 1).text = "9.9"


def document(raw):
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as opened:
        opened.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True, recompress_flate=True)
    return stream.getvalue()


def repacked(raw):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in zips.unzipped(raw).items():
            archive.writestr(name, part)
        archive.comment = zipfile.ZipFile(io.BytesIO(raw)).comment
    return stream.getvalue()


def bare(raw):
    return re.sub(rb"<metadata>.*?</metadata>", b"", raw).replace(b"><", b">\n  <").replace(b"#4c78a8", b"#4C78A8")


def tabbed(raw):
    """As Excel saves it as Unicode text."""
    stream = io.StringIO()
    csv.writer(stream, "excel-tab").writerows(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    return stream.getvalue().encode("utf-16")


@pytest.mark.parametrize(
    ("ending", "again"),
    [
        ("ja.png", picture), ("en.docx", text), ("ja.xlsx", workbook), ("en.pptx", deck), ("en.pdf", document),
        ("ja.svg", bare), ("en.vl.json", lambda raw: raw.replace(b",", b", ")), ("en.bib", lambda raw: raw.replace(b"\n", b"\r\n")),
        ("csv", lambda raw: raw.decode("utf-8-sig").replace("\n", "\r\n").encode("cp932")),
        ("csv", lambda raw: raw.decode("utf-8-sig").encode("utf-16")),
        ("csv", tabbed),
        ("zip", repacked),
    ],
)  # fmt: skip
def test_the_same_content_saved_anew_is_said_to_be_the_same(site, ending, again):
    raw = published(site, ending)

    assert again(raw) != raw
    assert judged(site, f"growth.{ending}", again(raw)) == ("saved", ("2026-11",), "")


def test_a_table_is_known_by_its_values_whatever_its_form_and_heads(site):
    book, (head, *rows) = openpyxl.Workbook(), [line.split(",") for line in published(site, "csv").decode("utf-8-sig").splitlines()]
    for row in [["A", "B", "C", "D", "E"][: len(head)], *rows]:
        book.active.append([float(cell) if cell.replace(".", "").isdigit() else cell or None for cell in row[::-1]])
    stream = io.BytesIO()
    book.save(stream)

    assert judged(site, "表.xlsx", stream.getvalue()) == ("saved", ("2026-11",), "")
    book.active["A2"] = 99
    stream = io.BytesIO()
    book.save(stream)
    assert judged(site, "表.xlsx", stream.getvalue())[0] == "unknown"


def cell(book):
    book.worksheets[0]["C2"] = 9.9


def title(slides):
    slides.slides[0].shapes.title.text = "Fall"


def number(slides):
    chart = next(shape.chart for shape in slides.slides[0].shapes if shape.has_chart)
    chart._chartSpace.xpath(".//c:val//c:v")[0].text = "9.9"


@pytest.mark.parametrize(
    ("form", "how"),
    [
        ("JPEG", {"quality": 75}), ("PNG", {"size": (2, 3)}), ("PNG", {"size": (1, 2), "by": Image.Resampling.BILINEAR}),
        ("PNG", {"size": (1, 2), "by": Image.Resampling.NEAREST}), ("PNG", {"size": (3, 2)}), ("WEBP", {"quality": 80}),
    ],
)  # fmt: skip
def test_a_picture_in_another_size_or_form_is_the_same_only_as_far_as_it_shows(site, form, how):
    (up, down), by = how.pop("size", (1, 1)), how.pop("by", Image.Resampling.BICUBIC)
    raw = picture(published(site, "ja.png"), lambda one: one.resize((one.width * up // down, one.height * up // down), by), form, **how)

    assert judged(site, f"図.{form.lower()}", raw) == ("seen", ("2026-11",), "")
    with pytest.raises(Refusal, match="E620"):
        verification.content(f"図.{form.lower()}", raw, site)


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
@pytest.mark.parametrize("share", [1, 0.75])
def test_a_number_painted_over_is_found_in_a_picture_whatever_its_name(site, form, share):
    def painted(one):
        ImageDraw.Draw(one).text((100, 30), "8.8", fill="#333333")
        return one.resize((int(one.width * share), int(one.height * share)))

    verdict, editions, told = judged(site, f"図.{form.lower()}", picture(published(site, "ja.png"), painted, form))
    left, top = (int(number) / share for number in re.match(r"(\d+),(\d+)–", told).groups())
    assert (verdict, editions) == ("differs", ("2026-11",))
    assert (95 < left < 110, 25 < top < 45) == (True, True)


def test_another_picture_of_the_same_shape_is_not_ours(site):
    size = Image.open(io.BytesIO(published(site, "ja.png"))).size
    stream = io.BytesIO()
    Image.effect_noise(size, 80).save(stream, "PNG")

    assert judged(site, "photo.png", stream.getvalue())[0] == "unknown"


@pytest.mark.parametrize("ending", ["ja.xlsx", "en.pptx", "ja.svg", "en.vl.json"])
def test_an_earlier_edition_that_says_it_is_another_is_told(site, ending):
    before, after = (f"evidence-book:{name}/figures/growth#" for name in ("2019-09", "2026-11"))
    raw = published(site, ending, "2019-09")
    parts = zips.unzipped(raw) if ending[-4:] in ("xlsx", "pptx") else {}
    forged = (
        zips.zipped({name: part.replace(before.encode(), after.encode()) for name, part in parts.items()})
        if parts
        else raw.replace(before.encode(), after.encode())
    )

    assert judged(site, f"growth.{ending}", forged)[:2] == ("edition", ("2019-09",))


def test_a_file_of_another_edition_than_was_asked_for_is_told(site, tmp_path):
    path = tmp_path / "growth.csv"
    path.write_bytes(published(site, "csv", "2019-09"))

    assert verification.file(path, site, "2019-09").editions == ("2019-09",)
    with pytest.raises(Refusal, match=r"E618.*2026-11 → 2019-09"):
        verification.file(path, site, "2026-11")
    with pytest.raises(Refusal, match="E618"):
        verification.digits("growth", site.edition("2019-09").digits("figures", "growth"), site, "2026-11")


def test_what_was_converted_to_a_form_we_do_not_publish_is_not_called_changed(site):
    assert judged(site, "growth.odp", deck(published(site, "ja.pptx")))[0] == "untold"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("ending", "to"), [("ja.xlsx", "xlsx:Calc MS Excel 2007 XML"), ("ja.xlsx", "ods"), ("en.pptx", "pptx:Impress MS PowerPoint 2007 XML")]
)
def test_what_libreoffice_saved_anew_is_said_to_be_the_same(site, tmp_path, ending, to):
    (tmp_path / f"growth.{ending}").write_bytes(published(site, ending))
    asked = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", to, "--outdir", str(tmp_path / "to")]
    subprocess.run([*asked, str(tmp_path / f"growth.{ending}")], check=True, capture_output=True, timeout=120)
    (path,) = (tmp_path / "to").iterdir()

    assert judged(site, path.name, path.read_bytes()) == ("saved", ("2026-11",), "")


@pytest.mark.parametrize(
    ("ending", "change", "told"),
    [
        ("ja.xlsx", lambda raw: workbook(raw, cell), "データ!C2: 1.4 → 9.9"), ("en.pptx", lambda raw: deck(raw, title), "1. title 1: "),
        ("csv", lambda raw: raw.replace(b"1.4", b"9.9"), "multiple 2: 1.4 → 9.9"),
        ("en.svg", lambda raw: raw.replace(b"#4c78a8", b"#ff0000"), "fill: #4c78a8 → #ff0000"),
        ("en.svg", lambda raw: raw.replace(b">NIH<", b">NIX<"), "text: NIH → NIX"), ("en.pptx", lambda raw: deck(raw, number), "NIH: 1.4 → 9.9"),
        ("en.bib", lambda raw: raw.replace(b"Growth", b"Fall"), "→"), ("en.docx", lambda raw: text(raw, cut), "table 1 (2, 2): 1.4 → 9.9"),
        ("en.vl.json", lambda raw: raw.replace(b"1.4", b"9.9"), "1.4 → 9.9"),
    ],
)  # fmt: skip
def test_a_change_is_named_with_its_place_and_both_sides(site, ending, change, told):
    raw = published(site, ending)
    verdict, editions, found = judged(site, f"growth.{ending}", change(raw))

    assert (verdict, editions) == ("differs", ("2026-11",))
    assert told in found
