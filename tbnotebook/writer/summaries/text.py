"""Texts."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from tbnotebook.writer.summaries.tensor import add_texts
from tbnotebook.writer.values import BadValue, describe, to_tag

SUFFIX: Final = "/text_summary"
"""What torch and tensorboardX end the tag of a text with."""


def texts_of(given: Any) -> tuple[list[bytes], tuple[int, ...]]:
    """Return a text, or the texts of a list or table, as UTF-8, and their shape.

    Raises
    ------
    BadValue
        It is neither.
    """
    if isinstance(given, (str, bytes)):
        return [to_tag(given)], (1,)
    try:
        table = np.array(given, object)
        return [to_tag(text) for text in table.reshape(-1)], table.shape
    except BadValue as problem:
        raise BadValue(f"a text, or a list or table of texts, was expected; got {describe(given)}") from problem


def add_text(summary: Any, tag: bytes, texts: list[bytes], shape: tuple[int, ...]) -> None:
    """Add texts to a summary; TensorBoard shows those of more than one dimension as a table."""
    add_texts(summary, tag, texts, shape, b"text")
