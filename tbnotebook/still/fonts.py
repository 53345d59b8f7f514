r"""Fonts for text that may hold any character: Pillow's own, then the machine's, then noto-cjk's.

Pillow's own font has ASCII and little more. A character that no font has is written as its escape
(`\u4e2d`), never as the empty box which all unknown names would share.
"""

from __future__ import annotations

import subprocess
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterator

# Where no fontconfig answers: the fonts that Windows, macOS and the common Linux packages bring.
USUAL_FILES = (
    "/System/Library/Fonts/Helvetica.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "/System/Library/Fonts/AppleSDGothicNeo.ttc",
    "/Library/Fonts/Arial Unicode.ttf",
    "C:/Windows/Fonts/segoeui.ttf",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/YuGothR.ttc",
    "C:/Windows/Fonts/malgun.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)
# What stands in where no font has our own typography; a name is never changed, it is escaped.
PLAIN = {"×": "x", "−": "-"}
# A log may name characters of every script; fontconfig is asked about this many blocks of 256 at most.
MAX_QUERIES = 24
_ABSENT = "\U0010ffff"

_asked: dict[int, tuple[str, ...]] = {}


class Piece(NamedTuple):
    """A stretch of text and the file of its font; None is Pillow's own."""

    text: str
    font: str | None


def pieces(text: str) -> list[Piece]:
    """Split `text` by the fonts that can draw it; controls and what no font has become escapes."""
    result: list[Piece] = []
    for char in text:
        drawn, font = _resolve(char)
        if result and result[-1].font == font:
            result[-1] = Piece(result[-1].text + drawn, font)
        else:
            result.append(Piece(drawn, font))
    return result


@lru_cache(maxsize=64)
def load(file: str | None, size: int) -> ImageFont.FreeTypeFont:
    """The font of `file` (None: Pillow's own) at `size` pixels."""
    if file is None:
        font = ImageFont.load_default(size)
        if not isinstance(font, ImageFont.FreeTypeFont):
            raise RuntimeError("Pillow was built without FreeType, which the still picture needs")
        return font
    # Raqm, where it is there, would shape across our pieces differently on each machine.
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=1024)
def width(text: str, file: str | None, size: int) -> float:
    """Pixels that `text` takes in the font of `file`; each picture asks for the same words, and several times."""
    return load(file, size).getlength(text)


@lru_cache(maxsize=4096)
def _resolve(char: str) -> tuple[str, str | None]:
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return _escape(char), None
    if char.isspace():
        return " ", None
    if _has(None, char):
        return char, None
    for file in _files_with(char):
        if _has(file, char):
            return char, file
    return PLAIN.get(char, _escape(char)), None


def _escape(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@lru_cache(maxsize=4096)
def _has(file: str | None, char: str) -> bool:
    """Whether the font draws `char` otherwise than a character that does not exist."""
    try:
        font = load(file, 24)
    except OSError:
        return False
    absent, mask = font.getmask(_ABSENT), font.getmask(char)
    return mask.size != absent.size or bytes(mask) != bytes(absent)


def _files_with(char: str) -> Iterator[str]:
    yield from _fontconfig_files(char)
    yield from (file for file in USUAL_FILES if Path(file).is_file())
    yield from _noto_cjk_files()


def _fontconfig_files(char: str) -> tuple[str, ...]:
    block = ord(char) >> 8
    if block not in _asked:
        if len(_asked) >= MAX_QUERIES:
            return ()
        _asked[block] = _ask_fontconfig(char)
    return _asked[block]


def _ask_fontconfig(char: str) -> tuple[str, ...]:
    command = ["fc-list", "--format=%{file}\t%{style}\n", f":charset={ord(char):x}:scalable=true"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=2, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ()
    rows = [line.split("\t") for line in answer.splitlines() if line.count("\t") == 1]

    def rank(row: list[str]) -> tuple[bool, bool, bool, str]:
        file, style = row
        name = Path(file).name
        regular = "Regular" in style or "Book" in style
        return (not regular, "Mono" in name or "Condensed" in name, "Sans" not in name, file)

    return tuple(file for file, _ in sorted(rows, key=rank)[:4])


@lru_cache(maxsize=1)
def _noto_cjk_files() -> tuple[str, ...]:
    try:
        import noto_cjk
    except ImportError:
        return ()
    known = [*noto_cjk.list_otc(), *noto_cjk.list_fonts()]
    return tuple(str(font.path) for font in known if font.installed and font.style in ("", "regular"))
