"""Scalar events of many kinds in whatever order: sorted by kind, each kind read by its pattern, put in order again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE
from tbnotebook.reader.decode import Decoder
from tbnotebook.reader.frames import is_sound
from tbnotebook.reader.headers import chain
from tbnotebook.reader.layout import STEP_AT, WALL_TIME_AT
from tbnotebook.reader.pattern import Pattern
from tbnotebook.reader.pieces import Batch, RowArrays, Rows
from tbnotebook.reader.turn import Turn

_SHORTEST = 32  # bytes of a record, as far as it is looked at here
_LONGEST = 1 << 12
_FEW = 16  # records of a kind, below which a loop is as fast
_MISFITS = 4  # records that look like those of a kind and are not, before the rest of the kind is left to the loop
_MOST_PARTS = 64  # events in a buffer that part the scalars, as the start of a writer does
_WORD = 8
_VALUE_BEHIND = FOOTER_SIZE + 4  # from the value, where it is an event's last four bytes, to the record's end


class Numbered(NamedTuple):
    """The points of records of one tag, and which records of the medley they are, by number."""

    number: NDArray[np.int64]
    points: RowArrays


@dataclass
class Medley:
    """The records that follow each other in a buffer.

    Attributes
    ----------
    buffer : bytes
    offsets, sizes : ndarray of int64
        Of each record, header and footer included.
    rows : dict of bytes to list of Numbered
        Records that a pattern fits, checksum included, by tag.
    odd : ndarray of int64
        The others, by number, in order; their payloads have not been checked.
    """

    buffer: bytes
    offsets: NDArray[np.int64]
    sizes: NDArray[np.int64]
    rows: dict[bytes, list[Numbered]]
    odd: NDArray[np.int64]

    def span(self, number: int) -> tuple[int, int]:
        """Where a record's payload begins and ends."""
        begin = int(self.offsets[number])
        return begin + HEADER_SIZE, begin + int(self.sizes[number]) - FOOTER_SIZE

    def give(self, decoder: Decoder) -> int:
        """Let ``decoder`` have the records in their order, up to the first that is not sound; return how many.

        They are fewer where a record says of its tag what those behind it must be read by, and where too many events
        of other kinds part the scalars.
        """
        end = len(self.offsets)
        given = parts = 0
        others = Decoder(self.buffer, decoder.metadata)
        for number in self.odd.tolist():
            span = self.span(number)
            if parts == _MOST_PARTS or not is_sound(self.buffer, *span):
                end = number
                break
            described = len(decoder.metadata)
            others.add([span])
            self._insert(others.pop_rows(), number)
            if others.pieces:
                self._give_rows(decoder, given, number)
                others.move_pieces(decoder)
                given, parts = number, parts + 1
            if any(self._goes_on(tag, number) for tag in list(decoder.metadata)[described:]):
                end = number + 1
                break
        self._give_rows(decoder, given, end)
        others.end_batch()
        others.move_pieces(decoder)
        return end

    def _insert(self, rows: dict[bytes, Rows], number: int) -> None:
        for tag, (step, wall_time, value) in rows.items():
            points = RowArrays(np.array(step), np.array(wall_time), np.array(value))
            self.rows.setdefault(tag, []).append(Numbered(np.full(len(step), number), points))

    def _goes_on(self, tag: bytes, number: int) -> bool:
        return any(rows.number[-1] > number for rows in self.rows.get(tag, ()))

    def _give_rows(self, decoder: Decoder, begin: int, end: int) -> None:
        """Give the scalars of the records from one number up to another."""
        self.rows = {tag: [merged(own)] for tag, own in self.rows.items()}
        parts = {tag: _between(own, begin, end) for tag, [own] in self.rows.items()}
        given = {tag: points for tag, points in parts.items() if len(points.step)}
        if given:
            decoder.add_piece(Batch(given))


def medley(buffer: bytes, at: int, pattern_of: Callable[[bytes], Pattern | None]) -> Medley:
    """Read the records from ``at`` on, as far as their headers lead.

    Parameters
    ----------
    pattern_of
        The pattern of a record that is whole and perhaps not sound; None if it has none.
    """
    offsets, sizes = chain(buffer, at)
    parts: dict[bytes, list[Numbered]] = {}
    odd = np.ones(len(offsets), np.bool_)
    for records in _kinds(buffer, offsets, sizes):
        begin = int(offsets[records.number[0]])
        pattern = pattern_of(buffer[begin : begin + records.size])
        if pattern is not None:
            for rows in _fitting(pattern, records):
                parts.setdefault(pattern.tag, []).append(rows)
                odd[rows.number] = False
    return Medley(buffer, offsets, sizes, parts, np.flatnonzero(odd))


