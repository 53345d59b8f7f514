"""Folders of runs: links, what may not be read, and ten thousand of them."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from tests.reader.faults.logs import POINTS, RUNS
from tests.reader.faults.outcome import all_of, outcome_of
from tests.reader.faults.play import Seen, seen_by
from tests.reader.faults.scenarios import SCENARIOS


def test_a_link_in_a_circle_gives_no_run(seen: Seen) -> None:
    assert outcome_of(seen) == all_of(1000, late=0)
    assert list(seen.looks[0]["curves"]) == ["run"]


def test_a_run_that_may_not_be_read_is_marked_with_the_reason(seen: Seen) -> None:
    assert outcome_of(seen) == all_of(1000, late=0, runs=2, marked=(("unreadable", 1),))
    ((_, _, reason),) = seen.looks[0]["problems"]
    assert "Permission denied" in reason


@pytest.mark.skipif(sys.platform != "linux", reason="a limit of open files, and /proc")
def test_ten_thousand_runs_take_at_most_64_open_files() -> None:
    (scenario,) = (scenario for scenario in SCENARIOS if scenario.limits.get("files"))
    seen = seen_by("tbnotebook", replace(scenario, limits={"files": 64}))
    assert outcome_of(seen) == all_of(RUNS * POINTS, late=0, runs=RUNS)
    assert 0 < seen.looks[0]["files"] <= 64
