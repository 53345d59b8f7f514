"""A hub far away: what is live does not wait behind what is old."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import BrowserContext

from tests.browser.cells import IMPORTS
from tests.browser.lab import Lab
from tests.browser.latency import OBSERVE, waits_of
from tests.browser.notebook import Notebook, wait_painted
from tests.browser.old_runs import held, write_runs
from tests.browser.slow_proxy import SlowProxy
from tests.browser.watch import Watch

WIDTH = 1_000_000  # bytes a second
POINTS = 450
LATE = 2.0  # seconds

TRAIN = f"""
written, printed = [], []
writer = SummaryWriter("logs/live")
show("logs")
for step in range({POINTS}):
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


def test_live_points_and_prints_pass_eight_million_old_points_on_a_thin_line(
    context: BrowserContext, lab: Lab, tmp_path: Path
) -> None:
    page = context.new_page()
    with SlowProxy(lab) as proxy:
        notebook = Notebook(page, proxy, Watch(page, proxy.url), "far-away")
        write_runs(notebook.folder / "logs", runs=40, points=200_000)
        notebook.open([IMPORTS, TRAIN])
        notebook.run(0)
        proxy.width = WIDTH
        page.evaluate(OBSERVE, "live")
        page.evaluate(OBSERVE_MORE)
        notebook.run(1, wait=False)
        notebook.wait_ended(120_000)
        wait_painted(notebook.card(1, "live"), POINTS - 1)
        has, there = held(notebook.view(1))
        written, printed = json.loads((notebook.folder / "written.json").read_text())
        curve = sorted(waits_of(written, page.evaluate("window.tbnPainted")))
        prints = sorted(waits_of(printed, page.evaluate("window.tbnPrinted")))
        states = page.evaluate("[...window.tbnStates]")
        print(f"{has} of {there} points in {POINTS / 10:.0f} s, {proxy.passed / 1e6:.1f} MB; states {states}")
        late = {name: [round(waits[int(share * (len(waits) - 1))], 2) for share in (0.5, 0.95, 1)]
                for name, waits in (("curve", curve), ("prints", prints))}  # fmt: skip
        print(late)
        assert has > 1_000_000, "old points come, too"
        assert there == 40 * 200_000 + POINTS
        assert "silent" not in states
        assert late["curve"][1] <= LATE
        assert late["prints"][1] <= LATE
        notebook.watch.check()
        notebook.end_kernel()
        page.close()
