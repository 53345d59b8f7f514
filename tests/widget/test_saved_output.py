"""The second output: its size and its bytes, whatever the log."""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np
import pytest

from tbnotebook.graph.cut import CUT_NOTE
from tbnotebook.graph.outline import outline
from tbnotebook.widget import saved_output
from tbnotebook.widget.saved_output import SavedOutput
from tbnotebook.wire import DEFAULTS, MIME, Colors, Digest, decode
from tbnotebook.wire.columns import unpack
from tests.graph.build import decoder
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
        value[points // 3 + index : points // 3 + index + 1] = 100.0 + index
        log.runs[f"run{index}"] = Run([Attempt({"loss": Series(step, 1e9 + step * 0.01, value)})])
    return log


def extended(series: Series, points: int) -> Series:
    step = np.arange(len(series.step) + points, dtype=np.int64)
    return Series(step, 1e9 + step * 0.01, np.concatenate([series.value, np.full(points, 0.5)]))


def test_ten_runs_of_a_million_points_are_saved_small_soon_and_with_peaks(published: list[dict[str, Any]]) -> None:
    log = long_log(10, 1_000_000)
    output, digest, colors = SavedOutput("v", "cell"), Digest(log), Colors()
    assert output.save(log, DEFAULTS, colors, digest=digest)
    for run in log.runs.values():
        run.attempts[0].scalars["loss"] = extended(run.attempts[0].scalars["loss"], 20)
    began = time.process_time()
    assert output.save(log, DEFAULTS, colors, digest=digest)
    assert time.process_time() - began < 0.5  # 0.2 s where nothing else runs: what the end of a cell can wait for
    data = published[-1]
    assert len(json.dumps(data)) <= 300_000
    header, buffer = decode(data[MIME])
    for index, part in enumerate(header["frame"]["series"]):
        assert (part["total"], part["thinned"]) == (1_000_020, True)
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


def size_of(published: list[dict[str, Any]]) -> int:
    return len(json.dumps(published[-1]))


def test_ten_thousand_runs_keep_the_newest_and_say_how_many_are_missing(published: list[dict[str, Any]]) -> None:
    random = np.random.default_rng(0)
    step = np.arange(5, dtype=np.int64)
    log = Log()
    for index in range(10_000):
        tags = {tag: Series(step, 1e9 + index + random.random(5), random.random(5)) for tag in ("a", "b", "c")}
        log.runs[f"sweep/lr={random.random():.5f}/{index}"] = Run([Attempt(tags)], last_wall_time=1e9 + index)
    assert SavedOutput("v", "cell").save(log, DEFAULTS, Colors())
    assert 150_000 < size_of(published) <= 300_000
    frame = decode(published[-1][MIME])[0]["frame"]
    kept = len(frame["runs"])
    assert frame["left_out"] == {"runs": 10_000 - kept}
    assert kept > 200
    assert [info["name"].rsplit("/", 1)[1] for info in frame["runs"]] == [str(n) for n in range(10_000 - kept, 10_000)]
    assert len(frame["series"]) == 3 * kept


def test_a_graph_of_megabytes_is_cut_to_its_outer_boxes(published: list[dict[str, Any]]) -> None:
    log = long_log(2, 100_000)
    log.runs["run0"].graph, log.runs["run0"].graph_version = decoder(4, 60, unlike=220), 1
    assert SavedOutput("v", "cell").save(log, DEFAULTS, Colors())
    assert size_of(published) <= 300_000
    frame = decode(published[-1][MIME])[0]["frame"]
    (entry,) = frame["graphs"]
    assert len(json.dumps(outline(log.runs["run0"].graph))) > 2_700_000
    assert entry["graph"]["notes"] == [CUT_NOTE]
    assert "left_out" not in frame
    assert all(part["count"] > 100 for part in frame["series"])


def test_of_very_many_graphs_the_first_are_kept_and_the_others_counted(published: list[dict[str, Any]]) -> None:
    log = long_log(100, 10)
    for run in log.runs.values():
        run.graph, run.graph_version = decoder(1, 30, unlike=8), 1
    assert SavedOutput("v", "cell").save(log, DEFAULTS, Colors())
    assert size_of(published) <= 300_000
    frame = decode(published[-1][MIME])[0]["frame"]
    assert 0 < len(frame["graphs"]) < 100
    assert frame["left_out"] == {"graphs": 100 - len(frame["graphs"])}


def test_a_log_that_grew_while_it_was_looked_at_is_saved_as_one_that_was_read_at_once(
    published: list[dict[str, Any]],
) -> None:
    log, whole = long_log(3, 0), long_log(3, 50_000)
    digest = Digest(log)
    for points in (10, 9_000, 30_001, 50_000):
        for name, run in log.runs.items():
            known = whole.runs[name].attempts[0].scalars["loss"]
            part = Series(known.step[:points], known.wall_time[:points], known.value[:points])
            run.attempts[0].scalars["loss"] = part
        SavedOutput("v", "cell").save(log, DEFAULTS, Colors(), digest=digest)
    SavedOutput("v", "cell").save(whole, DEFAULTS, Colors())
    assert published[-1][MIME]["gzip"] == published[-2][MIME]["gzip"]


def test_a_draft_is_small_and_keeps_peaks_and_a_save_replaces_it_though_nothing_has_changed(
    published: list[dict[str, Any]],
) -> None:
    log, colors, output = long_log(5, 50_000), Colors(), SavedOutput("v", "cell")
    assert output.save(log, DEFAULTS, colors, draft=True)
    assert not output.save(log, DEFAULTS, colors, draft=True)
    assert size_of(published) <= 120_000
    header, buffer = decode(published[-1][MIME])
    for index, part in enumerate(header["frame"]["series"]):
        assert unpack(part["value"], part["count"], buffer).max() == 100.0 + index
    assert output.save(log, DEFAULTS, colors)
    assert 200_000 < size_of(published) <= 300_000


def test_a_short_log_is_replaced_by_the_sharp_picture_though_its_draft_has_all_points(
    published: list[dict[str, Any]],
) -> None:
    log, colors, output = long_log(1, 100), Colors(), SavedOutput("v", "cell")
    assert output.save(log, DEFAULTS, colors, draft=True)
    assert output.save(log, DEFAULTS, colors)
    draft, save = published
    assert decode(draft[MIME]) == decode(save[MIME])
    assert len(draft["image/png"]) < len(save["image/png"])
