"""The second output: its size and its bytes, whatever the log."""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np
import pytest

from tbnotebook.widget import saved_output
from tbnotebook.widget.saved_output import SavedOutput
from tbnotebook.wire import DEFAULTS, MIME, Colors, decode
from tbnotebook.wire.columns import unpack
from tests.wire.fakes import Attempt, Log, Run, Series


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The data of all outputs that were published."""
    data: list[dict[str, Any]] = []
    monkeypatch.setattr(saved_output, "publish_display_data", lambda output, *_, **__: data.append(output))
    return data


def long_log(runs: int, points: int) -> Log:
    """Noise with one spike in a run, as columns: no file of this size has to be written."""
    random = np.random.default_rng(0)
    step = np.arange(points, dtype=np.int64)
    log = Log()
    for index in range(runs):
        value = random.random(points)
        value[points // 3 + index] = 100.0 + index
        log.runs[f"run{index}"] = Run([Attempt({"loss": Series(step, 1e9 + step * 0.01, value)})])
    return log


def test_ten_runs_of_a_million_points_are_saved_small_soon_and_with_peaks(published: list[dict[str, Any]]) -> None:
    log = long_log(10, 1_000_000)
    began = time.perf_counter()
    assert SavedOutput("v", "cell").save(log, DEFAULTS, Colors())
    assert time.perf_counter() - began < 5  # about 1 s where nothing else runs; the bound is for a busy machine
    (data,) = published
    assert len(json.dumps(data)) <= 300_000
    header, buffer = decode(data[MIME])
    for index, part in enumerate(header["frame"]["series"]):
        assert (part["total"], part["thinned"]) == (1_000_000, True)
        values, steps = unpack(part["value"], part["count"], buffer), unpack(part["step"], part["count"], buffer)
        assert (values.max(), steps[values.argmax()]) == (100.0 + index, 333_333 + index)


def test_what_has_not_changed_is_not_published_again(published: list[dict[str, Any]]) -> None:
    log, colors, output = long_log(2, 1000), Colors(), SavedOutput("v", "cell")
    assert output.save(log, DEFAULTS, colors)
    assert not output.save(log, DEFAULTS, colors)
    assert len(published) == 1
    log.runs["run0"].grow("acc", [1.0])
    assert output.save(log, DEFAULTS, colors)
    assert len(published) == 2


def test_two_kernels_save_the_same_log_alike_but_for_the_minute(published: list[dict[str, Any]]) -> None:
    for _ in range(2):
        SavedOutput("v", "cell").save(long_log(3, 10_000), DEFAULTS, Colors())
    first, second = (data[MIME]["gzip"] for data in published)
    assert first == second
