"""Whether a cell runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from IPython.core.getipython import get_ipython


class Cells:
    """Follows the kernel's cells by IPython's own hooks; lives as long as the kernel.

    Attributes
    ----------
    busy : bool
        A cell is running, so that the kernel cannot be relied on to answer the page.
    """

    def __init__(self, *, on_start: Callable[[], None], on_end: Callable[[], None]) -> None:
        self.busy = False
        self._on_start = on_start
        self._on_end = on_end
        shell = get_ipython()
        if shell is not None:
            self.busy = True
            shell.events.register("pre_run_cell", self._start)
            shell.events.register("post_run_cell", self._end)

    def _start(self, *_: Any) -> None:
        self.busy = True
        self._on_start()

    def _end(self, *_: Any) -> None:
        self.busy = False
        self._on_end()
