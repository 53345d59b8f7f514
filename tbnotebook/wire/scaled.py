"""Pictures made smaller, for what is kept in a notebook. Their bytes are untrusted: few formats, few pixels."""

from __future__ import annotations

import io
import math
import warnings
from typing import Any

MOST_PIXELS = 16_000_000
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
_FEW_COLORS = 256  # up to which a picture may be smaller as PNG
_BYTES = 0.07  # about what a pixel takes of a photo: the first try
_TRIES = 5
_LEAST = 8  # pixels of the longer side


def scaled(encoded: bytes, room: int) -> bytes | None:
    """Return a picture in at most `room` bytes, with as many pixels as fit; None where that cannot be done.

    It is a WebP, or a PNG where that is smaller; of what moves, the first picture.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(encoded), formats=_FORMATS) as picture:
            warnings.simplefilter("ignore")
            longer = max(picture.size)
            if not 0 < picture.width * picture.height <= MOST_PIXELS:
                return None
            side = min(longer, int(math.sqrt(room / _BYTES * longer / min(picture.size))))
            picture.draft("RGB", (side, side))
            plain = _plain(picture)
            for _ in range(_TRIES):
                data = _encoded(_resized(plain, side))
                if len(data) <= room:
                    return data
                side = int(side * min(0.95 * math.sqrt(room / len(data)), 0.9))
                if side < _LEAST:
                    break
    except Exception:  # Pillow's decoders raise whatever the bytes make them raise
        return None
    return None


def _plain(picture: Any) -> Any:
    """The picture in a mode that all encoders know; the upper half of 16 bits."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in ("L", "RGB", "RGBA"):
        picture.load()
        return picture
    return picture.convert("RGBA" if "A" in picture.mode or "transparency" in picture.info else "RGB")


def _resized(picture: Any, side: int) -> Any:
    from PIL.Image import Resampling

    scale = side / max(picture.size)
    if scale >= 1:
        return picture
    return picture.resize([max(round(scale * length), 1) for length in picture.size], Resampling.BOX)


def _encoded(picture: Any) -> bytes:
    from PIL import features

    made = []
    if features.check("webp"):
        made.append(_saved(picture, format="WEBP", quality=75, method=2))
    if not made or picture.getcolors(_FEW_COLORS) is not None:
        made.append(_saved(picture, format="PNG", compress_level=6))
    return min(made, key=len)


def _saved(picture: Any, **how: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, **how)
    return file.getvalue()
