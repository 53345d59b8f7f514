"""Keyframes that nobody asked for: how soon, how large, at what cost."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import numpy as np

from tbnotebook.widget.keyframes import LARGE, SMALL, Keyframes
from tbnotebook.wire import Colors, Feed
from tests.widget.kernel import Kernel
from tests.wire.fakes import Attempt, Log, Run, Series


@dataclass
class View:
    """A view's keyframes under a clock that is turned by hand, a tick four times a second."""

    log: Log
    took: float = 0.0
    sizes: list[tuple[float, int, int]] = field(default_factory=list)  # time, budget, bytes

    def __post_init__(self) -> None:
        self.feed = Feed(self.log, Colors())
        self.feed.frames(0.0, 0.25)
        self.keyframes = Keyframes(0.0)
        self.keyframes.sent(0.0, self.feed.budget, revision=0, took=9.0, whole=True)
        self.now = 0.0

    def run(self, seconds: float, *, busy: bool, growing: bool = False) -> list[tuple[float, int, int]]:
        """Let time pass; return the keyframes that were sent in it."""
        self.sizes = []
        end = self.now + seconds
        while self.now < end:
            self.now += 0.25
            revision = int(self.now * 4) if growing else 0
            due = self.keyframes.due(self.now, revision=revision, busy=busy, least=self.feed.least_key)
            if due is not None:
                key = self.feed.frames(0.0, 0.25, key=due)[-1]
                self.keyframes.sent(self.now, due, revision=revision, took=self.took, whole=self.feed.whole)
                self.sizes.append((self.now, due, len(key.buffer) + len(json.dumps(key.content))))
        return self.sizes


def log_of(runs: int, points: int, tags: int = 1) -> Log:
    random = np.random.default_rng(0)
    step = np.arange(points, dtype=np.int64)
    names = [f"tag{tag}" for tag in range(tags)]
    log = Log()
    for run in range(runs):
        made = {name: Series(step, 1e9 + random.random(points), random.random(points)) for name in names}
        log.runs[f"run{run}"] = Run([Attempt(made)])
    return log


def test_a_page_without_a_base_is_live_within_four_seconds_while_a_cell_runs() -> None:
    sent = View(log_of(4, 20_000)).run(300, busy=True)
    times = [0.0, *(now for now, _, _ in sent)]
    assert max(np.diff(times)) <= 4


def test_a_minute_costs_a_large_keyframe_each_half_minute_and_small_ones_between() -> None:
    view = View(log_of(10, 100_000, tags=3))
    first, later = view.run(60, busy=True), view.run(120, busy=True)
    assert [now for now, budget, _ in first if budget == LARGE] == [10, 20, 30, 40, 50]
    assert [now for now, budget, _ in later if budget == LARGE] == [80, 110, 140, 170]
    assert all(size <= budget for _, budget, size in first + later)
    a_minute = sum(size for _, _, size in later) / 2
    assert a_minute <= 2 * LARGE + 20 * SMALL


def test_where_all_fits_a_small_keyframe_no_large_one_is_sent() -> None:
    sent = View(log_of(1, 500)).run(60, busy=True)
    assert {budget for _, budget, _ in sent} == {SMALL}
    assert len(sent) == 20


def test_an_idle_kernel_sends_keyframes_for_news_only() -> None:
    view = View(log_of(2, 20_000))
    assert len(view.run(20, busy=False, growing=True)) >= 5
    view.run(40, busy=False)
    assert view.run(120, busy=False) == []


def test_making_keyframes_takes_a_fiftieth_of_the_time_at_most_and_small_ones_a_thousandth() -> None:
    heavy = View(log_of(2, 20_000), took=0.5).run(600, busy=True)
    assert sum(budget == SMALL for _, budget, _ in heavy) <= 2
    assert min(np.diff([now for now, budget, _ in heavy if budget == LARGE])) >= 25
    light = View(log_of(2, 20_000), took=0.01).run(600, busy=True)
    first, *others = np.diff([now for now, budget, _ in light if budget == SMALL])
    assert first >= 8
    assert min(others) >= 10


def test_small_keyframes_that_take_long_do_not_stand_in_for_large_ones_that_do_not_come() -> None:
    sent = View(log_of(1, 500), took=0.012).run(120, busy=True)
    assert max(np.diff([0.0, *(now for now, _, _ in sent)])) <= 13


def test_thousands_of_runs_get_fewer_keyframes_not_larger_minutes() -> None:
    view = View(log_of(3000, 2))
    sent = view.run(1200, busy=True)
    assert 1 <= len(sent) <= 20
    assert sum(size for _, _, size in sent) <= 20 * (2 * LARGE + 20 * SMALL)


def test_a_busy_cell_that_logs_nothing_sends_keyframes_all_the_same(kernel: Kernel) -> None:
    ran = kernel.run(
        "import time\nfrom tbnotebook import SummaryWriter\n"
        "writer = SummaryWriter('logs'); writer.add_scalar('loss', 1.0, 1); writer.flush(); writer.show()\n"
        "time.sleep(8)",
        cell="a",
    )
    frames = [m["content"]["data"].get("content", {}) for m in ran.messages if m["msg_type"] == "comm_msg"]
    keys = [frame["now"] for frame in frames if frame.get("kind") == "key"]
    assert len(keys) >= 3
    assert max(np.diff(keys)) < 5
