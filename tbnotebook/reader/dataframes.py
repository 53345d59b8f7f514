"""What a frame and a table share on their way to pandas and polars, imported when a DataFrame is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas


@contextmanager
def importing(library: str, *beside: str) -> Iterator[None]:
    """Say of a library that is not installed how to install it, and what it needs beside it."""
    try:
        yield
    except ImportError as error:
        command = " ".join(("pip install", library, *beside))
        raise ImportError(f"to_{library}() needs {library} ({error}): {command}") from error


def categorical(codes: NDArray[np.int32], names: Sequence[str]) -> pandas.Categorical:
    """Return indices into names as a column of pandas."""
    import pandas

    return pandas.Categorical.from_codes(codes, categories=pandas.Index(names, dtype=str))
