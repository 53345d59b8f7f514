"""A folder of runs, polled."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from threading import RLock
from types import MappingProxyType
from typing import Literal, overload

from tbnotebook.events.address import absolute, is_store, require
from tbnotebook.reader.away import Away
from tbnotebook.reader.bulk import LONGEST, Known, read_untouched
from tbnotebook.reader.collector import collector_paused
from tbnotebook.reader.frame import Frame, frame_of
from tbnotebook.reader.kinship import folders_above
from tbnotebook.reader.names import natural, shown, text
from tbnotebook.reader.problem import Problem
from tbnotebook.reader.run import Run
from tbnotebook.reader.storage import Folder, LocalStorage, Storage
from tbnotebook.reader.store import Store
from tbnotebook.reader.table import Table
from tbnotebook.reader.tail import Tail
from tbnotebook.reader.walked import State, Walked

# With a budget, as when a view polls several times a second, the folders are walked through again after 100 times
# what the last walk took, and a quiet file is looked at the more rarely the more files there are: both stay
# unnoticed beside a training. A small log's files are looked at every time, its folders some twenty times a second.
_WALK_SHARE = 100
_SHORTEST_WALK_PAUSE = 0.05
_LONGEST_WALK_PAUSE = 2.0
_LOOK_SECONDS = 0.001
_LONGEST_LOOK_PAUSE = 5.0
_PROBLEMS_PAUSE = 1.0

# From so many small files on it is worth while to read them together, so many at once.
_MANY = 16
_TOGETHER = 256


@dataclass(frozen=True)
class Changes:
    """What one poll found to be new.

    Attributes
    ----------
    runs : frozenset of str
        Runs that came or changed.
    tags : mapping of str to frozenset of str
        For each of them the tags whose points changed.
    gone : frozenset of str
        Runs whose files are gone.
    problems : tuple of Problem
        Problems that were not there before.
    more : bool
        The budget was used up: there is more to read.
    """

    runs: frozenset[str] = frozenset()
    tags: Mapping[str, frozenset[str]] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.runs or self.gone or self.problems)


_NOTHING = Changes(tags=MappingProxyType({}))


@dataclass(slots=True)
class _Watch:
    """A file, and when it is due to be looked at."""

    tail: Tail
    due: float = 0.0


class LogDir:
    """A folder with event files in it and below: a run a folder.

    Nothing is read before the first `poll`. Every method and property may be used from any thread.

    Parameters
    ----------
    path
        The folder. It need not exist yet. Relative to the working directory of now, whatever that becomes. Or a URL
        that fsspec knows, as ``"s3://bucket/logs"``: nothing is asked of its store before the first `poll`.
    storage
        Where it lies; by default the file system of this machine, or a `Store` for a URL.
    executor
        Whose workers read files for the first time, as for a sweep of thousands of runs: a ``ProcessPoolExecutor``,
        Dask's ``Client.get_executor()`` and the like. It is never shut down here. What it cannot do is done in this
        process, with a warning.

    Raises
    ------
    ImportError
        The package for an object store is not installed.
    ValueError
        fsspec knows no such store.

    Examples
    --------
    >>> log = LogDir("logs")
    >>> log.poll()
    >>> log.runs["."].scalars["loss"].value
    """

    def __init__(
        self, path: str | os.PathLike[str], *, storage: Storage | None = None, executor: Executor | None = None
    ) -> None:
        named = os.fspath(path)
        in_store = is_store(named)
        self._root = named if in_store else absolute(os.path.expanduser(named))
        if in_store and storage is None:
            require(named)
            storage = Store()
        self._storage: Storage = storage if storage is not None else LocalStorage()
        self._pause: float = getattr(self._storage, "pause", 0.0)
        self._lock = RLock()
        self._runs: Mapping[str, Run] = MappingProxyType({})
        self._files: dict[str, dict[str, _Watch]] = {}  # by run, then by path
        self._refused: dict[str, OSError] = {}
        self._known = Known()
        self._away = Away(executor, self._storage) if executor is not None else None
        self._walk: Iterator[Folder | None] | None = None
        self._walked = Walked()
        self._walk_seconds = 0.0
        self._next_walk = 0.0
        self._next_look = 0.0
        self._next = 0.0  # when a poll with a budget has anything to do again
        self._rearrange = False
        self._state: State = "missing"
        self._file_count = 0
        self._known_problems: list[Problem] = []
        self._next_problems = 0.0

    @property
    def path(self) -> str:
        """The folder's absolute path or its URL, as text that is always valid Unicode."""
        return shown(self._root)

    @property
    def state(self) -> State:
        """What the folder is, as far as it has been looked at.

        ``"missing"``: no such folder (yet). ``"empty"``: no file in it. ``"foreign"``: files, but none with
        ``tfevents`` in its name. ``"ok"``: there are runs.
        """
        return self._state

    @property
    def file_count(self) -> int:
        """How many files were seen in the folder and below, of whatever kind."""
        return self._file_count

    @property
    def bytes_total(self) -> int:
        """Size of all event files."""
        with self._lock:
            return sum(tail.size for tail in self._tails())

    @property
    def bytes_read(self) -> int:
        """How much of them has been looked at."""
        with self._lock:
            return sum(tail.read for tail in self._tails())

    @property
    def runs(self) -> Mapping[str, Run]:
        """The runs by name, in natural order (``run-2`` before ``run-10``)."""
        return self._runs

    @property
    def run(self) -> Run:
        """The only run; ``ValueError`` if there is none, or more than one."""
        runs = self._runs
        if len(runs) == 1:
            return next(iter(runs.values()))
        if not runs:
            raise ValueError(f"no run in {self.path} as far as it has been read; poll() reads it")
        raise ValueError(f"{self.path} has {len(runs)} runs, choose one of log.runs: {', '.join(map(repr, runs))}")

    @property
    def problems(self) -> list[Problem]:
        """What could not be read as it should, in all runs."""
        with self._lock:
            return [problem for run in self._runs.values() for problem in run.problems]

    def poll(self, budget: float | None = None) -> Changes:
        """Read what is new.

        Parameters
        ----------
        budget : float, optional
            Seconds after which to stop, within some milliseconds; meant for calls several times a second, which
            also look at quiet files and for new folders less often. Without it everything is looked at and read.
        """
        with self._lock:
            started = time.monotonic()
            if budget is not None and self._walk is None and started < self._next:
                return _NOTHING
            with collector_paused():
                return self._poll(started, budget)

    def _poll(self, started: float, budget: float | None) -> Changes:
        everything = budget is None
        deadline = float("inf") if budget is None else started + budget
        before = set(self._runs)
        if everything or self._walk is not None or started >= self._next_walk:
            # At most half of the budget, lest a deep tree keep the known files waiting.
            self._discover(started, deadline if everything else started + (budget or 0) / 2)
        tags = self._read(started, deadline, everything=everything)
        if self._rearrange:
            self._arrange()
        fresh: tuple[Problem, ...] = ()
        if everything or tags or started >= self._next_problems:
            fresh = self._new_problems(started)
        names = set(self._runs)
        self._next = min(self._next_walk, self._next_look, self._next_problems)
        if self._away:  # files are on their way back
            self._next = 0.0
        return Changes(
            runs=frozenset((tags.keys() & names) | (names - before)),
            tags={name: frozenset(changed) for name, changed in tags.items() if name in names},
            gone=frozenset(before - names),
            problems=fresh,
            more=self._walk is not None or bool(self._away) or any(tail.more for tail in self._tails()),
        )

    @overload
    def frame(
        self, kind: Literal["scalars"] = "scalars", *, runs: str | None = None, tags: str | None = None
    ) -> Frame: ...
    @overload
    def frame(
        self, kind: str, *, runs: str | None = None, tags: str | None = None, encoded: bool = False
    ) -> Frame | Table: ...
    def frame(
        self, kind: str = "scalars", *, runs: str | None = None, tags: str | None = None, encoded: bool = False
    ) -> Frame | Table:
        """Return all that has been read, or of it the runs and tags wanted, as one long table; see `frame_of`."""
        with self._lock:
            return frame_of(self, kind, runs, tags, encoded=encoded)

    def __repr__(self) -> str:
        return f"<LogDir {self.path!r}: {self.state}, {len(self._runs)} runs>"

    def _tails(self) -> Iterator[Tail]:
        for files in self._files.values():
            for watch in files.values():
                yield watch.tail

    def _new_problems(self, now: float) -> tuple[Problem, ...]:
        self._next_problems = now + _PROBLEMS_PAUSE
        known, self._known_problems = set(self._known_problems), self.problems
        return tuple(problem for problem in self._known_problems if problem not in known)

    def _discover(self, started: float, deadline: float) -> None:
        """Walk through the folders, or go on with the walk under way, until the deadline."""
        if self._walk is None:
            self._walk, self._walked, self._walk_seconds = self._storage.walk(self._root), Walked(), 0.0
        resumed = time.monotonic()
        for folder in self._walk:
            if folder is not None:
                self._walked.add(folder)
                self._take_folder(folder)
            if time.monotonic() >= deadline:
                self._walk_seconds += time.monotonic() - resumed
                return
        self._walk = None
        self._walk_seconds += time.monotonic() - resumed
        pause = min(max(_WALK_SHARE * self._walk_seconds, _SHORTEST_WALK_PAUSE), _LONGEST_WALK_PAUSE)
        self._next_walk = started + max(pause, self._pause)
        for name in self._files.keys() - self._walked.event_folders:
            del self._files[name]
            self._rearrange = True
        self._refused = {n: error for n, error in self._refused.items() if n in self._walked.event_folders}
        self._file_count, self._state = self._walked.files, self._walked.state

    def _take_folder(self, folder: Folder) -> None:
        if folder.error is not None:
            if not isinstance(folder.error, FileNotFoundError):
                self._refused[folder.name] = folder.error
                self._files.setdefault(folder.name, {})
                self._rearrange = True
            return
        if self._refused.pop(folder.name, None) is not None:
            self._rearrange = True
        known = self._files.get(folder.name, {})
        if tuple(known) == folder.event_files:
            return
        self._rearrange = True
        self._files[folder.name] = {
            path: known.get(path) or _Watch(Tail(self._storage, path, folder.name, self._known.patterns))
            for path in folder.event_files
        }

    def _read(self, started: float, deadline: float, *, everything: bool) -> dict[str, set[str]]:
        """Read the files that are due, the last written first; return the tags that changed, by run."""
        away = self._away if self._away is not None and not self._away.broken else None
        waiting: list[Tail] = []
        pause = min(_LOOK_SECONDS * sum(map(len, self._files.values())), _LONGEST_LOOK_PAUSE)
        for files in self._files.values():
            for watch in files.values():
                if not (everything or started >= watch.due) or (away is not None and watch.tail in away):
                    continue
                if everything and away is None and watch.tail.untouched:  # reading it will tell
                    waiting.append(watch.tail)
                    continue
                try:
                    changed = watch.tail.look()
                except FileNotFoundError:  # the next walk will say so
                    continue
                watch.due = started if changed else started + pause
                if changed:
                    waiting.append(watch.tail)
        waiting.sort(key=lambda tail: tail.modified, reverse=True)
        tags: dict[str, set[str]] = {}
        if away is not None:
            away.send([tail for tail in waiting if tail.untouched])
            for tail in away.collect(deadline):
                tags.setdefault(shown(tail.run), set()).update(text(tag) for tag in tail.content.series)
            left = self._tails() if away.broken else iter(waiting)
            waiting = [tail for tail in left if tail not in away and (tail.more or tail.untouched)]
        for tail in self._read_small(waiting, tags, deadline):
            with suppress(FileNotFoundError):  # again the next walk
                tags.setdefault(shown(tail.run), set()).update(tail.read_on(deadline))
            if time.monotonic() >= deadline:
                break
        dues: list[float] = []
        for files in self._files.values():
            for watch in files.values():
                if watch.tail.refused and watch.due == started:  # a try was made just now
                    watch.due = started + max(pause, self._pause)
                dues.append(watch.due)
        self._next_look = min(dues, default=started)
        return tags

    def _read_small(self, waiting: list[Tail], tags: dict[str, set[str]], deadline: float) -> Iterator[Tail]:
        """Read what is new and small, many files at once; yield the others, and those that want a closer look."""
        small = [tail for tail in waiting if tail.untouched and tail.size <= LONGEST]
        if len(small) < _MANY:
            yield from waiting
            return
        for begin in range(0, len(small), _TOGETHER):
            together = small[begin : begin + _TOGETHER]
            for tail in read_untouched(together, self._storage, self._known):
                tags.setdefault(shown(tail.run), set()).update(text(tag) for tag in tail.content.series)
            if time.monotonic() >= deadline:
                return
        yield from (tail for tail in waiting if tail.more or tail.untouched)

    def _arrange(self) -> None:
        """Give every run its files, and the runs their order."""
        self._rearrange = False
        runs = {}
        for name in sorted(self._files, key=natural):
            files, refused = self._files[name], self._refused.get(name)
            if files or refused is not None:
                run = self._runs.get(shown(name)) or Run(name, self._storage, self._lock)
                run.set_files({path: watch.tail for path, watch in files.items()}, refused)
                runs[run.name] = run
        for run in runs.values():
            run.set_above(runs[above] for above in folders_above(run.name) if above in runs)
        self._runs = MappingProxyType(runs)
