"""The payloads of records → what the reader keeps of them.

`decode` depends on bytes alone. Scalar events, nearly all that a training writes, take a short way; every other
event is taken apart field by field, and what it holds besides scalars is located, not copied.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from google.protobuf.message import DecodeError

from tbnotebook.events.schema import LogMessage, SessionLog, SummaryMetadata, TensorProto
from tbnotebook.reader.names import text
from tbnotebook.reader.pieces import (
    GRAPH,
    META_GRAPH,
    Batch,
    Broken,
    Key,
    Metadata,
    Note,
    Piece,
    Rows,
    Session,
    Spans,
    Version,
)
from tbnotebook.reader.protowire import FIXED32, FIXED64, LENGTH, VARINT, Field, fields, varint
from tbnotebook.reader.tensor import LONGEST_NUMBER, number

SCALARS_PLUGIN = b"scalars"

Append: TypeAlias = Callable[[Any], None]

_LONGEST = 256  # bytes of what stands before a value, up to which it is remembered

_DOUBLE = struct.Struct("<d")
_FLOAT = struct.Struct("<f")

# Field numbers of Event, the one of MetaGraphDef that holds its graph, and those of Summary and its Value.
_WALL_TIME, _STEP, _FILE_VERSION, _GRAPH_DEF, _SUMMARY, _LOG_MESSAGE, _SESSION_LOG, _RUN_METADATA = range(1, 9)
_META_GRAPH_DEF = 9
_META_GRAPH_GRAPH = 2
_VALUE = 1
_TAG, _SIMPLE_VALUE, _TENSOR, _METADATA = 1, 2, 8, 9
_PAYLOADS = (3, 4, 5, 6, _TENSOR)

# What a value without metadata is, by the field that holds it: the plugin that shows such in TensorBoard.
_PLUGINS = {4: "images", 5: "histograms", 6: "audio"}


def decode(buffer: bytes, spans: Sequence[tuple[int, int]], metadata: dict[bytes, Metadata]) -> list[Piece]:
    """Take apart the events whose payloads lie at ``spans`` of ``buffer``.

    Parameters
    ----------
    metadata
        By tag, from the file's earlier events; what these events add is put in. The first of a tag stays.

    Returns
    -------
    list of Piece
        In the order of the records, but that scalars and places which follow each other are gathered by tag.
    """
    decoder = Decoder(buffer, metadata)
    decoder.add(spans)
    decoder.end_batch()
    return decoder.pieces


@dataclass
class Decoder:
    """What `decode` does, event by event."""

    buffer: bytes
    metadata: dict[bytes, Metadata]
    pieces: list[Piece] = field(default_factory=list)
    _rows: dict[bytes, Rows] = field(default_factory=dict)
    _spans: dict[Key, Spans] = field(default_factory=dict)
    # The bytes between an event's step and its value hold nothing but lengths and the tag: once understood, they
    # are looked up whole.
    _middles: dict[bytes, tuple[Append, Append, Append]] = field(default_factory=dict)

    def add(self, spans: Iterable[tuple[int, int]]) -> None:
        """Take the events whose payloads lie at ``spans`` of the buffer.

        Those that are one simple value in the order of fields that all writers use go a short way.
        """
        buffer = self.buffer
        wall_time_at, value_at = _DOUBLE.unpack_from, _FLOAT.unpack_from
        for begin, end in spans:
            if end - begin < 16 or buffer[begin] != 0x09:
                self._add_event(begin, end)
                continue
            at = begin + 9
            step = 0
            if buffer[at] == 0x10:
                step, more = buffer[at + 1], buffer[at + 2]
                at += 2
                if step > 0x7F and more <= 0x7F:
                    step = step & 0x7F | more << 7
                    at += 1
                elif step > 0x7F:
                    try:
                        step, at = varint(buffer, at - 1, end)
                    except ValueError:
                        self._add_event(begin, end)
                        continue
                    if step >= 1 << 63:
                        step -= 1 << 64
            middle = buffer[at : end - 4]
            known = self._middles.get(middle)
            if known is None:
                tag = _tag_of(middle) if len(middle) > _LONGEST else _known_tag_of(middle)
                if tag is None:
                    self._add_event(begin, end)
                    continue
                rows = self._rows_of(tag)
                known = self._middles[middle] = rows.step.append, rows.wall_time.append, rows.value.append
            add_step, add_wall_time, add_value = known
            add_step(step)
            add_wall_time(wall_time_at(buffer, begin + 1)[0])
            add_value(value_at(buffer, end - 4)[0])

    def add_piece(self, piece: Piece) -> None:
        """Take what was read by other means."""
        self.end_batch()
        self.pieces.append(piece)

    def pop_rows(self) -> dict[bytes, Rows]:
        """Return the scalars of the batch under way, and take them out of it."""
        rows, self._rows, self._middles = self._rows, {}, {}
        return rows

    def move_pieces(self, other: Decoder) -> None:
        """Hand the pieces that are done over to another decoder."""
        for piece in self.pieces:
            other.add_piece(piece)
        self.pieces = []

    def _add_event(self, begin: int, end: int) -> None:
        """Take any event."""
        try:
            parts = list(fields(self.buffer, begin, end))
            wall_time, step = self._time_of(parts)
            for part in parts:
                if part.number >= _FILE_VERSION:
                    self._add_part(part, step, wall_time)
        except (ValueError, DecodeError) as error:
            self.add_piece(Broken(begin, f"the record's data are no event: {error}"))

    def end_batch(self) -> None:
        """Close the batch of scalars under way."""
        if self._rows or self._spans:
            self.pieces.append(Batch(self._rows, self._spans))
            self._rows, self._spans, self._middles = {}, {}, {}

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
            for value in [_value_of(self.buffer, each) for each in fields(self.buffer, begin, end) if _holds(each)]:
                self._add_value(value, step, wall_time)
        elif part.number == _GRAPH_DEF:
            self._locate(GRAPH, begin, end, step, wall_time)
        elif part.number == _META_GRAPH_DEF:
            for inner in fields(self.buffer, begin, end):
                if inner.number == _META_GRAPH_GRAPH and inner.kind == LENGTH:
                    self._locate(META_GRAPH, inner.begin, inner.end, step, wall_time)
        elif part.number == _RUN_METADATA:
            self._locate(("tagged_run_metadata", None), begin, end, step, wall_time)
        elif part.number == _SESSION_LOG:
            log = SessionLog.FromString(self.buffer[begin:end])
            self.add_piece(Session(log.status, step, wall_time, log.msg))
        elif part.number == _LOG_MESSAGE:
            self.add_piece(Note(LogMessage.FromString(self.buffer[begin:end]).message))
        elif part.number == _FILE_VERSION:
            self.add_piece(Version(self.buffer[begin:end]))

    def _add_value(self, value: _Value, step: int, wall_time: float) -> None:
        if value.metadata is not None:
            said = value.metadata
            plugin = said.plugin_data.plugin_name
            self.metadata.setdefault(value.tag, Metadata(plugin, said.display_name, said.summary_description))
        known = self.metadata.get(value.tag)
        scalar = value.simple_value
        if value.tensor is not None and (known is None or known.plugin in (b"", SCALARS_PLUGIN)):
            scalar = number(value.tensor)
        if scalar is None:
            kind = text(known.plugin) if known is not None and known.plugin else value.kind
            self._locate((kind, value.tag), value.begin, value.end, step, wall_time)
        else:
            rows = self._rows_of(value.tag)
            rows.step.append(step)
            rows.wall_time.append(wall_time)
            rows.value.append(scalar)

    def _locate(self, key: Key, begin: int, end: int, step: int, wall_time: float) -> None:
        spans = self._spans.get(key)
        if spans is None:
            spans = self._spans[key] = Spans([], [], [], [])
        spans.step.append(step)
        spans.wall_time.append(wall_time)
        spans.begin.append(begin)
        spans.end.append(end)


class _Value(NamedTuple):
    """A ``Summary.Value``: where it lies, and of what it holds all that may be a scalar."""

    begin: int
    end: int
    tag: bytes
    metadata: Any
    kind: str
    simple_value: float | None
    tensor: Any


def _holds(part: Field) -> bool:
    return part.number == _VALUE and part.kind == LENGTH


def _value_of(buffer: bytes, span: Field) -> _Value:
    """Take a value apart; ``ValueError`` or ``DecodeError`` if it is malformed."""
    tag, metadata, held = b"", None, None
    for part in fields(buffer, span.begin, span.end):
        if part.number == _SIMPLE_VALUE and part.kind == FIXED32:
            held = part
        elif part.kind == LENGTH and part.number == _TAG:
            tag = buffer[part.begin : part.end]
        elif part.kind == LENGTH and part.number == _METADATA:
            metadata = SummaryMetadata.FromString(buffer[part.begin : part.end])
        elif part.kind == LENGTH and part.number in _PAYLOADS:
            held = part
    simple_value = tensor = None
    kind = ""
    if held is not None and held.number == _SIMPLE_VALUE:
        simple_value = _FLOAT.unpack_from(buffer, held.begin)[0]
    elif held is not None and held.number == _TENSOR:
        kind = "tensors"
        if held.end - held.begin <= LONGEST_NUMBER:
            tensor = TensorProto.FromString(buffer[held.begin : held.end])
    elif held is not None:
        kind = _PLUGINS.get(held.number, "")
    return _Value(span.begin, span.end, tag, metadata, kind, simple_value, tensor)


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


_known_tag_of = lru_cache(maxsize=4096)(_tag_of)  # a view reads a few records of each tag at a time
