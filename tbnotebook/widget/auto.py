"""`%tbnotebook auto`: the first writer of a cell opens a slim view of its folder."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable

from tbnotebook.widget.host import current_run
from tbnotebook.widget.view import View

HEIGHT = 300  # pixels: a row of curves and its controls


class Auto:
    """Switched on by the magic; follows the writers of this kernel, not those of processes that it forked."""

    def __init__(self) -> None:
        self._process: int | None = None
        self._run = ""
        self._slim: View | None = None

    def switch(self, on: bool) -> None:
        """Follow the writers that are made from now on, or no longer."""
        self._process = os.getpid() if on else None

    def first_writer(self, open_slim: Callable[[], View | None]) -> None:
        """Open a view if the running cell had no writer before; a view that fails is no error of the writer's.

        Parameters
        ----------
        open_slim : callable
            Opens the view, unless the cell shows that folder already.
        """
        if self._process != os.getpid() or self._run == current_run():
            return
        self._run = current_run()
        try:
            self._slim = open_slim()
        except Exception as error:
            warnings.warn(f"tbnotebook: no view for this writer: {type(error).__name__}: {error}", stacklevel=4)

    def take_over(self, path: str) -> View | None:
        """Return, once, the slim view of a folder that this run of the cell has opened."""
        slim = self._slim
        if slim is None or slim.path != path or slim.run != current_run():
            return None
        self._slim = None
        return slim
