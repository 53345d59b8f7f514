"""Records read in rows give what they give one at a time, whatever comes between, and however they are cut."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbnotebook.events.record import frame
from tbnotebook.events.schema import DataType, Event, SessionStatus
from tbnotebook.reader import medley, period, stream
from tbnotebook.reader.decode import decode
from tbnotebook.reader.frames import split
from tbnotebook.reader.patterns import Patterns
from tbnotebook.reader.pieces import Batch
from tbnotebook.reader.stream import Stream
from tests.reader.files import scalar, session, version


@pytest.fixture(scope="module", autouse=True)
def no_row_is_too_small():
    """Rows are read as such however few bytes there are, so that short files show what long ones would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "_SMALL", 0)
        patch.setattr(stream, "_LEAST_ROUNDS", 1)
        patch.setattr(period, "_FEW", 16)
        patch.setattr(period, "_MANY", 64)
        patch.setattr(medley, "_FEW", 2)
        yield


def tensor(tag, step, value, *, content=False, dtype=DataType.FLOAT, plugin=b"scalars", wall_time=7.5):
    """A scalar as TensorFlow 2 writes it."""
    event = Event(wall_time=wall_time, step=step)
    entry = event.summary.value.add(tag=tag)
    entry.tensor.dtype = dtype
    entry.tensor.tensor_shape.SetInParent()
    if content:
        entry.tensor.tensor_content = struct.pack("<f", value)
    else:
        entry.tensor.float_val.append(value)
    if plugin is not None:
        entry.metadata.plugin_data.plugin_name = plugin
    return event.SerializeToString()


def longer(payload, size):
    """The same event, with a field that says nothing, so that it takes ``size`` bytes."""
    event = Event.FromString(payload)
    event.summary.value[0].node_name = b"n"
    event.summary.value[0].node_name = b"n" * (1 + size - len(event.SerializeToString()))
    assert len(event.SerializeToString()) == size
    return event.SerializeToString()


def image(tag, step):
    event = Event(wall_time=5.0, step=step)
    event.summary.value.add(tag=tag).image.encoded_image_string = b"png" * 50
    return event.SerializeToString()


def flat(pieces):
    """Pieces as comparable: scalars that follow each other tag by tag, whatever batches they came in."""
    found = []
    for piece in pieces:
        if isinstance(piece, Batch):
            if not found or not isinstance(found[-1], dict):
                found.append({})
            for tag, rows in piece.rows.items():
                points = [(int(s), struct.pack("<d", w), struct.pack("<d", v)) for s, w, v in zip(*rows)]
                found[-1].setdefault(tag, []).extend(points)
            for key, spans in piece.spans.items():
                found[-1].setdefault(key, []).extend((s, repr(w), b, e) for s, w, b, e in zip(*spans))
        else:
            found.append(repr(piece))
    return found


def one_at_a_time(data):
    spans, rest = split(data)
    return flat(decode(data, spans, {})), len(spans), rest


def streamed(data, *, mixed=False, patterns=None):
    reader = Stream(patterns or Patterns())
    reader.mixed = mixed
    pieces, records, _, rest = reader.take(data, {})
    return flat(pieces), records, rest


def check(data):
    want = one_at_a_time(data)
    assert streamed(data) == want
    assert streamed(data, mixed=True) == want


def many(tags, steps):
    return [scalar(tag, step, step / 3, 1.7e9 + step / 7) for step in steps for tag in tags]


ROWS = {
    "one tag": many(["loss"], range(3000)),
    "steps of every width": many(["loss"], [10**k + n for k in range(19) for n in range(40)]),
    "negative steps": many(["loss"], range(-500, 500)),
    "twenty tags in turn": many([f"layer{n}/loss" for n in range(20)], range(400)),
    "tags of every length": many(["x" * n for n in range(60)], range(100)),
    "one tag twice in turn": many(["a", "b", "a"], range(300)),
    "two that come now and then": [scalar("a" if n % 3 else "b", n) for n in range(900)],
    "a tag longer than its length's byte": many(["t" * 200], range(300)),
    "tensors": [tensor(b"loss", n, n / 3) for n in range(900)],
    "tensors by content": [tensor(b"loss", n, n / 3, content=True) for n in range(900)],
    "tensors of integers": [tensor(b"n", n, n / 3, content=True, dtype=DataType.INT32) for n in range(300)],
    "tensors of a plugin that is not scalars": [tensor(b"x", n, n / 3, plugin=b"other") for n in range(300)],
    "an image every hundred steps": [
        event
        for n in range(900)
        for event in [scalar("a", n), scalar("b", n), *([image(b"i", n)] if n % 100 == 0 else [])]
    ],
    "without a wall time": [scalar("a", n, 1.0, 0.0) for n in range(300)],
    "without a step": [scalar("a", 0, n) for n in range(300)],
    "a START amid": [*many(["a"], range(300)), session(SessionStatus.START, 7), *many(["a"], range(300))],
    "every value and time": [
        scalar("a", n, value, wall_time)
        for n in range(100)
        for value, wall_time in [(float("nan"), 1.0), (float("-inf"), float("nan")), (-0.0, 1e300), (1e-45, -5.0)]
    ],
}


