"""The records of one file as pieces: rows of alike records at once, all others one at a time."""

from __future__ import annotations

import sys
from typing import NamedTuple

import numpy as np

from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE
from tbnotebook.reader.decode import Decoder
from tbnotebook.reader.frames import split
from tbnotebook.reader.medley import medley
from tbnotebook.reader.pattern import Pattern, Patterns, key_of
from tbnotebook.reader.pieces import Batch, Metadata, Piece, RowArrays
from tbnotebook.reader.turn import Turn, turns_of

_SMALL = 1 << 14  # bytes; in less numpy's fixed cost is more than that of a loop
_LEAST_ROUNDS = 64  # as above, of the records that come in turn
_FIRST = 8  # records that are read one at a time before alike ones are looked for
_LONGEST_PERIOD = 64  # different records that may come in turn
_ROW = 32  # alike records, from which on it is worth while to look for more behind a single other one
_PATIENCE = 1 << 16  # records that are read one at a time, at most, before alike ones are looked for again
_REACH = 1024  # rounds that are compared at once; more where these were all alike
_FURTHEST = 8192  # as above; their columns are small enough for a processor's nearer memory, and for reuse
_SETTLED = 512  # records, after which it counts how many of them were alike
_MOST_ODD = 4  # times as many records must be alike as are not, where they come in no order that could be found


class Taken(NamedTuple):
    """What a buffer gave.

    Attributes
    ----------
    pieces
        In the order of the records.
    records
        How many there were; ``alike`` of them were read in rows.
    rest
        Where the first record begins that is not whole and sound.
    """

    pieces: list[Piece]
    records: int
    alike: int
    rest: int


