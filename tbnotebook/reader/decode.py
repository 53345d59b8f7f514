"""The payloads of records → what the reader keeps of them.

`decode` depends on bytes alone. Scalar events, nearly all that a training writes, take a short way; every other
event is taken apart by the schema. Large payloads (graphs) are located, never copied.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from google.protobuf.message import DecodeError
from numpy.typing import NDArray

from tbnotebook.events.schema import LogMessage, SessionLog, Summary
from tbnotebook.graph import GRAPH_PLUGIN
from tbnotebook.reader.protowire import FIXED64, LENGTH, VARINT, Field, fields, varint
from tbnotebook.reader.tensor import number

SCALARS_PLUGIN = b"scalars"
SCOPES_PLUGIN = GRAPH_PLUGIN.encode()

_DOUBLE = struct.Struct("<d")
_FLOAT = struct.Struct("<f")

# Field numbers of Event, and the one of MetaGraphDef that holds its graph.
_WALL_TIME, _STEP, _FILE_VERSION, _GRAPH_DEF, _SUMMARY, _LOG_MESSAGE, _SESSION_LOG = range(1, 8)
_META_GRAPH_DEF = 9
_META_GRAPH_GRAPH = 2


class Rows(NamedTuple):
    """Points of one tag, in the order of their records: lists of the same length."""

    step: list[int]
    wall_time: list[float]
    value: list[float]


class RowArrays(NamedTuple):
    """The same as arrays."""

    step: NDArray[np.int64]
    wall_time: NDArray[np.float64]
    value: NDArray[np.float32]


class Metadata(NamedTuple):
    """What the first value of a tag that bears metadata says of it."""

    plugin: bytes
    display_name: bytes
    description: bytes


Points: TypeAlias = Rows | RowArrays


@dataclass(frozen=True)
class Batch:
    """Scalars that no event of another kind parts."""

    rows: Mapping[bytes, Points]


@dataclass(frozen=True)
class Session:
    """A SessionLog: a writer began, ended or saved a checkpoint."""

    status: int
    step: int
    wall_time: float
    message: bytes


@dataclass(frozen=True)
class Version:
    """The record that says which version of the format the file has."""

    text: bytes


@dataclass(frozen=True)
class Blob:
    """Where something large lies in the buffer; ``kind`` is "graph", "meta_graph" or "scopes"."""

    kind: str
    begin: int
    end: int


@dataclass(frozen=True)
class Note:
    """The text of a log message."""

    text: bytes


@dataclass(frozen=True)
class Other:
    """An event of which nothing more is kept than that it was there."""

    wall_time: float


@dataclass(frozen=True)
class Broken:
    """A sound record whose payload is no event; ``begin`` is the payload's offset in the buffer."""

    begin: int
    reason: str


Piece: TypeAlias = Batch | Session | Version | Blob | Note | Other | Broken


def decode(buffer: bytes, spans: Sequence[tuple[int, int]], metadata: dict[bytes, Metadata]) -> list[Piece]:
    """Take apart the events whose payloads lie at ``spans`` of ``buffer``.

    Parameters
    ----------
    metadata
        By tag, from the file's earlier events; what these events add is put in. The first of a tag stays.

    Returns
    -------
    list of Piece
        In the order of the records, but that scalars which follow each other are gathered by tag.
    """
    decoder = Decoder(buffer, metadata)
    for begin, end in spans:
        decoder.add(begin, end)
    decoder.end_batch()
    return decoder.pieces


