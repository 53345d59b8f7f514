"""Figures of matplotlib and Plotly, as pixels."""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tbnotebook.writer.values import BadValue, describe


def pixels_of_figures(figures: Any, *, close: bool) -> NDArray[np.uint8]:
    """Return a figure, or several of one size, of shape (number, height, width, channels).

    Drawn at the call, as neither package is made for threads.

    Raises
    ------
    BadValue
        It is no figure, or several are not of one size.
    ImportError
        A figure of Plotly needs the package kaleido to become a picture.
    """
    several = figures if isinstance(figures, Sequence) else [figures]
    pictures = [_pixels(figure, close) for figure in several]
    if not pictures or len({picture.shape for picture in pictures}) > 1:
        raise BadValue(f"figures of one size were expected; got {[picture.shape[:2] for picture in pictures]}")
    return np.stack(pictures)


def _pixels(figure: Any, close: bool) -> NDArray[np.uint8]:
    if hasattr(figure, "to_plotly_json"):
        return _of_plotly(figure)
    if not hasattr(figure, "savefig"):
        raise BadValue(f"a figure of matplotlib or Plotly was expected; got {describe(figure)}")
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.array(canvas.buffer_rgba())[:, :, :3]
    if close:
        from matplotlib import pyplot

        pyplot.close(figure)
    return pixels


def _of_plotly(figure: Any) -> NDArray[np.uint8]:
    from PIL import Image

    if find_spec("kaleido") is None:
        raise ImportError("a figure of Plotly becomes a picture by the package kaleido: pip install kaleido")
    try:
        png = figure.to_image("png")
    except Exception as problem:  # kaleido's own, as where there is no Chrome
        raise BadValue(f"Plotly could not make a picture of its figure: {problem}") from problem
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
