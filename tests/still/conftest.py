"""Helpers that look at the pixels of a picture."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tbnotebook.still import Chart, Line, Picture


@pytest.fixture(scope="session")
def payloads():
    spec = importlib.util.spec_from_file_location("still_payloads", Path(__file__).with_name("payloads.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def ink():
    """Counts the pixels of a PNG that are near to a colour, within a box of shares of its size."""

    def count(png: bytes, colour: tuple[int, int, int], box=(0.0, 0.0, 1.0, 1.0), within: int = 24) -> int:
        pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
        height, width = pixels.shape[:2]
        left, top, right, bottom = box
        part = pixels[int(top * height) : int(bottom * height), int(left * width) : int(right * width)]
        return int((np.abs(part - np.array(colour)).max(axis=2) <= within).sum())

    return count


@pytest.fixture
def sine() -> Picture:
    return Picture("logs", [sine_chart("data/sin", 0)])


def sine_chart(title: str, color: int, values: NDArray[np.float64] | None = None, **options) -> Chart:
    x = np.arange(100.0)
    y = np.sin(x / 10) if values is None else values
    return Chart(title, [Line(color, x, y)], **options)


@pytest.fixture(scope="session")
def make_chart():
    return sine_chart
