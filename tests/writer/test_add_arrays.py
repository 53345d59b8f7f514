"""Distributions, tensors, curves of a classifier, meshes, sound and text: what torch's writer writes."""

from __future__ import annotations

import io
import threading
import time
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tbnotebook import SummaryWriter
from tbnotebook.writer import WriterWarning
from tbnotebook.writer.summaries import histogram
from tbnotebook.writer.summaries.histogram import histogram_of
from tests.events.reading import events_in
from tests.writer.both import array, check_left_out, given_and_flushed, values_in, written, written_by_both

DRAW = np.random.default_rng(5)
FINITE = st.floats(width=32, allow_nan=False, allow_infinity=False)


@settings(max_examples=200, deadline=None)
@given(arrays(np.float32, st.integers(1, 50), elements=FINITE))
def test_counts_are_exact_for_the_edges_beside_them(values: np.ndarray) -> None:
    found = histogram_of(values)
    edges = found.limits
    counted = np.histogram(values.astype(np.float64), np.append(edges[:-1], np.nextafter(edges[-1], np.inf)))[0]
    assert found.counts.tolist() == [0, *counted]
    assert found.counts.sum() == found.number == len(values)
    assert edges[0] <= found.least <= found.greatest <= edges[-1]
    assert (np.diff(edges) > 0).all()


def test_edges_are_tensorflows_within_half_a_per_cent() -> None:
    edges = histogram_of(np.concatenate([np.geomspace(1e-12, 9e19, 4000), -np.geomspace(1e-12, 9e19, 4000)])).limits
    wanted = 1e-12 * 1.1 ** np.arange(700)
    for wanted_edge in (*wanted, *-wanted):
        nearest = edges[np.abs(edges - wanted_edge).argmin()]
        assert nearest == pytest.approx(wanted_edge, rel=0.005)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int8, np.int64, np.uint8, np.bool_])
def test_moments_are_those_that_torch_writes(tmp_path: Path, dtype: Any) -> None:
    values = (DRAW.normal(size=(30, 40)) * 20).astype(dtype)
    ours, torchs = written_by_both(tmp_path, lambda writer: writer.add_histogram("x", values, 3))
    mine, theirs = ours[b"x"].histo, torchs[b"x"].histo
    assert (mine.min, mine.max, mine.num) == (theirs.min, theirs.max, theirs.num)
    assert [mine.sum, mine.sum_squares] == pytest.approx([theirs.sum, theirs.sum_squares])
    assert sum(mine.bucket) == mine.num
    assert len(mine.bucket) <= len(theirs.bucket) + 3


@pytest.mark.parametrize("bins", [10, [0.0, 1.0, 2.0], "auto"])
def test_other_bins_are_those_that_torch_writes(tmp_path: Path, bins: Any) -> None:
    values = DRAW.normal(size=500)
    ours, torchs = written_by_both(tmp_path, lambda writer: writer.add_histogram("x", values, 3, bins))
    assert ours[b"x"].histo.bucket_limit == pytest.approx(torchs[b"x"].histo.bucket_limit)
    assert ours[b"x"].histo.bucket == pytest.approx(torchs[b"x"].histo.bucket)


def test_no_more_bins_than_wanted_hold_all_values() -> None:
    found = histogram_of(DRAW.normal(size=10_000), max_bins=30)
    assert len(found.counts) <= 31
    assert found.counts.sum() == 10_000


def test_values_that_are_no_finite_numbers_are_left_out_and_warned_of(tmp_path: Path) -> None:
    values = torch.tensor([1.0, float("nan"), 3.0, float("inf"), -float("inf")])
    with SummaryWriter(tmp_path) as writer, pytest.warns(WriterWarning, match=r"3 of 5 values of the histogram 'x'"):
        given_and_flushed(writer, lambda writer: writer.add_histogram("x", values))
    histo = values_in(tmp_path)[b"x"].histo
    assert (histo.num, histo.min, histo.max, histo.sum) == (2, 1, 3, 4)


