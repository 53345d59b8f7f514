"""Columns that grow by blocks and give views that stay as they were."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tbnotebook.reader.columns import Columns, Points


def extended(columns, values):
    columns.extend(values, np.asarray(values, float) / 2, np.asarray(values, float) * 3)


@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["extend", "all", "tail", "keep"])), max_size=30))
def test_whatever_is_appended_asked_for_and_removed_the_rows_are_those_that_are_left(acts):
    columns, want, given_out = Columns(Points), [], []
    for count, act in acts:
        if act == "extend":
            added = list(range(len(want), len(want) + count))
            extended(columns, added)
            want += added
        elif act == "keep":
            mask = np.arange(len(want)) % 3 != count % 3
            removed = columns.keep(mask)
            assert removed.step.tolist() == [value for value, kept in zip(want, mask) if not kept]
            want = [value for value, kept in zip(want, mask) if kept]
        else:
            start = 0 if act == "all" else len(want) // 2
            points = columns.points(start)
            given_out.append((points, want[start:]))
        assert len(columns) == len(want)
        if want:
            assert (columns.lowest, columns.highest) == (min(want), max(want))
    for points, then in [*given_out, (columns.points(), want)]:
        assert points.step.tolist() == then
        assert points.wall_time.tolist() == [value / 2 for value in then]
        assert points.value.tolist() == [value * 3 for value in then]
        assert not points.step.flags.writeable


def test_reading_on_copies_nothing_of_what_is_there():
    columns = Columns(Points)
    extended(columns, np.arange(1000))
    before = columns.points()
    blocks = set()
    for _ in range(100):
        extended(columns, np.arange(1000))
        blocks.add(columns.points(len(columns) - 10).step.base.ctypes.data)
    assert 2 < len(blocks) < 10, "as many blocks as the columns doubled"
    assert np.shares_memory(before.step, columns._full[0][0])
    assert columns.points().step.tolist() == list(range(1000)) * 101


def test_who_asks_at_every_poll_has_all_copied_only_now_and_then():
    columns = Columns(Points)
    homes = set()
    for _ in range(2000):
        extended(columns, np.arange(10))
        homes.add(columns.points().step.base.ctypes.data)
    assert len(homes) < 40
