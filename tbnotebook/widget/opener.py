"""`show`: a folder, or a graph, under the running cell."""

from __future__ import annotations

import hashlib
import os
from typing import Any

from tbnotebook.reader import LogDir
from tbnotebook.widget.auto import HEIGHT
from tbnotebook.widget.host import current_cell
from tbnotebook.widget.models import check_options
from tbnotebook.widget.poller import PolledLog
from tbnotebook.widget.session import session
from tbnotebook.widget.traced import TracedLog
from tbnotebook.widget.view import View


def show(logdir: str | os.PathLike[str] | LogDir, **options: Any) -> View:
    """Draw a live view of a folder of event files under the running cell.

    Whoever writes the files, this kernel or another process, the view follows them. A cell has one view a folder:
    run again, it takes the place of the earlier one. Outside a notebook nothing is drawn: one line says what the
    folder holds, and the handle's `save` and `figure` work.

    Parameters
    ----------
    logdir : path or LogDir
        The folder; it need not exist yet.
    **options
        What the view shows and how, as `smoothing=0.9, tags="loss|acc", x="relative", pins=["val/loss"]`: each of
        the options that `View` lists. They are attributes of the view as well, which follow what a person does.

    Returns
    -------
    View
        A handle; as a cell's last line it draws nothing more.

    Raises
    ------
    TypeError
        If an option has an unknown name.
    traitlets.TraitError
        If an option's value is out of its range.
    """
    return show_log(logdir if isinstance(logdir, LogDir) else LogDir(logdir), options)


def show_graph(graph: Any, **options: Any) -> View:
    """Draw a graph that was traced but not written, as `show` does.

    Parameters
    ----------
    graph : tbnotebook.graph.Graph
    **options
        As for `show`.
    """
    return show_log(TracedLog(graph), {"panel": "graph", **options})


def writer_opened(path: str) -> None:
    """Follow `%tbnotebook auto`: show the folder of a writer if it is the first that the running cell has made."""
    if not session.cache_info().currsize or not session().cells.busy:
        return
    kernel = session()
    kernel.auto.first_writer(lambda: None if kernel.shown(path) else show(path, height=HEIGHT))


def show_log(log: PolledLog, options: dict[str, Any]) -> View:
    """Open a view of a log under the running cell, in the place of the one that the cell had of it."""
    kernel = session()
    slim = kernel.auto.take_over(log.path)
    if slim is not None:
        for name, value in {"height": None, **check_options(options)}.items():
            setattr(slim, name, value)
        return slim
    cell = current_cell()
    view_id = hashlib.sha256(f"{cell}\0{log.path}".encode("utf-8", "surrogateescape")).hexdigest()[:12]
    folder = kernel.poller.folder(log)
    folder.look(0.25)
    view = kernel.replace(
        cell,
        log.path,
        lambda: View(
            folder, kernel.poller, kernel.asset, kernel.colors, cell=cell, view_id=view_id, options=options
        ),
    )
    view.open()
    return view
