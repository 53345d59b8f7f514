from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbnotebook.wire import thin

values = st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=1, max_size=400)


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
