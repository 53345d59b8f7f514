"""Boxes drawn into a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tbnotebook.writer.values import BadValue

_RED: Final = (255, 0, 0)
_WIDTH: Final = 2  # pixels of a line


def check_boxes(shape: tuple[int, ...], labels: Any) -> None:
    """Check that there are boxes, and a label for each if there are any.

    Raises
    ------
    BadValue
        It is not so.
    """
    if shape != (0,) and (len(shape) != 2 or shape[1] != 4):
        raise BadValue(f"boxes have the shape (number, 4): left, top, right and bottom; got {shape}")
    if labels is not None and len(labels) != shape[0]:
        raise BadValue(f"there is a label for each box; got {len(labels)} for {shape[0]} boxes")


def with_boxes(pixels: NDArray[np.uint8], boxes: NDArray[Any], labels: Sequence[str] | None) -> NDArray[np.uint8]:
    """Return a picture with boxes of (left, top, right, bottom) in pixels drawn into it, and their labels."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.fromarray(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels).convert("RGB")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default()
    for number, (left, top, right, bottom) in enumerate(boxes.reshape(-1, 4).tolist()):
        draw.line([(left, top), (left, bottom), (right, bottom), (right, top), (left, top)], fill=_RED, width=_WIDTH)
        if labels is not None:
            text = str(labels[number])
            begin = (left, bottom - font.getbbox(text)[3] - 2)
            draw.rectangle(draw.textbbox(begin, text, font=font), fill=_RED)
            draw.text(begin, text, fill="white", font=font)
    return np.asarray(image)
