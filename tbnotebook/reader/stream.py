"""The records of one file as pieces: rows of alike records at once, all others one at a time."""

from __future__ import annotations

import sys
from typing import NamedTuple

from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE
from tbnotebook.reader.decode import Decoder
from tbnotebook.reader.frames import split
from tbnotebook.reader.medley import medley
from tbnotebook.reader.pattern import Pattern, key_of
from tbnotebook.reader.patterns import Patterns
from tbnotebook.reader.period import Period
from tbnotebook.reader.pieces import Batch, Metadata, Piece

_SMALL = 1 << 14  # bytes; in less numpy's fixed cost is more than that of a loop
_LEAST_ROUNDS = 64  # as above, of the records that come in turn
_FIRST = 8  # records that are read one at a time before alike ones are looked for
_LONGEST_PERIOD = 64  # different records that may come in turn
_ROW = 32  # alike records, from which on it is worth while to look for more behind a single other one
_PATIENCE = 1 << 16  # records that are read one at a time, at most, before alike ones are looked for again
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
        self._period: Period | None = None  # what comes in turn, next first
        self._untried = False  # nothing was read by this period
        self._guess: Period | None = None  # what came, in other places, behind the last record
        self._keys: list[bytes | None] = []  # of the records that were read one at a time since
        self._first = self._alone = _FIRST  # how many to read so before the next look
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
            decoder.add(spans)
            if few or taken >= _ROW:  # what comes between, an image or a graph, may be followed by more of the same
                self._keys, self._alone = [], self._first
                if not few and spans:
                    self._guess = self._patterns.behind(key_of(_record(buffer, spans[0])))
                elif self._period is not None:
                    self._period = self._period.turned(len(spans))
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
            self._period = self._guess = None

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
        """Take the rows of alike records at ``at``; return how many there were, and where they end."""
        guess, self._guess = self._guess, None
        for period in (guess, self._period):
            if period is None or len(buffer) - at < _LEAST_ROUNDS * period.stride:
                continue
            rows, count, end = period.read(buffer, at)
            if count:
                decoder.add_piece(Batch(rows))
                self._period = period.turned(count)
                self._untried = False
                return count, end
            if period is guess:
                self._patterns.forget(guess)
            elif self._untried:  # others' records have the keys of these, and are not alike
                self._patterns = Patterns()
                self._untried = False
        return 0, at

    def _look(self, buffer: bytes, spans: list[tuple[int, int]], metadata: dict[bytes, Metadata]) -> None:
        """See whether the records that were read one at a time come in turn, so that more of them may follow."""
        self._forget_if_described(metadata)
        self._period = None
        records = [_record(buffer, span) for span in spans[-2 * _LONGEST_PERIOD :]]
        keys = list(map(key_of, records))
        self._guess = self._patterns.behind(keys[-1])
        self._keys = (self._keys + keys)[-2 * _LONGEST_PERIOD :]
        length = _period(self._keys)
        patterns = [self._patterns.of(*known, metadata) for known in zip(records, keys)]
        in_turn = [pattern for pattern in patterns[-length:] if pattern is not None] if length else []
        if length and len(in_turn) == length:
            self._period = Period(in_turn)
            self._patterns.learn(keys[-length:], self._period)
            self._untried = True
            self._first = self._alone = max(2 * length, _FIRST)
        elif self._guess is None:
            settled = len(self._keys) == 2 * _LONGEST_PERIOD
            self._alone = min(4 * self._alone, _PATIENCE if settled else 2 * _LONGEST_PERIOD)


def _record(buffer: bytes, span: tuple[int, int]) -> bytes:
    begin, end = span
    return buffer[begin - HEADER_SIZE : end + FOOTER_SIZE]


def _period(keys: list[bytes | None]) -> int:
    """Return after how many keys the last ones come again, at first the fewest; 0 if they do not."""
    for length in range(1, min(_LONGEST_PERIOD, len(keys) // 2) + 1):
        known = max(2 * length, _FIRST)
        if known <= len(keys) and keys[-known:-length] == keys[length - known :]:
            return length
    return 0