@dataclass
class Decoder:
    """What `decode` does, event by event."""

    buffer: bytes
    metadata: dict[bytes, Metadata]
    pieces: list[Piece] = field(default_factory=list)
    _rows: dict[bytes, Rows] = field(default_factory=dict)
    # The bytes between an event's step and its value hold nothing but lengths and the tag: once understood, they
    # are looked up whole.
    _middles: dict[bytes, Rows] = field(default_factory=dict)

    def add(self, begin: int, end: int) -> None:
        """Take the event whose payload lies between ``begin`` and ``end``."""
        if not self._add_scalar(begin, end):
            self._add_event(begin, end)

    def add_batch(self, batch: Batch) -> None:
        """Take scalars that were read by other means."""
        self._add(batch)

    def _add_scalar(self, begin: int, end: int) -> bool:
        """Take an event that is one simple value in the order of fields that all writers use; False for others."""
        buffer = self.buffer
        if end - begin < 16 or buffer[begin] != 0x09:
            return False
        at = begin + 9
        step = 0
        if buffer[at] == 0x10:
            step = buffer[at + 1]
            at += 2
            if step > 0x7F:
                try:
                    step, at = varint(buffer, at - 1, end)
                except ValueError:
                    return False
                if step >= 1 << 63:
                    step -= 1 << 64
        middle = buffer[at : end - 4]
        rows = self._middles.get(middle)
        if rows is None:
            tag = _tag_of(middle)
            if tag is None:
                return False
            rows = self._middles[middle] = self._rows_of(tag)
        rows.step.append(step)
        rows.wall_time.append(_DOUBLE.unpack_from(buffer, begin + 1)[0])
        rows.value.append(_FLOAT.unpack_from(buffer, end - 4)[0])
        return True

    def _add_event(self, begin: int, end: int) -> None:
        """Take any event."""
        try:
            parts = list(fields(self.buffer, begin, end))
            wall_time, step = self._time_of(parts)
            for part in parts:
                if part.number >= _FILE_VERSION:
                    self._add_part(part, step, wall_time)
        except (ValueError, DecodeError) as error:
            self._add(Broken(begin, f"the record's data are no event: {error}"))

    def end_batch(self) -> None:
        """Close the batch of scalars under way."""
        if self._rows:
            self.pieces.append(Batch(self._rows))
            self._rows, self._middles = {}, {}

    def _add(self, piece: Piece) -> None:
        self.end_batch()
        self.pieces.append(piece)

    def _rows_of(self, tag: bytes) -> Rows:
        rows = self._rows.get(tag)
        if rows is None:
            rows = self._rows[tag] = Rows([], [], [])
        return rows

    def _time_of(self, parts: list[Field]) -> tuple[float, int]:
        wall_time, step = 0.0, 0
        for part in parts:
            if part.number == _WALL_TIME and part.kind == FIXED64:
                wall_time = _DOUBLE.unpack_from(self.buffer, part.begin)[0]
            elif part.number == _STEP and part.kind == VARINT:
                step = part.value - (1 << 64) if part.value >= 1 << 63 else part.value
        return wall_time, step

    def _add_part(self, part: Field, step: int, wall_time: float) -> None:
        if part.kind != LENGTH:
            return
        begin, end = part.begin, part.end
        if part.number == _SUMMARY:
            self._add_summary(part, step, wall_time)
        elif part.number == _GRAPH_DEF:
            self._add(Blob("graph", begin, end))
        elif part.number == _META_GRAPH_DEF:
            for inner in fields(self.buffer, begin, end):
                if inner.number == _META_GRAPH_GRAPH and inner.kind == LENGTH:
                    self._add(Blob("meta_graph", inner.begin, inner.end))
        elif part.number == _SESSION_LOG:
            log = SessionLog.FromString(self.buffer[begin:end])
            self._add(Session(log.status, step, wall_time, log.msg))
        elif part.number == _LOG_MESSAGE:
            self._add(Note(LogMessage.FromString(self.buffer[begin:end]).message))
        elif part.number == _FILE_VERSION:
            self._add(Version(self.buffer[begin:end]))

    def _add_summary(self, part: Field, step: int, wall_time: float) -> None:
        summary = Summary.FromString(self.buffer[part.begin : part.end])
        for value in summary.value:
            tag = value.tag
            if value.HasField("metadata"):
                self._add_metadata(tag, value.metadata, part)
            scalar = self._scalar_of(value)
            if scalar is None:
                self._add(Other(wall_time))
            else:
                rows = self._rows_of(tag)
                rows.step.append(step)
                rows.wall_time.append(wall_time)
                rows.value.append(scalar)

    def _add_metadata(self, tag: bytes, metadata: Any, part: Field) -> None:
        plugin = metadata.plugin_data.plugin_name
        self.metadata.setdefault(tag, Metadata(plugin, metadata.display_name, metadata.summary_description))
        content = metadata.plugin_data.content
        if plugin == SCOPES_PLUGIN and content:
            begin = self.buffer.find(content, part.begin, part.end)
            self._add(Blob("scopes", begin, begin + len(content)))

    def _scalar_of(self, value: Any) -> float | None:
        """Any simple value; a tensor of one number, unless it belongs to a plugin other than scalars; else None."""
        kind = value.WhichOneof("value")
        if kind == "simple_value":
            return float(value.simple_value)
        if kind != "tensor":
            return None
        known = self.metadata.get(value.tag)
        return number(value.tensor) if known is None or known.plugin in (b"", SCALARS_PLUGIN) else None


def _tag_of(middle: bytes) -> bytes | None:
    """The tag, if ``middle`` is the beginning of a summary of one value of tag and simple value, up to the latter."""
    end = len(middle)
    at = 0
    try:
        for key, behind in ((0x2A, 4), (0x0A, 4), (0x0A, -1)):
            if middle[at] != key:
                return None
            length, at = varint(middle, at + 1, end)
            if length != end - at + behind:
                return None
    except (ValueError, IndexError):
        return None
    return middle[at:-1] if middle[-1] == 0x15 else None
