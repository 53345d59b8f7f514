"""One thread a kernel that looks at the folders of the open views."""

from __future__ import annotations

import logging
import math
import threading
import time
from typing import Protocol

from tbnotebook.reader import Changes
from tbnotebook.reader.breath import beside_others
from tbnotebook.widget.pace import Line
from tbnotebook.wire import Digest
from tbnotebook.wire.source import LogSource

ACTIVE = 0.25  # a view gets at most four deltas a second; the page's frames and the server's rate limits hold that well
SHARE, SLOWER = 160, 0.68  # while a cell runs, a look and its deltas take one part in so many of the time; to this slow
ROUND, BEHIND = 0.15, 0.02  # our writers write when the clock is a multiple of so much; a look sees it so much later
QUIET_BUSY = 1.0  # while a cell runs its next point may come at any time
QUIET_IDLE = 5.0
TICK = 1.0  # a view's saves are due at most this late
SLICE = 0.05  # seconds of reading before the views get what there is

logger = logging.getLogger("tbnotebook")


class PolledLog(LogSource, Protocol):
    """A log that can be read on."""

    def poll(self, budget: float | None = None) -> Changes:
        """Read what is new, for about `budget` seconds at most."""


class Watcher(Protocol):
    """A view, as the poller sees it."""

    def tick(self, now: float, *, busy: bool) -> float:
        """Send what is due and return when more will be; called under the folder's lock. Times are monotonic."""


class Folder:
    """A log and the views that are open on it.

    Attributes
    ----------
    digest : Digest
        What the views share of the work on the log.
    lock : threading.RLock
        Held while the log is read or a view's frames are made.
    revision : int
        Grows with each poll that brought something new.
    interval : float
        Seconds between this look and the next.
    more : bool
        There is more to read than the last look had time for.
    looked_at, changed_at : float
        Monotonic times of the last look and of the last news.
    apart : float
        Seconds of work since this look that have a share of their own: it is not put off for them.
    """

    def __init__(self, log: PolledLog) -> None:
        self.log = log
        self.digest = Digest(log)
        self.lock = threading.RLock()
        self.views: list[Watcher] = []
        self.revision = 0
        self.interval = ACTIVE
        self.due = 0.0
        self.more = False
        self._took = 0.0
        self.apart = 0.0
        self.looked_at = time.monotonic()
        self.changed_at = 0.0

    def look(self, budget: float) -> bool:
        """Read what is new, for at most about `budget` seconds; return whether more is waiting."""
        with self.lock:
            state = self.log.state
            changes = self.log.poll(budget)
            self.looked_at = time.monotonic()
            if changes or self.log.state != state:
                self.revision += 1
                self.changed_at = time.monotonic()
            self.more = changes.more
            return changes.more

    def serve(self, *, busy: bool) -> float:
        """Read if it is time to, soon again where something grows and seldom where not; then tell the views.

        Return when the folder or one of its views is due again.
        """
        began, self.apart = time.thread_time(), 0.0
        looks = self.due <= time.monotonic()
        if looks:
            before = self.revision
            more = self.look(SLICE)
            quiet = QUIET_BUSY if busy else QUIET_IDLE
            active = max(ACTIVE, min(SHARE * self._took, SLOWER)) if busy else ACTIVE
            self.interval = active if self.revision != before else min(self.interval * 1.5, quiet)
            self.due = time.monotonic() if more else self._next_look(busy=busy)
        with self.lock:
            due = min([self.due, *(view.tick(time.monotonic(), busy=busy) for view in list(self.views))])
        if looks:
            self._took = time.thread_time() - began - self.apart
        return due

    def _next_look(self, *, busy: bool) -> float:
        """Return when what is new is to be looked for: while a cell runs right behind the writers' next round."""
        due = time.monotonic() + self.interval
        return math.ceil((due - BEHIND) / ROUND) * ROUND + BEHIND if busy else due


class Poller:
    """Polls all folders in view; its thread runs only while there is one.

    The thread starts with the first view, ends with the last, and is a daemon: it never keeps a kernel alive. While a
    cell runs it rests after each millisecond of work.

    Attributes
    ----------
    busy : bool
        A cell runs.
    awaited : bool
        The cell waits for what this thread does, which therefore does not rest.
    line : Line
        What the views share.
    """

    def __init__(self) -> None:
        self.busy = True
        self.awaited = False
        self.line = Line()
        self._lock = threading.Lock()
        self._folders: dict[str, Folder] = {}
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def folders(self) -> list[Folder]:
        """The folders in view."""
        with self._lock:
            return list(self._folders.values())

    def folder(self, log: PolledLog) -> Folder:
        """Return the folder that is watched under this path, or one for this log."""
        with self._lock:
            return self._folders.get(log.path) or Folder(log)

    def open(self, folder: Folder, view: Watcher) -> None:
        """Watch a folder for a view."""
        with self._lock:
            folder = self._folders.setdefault(folder.log.path, folder)
            folder.views.append(view)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="tbnotebook-poller", daemon=True)
                self._thread.start()
        self._wake.set()

    def close(self, folder: Folder, view: Watcher) -> None:
        """Forget a view, and its folder if it was the last."""
        with self._lock:
            if view in folder.views:
                folder.views.remove(view)
            if not folder.views:
                self._folders.pop(folder.log.path, None)
        self._wake.set()

    def hurry(self) -> None:
        """Look at every folder at once: something is likely to happen."""
        for folder in self.folders:
            folder.interval = ACTIVE
            folder.due = 0.0
        self._wake.set()

    def wake(self) -> None:
        """Ask every view for what is due: a page has answered."""
        self._wake.set()

    def _run(self) -> None:
        while True:
            with self._lock:
                folders = list(self._folders.values())
                if not folders:
                    self._thread = None
                    return
            wait = min([self._serve(folder) for folder in folders]) - time.monotonic()
            self._wake.wait(min(max(wait, 0.001), TICK))
            self._wake.clear()

    def _serve(self, folder: Folder) -> float:
        try:
            with beside_others(lambda: self.busy and not self.awaited):
                return folder.serve(busy=self.busy)
        except Exception:
            logger.exception("tbnotebook: looking at %s failed; the next look is in %s s", folder.log.path, QUIET_IDLE)
            folder.due = time.monotonic() + QUIET_IDLE
            return folder.due
