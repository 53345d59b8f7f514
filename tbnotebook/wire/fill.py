"""What a view is still to get of the series that were thinned for it: the points themselves, chunk by chunk.

A thinned part shows a long series at once; the points behind it follow in messages of their own, from the newest back
to the first, so that a page puts each chunk in front of what it has. A chunk says which points it holds by their
places in the series, so that it may come twice, late, or not at all, and does no harm.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, cast

from tbnotebook.reader.breath import breathe
from tbnotebook.wire.contents import Contents, Series
from tbnotebook.wire.frame import VERSION, Message, Parts
from tbnotebook.wire.ranges import Ranges
from tbnotebook.wire.room import POINT_BYTES, THINNED_BYTES, limit_of
from tbnotebook.wire.thin import FEWEST, thin

MOST = 20_000_000  # points a view; of more each series has its share, thinned
_MOST_DETAIL = 4_000_000  # points that a page may ask for at once of those that stay thinned
_TOO_FEW = 64  # points that are not worth another part of a chunk, and of its bytes one point for so many
_LITTLE = 200

Key = tuple[int, int, str]


@dataclass
class _Account:
    """What is still to be sent of a series, and what was sent thinned for good; when its last point was written.

    Besides it about how many bytes a point takes, as those have shown that were sent.
    """

    name: str
    generation: int
    owed: Ranges
    kept_thin: Ranges
    newest: float
    point_bytes: float = POINT_BYTES


class Wish(NamedTuple):
    """What a page lacks of a series: the points from index `start` to before `stop`."""

    run: int
    attempt: int
    tag: str
    generation: int
    start: int
    stop: int

    @classmethod
    def of(cls, told: object) -> Wish | None:
        """Return what a page says; None where it says something else."""
        if not isinstance(told, Mapping):
            return None
        tag, places = told.get("tag"), [told.get(name) for name in ("run", "attempt", "gen", "from", "to")]
        if not isinstance(tag, str) or not all(type(place) is int for place in places):
            return None
        run, attempt, generation, start, stop = cast("list[int]", places)
        return cls(run, attempt, tag, generation, start, stop)


class Fill:
    """The chunks of one view; lives as long as its feed, and is used under the same lock.

    Parameters
    ----------
    contents : Contents
        The feed's.
    stream : str
        The feed's.
    most : int
        Points that the view may have in all.
    numbers : iterator of int, optional
        Those of all messages that a page acknowledges.
    """

    def __init__(
        self, contents: Contents, stream: str, *, most: int = MOST, numbers: Iterator[int] | None = None
    ) -> None:
        self._contents = contents
        self._stream = stream
        self._most = most
        self._accounts: dict[Key, _Account] = {}
        self._share: int | None = None
        self._first: tuple[str, ...] = ()
        self._details: list[Wish] = []
        self._order: list[Key] | None = None
        self._numbers = itertools.count(1) if numbers is None else numbers

    @property
    def coming(self) -> int:
        """Points that are still to be sent."""
        return sum(account.owed.size for account in self._accounts.values())

    @property
    def waiting(self) -> bool:
        """There is something to send."""
        return bool(self._details) or self.coming > 0

    @property
    def staying(self) -> int:
        """Points for which others stand, and will."""
        return sum(account.kept_thin.size for account in self._accounts.values())

    @property
    def facts(self) -> dict[str, int]:
        """Both, as the messages of a view tell them; what is nothing is not said."""
        return {name: count for name, count in (("coming", self.coming), ("staying", self.staying)) if count}

    def share(self, lengths: Iterable[int]) -> None:
        """Take the lengths of all series: where they are too many, each may have only its share."""
        self._share = limit_of(list(lengths), self._most * POINT_BYTES, FEWEST)

    def owe(self, series: Series, start: int, stop: int) -> None:
        """Take note that the page has only some of the points from index `start` to before `stop`."""
        account = self._accounts.get(series.key)
        if account is None or account.generation != series.generation:
            account = _Account(series.name, series.generation, Ranges(), Ranges(), 0.0)
            self._accounts[series.key] = account
        account.owed.add(start, stop)
        account.kept_thin.remove(start, stop)
        account.newest = float(series.points.wall_time[-1]) if len(series.points) else 0.0
        self._order = None

    def settle(self, key: Key) -> None:
        """Take note that the page has all of a series, or that the series has gone."""
        if self._accounts.pop(key, None) is not None:
            self._order = None

    def look_at(self, tags: Iterable[str]) -> None:
        """Take the tags that are in sight: theirs come first."""
        self._first = tuple(tags)
        self._order = None

    def want(self, wishes: Iterable[Wish]) -> None:
        """Take what a page lacks; what is no longer so, or stays thinned, is passed over."""
        for wish in wishes:
            series = self._contents.find(wish.run, wish.attempt, wish.tag)
            if series is None or series.generation != wish.generation:
                continue
            start, stop = max(wish.start, 0), min(wish.stop, len(series.points))
            account = self._accounts.get(series.key)
            same = account is not None and account.generation == wish.generation
            if account is None or not same or not account.kept_thin.touches(start, stop):
                self.owe(series, start, stop)

    def detail(self, wishes: Iterable[Wish]) -> None:
        """Take which points a page wants of those that are to stay thinned, instead of what it wanted before.

        It looks at them closely now, and will let them go again: they still count as thinned.
        """
        room = _MOST_DETAIL
        self._details = []
        for wish in wishes:
            if (size := max(0, wish.stop - wish.start)) <= room:
                room -= size
                self._details.append(wish)

    def chunk(self, now: float, size: int) -> Message | None:
        """Return the next points, in at most `size` bytes of columns, or None if nothing is to be sent.

        Parameters
        ----------
        now : float
            The kernel's wall clock, in seconds.
        size : int
            At least that of a few points.
        """
        parts = Parts(dense=True)
        self._add_details(parts, size)
        asked = {"detail": True} if parts.items else {}
        for key in () if asked else self._in_order():
            self._add(parts, key, size)
            breathe()
            if (size - parts.packer.size) // THINNED_BYTES < _TOO_FEW:
                break
        if not parts.items:
            return None
        content = {"type": "fill", "v": VERSION, "stream": self._stream, "n": next(self._numbers), "now": now}
        return Message({**content, **self.facts, **asked, "series": parts.items}, parts.bytes())

    def _add_details(self, parts: Parts, size: int) -> None:
        """Append the last of the points that were asked for, as many as there is room for."""
        while self._details:
            wish = self._details[0]
            series = self._contents.find(wish.run, wish.attempt, wish.tag)
            first, stop = max(wish.start, 0), min(wish.stop, 0 if series is None else len(series.points))
            if series is None or series.generation != wish.generation or first >= stop:
                del self._details[0]
                continue
            room = (size - parts.packer.size) // POINT_BYTES
            if room < min(_TOO_FEW, stop - first):
                return
            start = max(first, stop - room)
            parts.add(series.points.between(start, stop), start=start, **series.address)
            self._details[0] = wish._replace(stop=start)

    def _in_order(self) -> list[Key]:
        """The series of which something is to be sent: of the tags in sight first, the newest first."""
        accounts = self._accounts
        if self._order is None:
            self._order = sorted(accounts, key=lambda key: (key[2] not in self._first, -accounts[key].newest))
        self._order = [key for key in self._order if key in accounts and accounts[key].owed.size]
        return self._order

    def _add(self, parts: Parts, key: Key, size: int) -> None:
        """Append the last points of a series that are to be sent, as many as there is room for."""
        account = self._accounts[key]
        series = self._contents.find(*key)
        if series is None or series.generation != account.generation:
            self.settle(key)  # the next delta tells what there is instead
            return
        length = len(series.points)
        account.owed.remove(length, account.owed.end)
        thins = self._share is not None and length > self._share
        while account.owed.size:
            before = parts.packer.size
            room = int((size - before - 24) // (THINNED_BYTES if thins else account.point_bytes))
            if room < (max(_TOO_FEW, size // _LITTLE) if parts.items else _TOO_FEW):
                return
            start, stop = account.owed.last
            if thins:
                assert self._share is not None
                points = min(room, max(FEWEST, (stop - start) * self._share // length))
                start = max(start, stop - points * length // self._share)
                values = series.points.value[start:stop]
                keep = thin(values, points)
                between = series.points.between(start, stop)
                parts.add(between, start=start, keep=keep, places=True, **series.address)
                account.kept_thin.add(start, stop)
            else:
                start = max(start, stop - room)
                parts.add(series.points.between(start, stop), start=start, **series.address)
                taken = (parts.packer.size - before) / (stop - start) + 1
                account.point_bytes, guessed = min(taken, POINT_BYTES), account.point_bytes
                if parts.packer.size > size and taken > guessed:
                    parts.take_back(before)
                    continue
            account.owed.remove(start, stop)