class _Kind(NamedTuple):
    """Records of one size that differ, it seems, in time, step and value only: copied, one behind the other."""

    number: NDArray[np.int64]
    size: int
    stride: int
    copies: NDArray[np.uint8]


def _kinds(buffer: bytes, offsets: NDArray[np.int64], sizes: NDArray[np.int64]) -> Iterator[_Kind]:
    """Yield the kinds of which there are more than a few."""
    # The copies end at a multiple of eight bytes, which must not lie behind the buffer's end.
    known = np.flatnonzero((sizes >= _SHORTEST) & (sizes <= _LONGEST) & (offsets + sizes + _WORD <= len(buffer)))
    by_size = known[np.argsort(sizes[known].astype(np.uint16), kind="stable")]
    for of_size in _runs(by_size, sizes[by_size]):
        if len(of_size) < _FEW:
            continue
        size = int(sizes[of_size[0]])
        stride = -(-size // _WORD) * _WORD
        copies = np.ndarray((len(buffer) - stride + 1,), f"V{stride}", buffer, 0, (1,))[offsets[of_size]]
        keys = _keys(copies.copy(), size, stride)
        order = _grouping(keys)
        copies = copies[order]
        at = 0
        for kind in _runs(of_size[order], keys[order]):
            if len(kind) >= _FEW:
                yield _Kind(kind, size, stride, copies[at : at + len(kind)].view(np.uint8))
            at += len(kind)


def _grouping(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return an order that brings equal keys together, and leaves them in their order."""
    # Of 16 bits numpy sorts by radix, ten times as fast.
    order = np.argsort((keys >> np.uint64(48)).astype(np.uint16), kind="stable")
    runs = [keys[run[0]] for run in _runs(order, keys[order])]
    return order if len(set(runs)) == len(runs) else np.argsort(keys, kind="stable")


def _keys(copies: NDArray[np.void], size: int, stride: int) -> NDArray[np.uint64]:
    """Return for each record a number that is the same where all bytes are but those of time, step and value.

    What varies is blanked out in ``copies``.
    """
    octets = copies.view(np.uint8).reshape(-1, stride)
    octets[:, WALL_TIME_AT : WALL_TIME_AT + 8] = 0
    octets[:, size - _VALUE_BEHIND :] = 0
    step = np.ndarray((len(copies),), "<u8", octets, STEP_AT, (stride,))
    ends = ~step & np.uint64(0x8080808080808080)  # a varint ends with the first byte whose upper bit is not set
    first = ends & (~ends + np.uint64(1))
    step &= ~((first << np.uint64(1)) - np.uint64(1))
    words = octets.view(np.uint64)
    factors = np.arange(1, 2 * words.shape[1], 2, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) | np.uint64(1)
    keys: NDArray[np.uint64] = words @ factors
    return keys


def _runs(values: NDArray[np.int64], keys: NDArray[np.generic]) -> list[NDArray[np.int64]]:
    """Cut ``values`` where their key changes."""
    return np.split(values, np.flatnonzero(keys[1:] != keys[:-1]) + 1) if len(values) else []


def _fitting(pattern: Pattern, kind: _Kind) -> Iterator[Numbered]:
    """Yield the records of a kind that the pattern fits."""
    buffer = memoryview(kind.copies)  # type: ignore[arg-type]
    turn = Turn([pattern])
    first = 0
    for _ in range(_MISFITS):
        room = turn.room(len(kind.number) - first)
        count = turn.read(buffer, first * kind.stride, kind.stride, room)
        if count:
            [points] = (RowArrays(*columns) for columns in zip(*room))
            yield Numbered(kind.number[first : first + count], points.part(0, count))
        first += count + 1
        if first >= len(kind.number):
            break


def merged(rows: list[Numbered]) -> Numbered:
    """Put records of one tag in their order."""
    if len(rows) == 1:
        return rows[0]
    number = np.concatenate([each.number for each in rows])
    order = np.argsort(number, kind="stable")
    return Numbered(
        number[order],
        RowArrays(
            np.concatenate([each.points.step for each in rows])[order],
            np.concatenate([each.points.wall_time for each in rows])[order],
            np.concatenate([each.points.value for each in rows])[order],
        ),
    )


def _between(rows: Numbered, begin: int, end: int) -> RowArrays:
    """Return the points of those whose number is at least ``begin`` and below ``end``."""
    return rows.points.part(*np.searchsorted(rows.number, (begin, end)))