class Stream:
    """Reads a file's buffers in turn, and remembers which records came last.

    What it returns depends on the bytes alone: that a row of records is alike is verified for each, whatever was
    remembered.

    Parameters
    ----------
    patterns
        What other files have taught, and learn from this one.

    Attributes
    ----------
    mixed : bool
        The records come in no order that was found: they are sorted by kind.
    """

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns
        self._period: list[Pattern] = []  # what comes in turn, next first
        self._turns: list[Turn] = []  # the same, as far as it is known
        self._untried = False  # nothing was read by this period
        self._keys: list[bytes | None] = []  # of the records that were read one at a time since
        self._first = self._alone = _FIRST  # how many to read so before the next look
        self._reach = _REACH
        self.mixed = False
        self._described = 0

    def take(self, buffer: bytes, metadata: dict[bytes, Metadata]) -> Taken:
        """Take the sound records at the beginning of a buffer, which begins with one; up to the first that is none.

        Parameters
        ----------
        metadata
            As for `decode`.
        """
        decoder = Decoder(buffer, metadata)
        at = records = alike = 0
        while True:
            self._forget_if_described(metadata)
            taken, at = self._take_mixed(decoder, buffer, at) if self.mixed else self._take_alike(decoder, buffer, at)
            few = len(buffer) - at < _SMALL
            spans, rest = split(buffer, at, sys.maxsize if few else 1 if taken >= _ROW else self._alone)
            for begin, end in spans:
                decoder.add(begin, end)
            if few or taken >= _ROW:  # what comes between, an image or a graph, may be followed by more of the same
                self._keys, self._alone = [], self._first
                if few:
                    self._turn(len(spans))
            elif spans:
                self._look(buffer, spans, metadata)
            at = rest
            records += taken + len(spans)
            alike += taken
            if not spans:
                decoder.end_batch()
                self.mixed |= records >= _SETTLED and 8 * alike < 7 * records
                return Taken(decoder.pieces, records, alike, at)

    def _forget_if_described(self, metadata: dict[bytes, Metadata]) -> None:
        """Forget the patterns when a tag's metadata came: its tensors may be no scalars, and others the reverse."""
        if len(metadata) != self._described:
            self._described = len(metadata)
            self._patterns = Patterns()
            self._set_period([])

    def _take_mixed(self, decoder: Decoder, buffer: bytes, at: int) -> tuple[int, int]:
        """Take the records at ``at`` in whatever order they come; return how many there were, and where they end."""
        if len(buffer) - at < _SMALL:
            return 0, at

        def pattern(record: bytes) -> Pattern | None:
            return self._patterns.of(record, key_of(record), decoder.metadata)

        found = medley(buffer, at, pattern)
        if _MOST_ODD * len(found.odd) > len(found.offsets):
            self.mixed = False
            return 0, at
        taken = found.give(decoder)
        if taken < len(found.offsets):  # a file that stops it again and again must not be chained anew each time
            self.mixed = False
        return taken, at + int(found.sizes[:taken].sum())

    def _take_alike(self, decoder: Decoder, buffer: bytes, at: int) -> tuple[int, int]:
        """Take the row of alike records at ``at``; return how many there were, and where it ends."""
        taken = 0
        stride = sum(pattern.layout.size for pattern in self._period)
        while self._period and len(buffer) - at >= _LEAST_ROUNDS * stride:
            most = self._reach * len(self._period)
            more, at = self._take_rounds(decoder, buffer, at, stride)
            taken += more
            if more < most:
                self._reach = max(_REACH, more // len(self._period))
                break
            self._reach = min(4 * self._reach, _FURTHEST)
        if self._untried and self._period and not taken:  # others' records have the keys of these, and are not alike
            self._patterns = Patterns()
        self._untried = False
        return taken, at

    def _take_rounds(self, decoder: Decoder, buffer: bytes, at: int, stride: int) -> tuple[int, int]:
        """Take up to `_reach` rounds of the period, and what there is of the next."""
        period = self._period
        self._turns = self._turns or list(turns_of(period))
        rows: list[RowArrays] = []
        begin = at
        for turn in self._turns:
            rows += turn.read(buffer, begin, stride, self._reach)
            begin += turn.size
            if not len(rows[-1].step):
                break
        rounds = min(len(row.step) for row in rows)
        last = next(index for index, row in enumerate(rows) if len(row.step) == rounds)
        counts = [rounds + (index < last) for index in range(len(rows))]
        taken = sum(counts)
        if taken:
            decoder.add_piece(Batch(_by_tag(period, rows, counts)))
            self._turn(last)
        return taken, at + rounds * stride + sum(pattern.layout.size for pattern in period[:last])

    def _turn(self, count: int) -> None:
        """Bring to the front what comes when ``count`` records more have come."""
        count %= len(self._period) or 1
        if count:
            self._set_period(self._period[count:] + self._period[:count])

    def _set_period(self, period: list[Pattern]) -> None:
        self._period, self._turns = period, []

    def _look(self, buffer: bytes, spans: list[tuple[int, int]], metadata: dict[bytes, Metadata]) -> None:
        """See whether the records that were read one at a time come in turn, so that more of them may follow."""
        self._forget_if_described(metadata)
        self._set_period([])
        records = [buffer[begin - HEADER_SIZE : end + FOOTER_SIZE] for begin, end in spans[-2 * _LONGEST_PERIOD :]]
        keys = list(map(key_of, records))
        self._keys = (self._keys + keys)[-2 * _LONGEST_PERIOD :]
        length = _period(self._keys)
        patterns = [self._patterns.of(*known, metadata) for known in zip(records, keys)]
        in_turn = [pattern for pattern in patterns[-length:] if pattern is not None] if length else []
        if length and len(in_turn) == length:
            self._set_period(in_turn)
            self._untried = True
            self._first = self._alone = max(2 * length, _FIRST)
        else:
            settled = len(self._keys) == 2 * _LONGEST_PERIOD
            self._alone = min(4 * self._alone, _PATIENCE if settled else 2 * _LONGEST_PERIOD)


def _period(keys: list[bytes | None]) -> int:
    """Return after how many keys the last ones come again, at first the fewest; 0 if they do not."""
    for length in range(1, min(_LONGEST_PERIOD, len(keys) // 2) + 1):
        known = max(2 * length, _FIRST)
        if known <= len(keys) and keys[-known:-length] == keys[length - known :]:
            return length
    return 0


def _by_tag(period: list[Pattern], rows: list[RowArrays], counts: list[int]) -> dict[bytes, RowArrays]:
    parts: dict[bytes, list[RowArrays]] = {}
    for pattern, (step, wall_time, value), count in zip(period, rows, counts):
        if count:
            part = RowArrays(step[:count], wall_time[:count], value[:count])
            parts.setdefault(pattern.tag, []).append(part)
    return {tag: own[0] if len(own) == 1 else _in_turn(own) for tag, own in parts.items()}


def _in_turn(rows: list[RowArrays]) -> RowArrays:
    """Join rows that come in turn: the first of each, the second of each, …"""
    order = np.argsort(np.concatenate([np.arange(len(row.step)) for row in rows]), kind="stable")
    return RowArrays(
        np.concatenate([row.step for row in rows])[order],
        np.concatenate([row.wall_time for row in rows])[order],
        np.concatenate([row.value for row in rows])[order],
    )
