from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tbnotebook.wire.columns import TICK, Packer, unpack

VECTORS = Path(__file__).parent.parent / "vectors" / "columns.json"


@settings(deadline=None)
@given(st.lists(st.floats(allow_nan=True, allow_infinity=True)))
def test_floats_come_back_exactly(values: list[float]) -> None:
    packer = Packer()
    packer.floats(np.array([1.5]))
    column = packer.floats(np.array(values, dtype=np.float64))
    back = unpack(column, len(values), packer.bytes())
    assert np.array_equal(back, np.array(values, dtype=np.float64), equal_nan=True)
    assert packer.size % 8 == 0


@settings(deadline=None)
@given(st.lists(st.integers(-(2**52), 2**52)))
def test_steps_come_back_exactly(steps: list[int]) -> None:
    packer = Packer()
    column = packer.steps(np.array(steps, dtype=np.int64))
    assert unpack(column, len(steps), packer.bytes()).tolist() == steps


@settings(deadline=None)
@example([2.0**30 + 1, 1 + TICK])  # one distance, back over more ticks than a float64 tells apart
@given(st.lists(st.one_of(st.floats(), st.integers(2**52, 2**53).map(lambda ticks: ticks * TICK))))
def test_wall_times_come_back_exactly(times: list[float]) -> None:
    packer = Packer()
    column = packer.times(np.array(times, dtype=np.float64))
    assert np.array_equal(unpack(column, len(times), packer.bytes()), np.array(times), equal_nan=True)
    assert packer.size % 8 == 0


def test_regular_steps_and_float32_values_cost_four_bytes_a_point() -> None:
    packer = Packer()
    packer.steps(np.arange(0, 10_000, 10, dtype=np.int64))
    packer.floats(np.random.default_rng(0).random(1000, dtype=np.float32).astype(np.float64))
    assert packer.size == 4000


@pytest.mark.parametrize("column", [{"k": "f8", "o": 8}, {"k": "f4", "o": -4}, {"k": "x9", "o": 0}])
def test_a_column_that_lies_about_its_buffer_is_refused(column: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="column"):
        unpack(column, 4, b"\0" * 32)


@pytest.mark.parametrize("case", json.loads(VECTORS.read_text()), ids=lambda case: case["name"])
def test_packing_gives_the_bytes_that_the_page_reads(case: dict[str, Any]) -> None:
    packer = Packer()
    packer.floats(np.array([0.1, 0.2]))
    dtype = np.int64 if case["method"] == "steps" else np.float64
    column = getattr(packer, case["method"])(np.array(case["values"], dtype=object).astype(dtype))
    assert column == case["column"]
    assert packer.bytes() == base64.b64decode(case["buffer"])
