from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbnotebook.wire import smooth, smooth_at

VECTORS = Path(__file__).parent.parent / "vectors" / "smoothing.json"


def tensorboard(values: list[float], weight: float) -> list[float]:
    """The formula of TensorBoard's line chart, point by point."""
    last, n, out = 0.0, 0, []
    for y in values:
        if not math.isfinite(y):
            out.append(y)
            continue
        last = last * weight + (1 - weight) * y
        n += 1
        out.append(last / (1 - weight**n) if weight else last)
    return out


def test_smoothing_gives_the_vectors_that_typescript_gives_too() -> None:
    vectors = json.loads(VECTORS.read_text("utf-8"))
    for case in vectors["cases"]:
        values, want = (np.array([float(v) for v in case[name]]) for name in ("values", "smoothed"))
        got, near = smooth(values, case["weight"]), vectors["tolerance"]
        np.testing.assert_allclose(got, want, rtol=near, atol=near, err_msg=case["name"])


def test_a_long_series_is_averaged_from_its_first_point_to_its_last() -> None:
    values = np.random.default_rng(0).normal(size=60_001)
    for weight in (0.3, 0.999):
        np.testing.assert_allclose(smooth(values, weight), tensorboard(values.tolist(), weight), rtol=1e-9, atol=1e-12)


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6) | st.just(math.nan) | st.just(math.inf)), st.sampled_from([0.3, 0.6, 0.9, 0.999]))
def test_smoothing_is_tensorboards_formula(values: list[float], weight: float) -> None:
    got = smooth(np.array(values, dtype=np.float64), weight)
    if values and all(v == values[0] for v in values):
        assert got.tolist() == values
    else:
        np.testing.assert_allclose(got, tensorboard(values, weight), rtol=1e-9, atol=1e-6)


@settings(deadline=None)
@given(st.integers(1, 3000), st.sampled_from([0.0, 0.3, 0.6, 0.99, 0.999]), st.integers(0, 99), st.booleans())
def test_smoothing_at_some_points_is_smoothing_of_all(n: int, weight: float, seed: int, broken: bool) -> None:
    random = np.random.default_rng(seed)
    values = random.normal(size=n)
    if broken:
        values[random.integers(n)] = np.nan
    index = np.unique(random.integers(n, size=min(n, 40)))
    np.testing.assert_allclose(smooth_at(values, weight, index), smooth(values, weight)[index], rtol=1e-9, atol=1e-12)


def test_a_constant_series_is_left_untouched() -> None:
    assert smooth(np.full(1000, 0.1), 0.9).tolist() == [0.1] * 1000


@pytest.mark.parametrize("weight", [-0.1, 1.0, math.nan])
def test_a_weight_outside_its_range_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="smoothing"):
        smooth(np.zeros(3), weight)
