"""A hub far away: what is live does not wait behind what is old."""

from __future__ import annotations

import json
from dataclasses import dataclass

from playwright.sync_api import BrowserContext

from tests.browser.cells import WITHOUT_TORCH
from tests.browser.lab import Lab
from tests.browser.latency import OBSERVE, waits_of
from tests.browser.notebook import Notebook, wait_painted
from tests.browser.old_runs import held, write_runs
from tests.browser.slow_proxy import SlowProxy
from tests.browser.watch import Watch

WIDTH = 1_000_000  # bytes a second
POINTS = 250
LATE = 4.0  # seconds; the two that are promised are the benchmarks', on a machine that does nothing else

TRAIN = """
written, printed = [], []
writer = SummaryWriter("logs/live")
show("logs")
for step in range({points}):
    written.append(time.time())
    writer.add_scalar("live", math.sin(step / 10), step)
    if step % 5 == 0:
        printed.append(time.time())
        print("line", len(printed) - 1)
    time.sleep(0.1)
writer.close()
json.dump([written, printed], open("written.json", "w"))
"""

# The last line that the cell has printed, and every state that the status was in, as the page shows them.
OBSERVE_MORE = """() => {
  const printed = (window.tbnPrinted = []);
  const states = (window.tbnStates = new Set());
  const look = () => {
    const lines = [...document.querySelectorAll("[data-mime-type='application/vnd.jupyter.stdout']")];
    const last = Number(lines.at(-1)?.textContent.trimEnd().split("line ").at(-1) ?? -1);
    if (last > (printed.at(-1)?.[0] ?? -1)) printed.push([last, Date.now() / 1000]);
    for (const status of document.querySelectorAll(".tbn-status")) states.add(status.dataset.state);
  };
  setInterval(look, 20);
}"""


@dataclass(frozen=True)
class Far:
    """Seconds from a point or a line to the page, and what the page had at the end of the cell."""

    curve: float
    prints: float
    held: int
    total: int
    states: list[str]


def test_live_points_and_prints_pass_eight_million_old_points_on_a_thin_line(context: BrowserContext, lab: Lab) -> None:
    far = measure_far(context, lab, POINTS)
    print(far)
    assert far.held > 400_000, "old points come, too: more by far than what stands for all of them at first"
    assert far.total == 40 * 200_000 + POINTS
    assert "silent" not in far.states
    assert far.curve <= LATE
    assert far.prints <= LATE


def measure_far(context: BrowserContext, lab: Lab, points: int) -> Far:
    """Train for a tenth of a second a point beside 40 old runs, behind a proxy; the waits are 95th percentiles."""
    page = context.new_page()
    with SlowProxy(lab) as proxy:
        notebook = Notebook(page, proxy, Watch(page, proxy.url), "far-away")
        write_runs(notebook.folder / "logs", runs=40, points=200_000)
        notebook.open([WITHOUT_TORCH, TRAIN.format(points=points)])
        notebook.run(0)
        proxy.width = WIDTH
        page.evaluate(OBSERVE, "live")
        page.evaluate(OBSERVE_MORE)
        notebook.run(1, wait=False)
        notebook.wait_ended(120_000 + points * 100)
        wait_painted(notebook.card(1, "live"), points - 1)
        has, there = held(notebook.view(1))
        written, printed = json.loads((notebook.folder / "written.json").read_text())
        curve = sorted(waits_of(written, page.evaluate("window.tbnPainted")))
        prints = sorted(waits_of(printed, page.evaluate("window.tbnPrinted")))
        states = page.evaluate("[...window.tbnStates]")
        notebook.watch.check()
        notebook.end_kernel()
        page.close()
    return Far(curve[int(0.95 * (len(curve) - 1))], prints[int(0.95 * (len(prints) - 1))], has, there, states)
