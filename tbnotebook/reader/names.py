"""Names as they are shown and ordered. Whatever the bytes, a name becomes valid Unicode text."""

from __future__ import annotations

import os
import re

_DIGITS = re.compile("([0-9]+)")
_MOST_NUMBERS = 64  # of a name that count as such: a key takes a hundred bytes for each


def text(raw: bytes) -> str:
    r"""Return UTF-8 bytes as text; a byte that is none shows as ``\xff``, visibly and without a surrogate."""
    return raw.decode("utf-8", "backslashreplace")


def shown(name: str) -> str:
    """Return a name of the file system as valid Unicode text (see `text`)."""
    return name if name.isascii() else text(os.fsencode(name))


def natural(name: str) -> list[str | tuple[int, str]]:
    """Return a sort key that puts ``run-2`` before ``run-10``, however many digits there are."""
    parts = _DIGITS.split(name, _MOST_NUMBERS)
    return [_magnitude(part) if part.isdecimal() and part.isascii() else part for part in parts]


def _magnitude(digits: str) -> tuple[int, str]:
    """Return what orders digits as their number does; ``int`` refuses more than some thousand of them."""
    significant = digits.lstrip("0")
    return len(significant), significant
