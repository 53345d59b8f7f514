"""What is really painted, pixel by pixel."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image
from playwright.sync_api import Locator

FIRST_RUN = {"light": (0x1B, 0x53, 0xB9), "dark": (0x45, 0x75, 0xEF)}
TOLERANCE = 40  # a channel; a line's edges are mixed with the ground


def pixels(element: Locator) -> np.ndarray:
    """Return an element as the screen shows it, uint8 of height × width × 3."""
    return np.asarray(Image.open(io.BytesIO(element.screenshot())).convert("RGB"))


def ink(element: Locator, color: tuple[int, int, int]) -> np.ndarray:
    """Return where an element shows a colour, bool of height × width."""
    return (np.abs(pixels(element).astype(int) - color) <= TOLERANCE).all(axis=2)
