from __future__ import annotations

import warnings
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tbnotebook import SummaryWriter
from tbnotebook.events.loss import parse_loss
from tbnotebook.events.scalars import SMALL
from tbnotebook.events.schema import Summary
from tbnotebook.writer import BadValue, WriterWarning
from tbnotebook.writer.encoder import FIELDS, Encoder
from tbnotebook.writer.health import Tally
from tests.events.reading import events_in, scalars_in

GOOD_VALUES = [
    (0.5, 0.5),
    (3, 3.0),
    (True, 1.0),
    (2**70, float(2**70)),
    (float("inf"), float("inf")),
    (1e300, float("inf")),
    (Fraction(1, 4), 0.25),
    (Decimal("0.5"), 0.5),
    (np.float64(0.5), 0.5),
    (np.float16(0.5), 0.5),
    (np.int8(-3), -3.0),
    (np.uint64(2**63), float(2**63)),
    (np.bool_(True), 1.0),
    (np.array(0.5), 0.5),
    (np.array([0.5]), 0.5),
    (np.array([[2]], np.int32), 2.0),
]
BAD_VALUES: list[Any] = [
    None,
    "high",
    b"\xff",
    1j,
    np.complex64(1j),
    np.array([]),
    np.array([1.0, 2.0]),
    [1.0],
    {"loss": 1.0},
    object(),
    10**400,
]
GOOD_STEPS = [(7, 7), (-7, -7), (2**63 - 1, 2**63 - 1), (np.int32(7), 7), (np.array([7]), 7), (7.9, 7), (True, 1)]
BAD_STEPS: list[Any] = [2**63, -(2**63) - 1, float("nan"), float("inf"), "seven", [7], np.array([1, 2]), 1j]
BAD_TAGS: list[Any] = [None, 3, ["loss"], {}, object()]


def shown(given: Any) -> str:
    """A name that is the same in every process."""
    return repr(given).partition(" at 0x")[0]


@pytest.mark.parametrize(("given", "stored"), GOOD_VALUES)
def test_a_real_number_of_any_type_is_written(tmp_path: Path, given: Any, stored: float) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer:
        writer.add_scalar("x", given, 1)
    assert scalars_in(tmp_path) == [(b"x", 1, stored)]


