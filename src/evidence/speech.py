"""The language in which the command speaks: asked for, or the user's own."""

import locale
import os

_ASKED: dict[str, str] = {}


def ask(lang: str) -> None:
    """Makes the command speak this language; anything that is not Japanese is English."""
    _ASKED["lang"] = lang


def lang() -> str:
    """Language of messages: `--lang`, else EVIDENCE_LANG, else the locale."""
    own = _ASKED.get("lang") or os.environ.get("EVIDENCE_LANG") or locale.getlocale()[0] or ""
    return "ja" if own.startswith("ja") else "en"
