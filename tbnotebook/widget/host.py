"""Where a view is to be shown: in a Jupyter notebook, in marimo, or nowhere."""

from __future__ import annotations

import sys
from enum import Enum
from typing import Any

from IPython.core.getipython import get_ipython


class Host(Enum):
    """What runs this code."""

    JUPYTER = "a kernel whose front end draws widgets and saves outputs"
    MARIMO = "a marimo notebook: it draws widgets, and nothing of them is saved"
    NONE = "a script or a terminal: nothing is drawn"


def find_host() -> Host:
    """Return where the running code is; a thread that is no cell's own is nowhere in marimo."""
    if marimo_context() is not None:
        return Host.MARIMO
    shell = get_ipython()
    terminal = any(kind.__name__ == "TerminalInteractiveShell" for kind in type(shell).mro())
    return Host.NONE if shell is None or terminal else Host.JUPYTER


def current_cell() -> str:
    """Return an identity of the running cell: the front end's own where it tells one, else the execution count.

    A cell that is run again has the same identity in JupyterLab, Notebook 7 and marimo; elsewhere it has a new one.
    """
    context = marimo_context()
    if context is not None:
        # One process serves every reader of an app: each has a context, and the cells of all have the same names.
        return f"marimo {id(context)} {context.cell_id}"
    shell = get_ipython()
    if shell is None:
        return "no cell"
    return _cell_name() or f"execution {shell.execution_count}"


def current_run() -> str:
    """Return an identity of this one run of the running cell; code that a cell's magic runs has that cell's."""
    shell = get_ipython()
    if shell is None:
        return "no run"
    return str(_request().get("header", {}).get("msg_id") or shell.execution_count)


def sent_by_jupyterlab() -> bool:
    """Tell whether a page of JupyterLab or Notebook 7 asked for the running cell: only theirs lists such cells."""
    return "deletedCells" in _request().get("metadata", {})


def is_listened_to() -> bool:
    """Tell whether what is sent after the running cell has ended still arrives.

    A front end that names its cells goes on listening; a program that executes notebooks may stop with the last cell,
    and what comes later is lost.
    """
    return _cell_name() is not None


def _cell_name() -> str | None:
    """Return the running cell's name, where the front end tells one."""
    cell = _request().get("metadata", {}).get("cellId")
    return str(cell) if cell else None


def _request() -> dict[str, Any]:
    """Return the message by which a front end asked for the running cell, empty where none did."""
    request: dict[str, Any] = getattr(get_ipython(), "get_parent", dict)()
    return request


def marimo_context() -> Any:
    """Return what marimo knows of the running cell, None where marimo runs none.

    marimo has no public name for it, so what a future version renames leaves us with no cell rather than an error.
    """
    marimo = sys.modules.get("marimo")
    if marimo is None or not marimo.running_in_notebook():
        return None
    contexts = sys.modules.get("marimo._runtime.context")
    return getattr(contexts, "get_context", lambda: None)()
