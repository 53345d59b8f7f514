from __future__ import annotations

import base64

import numpy as np
import pytest

from tbnotebook.report.figure import figure_html
from tbnotebook.wire import MIME, content_key, decode, snapshot_of
from tbnotebook.wire.columns import unpack
from tbnotebook.wire.fit import BUDGET
from tests.wire.fakes import Log, Run


def noisy(runs: int, points: int) -> Log:
    rng = np.random.default_rng(0)
    log = Log({f"run{i}": Run() for i in range(runs)})
    for run in log.runs.values():
        run.grow("loss", rng.random(points).tolist())
    return log


def test_a_snapshot_comes_back_with_data_options_and_id() -> None:
    log = Log({".": Run()})
    log.runs["."].grow("data/sin", [0.5, 0.25])
    header, buffer = decode(snapshot_of(log, options={"smoothing": 0.9}, view_id="v1"))
    assert header["id"] == "v1"
    assert (header["options"]["smoothing"], header["options"]["panel"]) == (0.9, "curves")
    (part,) = header["frame"]["series"]
    assert unpack(part["value"], part["count"], buffer).tolist() == [0.5, 0.25]


def test_a_log_of_any_size_keeps_within_the_budget_and_says_what_is_thinned() -> None:
    log = noisy(runs=10, points=200_000)
    log.runs["run3"].attempts[0].scalars["loss"].value[123_456] = 99.0
    snapshot = snapshot_of(log)
    header, buffer = decode(snapshot)
    assert BUDGET / 2 < len(snapshot["gzip"]) <= BUDGET  # no more is thinned than has to be
    assert all(part["thinned"] and part["total"] == 200_000 for part in header["frame"]["series"])
    peak = header["frame"]["series"][3]
    assert 99.0 in unpack(peak["value"], peak["count"], buffer)


def test_a_thousand_runs_keep_within_the_budget_by_a_few_points_each() -> None:
    snapshot = snapshot_of(noisy(runs=1000, points=100))
    header, _ = decode(snapshot)
    assert len(snapshot["gzip"]) <= BUDGET
    assert len(header["frame"]["series"]) == 1000
    assert all(part["count"] >= 3 and part["thinned"] for part in header["frame"]["series"])


def test_of_very_many_tags_the_first_are_kept_for_all_runs_and_the_others_counted() -> None:
    rng = np.random.default_rng(0)
    log = Log({f"run{i}": Run() for i in range(5)})
    for run in log.runs.values():
        for tag in range(1000):
            run.grow(f"layer{tag}", rng.random(20).tolist())
    snapshot = snapshot_of(log)
    frame = decode(snapshot)[0]["frame"]
    assert len(snapshot["gzip"]) <= BUDGET
    tags = {part["tag"] for part in frame["series"]}
    assert tags == {f"layer{tag}" for tag in range(len(tags))}
    assert len(frame["series"]) == 5 * len(tags)
    assert (frame["partial"], frame["left_out"]) == (True, {"tags": 1000 - len(tags)})
    assert len(tags) > 200
    assert f"{1000 - len(tags)} more tags did not fit" in figure_html({MIME: snapshot}, 1)


def test_the_same_log_gives_the_same_bytes() -> None:
    first, second = snapshot_of(noisy(3, 1000)), snapshot_of(noisy(3, 1000))
    assert first["gzip"] == second["gzip"]
    assert content_key(first) == content_key({**second, "created": "another time"})


@pytest.mark.parametrize(
    ("snapshot", "reason"),
    [
        ({"format": 2, "gzip": ""}, "reads up to 1"),
        ({"gzip": ""}, "no tbnotebook snapshot"),
        ({"format": 1, "gzip": "!!!"}, "damaged"),
        ({"format": 1, "gzip": base64.b64encode(b"no gzip").decode()}, "damaged"),
    ],
)
def test_what_is_no_snapshot_of_ours_is_refused_with_a_reason(snapshot: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        decode(snapshot)
