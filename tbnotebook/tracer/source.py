"""Where a module's class is written."""

from __future__ import annotations

import functools
import inspect
import linecache
import os
import re
import sys
from typing import Any

_CELL = re.compile(r"ipykernel_\d+|<ipython-input")


@functools.lru_cache(maxsize=1024)
def source_of(cls: type) -> str:
    """File and line of the class, "torch/nn/modules/linear.py:53"; "" where it has no Python source.

    The file is given from the folder that Python imports it from: where a machine keeps its packages is not for
    an event file. A cell of a notebook is "notebook cell:3".
    """
    forward: Any = getattr(cls, "forward", None)
    code = getattr(inspect.unwrap(forward), "__code__", None)
    if code is None:
        return ""
    file = code.co_filename
    # A forward that is inherited stands in another class's file: the module knows its own.
    if not code.co_qualname.startswith(cls.__qualname__ + "."):
        file = getattr(sys.modules.get(cls.__module__), "__file__", None) or file
    line = _line_of(cls, file) or code.co_firstlineno
    return f"{_short(file)}:{line}"


def _line_of(cls: type, file: str) -> int | None:
    """Line of the class statement, found by its text: a class knows its own line only since Python 3.13."""
    start = re.compile(rf"\s*class\s+{re.escape(cls.__name__)}\b")
    lines = linecache.getlines(file)
    return next((number for number, text in enumerate(lines, 1) if start.match(text)), None)


def _short(file: str) -> str:
    if _CELL.search(file):
        return "notebook cell"
    roots = [root for root in sys.path if root and file.startswith(root.rstrip(os.sep) + os.sep)]
    if not roots:
        return os.path.basename(file)
    return file[len(max(roots, key=len)) :].lstrip(os.sep).replace(os.sep, "/")
