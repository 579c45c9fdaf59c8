"""Bytes to text: UTF-8 or a refusal that names what the bytes seem to be, and text that was once read the wrong way."""

import codecs
import re

from evidence.errors import Place, Refusal

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LEGACY = {"cp932": "CP932 (Shift_JIS)", "euc_jp": "EUC-JP"}
_HALFWIDTH = re.compile("[｡-ﾟ]")
# UTF-8 kana read as CP932 begin with these three, which no Japanese text uses; U+FFFD is a character already lost.
_TELLTALE = re.compile(r"[縺繧繝\ufffd]|(?:[ƒ‚].){2}|\?{3}")
_FOREIGN = re.compile("[^\x00-\x7f]+")
# Mojibake of UTF-8 always leaves at least one of the first, CP932 read as Western the florin or a low quotation mark, lost text question marks.
SUSPECT = re.compile(r"[｡-ﾟ縺繧繝\ufffd\x80-\xffƒ‚]|\?{3}")


def decoded(raw: bytes, file: str) -> str:
    r"""The text of the bytes, without a byte order mark, its lines ended by LF; nothing else is changed.

    >>> decoded(b"\xef\xbb\xbfid\r\na\r\n", "odd.csv")
    'id\na\n'

    Raises:
        Refusal: E222 empty, E223 an older Japanese encoding, E224 UTF-16, E225 damaged UTF-8, E228 lines ended by CR alone.
    """
    if raw.startswith(_UTF16) or _mostly_null(raw[:1000]):
        raise Refusal("E224", Place(file, 1), "UTF-16")
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _foreign(raw.removeprefix(codecs.BOM_UTF8), error.start, file) from None
    if not text.strip():
        raise Refusal("E222", Place(file, 1))
    text = text.replace("\r\n", "\n")
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        raise Refusal("E228", Place(file, line), text.split("\n")[line - 1])
    return text


def foreign(raw: bytes, file: str) -> tuple[str, str]:
    r"""The text of a file from elsewhere, with any line ends, and its encoding: UTF-8, or CP932 where the bytes can be nothing else.

    >>> foreign("①髙﨑\r".encode("cp932"), "odd.csv")
    ('①髙﨑\n', 'CP932')

    Raises:
        Refusal: E222, E223 (EUC-JP), E224, E225 as `decoded`.
    """
    try:
        return decoded(raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), file), "UTF-8"
    except Refusal as refused:
        if refused.code != "E223" or not refused.found.startswith(_LEGACY["cp932"]):
            raise
    return raw.decode("cp932").replace("\r\n", "\n").replace("\r", "\n"), "CP932"


def _mostly_null(start: bytes) -> bool:
    return start.count(0) * 3 > len(start) > 0


def _foreign(raw: bytes, position: int, file: str) -> Refusal:
    """What to say of bytes that are not UTF-8: the encoding they seem to be in, with the line as it reads in that encoding."""
    line = raw.count(b"\n", 0, position) + 1
    row = raw.split(b"\n")[line - 1].rstrip(b"\r")
    readings = {name: text for name in _LEGACY if (text := _read(raw, name)) is not None and not _TELLTALE.search(text)}
    if not readings:
        return Refusal("E225", Place(file, line), row.decode("utf-8", errors="backslashreplace"))
    # EUC-JP read as CP932 is a run of half-width katakana: the reading with the fewest of them is the right one.
    name = min(readings, key=lambda name: len(_HALFWIDTH.findall(readings[name])))
    return Refusal("E223", Place(file, line), f"{_LEGACY[name]}: {row.decode(name, errors='replace')}")


def _read(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        return None


def mojibake(text: str) -> bool:
    """Whether the text is UTF-8 that was once read in another encoding.

    >>> mojibake("蝗ｽ"), mojibake("å›½"), mojibake("国"), mojibake("ｾﾝﾀｰ"), mojibake("café")
    (True, True, False, False, False)
    """
    if not SUSPECT.search(text):
        return False
    return bool(_TELLTALE.search(text)) or any(_restored(run) for run in _FOREIGN.findall(text))


def _restored(run: str) -> bool:
    """Whether this run of characters, written in an older encoding, reads as UTF-8: real words hardly ever do."""
    for name in ("cp932", "cp1252", "latin-1"):
        try:
            restored = run.encode(name).decode("utf-8")
        except UnicodeError:
            continue
        # Two half-width katakana may be one Latin letter by chance; a kanji or kana is three bytes and no chance.
        if name != "cp932" or any(char > "\u2fff" for char in restored):
            return True
    return False
