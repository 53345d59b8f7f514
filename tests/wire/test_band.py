from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tbnotebook.wire.band import Centre, Spread, band

VECTORS = Path(__file__).parent.parent / "vectors" / "band.json"


def _numbers(values: list[float | str]) -> NDArray[np.float64]:
    return np.array([float(value) for value in values])


def test_bands_give_the_vectors_that_typescript_gives_too() -> None:
    vectors = json.loads(VECTORS.read_text("utf-8"))
    for case in vectors["cases"]:
        members = [(_numbers(member["x"]), _numbers(member["y"])) for member in case["members"]]
        got = band(members, case["centre_of"], case["spread"])
        for name in ("x", "centre", "low", "high"):
            want, near = _numbers(case[name]), vectors["tolerance"]
            np.testing.assert_allclose(getattr(got, name), want, rtol=near, err_msg=case["name"])


@pytest.mark.parametrize("centre", ["mean", "median"])
@settings(deadline=None)
@given(st.integers(2, 9), st.integers(1, 40), st.integers(0, 99))
def test_where_the_steps_are_the_same_bands_are_what_numpy_says(centre: Centre, n: int, length: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=(n, length))
    x = np.arange(length, dtype=np.float64)
    members = [(x, row) for row in values]
    middle = values.mean(axis=0) if centre == "mean" else np.median(values, axis=0)
    deviation = values.std(axis=0, ddof=1)
    edges: dict[Spread, tuple[NDArray[np.float64], NDArray[np.float64]]] = {
        "std": (middle - deviation, middle + deviation),
        "stderr": (middle - deviation / n**0.5, middle + deviation / n**0.5),
        "minmax": (values.min(axis=0), values.max(axis=0)),
        "none": (middle, middle),
    }
    for spread, (low, high) in edges.items():
        got = band(members, centre, spread)
        np.testing.assert_array_equal(got.x, x)
        for found, want in ((got.centre, middle), (got.low, low), (got.high, high)):
            np.testing.assert_allclose(found, want, rtol=1e-12, atol=1e-12)


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 50), min_size=1, unique=True), min_size=1, max_size=5), st.integers(0, 99))
def test_where_steps_differ_a_curve_is_interpolated_between_its_own_ends(steps: list[list[int]], seed: int) -> None:
    random = np.random.default_rng(seed)
    members = [(np.array(sorted(own), dtype=np.float64), random.normal(size=len(own))) for own in steps]
    got = band(members, "mean", "minmax")
    rows = [np.interp(got.x, x, y, left=np.nan, right=np.nan) for x, y in members]
    np.testing.assert_allclose(got.centre, np.nanmean(rows, axis=0), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(got.high, np.nanmax(rows, axis=0), rtol=1e-9, atol=1e-12)
