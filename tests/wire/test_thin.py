from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbnotebook.wire import Digest, thin
from tbnotebook.wire.blocks import BLOCK, Blocks
from tbnotebook.wire.thin import FEWEST, thin_alike
from tests.wire.fakes import Log, Run

floats = st.floats(allow_nan=True, allow_infinity=True)
values = st.lists(floats, min_size=1, max_size=400)


@given(values, st.integers(8, 200))
def test_thinning_keeps_the_ends_and_the_global_peaks(given_values: list[float], limit: int) -> None:
    array = np.array(given_values)
    keep = thin(array, limit)
    assert len(keep) <= max(limit, 2)
    assert np.all(np.diff(keep) > 0)
    assert keep[0] == 0
    assert keep[-1] == len(array) - 1
    finite = array[np.isfinite(array)]
    if len(finite):
        kept = array[keep]
        assert finite.max() in kept
        assert finite.min() in kept
    assert np.isfinite(array).all() or not np.isfinite(array[keep]).all()


def test_a_single_spike_among_a_million_survives() -> None:
    array = np.zeros(1_000_000)
    array[654_321] = 1.0
    assert 654_321 in thin(array, 500)


def test_a_limit_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="limit is 3"):
        thin(np.zeros(10), 3)


flat = st.sampled_from([0.0, 1.5, np.nan, np.inf, -np.inf])
pieces = st.lists(
    st.one_of(
        st.lists(st.floats(allow_nan=True, allow_infinity=True, width=32), max_size=40),
        st.builds(lambda value, n: [value] * n, flat, st.integers(0, 700)),
        st.integers(0, 2**32 - 1).map(lambda seed: np.random.default_rng(seed).normal(size=seed % 900).tolist()),
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None)
@given(pieces, st.integers(8, 40))
def test_a_series_that_grew_bit_by_bit_is_thinned_as_one_that_came_at_once(
    grown_by: list[list[float]], limit: int
) -> None:
    blocks, array = Blocks(), np.empty(0)
    for piece in grown_by:
        array = np.concatenate([array, np.array(piece, dtype=np.float64)])
        assert thin(array, limit, blocks).tolist() == thin(array, limit).tolist()


@settings(deadline=None)
@given(pieces, st.integers(8, 40))
def test_every_bucket_of_a_long_series_keeps_its_extremes(parts: list[list[float]], limit: int) -> None:
    array = np.array([value for part in parts for value in part], dtype=np.float64)
    buckets = (limit - 2) // 3
    array = np.tile(array, -(-buckets * 4 * BLOCK // max(len(array), 1)))
    if not len(array):
        return
    keep = set(thin(array, limit).tolist())
    edges = np.linspace(0, -(-len(array) // BLOCK), buckets + 1).astype(int) * BLOCK
    expected = {0, len(array) - 1}
    for start, end in pairwise(edges):
        bucket = array[start:end]
        finite = np.isfinite(bucket)
        if finite.any():
            expected.add(start + int(np.where(finite, bucket, np.inf).argmin()))
            expected.add(start + int(np.where(finite, bucket, -np.inf).argmax()))
        if not finite.all():
            expected.add(start + int((~finite).argmax()))
    assert keep == expected


def test_what_has_been_looked_at_is_not_looked_at_again() -> None:
    array, blocks = np.zeros(100_000), Blocks()
    thin(array, 100, blocks)
    array[5] = 9.0  # a series is only appended to; this one shows what is looked at
    grown = np.concatenate([array, [7.0]])
    keep = thin(grown, 100, blocks)
    assert (5 in keep, 100_000 in keep) == (False, True)


@settings(deadline=None)
@given(st.lists(st.lists(floats, min_size=100, max_size=100), min_size=1, max_size=5), st.integers(FEWEST, 90))
def test_series_of_one_length_are_thinned_together_as_each_would_be_alone(rows: list[list[float]], limit: int) -> None:
    series = [np.array(row) for row in rows]
    together = list(thin_alike(series, limit))
    assert [kept.tolist() for kept in together] == [thin(values, limit).tolist() for values in series]
    digest = Digest(Log({"a": Run()}))
    mixed = [*series, np.arange(5000.0), np.arange(100.0), np.arange(3.0)]
    asked = [("a", 0, str(number), 0, values) for number, values in enumerate(mixed)]
    assert [kept.tolist() for kept in digest.thin_all(asked, limit)] == [thin(one, limit).tolist() for one in mixed]
