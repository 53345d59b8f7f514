"""Which cell runs, and whether one does."""

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

    @staticmethod
    def current() -> str:
        """Return an identity of the running cell: the front end's own where it tells one, else the execution count.

        A cell that is run again has the same identity in JupyterLab and Notebook 7; elsewhere it has a new one.
        """
        shell = get_ipython()
        if shell is None:
            return "no cell"
        parent: dict[str, Any] = getattr(shell, "get_parent", dict)()
        cell = parent.get("metadata", {}).get("cellId")
        return str(cell) if cell else f"execution {shell.execution_count}"

    @staticmethod
    def sent_by_jupyterlab() -> bool:
        """Tell whether a page of JupyterLab or Notebook 7 asked for the running cell: only theirs lists such cells."""
        shell = get_ipython()
        parent: dict[str, Any] = getattr(shell, "get_parent", dict)()
        return "deletedCells" in parent.get("metadata", {})

    @staticmethod
    def run() -> str:
        """Return an identity of this one run of the running cell; code that a cell's magic runs has that cell's."""
        shell = get_ipython()
        if shell is None:
            return "no run"
        parent: dict[str, Any] = getattr(shell, "get_parent", dict)()
        return str(parent.get("header", {}).get("msg_id") or shell.execution_count)

    def _start(self, *_: Any) -> None:
        self.busy = True
        self._on_start()

    def _end(self, *_: Any) -> None:
        self.busy = False
        self._on_end()
