"""Many small files read together: the first load of a folder with thousands of runs.

Most files of a sweep hold a version and scalars, nothing else, and all of it sound. Laid one behind the other they are
one buffer of records, which are sorted by kind and read in rows; the points are then dealt out to their files. A file
that is not of this sort is left to its `Tail`, which gives the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tbnotebook.reader.columns import Columns, Points
from tbnotebook.reader.content import Content
from tbnotebook.reader.decode import decode
from tbnotebook.reader.frames import is_sound
from tbnotebook.reader.medley import Medley, medley, merged
from tbnotebook.reader.pattern import Pattern, key_of
from tbnotebook.reader.patterns import Patterns
from tbnotebook.reader.pieces import Note, Piece, RowArrays, Session, Version
from tbnotebook.reader.storage import Entry, Storage
from tbnotebook.reader.tail import Tail

LONGEST = 1 << 14
"""Bytes of a file, from which on it is better read by itself."""

_Span = tuple[int, int]

# How a version's event begins: with its wall time of nine bytes, behind which the version follows.
_TIME, _TIME_SIZE, _VERSION = 0x09, 9, b"\x1a"


class Read(NamedTuple):
    """A file that was read: its number, its content, and how many records it has."""

    number: int
    content: Content
    records: int


class Known:
    """What the records that came so far have taught."""

    def __init__(self) -> None:
        self.patterns = Patterns()
        self._openings: dict[bytes, Piece] = {}

    def pattern(self, record: bytes) -> Pattern | None:
        """Return the pattern of a record whose tag nothing has described."""
        return self.patterns.of(record, key_of(record), {})

    def pieces(self, buffer: bytes, spans: list[_Span], content: Content) -> list[Piece]:
        """Return what `decode` does: at once if it is the same version as so often before."""
        if len(spans) != 1:
            return decode(buffer, spans, content.metadata)
        begin, end = spans[0]
        rest = buffer[begin + _TIME_SIZE : end]
        piece = self._openings.get(rest)
        if piece is not None and buffer[begin] == _TIME:
            return [piece]
        pieces = decode(buffer, spans, content.metadata)
        if len(pieces) == 1 and isinstance(pieces[0], Version) and rest[:1] == _VERSION and buffer[begin] == _TIME:
            self._openings[rest] = pieces[0]
        return pieces


def read_untouched(tails: Sequence[Tail], storage: Storage, known: Known) -> Iterator[Tail]:
    """Read files of which nothing has been read; yield those that were of the sort for which this works."""
    entries: list[Entry] = []
    files: list[bytes] = []
    readable: list[Tail] = []
    for tail in tails:
        try:
            with storage.open(tail.path) as source:
                entry = source.entry
                data = source.read(0, min(entry.size, LONGEST + 1))
        except OSError:
            continue
        if len(data) == entry.size:
            readable.append(tail)
            entries.append(entry)
            files.append(data)
    for number, content, records in read_together(files, known):
        readable[number].adopt(entries[number], files[number], content, records)
        yield readable[number]


def read_together(files: Sequence[bytes], known: Known) -> Iterator[Read]:
    """Read whole files, and yield those that are of the sort for which this works."""
    buffer = b"".join([*files, bytes(8)])  # with room for the last record's last word
    found = medley(buffer, 0, known.pattern)
    begins = np.cumsum([0, *map(len, files)])
    records = np.searchsorted(found.offsets, begins)
    contents: dict[int, Content] = {}
    endings: dict[int, list[Piece]] = {}
    for number, (opening, ending) in _parts(found, begins, records):
        content = Content()
        if all(is_sound(buffer, *span) for span in (*opening, *ending)):
            before = known.pieces(buffer, opening, content)
            content.add(before, 0)
            after = decode(buffer, ending, content.metadata)
            if content.versioned and _is_plain(content, before, after):
                contents[number], endings[number] = content, after
    for tag, own in found.rows.items():
        numbered = merged(own)
        _deal(tag, np.searchsorted(numbered.number, records), numbered.points, contents)
    for number, content in contents.items():
        if endings[number]:
            content.add(endings[number], 0)
        yield Read(number, content, int(records[number + 1] - records[number]))


def _is_plain(content: Content, before: list[Piece], after: list[Piece]) -> bool:
    """Whether a file has nothing but a version, sessions and notes before its scalars and behind them."""
    return not content.metadata and all(isinstance(piece, (Version, Session, Note)) for piece in (*before, *after))


def _parts(
    found: Medley, begins: NDArray[np.int64], records: NDArray[np.int64]
) -> Iterator[tuple[int, tuple[list[_Span], list[_Span]]]]:
    """Yield the number of each file that holds whole records, and the payloads before and behind its scalars."""
    sizes = np.concatenate([[0], np.cumsum(found.sizes)])
    whole = sizes[records[1:]] - sizes[records[:-1]] == np.diff(begins)
    odd = np.searchsorted(found.odd, records)
    first, last = records[:-1].tolist(), records[1:].tolist()
    for number in np.flatnonzero(whole & (records[1:] > records[:-1])).tolist():
        own = found.odd[odd[number] : odd[number + 1]].tolist()
        opening = 0
        while opening < len(own) and own[opening] == first[number] + opening:
            opening += 1
        if own[opening:] == list(range(last[number] - len(own) + opening, last[number])):
            yield number, ([*map(found.span, own[:opening])], [*map(found.span, own[opening:])])


def _deal(tag: bytes, bounds: NDArray[np.int64], points: RowArrays, contents: dict[int, Content]) -> None:
    """Give each file its part of a tag's points."""
    step, wall_time, value = points.step, points.wall_time, points.value.astype(np.float64)
    begins, ends = bounds[:-1], bounds[1:]
    having = np.flatnonzero(ends > begins)
    extremes = [
        pick.reduceat(column, begins[having]).tolist()
        for column in (step, wall_time)
        for pick in (np.minimum, np.maximum)
    ]
    for number, begin, end, *spans in zip(having.tolist(), begins[having].tolist(), ends[having].tolist(), *extremes):
        content = contents.get(number)
        if content is not None:
            own = Points(step[begin:end], wall_time[begin:end], value[begin:end])
            content.take(tag, Columns.of(own, spans[0], spans[1]), spans[2], spans[3])
