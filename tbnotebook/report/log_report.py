"""A report of a folder of logs: one view, no notebook."""

from __future__ import annotations

import base64
from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from tbnotebook.report.figure import figure_html, saved_at
from tbnotebook.report.page import page_html
from tbnotebook.report.whole_log import read_whole
from tbnotebook.still import draw
from tbnotebook.still.log_picture import picture_of
from tbnotebook.wire import BUDGET, DEFAULTS, MIME, Colors, snapshot_of

if TYPE_CHECKING:
    from pathlib import Path

    from tbnotebook.wire.source import LogSource


def log_report(folder: Path, budget: int | None = None) -> str:
    """The HTML file of all that `folder` holds.

    Parameters
    ----------
    folder : Path
    budget : int, optional
        Bytes that the file may have of the folder's data; by default as many as a notebook keeps.

    Raises
    ------
    ValueError
        If it has no event file; the error says what it has.
    RuntimeError
        If the JavaScript bundle has not been built.
    """
    return log_page(read_whole(folder), DEFAULTS, Colors(), source=str(folder), budget=budget or BUDGET)


def log_page(
    log: LogSource, options: dict[str, Any], colors: Colors, *, source: str, budget: int = BUDGET
) -> str:
    """The HTML file of a log as far as it has been read.

    Parameters
    ----------
    log : LogSource
    options : dict
        The state of the view, which opens as it says.
    colors : Colors
        The colours of the notebook's runs.
    source : str
        The folder as a reader would write it.
    budget : int
        Bytes that the file may have of the log's data.

    Raises
    ------
    RuntimeError
        If the JavaScript bundle has not been built.
    """
    snapshot = snapshot_of(log, options=options, view_id="log", colors=colors, budget=budget)
    time = saved_at(snapshot)
    note = f"saved {time:%H:%M}" if time else ""
    name = PurePath(log.path).name or log.path
    picture = picture_of(log, options, colors=colors, title=name, note=note, view_id="log")
    data = {MIME: snapshot, "image/png": base64.b64encode(draw(picture)).decode(), "text/plain": f"Curves of {name}"}
    day = f"{time.day} {time:%B %Y, %H:%M} · " if time else ""
    return page_html(name, figure_html(data, 1), f"{day}from <code>{escape(source)}</code>")