@pytest.mark.parametrize("payloads", ROWS.values(), ids=ROWS)
def test_rows_give_what_their_records_give(payloads):
    check(b"".join(map(frame, [version(), *payloads])))


PLAIN = [tensor(b"x", n, n / 3, plugin=None) for n in range(300)]
OF_ONE_KEY = [
    [tensor(b"x", 0, 0.5, plugin=b"other"), *PLAIN],
    [longer(scalar("x", n, n / 3), len(payload)) for n, payload in enumerate(PLAIN)],
    PLAIN,
]


def test_what_other_files_have_taught_changes_nothing():
    files = [b"".join(map(frame, [version(), *payloads])) for payloads in [*ROWS.values(), *OF_ONE_KEY]]
    for order in (files, files[::-1]):
        for mixed in (False, True):
            patterns = Patterns()
            for data in order:
                assert streamed(data, mixed=mixed, patterns=patterns) == one_at_a_time(data)


def test_records_that_look_like_those_of_another_file_are_read_in_rows_all_the_same():
    patterns = Patterns()
    for payloads in OF_ONE_KEY:
        data = b"".join(map(frame, [version(), *payloads]))
        alike = Stream(Patterns()).take(data, {}).alike
        assert Stream(patterns).take(data, {}).alike >= 0.7 * alike


def test_alike_records_are_read_in_rows():
    for name in ("one tag", "twenty tags in turn", "tensors", "tensors by content", "one tag twice in turn"):
        data = b"".join(map(frame, [version(), *ROWS[name]]))
        taken = Stream(Patterns()).take(data, {})
        assert taken.alike > 0.85 * taken.records, name


@pytest.mark.parametrize("payloads", [ROWS["one tag"][:300], ROWS["twenty tags in turn"][:400], ROWS["tensors"][:200]])
def test_a_changed_byte_anywhere_in_a_row_ends_it_at_its_record(payloads):
    frames = [frame(payload) for payload in [version(), *payloads]]
    victim = len(frames) - 40
    begin = sum(map(len, frames[:victim]))
    for place in range(len(frames[victim])):
        data = bytearray(b"".join(frames))
        data[begin + place] ^= 1 << place % 8
        found, records, rest = streamed(bytes(data))
        assert (records, rest) == (victim, begin)
        assert found == one_at_a_time(b"".join(frames[:victim]))[0]


def test_a_buffer_that_ends_anywhere_is_taken_up_by_the_next():
    data = b"".join(map(frame, [version(), *ROWS["twenty tags in turn"][:900]]))
    want = one_at_a_time(data)[0]
    for size in (1000, 4099, 20_000):
        reader, at, pieces = Stream(Patterns()), 0, []
        while at < len(data):
            taken = reader.take(data[at : at + size], {})
            assert taken.records
            pieces += taken.pieces
            at += taken.rest
        assert flat(pieces) == want


EVENTS = st.one_of(
    st.builds(
        lambda tag, count, first, value: [scalar(tag, first + n, value) for n in range(count)],
        st.sampled_from(["a", "b", "longer/tag", "", "x" * 130]),
        st.integers(1, 60),
        st.integers(-3, 2**63 - 100),
        st.floats(width=32),
    ),
    st.builds(
        lambda tags, count, first: many(tags, range(first, first + count)),
        st.lists(st.sampled_from(["a", "b", "c", "dd"]), min_size=1, max_size=6),
        st.integers(1, 40),
        st.integers(0, 20_000),
    ),
    st.builds(
        lambda count, content, plugin: [tensor(b"a", n, n, content=content, plugin=plugin) for n in range(count)],
        st.integers(1, 40),
        st.booleans(),
        st.sampled_from([b"scalars", b"other", b""]),
    ),
    st.just([image(b"a", 1)]),
    st.just([version()]),
    st.just([b"no event"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENTS, max_size=8), st.integers(1, 5), st.data())
def test_whatever_comes_in_whatever_order_is_what_it_is_one_at_a_time(groups, times, data):
    buffer = b"".join(frame(payload) for group in groups for payload in group) * times
    if buffer and data.draw(st.booleans()):
        place = data.draw(st.integers(0, len(buffer) - 1))
        buffer = buffer[:place] + bytes([buffer[place] ^ data.draw(st.integers(1, 255))]) + buffer[place + 1 :]
    check(buffer)


def test_a_file_that_stops_the_sorting_again_and_again_is_not_sorted_anew_each_time(monkeypatch):
    """Each tag has bare tensors, is described, and has more of them."""
    calls = []
    sort = medley.medley
    monkeypatch.setattr(stream, "medley", lambda *args: calls.append(args) or sort(*args))
    payloads = []
    for tag in (f"tag{n}".encode() for n in range(40)):
        bare = [Event.FromString(tensor(tag, n, n)) for n in range(1, 17)]
        for event in bare:
            event.summary.value[0].ClearField("metadata")
        plain = [event.SerializeToString() for event in bare]
        payloads += [*plain[:8], tensor(tag, 9, 9), *plain[8:]]
    check(b"".join(map(frame, payloads)))
    assert 0 < len(calls) < 5