def test_nan_is_written_as_nan(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer:
        writer.add_scalar("x", float("nan"), 1)
    ((_, _, value),) = scalars_in(tmp_path)
    assert np.isnan(value)


@pytest.mark.parametrize(("given", "stored"), GOOD_STEPS)
def test_a_whole_step_of_any_type_is_written(tmp_path: Path, given: Any, stored: int) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer:
        writer.add_scalar("x", 0.5, given)
    assert scalars_in(tmp_path) == [(b"x", stored, 0.5)]


@pytest.mark.parametrize("value", BAD_VALUES, ids=shown)
def test_a_bad_value_is_left_out_counted_and_the_rest_is_written(tmp_path: Path, value: Any) -> None:
    check_left_out(tmp_path, ("x", value, 1))


@pytest.mark.parametrize("step", BAD_STEPS, ids=shown)
def test_a_bad_step_is_left_out_counted_and_the_rest_is_written(tmp_path: Path, step: Any) -> None:
    check_left_out(tmp_path, ("x", 0.5, step))


@pytest.mark.parametrize("tag", BAD_TAGS, ids=shown)
def test_a_bad_tag_is_left_out_counted_and_the_rest_is_written(tmp_path: Path, tag: Any) -> None:
    check_left_out(tmp_path, (tag, 0.5, 1))


@pytest.mark.parametrize("wall_time", ["noon", [1.0], 1j])
def test_a_bad_wall_time_is_left_out_counted_and_the_rest_is_written(tmp_path: Path, wall_time: Any) -> None:
    check_left_out(tmp_path, ("x", 0.5, 1, wall_time))


@pytest.mark.parametrize("count", [1, 200])
def test_wall_times_that_are_lists_and_no_other_among_them_are_left_out_and_counted(tmp_path: Path, count: int) -> None:
    writer = SummaryWriter(tmp_path)
    for step in range(count):
        writer.add_scalar("x", 0.5, step, [1.0])  # type: ignore[arg-type]
    with pytest.warns(WriterWarning, match="a wall time is in seconds"):
        assert writer.flush()
    writer.close()
    assert (writer.health.written, writer.health.dropped) == (0, count)


def check_left_out(folder: Path, arguments: tuple[Any, ...]) -> None:
    writer = SummaryWriter(folder)

    def add() -> None:
        writer.add_scalar("before", 1.0, 1)
        for _ in range(10):
            writer.add_scalar(*arguments)
        writer.add_scalar("after", 2.0, 2)
        assert writer.flush()

    with pytest.warns(WriterWarning, match="left out an event of tag") as warned:
        add()
    assert len(warned) == 1
    assert (writer.health.written, writer.health.dropped) == (2, 10)
    writer.close()
    assert scalars_in(folder) == [(b"before", 1, 1.0), (b"after", 2, 2.0)]

    with SummaryWriter(folder, strict=True) as strict, pytest.raises(BadValue):
        strict.add_scalar(*arguments)


def test_an_error_that_nobody_thought_of_costs_no_entry_beside_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def short_of_memory(*_: Any) -> bytes:
        raise MemoryError("Unable to allocate")

    monkeypatch.setattr("tbnotebook.writer.encoder.encode_scalars", short_of_memory)
    with SummaryWriter(tmp_path) as writer:
        for step in range(200):
            writer.add_scalar("x", 1.0, step)
    assert [step for _, step, _ in scalars_in(tmp_path)] == list(range(200))
    assert writer.health.dropped == 0


def test_what_was_left_out_is_told_in_the_file(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", WriterWarning)
        for _ in range(1000):
            writer.add_scalar("x", "bad", 1)
            writer.flush()
    writer.close()
    told = [event.log_message.message for event in events_in(tmp_path) if event.HasField("log_message")]
    losses = [parse_loss(message) for message in told]
    assert sum(loss.count for loss in losses if loss) == 1000
    assert len(losses) < 15


def test_warnings_as_errors_do_not_raise_in_a_training_loop(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with SummaryWriter(tmp_path) as writer:
            writer.add_scalar("x", "bad", 1)
            writer.add_scalar(None, 1.0, 1)  # type: ignore[arg-type]
            writer.add_scalar("x", 1.0, 2)
    assert scalars_in(tmp_path) == [(b"x", 2, 1.0)]
    assert writer.health.dropped == 2


def test_without_a_step_the_tags_own_count_goes_on(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("a", 0.0)
        writer.add_scalar("a", 1.0)
        writer.add_scalar("b", 2.0)
        writer.flush()
        for step in range(40, 160):
            writer.add_scalar("a", 3.0, step)
        writer.flush()
        writer.add_scalar("a", 4.0)
    found = scalars_in(tmp_path)
    assert found[:3] == [(b"a", 0, 0.0), (b"a", 1, 1.0), (b"b", 0, 2.0)]
    assert found[-1] == (b"a", 160, 4.0)


def test_a_value_is_taken_as_it_is_at_the_call(tmp_path: Path) -> None:
    value, step = np.array([1.0]), np.array(5)
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("x", value, step)
        value[0], step[...] = 9.0, 9
    assert scalars_in(tmp_path) == [(b"x", 5, 1.0)]


def test_tags_that_are_no_unicode_stay_apart_and_legible(tmp_path: Path) -> None:
    tags: list[Any] = ["\ud800", "\ud801", b"\xff", b"\xc3\xa9", "é", ""]
    with SummaryWriter(tmp_path, strict=True) as writer:
        for tag in tags:
            writer.add_scalar(tag, 1.0, 1)
    assert [tag.decode() for tag, _, _ in scalars_in(tmp_path)] == ["\\ud800", "\\ud801", "\\xff", "é", "é", ""]


def test_a_display_name_and_a_description_go_into_the_metadata(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("x", 0.5, 1, display_name="Loss", summary_description="of the *validation* set")
    (value,) = [value for event in events_in(tmp_path) for value in event.summary.value]
    assert (value.tag, value.simple_value) == (b"x", 0.5)
    assert (value.metadata.display_name, value.metadata.summary_description) == (b"Loss", b"of the *validation* set")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    arguments=st.lists(
        st.tuples(
            st.one_of(st.text(max_size=5), st.binary(max_size=5), st.none(), st.integers()),
            st.one_of(st.floats(), st.integers(), st.none(), st.text(max_size=3), st.complex_numbers()),
            st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=3)),
            st.one_of(st.none(), st.floats(), st.text(max_size=3)),
        ),
        max_size=30,
    )
)
def test_nothing_raises_and_every_event_is_written_or_counted(
    tmp_path_factory: pytest.TempPathFactory, arguments: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("zoo")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", WriterWarning)
        with SummaryWriter(folder) as writer:
            for each in arguments:
                writer.add_scalar(*each)
    assert writer.health.written + writer.health.dropped == len(arguments)
    assert len(scalars_in(folder)) == writer.health.written


numbers = st.one_of(st.floats(), st.floats(width=32), st.integers(-(2**70), 2**70), st.booleans())


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["a", "bb", "ccc"]), numbers, st.integers(-(2**63), 2**63 - 1)), min_size=1))
def test_events_have_the_same_bytes_however_few_are_written_at_once(events: list[tuple[Any, ...]]) -> None:
    entries = [element for event in events * (SMALL // len(events) + 1) for element in (*event, 1e9)]
    whole, pieces = Encoder(Tally()), Encoder(Tally())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", WriterWarning)
        at_once = whole.encode(entries)
        each = [entries[at : at + FIELDS] for at in range(0, len(entries), FIELDS)]
        one_by_one = [batch for entry in each for batch in pieces.encode(entry)]
    assert b"".join(batch.data for batch in at_once) == b"".join(batch.data for batch in one_by_one)


def test_an_event_with_a_bad_step_is_left_out_and_counted(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    with pytest.warns(WriterWarning, match="left out an event"):
        writer.file_writer.add_summary(Summary(), "seven")
    writer.close()
    assert (writer.health.written, writer.health.dropped) == (0, 1)
    with SummaryWriter(tmp_path, strict=True) as strict, pytest.raises(BadValue, match="whole number"):
        strict.file_writer.add_summary(Summary(), "seven")
