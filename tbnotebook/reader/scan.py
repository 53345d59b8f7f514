"""One file read by itself, in whatever process: what comes of it can be sent to another."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from tbnotebook.reader.bulk import LONGEST, Known, read_untouched
from tbnotebook.reader.columns import Points
from tbnotebook.reader.names import text
from tbnotebook.reader.patterns import Patterns
from tbnotebook.reader.problem import Problem
from tbnotebook.reader.storage import LocalStorage, Storage
from tbnotebook.reader.tail import Tail


@dataclass(frozen=True)
class Scan:
    """What an event file held from an offset on. It can be pickled, in about the size of its points.

    Attributes
    ----------
    tail : Tail
        The state of the file, from which its reading goes on.
    problems : tuple of Problem
        What could not be read as it should.
    """

    tail: Tail
    problems: tuple[Problem, ...] = ()

    @property
    def path(self) -> str:
        """The file's."""
        return self.tail.path

    @property
    def end(self) -> int:
        """Where the record begins that comes next: the offset for another scan, once the file has grown."""
        return self.tail.offset

    @property
    def scalars(self) -> dict[str, Points]:
        """The points by tag: steps, wall times in seconds, values."""
        return {text(tag): columns.points() for tag, columns in self.tail.content.series.items()}


def scan(path: str, offset: int = 0, *, storage: Storage | None = None) -> Scan:
    """Read an event file from an offset to its end.

    Parameters
    ----------
    path
        For the storage; by default a file of this machine.
    offset
        Where a record begins. Behind the file's beginning it is taken for one of version 2, as nearly all are.

    Raises
    ------
    FileNotFoundError
        There is no such file. What the system refuses otherwise is one of the `Scan.problems`.

    Examples
    --------
    >>> with ProcessPoolExecutor() as pool:
    ...     scans = list(pool.map(scan, paths))
    """
    tail = Tail(storage or LocalStorage(), path, ".", Patterns())
    tail.begin_at(offset)
    tail.look()
    tail.read_on()
    return Scan(tail, tuple(tail.problems(time.time())))


def scan_all(files: Sequence[tuple[str, str]], storage: Storage) -> list[Scan | None]:
    """Read whole files, given by path and run; None for one that is gone."""
    known = Known()
    tails = [Tail(storage, path, run, known.patterns) for path, run in files]
    gone: set[Tail] = set()
    small: list[Tail] = []
    for tail in tails:
        try:
            tail.look()
        except FileNotFoundError:
            gone.add(tail)
        else:
            small += [tail] if tail.size <= LONGEST else []
    for tail in read_untouched(small, storage, known):
        tail.more = False
    for tail in tails:
        if tail.more and tail not in gone:
            try:
                tail.read_on()
            except FileNotFoundError:
                gone.add(tail)
    return [None if tail in gone else Scan(tail) for tail in tails]
