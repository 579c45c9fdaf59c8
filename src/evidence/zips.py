"""Zip archives with the same bytes in every run; Office files are such archives too, and a PDF is packed in a way of its own."""

import io
import re
import zipfile

import pikepdf

FIRST = "[Content_Types].xml"  # where Office looks for it
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip archive can say
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def zipped(files: dict[str, bytes], comment: str = "") -> bytes:
    """The files as one archive, in the order of their names, without any clock's time.

    >>> zipped({"b": b"2", "a": b"1"}) == zipped({"a": b"1", "b": b"2"})
    True
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.comment = comment.encode()
        for name in sorted(files, key=lambda name: (name != FIRST, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return stream.getvalue()


def unzipped(raw: bytes) -> dict[str, bytes]:
    """The files of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


def office(raw: bytes, time: str) -> bytes:
    """The Office file written anew, its times and those of workbooks inside it set to `time` (YYYY-MM-DDThh:mm:ssZ)."""
    files = {}
    for name, content in unzipped(raw).items():
        if name.endswith(".xlsx"):
            content = office(content, time)
        elif name == "docProps/core.xml":
            content = _TIMES.sub(rb"\g<1>" + time.encode() + rb"\g<2>", content)
        files[name] = content
    return zipped(files)


def pdf(raw: bytes) -> bytes:
    """The same PDF in fewer bytes, of a book in less than half: its small objects, tags above all, are compressed together."""
    with pikepdf.open(io.BytesIO(raw)) as document:
        stream = io.BytesIO()
        document.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True, fix_metadata_version=False)
        return stream.getvalue()