@pytest.mark.parametrize(
    "call",
    [
        lambda writer: writer.add_histogram("x", []),
        lambda writer: writer.add_histogram("x", [np.nan]),
        lambda writer: writer.add_pr_curve("x", [0, 1], [np.nan, np.nan]),
    ],
)
def test_what_is_counted_of_nothing_is_left_out_and_counted(tmp_path: Path, call: Any) -> None:
    with SummaryWriter(tmp_path) as writer:
        with pytest.warns(WriterWarning, match="an event of tag str 'x'"):
            given_and_flushed(writer, call)
        assert writer.health.dropped == 1


def test_a_histogram_counted_elsewhere_is_written_as_it_is(tmp_path: Path) -> None:
    args = ("x", -1, 5, 7, 3.5, 20, [0.0, 2.0, 5.0], np.array([1, 2, 4]), 3)
    ours, torchs = written_by_both(tmp_path, lambda writer: writer.add_histogram_raw(*args))
    assert ours[b"x"].histo == torchs[b"x"].histo


def test_sound_is_the_wav_that_torch_writes(tmp_path: Path) -> None:
    tone = torch.sin(torch.arange(1000) / 7)[None] * 0.9
    ours, torchs = written_by_both(tmp_path, lambda writer: writer.add_audio("x", tone, 3, 8000))
    assert ours[b"x"].audio == torchs[b"x"].audio


def test_sound_of_two_channels_and_of_whole_numbers(tmp_path: Path) -> None:
    value = written(tmp_path, lambda writer: writer.add_audio("x", np.array([[0, 99], [-32768, 32767]], np.int16), 3))
    with wave.open(io.BytesIO(value.audio.encoded_audio_string)) as sound:
        assert (sound.getnchannels(), sound.getframerate(), value.audio.length_frames) == (2, 44100, 2)
        assert np.frombuffer(sound.readframes(2), "<i2").tolist() == [0, -32768, 99, 32767]


def test_text_is_what_torch_writes_and_tables_have_a_shape(tmp_path: Path) -> None:
    ours, torchs = written_by_both(tmp_path / "both", lambda writer: writer.add_text("x", "a **b** ü\nc", 3))
    name = b"x/text_summary"
    assert (ours[name].tensor, ours[name].metadata.plugin_data.plugin_name) == (torchs[name].tensor, b"text")
    table = written(tmp_path / "table", lambda writer: writer.add_text("x", [["a", "b"], ["c", "d"]]))
    assert array(table).tolist() == [[b"a", b"b"], [b"c", b"d"]]


@pytest.mark.parametrize(
    "given_tensor",
    [
        torch.arange(6).reshape(2, 3),
        torch.tensor(0.5),
        torch.rand(2, 3).double(),
        torch.tensor([True]),
        torch.rand(3).half(),
    ],
)
def test_a_tensor_comes_back_with_its_dtype_and_shape(tmp_path: Path, given_tensor: torch.Tensor) -> None:
    value = written(tmp_path, lambda writer: writer.add_tensor("x", given_tensor, 3))
    found = array(value)
    assert (found.dtype, found.shape) == (given_tensor.numpy().dtype, tuple(given_tensor.shape))
    assert (found == given_tensor.numpy()).all()
    assert value.metadata.plugin_data.plugin_name == b"tensor"


@pytest.mark.parametrize("weights", [None, DRAW.random(300)])
def test_precision_and_recall_are_those_that_torch_writes(tmp_path: Path, weights: Any) -> None:
    labels, predictions = DRAW.integers(0, 2, 300), DRAW.random(300)
    ours, torchs = written_by_both(
        tmp_path, lambda writer: writer.add_pr_curve("x", labels, predictions, 3, 40, weights=weights)
    )
    assert array(ours[b"x"]) == pytest.approx(array(torchs[b"x"]), abs=1e-5)
    assert ours[b"x"].metadata == torchs[b"x"].metadata


def test_a_prediction_that_is_no_number_does_not_count_and_is_warned_of(tmp_path: Path) -> None:
    labels, weights = np.array([0, 1, 1, 0]), np.array([1.0, 2, 3, 4])
    guesses, known = np.array([0.1, np.nan, 0.9, 0.2]), [0, 2, 3]
    with SummaryWriter(tmp_path) as writer:
        with pytest.warns(WriterWarning, match="1 of 4 predictions of 'x'"):
            given_and_flushed(writer, lambda writer: writer.add_pr_curve("x", labels, guesses, 1, 5, weights))
        writer.add_pr_curve("y", labels[known], guesses[known], 1, 5, weights[known])
    found = values_in(tmp_path)
    assert (array(found[b"x"]) == array(found[b"y"])).all()


