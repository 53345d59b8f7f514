"""``python -m tests.reader.programme.fuzz TARGET …``: libFuzzer's words; what it finds raises, or hangs.

The fuzzer sees which lines of the package a file reaches, and makes more of those that reach new ones.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress

import atheris

with atheris.instrument_imports(include=["tbnotebook"]):
    from tbnotebook.events.loss import parse_loss
    from tbnotebook.graph import from_graphdef, outline
    from tbnotebook.reader import bulk, stream, tail
    from tbnotebook.reader.decode import decode
    from tbnotebook.reader.frames import split
    from tbnotebook.reader.patterns import Patterns
    from tbnotebook.reader.pieces import Batch, Broken
    from tbnotebook.reader.protowire import fields

from google.protobuf.message import DecodeError

from tbnotebook.events.record import frame
from tbnotebook.events.schema import Event
from tbnotebook.reader.storage import Entry

TARGETS = {}


def target(function):
    TARGETS[function.__name__] = function
    return function


class Held:
    """A storage of one file; ``size`` is how much of it is there."""

    def __init__(self, data, size):
        self.data = data
        self.size = size

    @property
    def entry(self):
        return Entry(self.size, 0.0, "the file")

    def stat(self, path):
        return self.entry

    @contextmanager
    def open(self, path):
        yield self

    def read(self, offset, length):
        return self.data[offset : min(offset + length, self.size)]


def state(read):
    """All that a file has given, comparable."""
    content = read.content
    columns = [*content.series.items(), *content.purged.items(), *content.places.items()]
    return repr(
        (
            [(key, [column.tolist() for column in own.points()]) for key, own in columns],
            [content.starts, content.ended, content.ended_by, content.first, content.last, content.losses],
            [(problem.offset, problem.reason) for problem in read.problems(1e9)],
        )
    )


def read_at(data, *sizes):
    """What a file gives that is looked at when it has these sizes."""
    storage = Held(data, 0)
    found = tail.Tail(storage, "the file", "run", Patterns())
    for size in sizes:
        storage.size = size
        found.look()
        found.read_on()
        found.problems(1e9)
    return found


@target
def record(data):
    """A file of any bytes: whole, in two looks, and read together with itself, it gives the same."""
    whole = read_at(data, len(data))
    parts = read_at(data, len(data) // 3, len(data))
    if not any("too many false records" in problem.reason for each in (whole, parts) for problem in each.problems(1e9)):
        assert state(parts) == state(whole)
    spans, _ = split(data)
    found = stream.Stream(Patterns()).take(data, {})
    assert found.records == len(spans)
    for read in bulk.read_together([data, data], bulk.Known()):
        assert read.records == len(spans)
        other = read_at(data, len(data))
        other.content = read.content
        assert state(other) == state(whole)


@target
def records(data):
    """The same of a file whose records are sound but for some: payloads of a byte's length each."""
    found, at = b"", 0
    while at + 1 < len(data):
        payload = data[at + 1 : at + 1 + data[at]]
        whole = frame(payload)
        if data[at] == 255 and payload:
            whole = whole[: payload[0]]  # torn
        found += whole
        at += 1 + data[at]
    record(found)


@target
def proto(data):
    """A payload of any bytes: its scalars are those that the schema reads."""
    parse_loss(data)
    pieces = decode(data, [(0, len(data))], {})
    if any(isinstance(piece, Broken) for piece in pieces):
        return
    try:
        event = Event.FromString(data)
    except DecodeError:
        return
    kinds = [field.number for field in fields(data, 0, len(data)) if field.number >= 3]
    values = event.summary.value
    if kinds != [5] or any(value.WhichOneof("value") not in (None, "simple_value") for value in values):
        return
    wanted = {}
    for value in values:
        if value.HasField("simple_value"):
            wanted.setdefault(value.tag, []).append((event.step, event.wall_time, value.simple_value))
    rows = [piece.rows for piece in pieces if isinstance(piece, Batch)]
    got = {tag: list(zip(*columns)) for row in rows for tag, columns in row.items()}
    assert repr(got) == repr(wanted)


@target
def graph(data):
    """A graph of any bytes, and facts of any bytes beside it: understood, or refused with a reason."""
    scopes, _, graphdef = data.rpartition(b"\xff\xfe")
    with suppress(ValueError):
        outline(from_graphdef(graphdef, scopes or None))


def main():
    chosen = TARGETS[sys.argv.pop(1)]
    stream._SMALL, stream._LEAST_ROUNDS, stream._SETTLED = 0, 1, 16  # rows of few records are read as such
    tail.WINDOW = tail.WIDE_WINDOW = 1 << 10
    atheris.Setup(sys.argv, chosen)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
