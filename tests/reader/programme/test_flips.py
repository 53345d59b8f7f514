"""A flipped bit or a cut costs its record and no other: in files of mixed kinds, and where records are read in rows."""

from __future__ import annotations

import random
from bisect import bisect_right

import pytest

from tbnotebook.events.schema import Event
from tbnotebook.reader import logdir, tail
from tbnotebook.reader.bulk import Known, read_together
from tbnotebook.reader.patterns import Patterns
from tbnotebook.reader.stream import Stream
from tests.reader.files import NAME, age, offsets, read, records, scalar, start, stop, version, write
from tests.reader.programme import kinds
from tests.soaking import scaled

pytestmark = pytest.mark.scales

MIXED = [
    version(),
    start(0, 1000.0),
    kinds.graph("whole"),
    kinds.tensor_scalar("t", 1),
    kinds.tensor_scalar("t", 2, plugin=None, content=True),
    kinds.several(3, a=1.0, b=2.0),
    kinds.image("i", 1),
    kinds.audio("au", 1),
    kinds.histogram("h", 1),
    kinds.words("w", 1),
    kinds.meta_graph("meta"),
    kinds.graph("last"),
    kinds.note(),
    kinds.note(loss=3),
    scalar("a", 4),
    scalar("a", 5),
    start(5, 1100.0),
    scalar("b", 5, float("nan"), float("nan")),
    scalar("a", 6, -0.5),
    stop(message=b"done"),
]
LOGGED = 3000
SHORT = 1 << 15  # bytes
ROWS = {
    "one tag": [scalar("loss", step, step / 3) for step in range(LOGGED)],
    "tags in turn": [scalar(f"layer{step % 3}/loss", step // 3, step / 3) for step in range(LOGGED)],
    "tensors": [kinds.tensor_scalar("loss", step, step / 3) for step in range(LOGGED)],
    "tags in no order": [
        kinds.words("said", step) if step % 300 == 299 else scalar("layer/" + tag, step, step / 3)
        for step, tag in enumerate(random.Random(1).choices(["a", "bb", "loss"], k=LOGGED))
    ],
}


@pytest.fixture(scope="module")
def put(tmp_path_factory):
    """Writes the file anew, in place and still since long, and tells all that it shows."""
    folder = tmp_path_factory.mktemp("logs")

    def shown(data):
        (folder / NAME).write_bytes(data)
        age(folder / NAME)
        return kinds.shown(read(folder))

    return shown


def flipped(data, at, bit):
    changed = bytearray(data)
    changed[at] ^= 1 << bit
    return bytes(changed)


def test_a_flipped_bit_anywhere_in_a_file_of_all_kinds_gives_what_its_other_records_give(put):
    clean, begins = records(*MIXED), offsets(MIXED)
    without = [put(records(*MIXED[:hit], *MIXED[hit + 1 :])) for hit in range(len(MIXED))]
    for at in range(len(clean)):
        hit = bisect_right(begins, at) - 1
        for bit in random.Random(at).sample(range(8), scaled(1, 8)):
            found = put(flipped(clean, at, bit))
            marks = [(kind, offset) for _, kind, offset, _ in found["problems"] if kind != "lost"]
            assert marks == [("damaged", begins[hit])], (at, bit)
            assert (found["points"], found["runs"]) == (without[hit]["points"], without[hit]["runs"]), (at, bit)


def test_a_file_of_all_kinds_cut_anywhere_gives_its_whole_records_and_marks_the_rest(put):
    clean, begins = records(*MIXED), offsets(MIXED)
    for size in range(len(clean)):
        whole = bisect_right(begins, size) - 1
        found, want = put(clean[:size]), put(clean[: begins[whole]])
        assert (found["points"], found["runs"]) == (want["points"], want["runs"]), size
        cut = [(kind, offset) for _, kind, offset, _ in found["problems"] if kind != "lost"]
        assert cut == ([] if size == begins[whole] else [("damaged" if whole else "foreign", begins[whole])]), size


@pytest.mark.parametrize("payloads", ROWS.values(), ids=ROWS)
def test_a_flipped_bit_in_records_that_are_read_in_rows_costs_its_record_and_no_other(put, monkeypatch, payloads):
    monkeypatch.setattr(tail, "WINDOW", SHORT)  # of several, so that records in no order are known as such
    monkeypatch.setattr(tail, "WIDE_WINDOW", SHORT)
    payloads = [version(), *payloads]
    clean, begins = records(*payloads), offsets(payloads)
    assert in_rows(clean) > 0.6 * LOGGED
    whole = put(clean)
    draw = random.Random(14)
    for _ in range(scaled(60, 5000)):
        at, bit = draw.randrange(begins[1], len(clean)), draw.randrange(8)
        hit = bisect_right(begins, at) - 1
        found = put(flipped(clean, at, bit))
        assert [(kind, offset) for _, kind, offset, _ in found["problems"]] == [("damaged", begins[hit])], (at, bit)
        assert found["points"]["."] == [without(whole["points"]["."][0], payloads[hit])], (at, bit)


def in_rows(data):
    """How many records are read in rows."""
    stream, at, found = Stream(Patterns()), 0, 0
    while at < len(data):
        taken = stream.take(data[at : at + SHORT], {})
        found += taken.alike
        at += taken.rest
    return found


def without(curves, payload):
    """The curves less the point that a payload holds, if it holds one."""
    event = Event.FromString(payload)
    (value,) = event.summary.value
    tag = value.tag.decode()
    return {
        name: [point for point in rows if (name, point[0]) != (tag, event.step)] for name, rows in curves.items()
    }


def test_a_file_of_rows_cut_anywhere_gives_its_whole_records(put):
    payloads = [version(), *ROWS["tags in turn"]]
    clean, begins = records(*payloads), offsets(payloads)
    whole = put(clean)["points"]["."][0]
    draw = random.Random(15)
    for size in [draw.randrange(begins[1], len(clean)) for _ in range(scaled(60, 2000))]:
        count = bisect_right(begins, size) - 2
        left = {tag: rows[: (count + 2 - turn) // 3] for turn, (tag, rows) in enumerate(whole.items())}
        assert put(clean[:size])["points"]["."][0] == {tag: rows for tag, rows in left.items() if rows}, size


TOGETHER = [version(), start(0), *(scalar("loss", step) for step in range(1, 21)), stop(message=b"done")]


@pytest.fixture
def amid(tmp_path, monkeypatch):
    """Reads a file together with a whole one before it and another behind, and returns its run."""
    monkeypatch.setattr(logdir, "_MANY", 2)
    assert len(list(read_together([records(*TOGETHER)] * 3, Known()))) == 3
    paths = [write(tmp_path / name, *TOGETHER) for name in ("a", "b", "c")]

    def run(data):
        paths[1].write_bytes(data)
        for path in paths:
            age(path)
        log = read(tmp_path)
        for name in ("a", "c"):
            assert log.runs[name].scalars["loss"].step.tolist() == list(range(1, 21))
            assert (log.runs[name].problems, log.runs[name].ended) == ([], True)
        return log.runs["b"]

    return run


def test_a_flipped_bit_in_a_small_file_that_is_read_with_others_costs_its_record_and_no_other(amid):
    clean, begins = records(*TOGETHER), offsets(TOGETHER)
    for at in range(0, len(clean), scaled(3, 1)):
        hit = bisect_right(begins, at) - 1
        run = amid(flipped(clean, at, at % 8))
        assert [(p.kind, p.offset) for p in run.problems] == [("damaged", begins[hit])], at
        assert run.scalars["loss"].step.tolist() == [step for step in range(1, 21) if step != hit - 1], at
        assert run.ended == (hit != len(TOGETHER) - 1), at


def test_a_small_file_that_is_read_with_others_and_cut_anywhere_gives_its_whole_records(amid):
    clean, begins = records(*TOGETHER), offsets(TOGETHER)
    for size in range(begins[3], len(clean), scaled(5, 1)):
        whole = bisect_right(begins, size) - 1
        run = amid(clean[:size])
        assert [p.offset for p in run.problems] == ([] if size == begins[whole] else [begins[whole]]), size
        assert run.scalars["loss"].step.tolist() == list(range(1, whole - 1)), size
        assert not run.ended
