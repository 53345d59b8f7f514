"""Ticks are round, within the axis, and told apart by their labels."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbnotebook.still import ticks

finite = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (3, "3"), (0.357, "0.357"), (0.5, "0.500"), (12500, "12.5k"), (999_999, "1.00M"),
     (3.2e-5, "3.2e−5"), (-0.25, "−0.250"), (1e15, "1e15"), (62500, "62.5k"), (math.nan, "NaN"), (-math.inf, "−∞")],
)  # fmt: skip
def test_numbers_have_three_digits_and_a_prefix(value, text):
    assert ticks.short(value) == text


@pytest.mark.parametrize(("value", "text"), [(11, "11"), (9536, "9.54k"), (11_689_512, "11.7M"), (999, "999")])
def test_counts_are_whole_until_they_need_a_prefix(value, text):
    assert ticks.count(value) == text


def test_shapes_are_written_with_crosses():
    assert ticks.shape([32, 3, None]) == "32 × 3 × ?"
    assert ticks.shape([]) == "scalar"
    assert ticks.shape(None) == ""


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [(0, 62500, ["0", "20k", "40k", "60k"]), (0, 3.1e-4, ["0", "1e−4", "2e−4", "3e−4"]),
     (0, 1.6, ["0", "0.5", "1.0", "1.5"]),
     (-1.05, 1.05, ["−1", "0", "1"])],
)  # fmt: skip
def test_axes_get_the_ticks_of_the_design(low, high, labels):
    assert [label for _, label in ticks.linear(low, high, 4)] == labels


@given(finite, finite, st.integers(1, 12))
def test_ticks_lie_on_the_axis_and_are_few(a, b, most):
    low, high = min(a, b), max(a, b)
    made = ticks.linear(low, high, most)
    slack = (high / 2 - low / 2) * 1e-6
    assert all(low - slack <= value <= high + slack for value, _ in made)
    assert len(made) <= 4 * most + 1


@given(st.floats(-300, 300), st.floats(0.01, 300), st.integers(1, 8))
def test_logarithmic_ticks_lie_on_the_axis(low, span, most):
    high = min(low + span, 305)
    assert all(low - 1e-6 <= place <= high + 1e-6 for place, _ in ticks.logarithmic(low, high, most))


def test_durations_are_words_of_time():
    assert [label for _, label in ticks.duration(0, 5400, 3)] == ["0", "30 m", "1 h", "1 h 30 m"]
    assert ticks.duration(0, 3 * 86400, 3)[-1][1] == "3 d"


def test_far_from_the_start_durations_tell_what_lies_between_two_of_them():
    assert [label for _, label in ticks.duration(18_120, 18_150, 3)] == ["5:02:00", "5:02:10", "5:02:20", "5:02:30"]
    assert [label for _, label in ticks.duration(100, 101, 2)] == ["01:40.0", "01:40.5", "01:41.0"]
    assert [label for _, label in ticks.duration(190_000, 193_000, 3)] == ["2 d 05:00", "2 d 05:30"]


@given(st.floats(0, 3e6), st.floats(-2, 6), st.sampled_from([ticks.duration, ticks.clock]))
def test_neighbouring_times_have_labels_of_their_own(at, power, make):
    low = at + (1_790_000_000 if make is ticks.clock else 0)
    labels = [label for _, label in make(low, low + 10**power, 5)]
    assert all(one != other for one, other in itertools.pairwise(labels)), labels


def test_clock_ticks_are_round_local_times():
    labels = [label for _, label in ticks.clock(1_790_000_000, 1_790_014_400, 4)]
    assert labels
    assert all(label.endswith(":00") for label in labels)


@pytest.mark.parametrize(("value", "text"), [(11, "11"), (11_689_512, "11.7M"), (70_553_706_496, "70.6B")])
def test_numbers_of_parameters_count_thousand_millions_in_b(value: int, text: str) -> None:
    assert ticks.parameters(value) == text
