"""A file that is a ZIP archive inside, as workbooks, papers and slides are: looked at before it is unfolded, for a small one may fill the machine."""

import io
import stat
import zipfile

WORKBOOK, PAPER = 50, 200  # MB that one may unfold to: a workbook is held in memory cell by cell
_PARTS = 10_000
_PRESSED, _LARGE = 200, 10  # how many times smaller a part may be when it is more than so many MB: text is 20 to 50 times smaller
_MB = 1024 * 1024


def fault(raw: bytes, most: int) -> str:
    """What keeps this archive from being unfolded, with the part and the limit; empty where nothing does. `most` is in MB.

    >>> packed = io.BytesIO()
    >>> with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
    ...     archive.writestr("a.xml", b" " * 60 * 1024 * 1024)
    >>> fault(packed.getvalue(), 50)
    '60 MB > 50 MB'

    Raises:
        zipfile.BadZipFile: bytes that are no archive.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()
    whole = sum(part.file_size for part in parts)
    if whole > most * _MB:
        return f"{whole // _MB:,} MB > {most} MB"
    if len(parts) > _PARTS:
        return f"{len(parts):,} > {_PARTS:,}"
    seen: set[str] = set()
    for part in parts:
        name = part.filename.casefold()
        if _strange(part) or name in seen:
            return part.filename
        if part.file_size > _LARGE * _MB and part.file_size > _PRESSED * part.compress_size:
            return f"{part.filename}: {part.file_size // max(part.compress_size, 1):,} > {_PRESSED}"
        seen.add(name)
    return ""


def _strange(part: zipfile.ZipInfo) -> bool:
    """Whether the part's name leads out of the archive, or the part is a link."""
    name = part.orig_filename.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name or stat.S_ISLNK(part.external_attr >> 16)