def test_precision_and_recall_counted_elsewhere_are_written_as_they_are(tmp_path: Path) -> None:
    rows = DRAW.random((6, 9))
    ours, torchs = written_by_both(tmp_path, lambda writer: writer.add_pr_curve_raw("x", *rows, 3, 9))
    assert (array(ours[b"x"]) == array(torchs[b"x"])).all()
    assert ours[b"x"].metadata == torchs[b"x"].metadata


def test_a_mesh_has_the_parts_that_torch_writes(tmp_path: Path) -> None:
    vertices, colors, faces = torch.rand(2, 9, 3), torch.randint(0, 256, (2, 9, 3)), torch.randint(0, 9, (2, 4, 3))
    config = {"material": {"cls": "PointsMaterial"}}
    ours, torchs = written_by_both(
        tmp_path, lambda writer: writer.add_mesh("x", vertices, colors, faces, config, global_step=3)
    )
    assert ours.keys() == torchs.keys() == {b"x_VERTEX", b"x_FACE", b"x_COLOR"}
    for name in ours:
        assert (array(ours[name]) == array(torchs[name])).all()
        assert ours[name].metadata.plugin_data == torchs[name].metadata.plugin_data


def test_without_a_step_the_tags_own_count_goes_on(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        for step in (None, None, 7, None):
            writer.add_histogram("x", [1.0], step)
    assert [event.step for event in events_in(tmp_path) if event.summary.value] == [0, 1, 7, 8]


BAD = [
    lambda writer: writer.add_histogram("x", "values"),
    lambda writer: writer.add_histogram_raw("x", 0, 1, 1, 1, 1, [1.0], [1, 2]),
    lambda writer: writer.add_histogram_raw("x", "least", 1, 1, 1, 1, [1.0], [1]),
    lambda writer: writer.add_tensor("x", torch.tensor(1j)),
    lambda writer: writer.add_pr_curve("x", [0, 1], [0.5]),
    lambda writer: writer.add_pr_curve("x", [0, 1], [0.5, 1.0], num_thresholds=1),
    lambda writer: writer.add_pr_curve_raw("x", [1], [1], [1], [1], [1], [1, 2]),
    lambda writer: writer.add_mesh("x", torch.rand(9, 3)),
    lambda writer: writer.add_mesh("x", torch.rand(1, 9, 3), config_dict={"a": object()}),
    lambda writer: writer.add_audio("x", torch.rand(2, 3, 4)),
    lambda writer: writer.add_audio("x", torch.rand(5), sample_rate="high"),
    lambda writer: writer.add_text("x", 5),
    lambda writer: writer.add_pr_curve("x", [0, 1], [0.5, 1.0], num_thresholds="many"),
    lambda writer: writer.add_text(5, "x"),
]


@pytest.mark.parametrize("call", BAD)
def test_what_a_summary_cannot_be_made_from_is_left_out_and_counted(tmp_path: Path, call: Any) -> None:
    check_left_out(tmp_path, call)


def test_it_is_the_writers_thread_that_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = []
    counted = histogram.histogram_of

    def noted(*args: Any) -> Any:
        threads.append(threading.current_thread())
        return counted(*args)

    monkeypatch.setattr("tbnotebook.writer.array_methods.histogram_of", noted)
    with SummaryWriter(tmp_path) as writer:
        writer.add_histogram("x", [1.0])
        deadline = time.monotonic() + 10
        while not threads and time.monotonic() < deadline:
            time.sleep(0.01)
    assert threads[0] is not threading.main_thread()


def test_more_than_fits_in_memory_waits_for_its_turn_and_loses_nothing(tmp_path: Path) -> None:
    weights = np.ones(4 << 20, np.float32)  # 16 MB each, where 54 MB may wait
    with SummaryWriter(tmp_path, strict=True) as writer:
        for step in range(12):
            writer.add_histogram("x", weights, step)
    assert [event.step for event in events_in(tmp_path) if event.summary.value] == list(range(12))
