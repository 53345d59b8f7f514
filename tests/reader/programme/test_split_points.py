"""A reader that looks in at any moments shows in the end what one shows that reads the finished file at once."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbnotebook.reader import LogDir, stream, tail
from tests.reader.files import NAME, age, read, records, scalar, session, start, version
from tests.reader.programme import kinds
from tests.reader.programme.test_flips import MIXED, ROWS
from tests.soaking import scaled

pytestmark = pytest.mark.scales

SMUGGLED = kinds.words("w", 2, said=records(scalar("smuggled", 1), version()) + b"!")


def torn(*payloads):
    """Records of which the first has lost its second half."""
    first, *others = payloads
    whole = records(first)
    return whole[: len(whole) // 2] + records(*others)


FILES = {
    "mixed kinds": records(*MIXED),
    "mixed kinds with damage": bytes(
        byte ^ (0x20 if at % 331 == 77 else 0) for at, byte in enumerate(records(*MIXED, *MIXED[3:]))
    ),
    "torn, smuggled and no event": records(version(), SMUGGLED)
    + torn(SMUGGLED, SMUGGLED, scalar("a", 1))
    + records(b"\xff", b"", scalar("a", 2))
    + bytes(40)
    + records(scalar("a", 3)),
}


@pytest.fixture
def shown_at_once(tmp_path):
    """Writes the file whole and tells what it shows."""

    def shown(data):
        path = tmp_path / "whole" / NAME
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        age(path)
        return kinds.shown(read(path.parent))

    return shown


def shown_in_parts(folder, data, cuts, budget=None):
    """What a log shows that was looked at whenever the file had reached one of the cuts."""
    folder.mkdir(exist_ok=True)
    log = LogDir(folder)
    with open(folder / NAME, "wb", buffering=0) as file:
        begin = 0
        for end in [*sorted(cuts), len(data)]:
            file.write(data[begin:end])
            begin = end
            log.poll(budget)
    age(folder / NAME)
    log.poll()
    return kinds.shown(log)


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_every_split_point_gives_what_reading_at_once_gives(tmp_path, shown_at_once, data):
    want = shown_at_once(data)
    for cut in range(0, len(data) + 1, scaled(2, 1)):
        assert shown_in_parts(tmp_path / "parts", data, [cut]) == want, cut


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_byte_by_byte_gives_what_reading_at_once_gives(tmp_path, shown_at_once, data):
    assert shown_in_parts(tmp_path / "parts", data, range(len(data))) == shown_at_once(data)


@pytest.mark.parametrize("payloads", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("damaged", [False, True], ids=["sound", "damaged"])
def test_records_that_are_read_in_rows_may_be_cut_anywhere(tmp_path, shown_at_once, payloads, damaged):
    data = bytearray(records(version(), *payloads))
    if damaged:
        data[len(data) // 2] ^= 1
    want = shown_at_once(data)
    draw = random.Random(15)
    for _ in range(scaled(8, 1000)):
        cuts = draw.sample(range(len(data)), draw.randrange(1, 6))
        assert shown_in_parts(tmp_path / "parts", data, cuts) == want, cuts


EVENTS = st.one_of(
    st.builds(scalar, st.sampled_from("ab"), st.integers(0, 9)),
    st.builds(kinds.tensor_scalar, st.just("t"), st.integers(0, 9), content=st.booleans()),
    st.builds(kinds.several, st.integers(0, 9), a=st.just(1.0), c=st.just(float("nan"))),
    st.builds(kinds.image, st.just("i"), st.integers(0, 9)),
    st.builds(kinds.graph, st.sampled_from("gh")),
    st.builds(kinds.meta_graph, st.sampled_from("mn")),
    st.builds(start, st.integers(0, 9), st.sampled_from([1003.0, 2000.0])),
    st.builds(session, st.sampled_from([0, 2, 3, 7])),
    st.builds(kinds.note, loss=st.sampled_from([None, 1])),
    st.sampled_from([version(), version(b"brain.Event:1"), b"", b"\xff", SMUGGLED]),
)
ROW = st.builds(
    lambda first, count, tag: [scalar(tag, step) for step in range(first, first + count)],
    st.integers(0, 200),
    st.integers(1, 40),
    st.sampled_from("ab"),
)


@settings(max_examples=scaled(60, 20_000), deadline=None)
@given(st.lists(st.one_of(st.lists(EVENTS, max_size=6), ROW), max_size=6), st.data())
def test_whatever_the_events_the_damage_and_the_moments(tmp_path_factory, groups, data):
    content = bytearray(records(*(payload for group in groups for payload in group)))
    draw = data.draw
    for _ in range(draw(st.integers(0, 3)) if content else 0):
        at = draw(st.integers(0, len(content) - 1))
        content[at : at + draw(st.integers(0, 20))] = draw(st.binary(max_size=20))
    cuts = draw(st.lists(st.integers(0, len(content)), max_size=8))
    folder = tmp_path_factory.mktemp("logs")
    (folder / NAME).write_bytes(content)
    age(folder / NAME)
    want = kinds.shown(read(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tail, "WINDOW", draw(st.sampled_from([64, 500, 1 << 18])))  # a budget of nothing reads one
        patch.setattr(stream, "_SMALL", 0)
        patch.setattr(stream, "_LEAST_ROUNDS", 1)
        assert shown_in_parts(folder / "parts", bytes(content), cuts, draw(st.sampled_from([None, 0.0]))) == want


def test_a_damaged_record_is_told_as_such_also_where_it_was_first_seen_cut(tmp_path, shown_at_once):
    """A sound record in it was found before the rest of it came."""
    inner = records(scalar("smuggled", 1))
    data = bytearray(records(b"text " + inner + b" and more text behind it"))
    data[13] ^= 1
    want = shown_at_once(bytes(data))
    for cut in range(len(data)):
        assert shown_in_parts(tmp_path / "parts", bytes(data), [cut]) == want, cut
