"""A view as a file: a page, a picture or a drawing, by the file's ending."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from tbnotebook.still import Picture, draw, draw_svg
from tbnotebook.still.log_picture import picture_of
from tbnotebook.wire import Colors
from tbnotebook.wire.names import display_path
from tbnotebook.wire.source import LogSource

Write = Callable[[LogSource, dict[str, Any], Colors], object]


def writer_for(path: str | os.PathLike[str]) -> Write:
    """Return what writes a log, its view's options and the notebook's colours to `path`.

    Raises
    ------
    ValueError
        If the ending is none of those that can be written; the error lists them.
    """
    target = Path(path)
    make = _MAKERS.get(target.suffix.lower())
    if make is None:
        endings = ", ".join(_MAKERS)
        raise ValueError(f"cannot save a view as {target.name!r}: its ending would be one of {endings}")
    return lambda log, options, colors: target.write_bytes(make(log, options, colors))


def _html(log: LogSource, options: dict[str, Any], colors: Colors) -> bytes:
    from tbnotebook.report.log_report import log_page

    return log_page(log, options, colors, source=display_path(log.path)).encode()


def _png(log: LogSource, options: dict[str, Any], colors: Colors) -> bytes:
    return draw(_picture(log, options, colors))


def _svg(log: LogSource, options: dict[str, Any], colors: Colors) -> bytes:
    return draw_svg(_picture(log, options, colors)).encode()


def _picture(log: LogSource, options: dict[str, Any], colors: Colors) -> Picture:
    note = f"saved {datetime.now():%H:%M}"
    return picture_of(log, options, colors=colors, title=display_path(log.path), note=note, view_id="")


_MAKERS = {".html": _html, ".png": _png, ".svg": _svg}
