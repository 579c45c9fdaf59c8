"""An archive is looked at before it is unfolded: bombs, names that lead out of it, links and twins are named."""

import io
import stat
import zipfile

import pytest

from evidence.tables import packed

MB = 1024 * 1024


def archive(*parts: tuple[str, bytes], link: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts:
            made.writestr(zipfile.ZipInfo(name) if name == link else name, content)
        if link:
            entry = zipfile.ZipInfo(link)
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            made.writestr(entry, "/etc/hostname")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (archive(("../out.xml", b"")), "../out.xml"), (archive(("/etc/x", b"")), "/etc/x"), (archive(("a\\..\\..\\x", b"")), "a\\..\\..\\x"),
        (archive(("C:/x", b"")), "C:/x"), (archive(link="xl/a.xml"), "xl/a.xml"), (archive(("A.xml", b""), ("a.xml", b"")), "a.xml"),
        (archive(*((f"{number}", b"") for number in range(10_001))), "10,001 > 10,000"), (archive(("a", b" " * 51 * MB)), "51 MB > 50 MB"),
        (archive(("a", b" " * 20 * MB)), "a: 1,028 > 200"),
    ],
    ids=["above", "absolute", "backslashes", "drive", "link", "twins", "many", "large", "pressed"],
)  # fmt: skip
def test_what_is_wrong_with_an_archive_is_named(raw, told):
    assert packed.fault(raw, packed.WORKBOOK) == told


def test_a_sound_archive_passes():
    assert packed.fault(archive(("xl/a.xml", b"a" * MB), ("xl/b.xml", b"")), packed.WORKBOOK) == ""
