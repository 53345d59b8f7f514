"""What a kernel has once: the bundle's asset, the poller, the colours, and which view belongs to which cell."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from typing import Any

from tbnotebook.widget.auto import Auto
from tbnotebook.widget.cell import Cells
from tbnotebook.widget.control import listen
from tbnotebook.widget.host import current_cell, current_run, is_listened_to
from tbnotebook.widget.models import AssetModel
from tbnotebook.widget.poller import Folder, Poller
from tbnotebook.widget.view import View
from tbnotebook.wire import Colors

SYNC = 0.5  # seconds that the end of a cell may wait for its last points
SETTLED = 0.25  # seconds without news after which a log counts as read to its end: the writer's own delay and a margin
LATE = 1.0  # seconds after which what came behind the end of a cell is saved, too


class Session:
    """Lives as long as the kernel; made by the first view."""

    def __init__(self) -> None:
        self.colors = Colors()
        self.poller = Poller()
        self.asset = AssetModel()
        self.auto = Auto()
        self._cell_began = 0.0
        self._views: dict[tuple[str, str], View] = {}
        self.cells = Cells(on_start=self._cell_starts, on_end=self._cell_ends)
        listen(self._hear)

    def replace(self, cell: str, path: str, make: Callable[[], View]) -> View:
        """Make the view of a folder in a cell; the one that the cell had before goes first."""
        # Some have closed by themselves, as when a reader of a marimo app has gone.
        self._views = {key: view for key, view in self._views.items() if view in view.folder.views}
        old = self._views.pop((cell, path), None)
        if old is not None:
            old.close()
        view = self._views[cell, path] = make()
        return view

    def shown(self, path: str) -> bool:
        """Tell whether this run of the running cell has opened a view of a folder."""
        view = self._views.get((current_cell(), path))
        return view is not None and view.run == current_run()

    def sync(self, path: str | None = None) -> None:
        """Read the logs in view, or only that at `path`, to their end and save their outputs.

        Takes 0.5 s at most, and that only where something is new. A save that is known to take longer than what is
        left of this is made by the poller right behind the cell, and so is one for points that a writer had not
        written yet. But where nobody may be listening any more by then, a cell's last points are waited for and
        saved, however long that takes.
        """
        self.poller.awaited = True
        try:
            self._sync(path)
        finally:
            self.poller.awaited = False

    def _sync(self, path: str | None) -> None:
        began = time.monotonic()
        deadline = began + SYNC
        folders = [folder for folder in self.poller.folders if path in (None, folder.log.path)]
        views = [view for view in list(self._views.values()) if view.folder in folders]
        saving = sum(view.save_seconds for view in views)
        reading_ends = deadline - saving if saving <= SYNC - SETTLED else deadline
        can_wait = is_listened_to()
        unread = []
        for folder in folders:
            more_likely = not can_wait or folder.changed_at >= self._cell_began
            if not _read_to_end(folder, reading_ends, since=began if more_likely else 0.0):
                unread.append(folder)
        for view in views:
            view.flush()
            if can_wait and time.monotonic() + view.save_seconds > deadline:
                view.save_by(0.0)
                self.poller.hurry()
            else:
                view.save_output(partial=view.folder in unread)
                view.save_by(time.monotonic() + LATE)

    def _hear(self, view_id: str, word: dict[str, Any]) -> None:
        """Hand a page's word to its view; a view that has gone hears nothing."""
        for view in list(self._views.values()):
            if view.view_id == view_id:
                view.hear(word)

    def _cell_starts(self) -> None:
        self.poller.busy = True
        self._cell_began = time.monotonic()
        self.poller.hurry()

    def _cell_ends(self) -> None:
        self.poller.busy = False
        self.sync()


@cache
def session() -> Session:
    """Return the kernel's one session."""
    return Session()


def refresh(path: str) -> None:
    """Bring the views of a folder up to date, as at the end of a cell; a kernel without views stays without."""
    if session.cache_info().currsize:
        session().sync(path)


def _read_to_end(folder: Folder, deadline: float, *, since: float) -> bool:
    """Read until nothing has come for a moment, which begins at `since` at the earliest; return False if time ended."""
    if all(run.ended for run in folder.log.runs.values()):
        since = 0.0
    while (now := time.monotonic()) < deadline:
        if not folder.look(deadline - now) and now - max(folder.changed_at, since) > SETTLED:
            return True
        time.sleep(0.02)
    return False
