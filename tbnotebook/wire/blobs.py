"""What a view is still to get of pictures, histograms, texts and the like, and what comes next.

Nobody can ask a busy kernel, so they come unasked: the newest of each tag, first of the kind that is looked at; behind
them the older steps, tag by tag in turn, as many as a page keeps. What a page asks for goes before all others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tbnotebook.reader.breath import breathe
from tbnotebook.wire.blob import Blob, read_blob
from tbnotebook.wire.columns import Packer
from tbnotebook.wire.contents import Listed
from tbnotebook.wire.frame import VERSION, Message
from tbnotebook.wire.media import PLUGINS, Key, MediaSeries

MOST_OLDER = 24_000_000  # bytes of older steps that a view is sent unasked: a page keeps 64 MB in all
MOST_ASKED = 1000  # payloads that wait to be sent because a page has asked for them
ITEM_BYTES = 350  # about what an item takes as JSON, but for its tag
_MOST_RANGES = 1000  # of a series; what was left out before these is sent to those who ask for it
_LEAST_PIECE = 16_000  # bytes
_OTHERS = 4  # of so many messages one begins with what is not looked at


class Wanted(NamedTuple):
    """One payload that a page lacks."""

    key: Key
    generation: int
    at: int

    @classmethod
    def of(cls, told: object) -> Wanted | None:
        """Return what a page says; None where it says something else."""
        if not isinstance(told, list) or len(told) != 6:
            return None
        kind, run, attempt, tag, generation, at = told
        if not (isinstance(kind, str) and isinstance(tag, str)):
            return None
        if not all(type(number) is int for number in (run, attempt, generation, at)):
            return None
        return cls((kind, run, attempt, tag), generation, at)


@dataclass(slots=True)
class _Owed:
    """A series, and the places of it that have not been sent: ranges, the newest last."""

    series: MediaSeries
    ranges: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=_MOST_RANGES))
    queued: bool = False

    @property
    def newest(self) -> int:
        """The place of the last record."""
        return len(self.series) - 1

    @property
    def size(self) -> int:
        """How many have not been sent."""
        return sum(stop - start for start, stop in self.ranges)

    def grow(self, start: int) -> None:
        """Take note of the records from `start` on."""
        if self.ranges and self.ranges[-1][1] == start:
            start, _ = self.ranges.pop()
        self.ranges.append((start, len(self.series)))

    def remove(self, at: int) -> None:
        """Take note that this one is sent: as a rule the last of the last range."""
        for index in range(len(self.ranges) - 1, -1, -1):
            start, stop = self.ranges[index]
            if start <= at < stop:
                rest = [(a, b) for a, b in ((start, at), (at + 1, stop)) if a < b]
                behind = [self.ranges.pop() for _ in range(len(self.ranges) - index)]
                self.ranges.extend([*rest, *reversed(behind[:-1])])
                return


class _Bundle:
    """A message that is being filled."""

    def __init__(self, size: int) -> None:
        self.packer = Packer()
        self.items: list[dict[str, Any]] = []
        self._size = size
        self._facts = 0

    @property
    def room(self) -> int:
        return self._size - self.packer.size - self._facts

    def add(self, item: dict[str, Any]) -> None:
        self.items.append(item)
        self._facts += ITEM_BYTES + len(item["tag"])


class Blobs:
    """The payloads of one view; lives as long as its feed, and is used under the same lock.

    Parameters
    ----------
    stream : str
        The feed's.
    numbers : iterator of int
        Those of the messages that a page acknowledges.
    most : int
        Bytes of older steps that are sent unasked.
    """

    def __init__(self, stream: str, numbers: Iterator[int], *, most: int = MOST_OLDER) -> None:
        self._stream = stream
        self._numbers = numbers
        self._most = most
        self._spent = 0
        self._runs: dict[int, dict[Key, _Owed]] = {}
        self._asked: dict[Wanted, None] = {}
        self._fresh: dict[str, dict[Key, None]] = {kind: {} for kind in PLUGINS}
        self._older: dict[str, deque[Key]] = {kind: deque() for kind in PLUGINS}
        self._large: tuple[Blob, int] | None = None  # what comes in pieces, and how much of it has been sent
        self._looked_at: str | None = None
        self._turn = 0
        self._repeated = 0

    @property
    def waiting(self) -> bool:
        """There is something to send."""
        return self._large is not None or self._next() is not None

    @property
    def facts(self) -> dict[str, int]:
        """How many are still to be sent, as the messages of a view tell it; what is nothing is not said."""
        count = len(self._asked) + sum(map(len, self._fresh.values())) + (self._large is not None)
        if self._spent < self._most:
            owed = sum(one.size for run in self._runs.values() for one in run.values())
            count = max(owed, count)
        return {"blobs_coming": count} if count else {}

    def look_at(self, panel: str) -> None:
        """Take the panel that is open: what it shows comes first."""
        self._looked_at = panel if panel in PLUGINS else None

    def follow(self, runs: Iterable[Listed]) -> None:
        """Take what runs have by now."""
        for run in runs:
            before = self._runs.get(run.id, {})
            now = self._runs[run.id] = {}
            for series in run.media:
                now[series.key] = self._grown(before.pop(series.key, None), series, run.info["attempts"] - 1)
            self._let_go(before)

    def forget(self, runs: Iterable[int]) -> None:
        """Take note that these runs have gone."""
        for run in runs:
            self._let_go(self._runs.pop(run, {}))

    def renew(self, *, all_steps: bool) -> None:
        """Send the newest of each tag again, or all: there is a page that has not got them."""
        if all_steps:
            self._spent = 0
        for owed in (one for run in self._runs.values() for one in run.values()):
            if all_steps:
                owed.ranges.clear()
                owed.grow(0)
                self._queue(owed)
            elif not owed.ranges or owed.ranges[-1][1] <= owed.newest:
                owed.ranges.append((owed.newest, owed.newest + 1))
            self._fresh[owed.series.kind][owed.series.key] = None

    def repeat(self, size: int) -> None:
        """Send the newest of some tags again, in turn, in all about `size` bytes: a page may have come that cannot ask.

        Does nothing while there is something to send that no page has got.
        """
        if self.waiting:
            return
        every = deque(one for run in self._runs.values() for one in run.values())
        every.rotate(-self._repeated)
        room = size
        for owed in every:
            cost = ITEM_BYTES + int(owed.series.places.length[owed.newest])
            if cost > room:
                if cost <= size:  # it is the first of the next time
                    break
            else:
                self._fresh[owed.series.kind][owed.series.key] = None
                room -= cost
            self._repeated += 1

    def want(self, wanted: Iterable[Wanted]) -> None:
        """Take what a page asks for; what there is not, or no longer, is passed over."""
        for one in wanted:
            owed = self._find(one.key)
            known = owed is not None and owed.series.places.generation == one.generation
            if known and owed is not None and 0 <= one.at <= owed.newest and len(self._asked) < MOST_ASKED:
                self._asked[one] = None

    def chunk(self, now: float, size: int) -> Message | None:
        """Return the next payloads, in about `size` bytes, or None if nothing is to be sent.

        Parameters
        ----------
        now : float
            The kernel's wall clock, in seconds.
        size : int
            What is larger comes in pieces of this size.
        """
        self._turn += 1
        bundle = _Bundle(size)
        self._go_on(bundle, alone=self._next(fresh=True) is None)
        while bundle.room > 0 and (found := self._next()) is not None:
            owed, at = found
            length = int(owed.series.places.length[at])
            if length > bundle.room and (self._large is not None or (bundle.items and length <= size)):
                break  # it is the next message's
            blob = read_blob(owed.series, at)
            self._take(owed, at, len(blob.body) + len(owed.series.tag))
            if len(blob.body) <= max(bundle.room, _LEAST_PIECE):
                bundle.add(blob.item(bundle.packer))
            else:
                self._large = blob, 0
                self._go_on(bundle, alone=True)
            breathe()
        if bundle.room > _LEAST_PIECE:
            self._go_on(bundle, alone=True)
        if not bundle.items:
            return None
        content = {"type": "blobs", "v": VERSION, "stream": self._stream, "n": next(self._numbers), "now": now}
        return Message({**content, **self.facts, "items": bundle.items}, bundle.packer.bytes())

    def _go_on(self, bundle: _Bundle, *, alone: bool) -> None:
        """Append the next piece of what is too large for one message; it leaves the half to what is new."""
        if self._large is None or bundle.room <= 0:
            return
        blob, sent = self._large
        left = len(blob.body) - sent
        room = bundle.room if alone or left <= bundle.room else bundle.room // 2
        stop = sent + min(left, max(room, _LEAST_PIECE))
        bundle.add(blob.piece(bundle.packer, sent, stop))
        self._large = (blob, stop) if stop < len(blob.body) else None

    def _next(self, *, fresh: bool = False) -> tuple[_Owed, int] | None:
        """The series and the place that are next; with `fresh` only if they were asked for or are a tag's newest."""
        while self._asked:
            one = next(iter(self._asked))
            owed = self._find(one.key)
            if owed is not None and owed.series.places.generation == one.generation and one.at <= owed.newest:
                return owed, one.at
            del self._asked[one]
        kinds = self._kinds()
        for kind in kinds:
            for key in self._fresh[kind]:
                owed = self._runs[key[1]][key]
                return owed, owed.newest
        if fresh or self._spent >= self._most:
            return None
        for kind in kinds:
            queue = self._older[kind]
            while queue:
                owed = self._find(queue[0])
                if owed is not None and owed.ranges:
                    return owed, owed.ranges[-1][1] - 1
                queue.popleft()
                if owed is not None:
                    owed.queued = False
        return None

    def _kinds(self) -> list[str]:
        first = [self._looked_at] if self._looked_at is not None else []
        others = [kind for kind in PLUGINS if kind not in first]
        return [*others, *first] if self._turn % _OTHERS == 0 else [*first, *others]

    def _take(self, owed: _Owed, at: int, size: int) -> None:
        """Take note that a payload is on its way."""
        key, kind = owed.series.key, owed.series.kind
        asked = self._asked.pop(Wanted(key, owed.series.places.generation, at), self) is None
        fresh = at == owed.newest and self._fresh[kind].pop(key, self) is None
        if not asked and not fresh:
            self._spent += size
            self._older[kind].rotate(-1)
        owed.remove(at)

    def _grown(self, owed: _Owed | None, series: MediaSeries, attempt: int) -> _Owed:
        """What is owed of a series as it is now; only of the newest attempt the last record is a tag's newest."""
        if owed is None or owed.series.places.generation != series.places.generation:
            queued = owed is not None and owed.queued
            owed, length = _Owed(series, queued=queued), 0
        else:
            length, owed.series = len(owed.series), series
        if length < len(series):
            owed.grow(length)
            self._queue(owed)
            if series.attempt == attempt:
                self._fresh[series.kind].setdefault(series.key)
        return owed

    def _queue(self, owed: _Owed) -> None:
        if not owed.queued:
            owed.queued = True
            self._older[owed.series.kind].append(owed.series.key)

    def _let_go(self, gone: Mapping[Key, _Owed]) -> None:
        for key in gone:
            self._fresh[key[0]].pop(key, None)

    def _find(self, key: Key) -> _Owed | None:
        return self._runs.get(key[1], {}).get(key)
