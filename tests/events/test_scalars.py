from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tbnotebook.events.record import frame
from tbnotebook.events.scalars import SMALL, encode_scalars
from tbnotebook.events.schema import Event
from tests.events.reading import events

STEPS = st.one_of(st.integers(0, 300), st.integers(-(2**63), 2**63 - 1))
FLOAT32 = st.floats(width=32, allow_nan=False)


def by_protobuf(
    tags: list[bytes],
    slots: NDArray[np.intp],
    wall_times: NDArray[np.float64],
    steps: NDArray[np.int64],
    values: NDArray[np.float32],
) -> bytes:
    records = []
    for slot, wall_time, step, value in zip(
        slots.tolist(), wall_times.tolist(), steps.tolist(), values.tolist(), strict=True
    ):
        event = Event(wall_time=wall_time, step=step)
        event.summary.value.add(tag=tags[slot], simple_value=value)
        records.append(frame(event.SerializeToString()))
    return b"".join(records)


@settings(max_examples=60, deadline=None)
@given(
    tags=st.lists(st.binary(max_size=300), min_size=1, max_size=5),
    rows=st.lists(st.tuples(st.integers(0, 4), st.floats(0, 2e10), STEPS, FLOAT32), min_size=1, max_size=20),
    repeats=st.sampled_from([1, SMALL]),
)
def test_bulk_bytes_are_protobufs(tags: list[bytes], rows: list[tuple[int, float, int, float]], repeats: int) -> None:
    slots, wall_times, steps, values = zip(*(rows * repeats), strict=True)
    columns = (
        np.array(slots, np.intp) % len(tags),
        np.array(wall_times),
        np.array(steps, np.int64),
        np.array(values, np.float32),
    )
    assert encode_scalars(tags, *columns) == by_protobuf(tags, *columns)


def test_a_long_run_of_many_tags_keeps_its_order_across_step_widths() -> None:
    generator = np.random.default_rng(7)
    tags = [b"t" * length for length in (0, 1, 5, 130, 70_000)]
    count = 4000
    columns = (
        generator.integers(0, len(tags) - 1, count),
        1.7e9 + np.arange(count) / 3,
        np.arange(count) * 9 - 100,
        generator.normal(size=count).astype(np.float32),
    )
    columns[0][::1000] = 4
    assert encode_scalars(tags, *columns) == by_protobuf(tags, *columns)


def test_nan_and_infinities_are_values_like_others() -> None:
    values = np.array([np.nan, np.inf, -np.inf, -0.0] * SMALL, np.float32)
    count = len(values)
    data = encode_scalars([b"x"], np.zeros(count, np.intp), np.ones(count), np.arange(count), values)
    written = [event.summary.value[0].simple_value for event in events(data)]
    np.testing.assert_array_equal(np.array(written, np.float32), values)
    assert np.signbit(written[3])
