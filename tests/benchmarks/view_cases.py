"""The view in a real JupyterLab: how soon, how heavy, how late."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import BrowserContext, Error, Frame, Page, expect, sync_playwright

from tests.benchmarks.row import Row
from tests.browser.cells import IMPORTS, LOOPS, folder_with
from tests.browser.chromium import LAUNCH_ARGS, VIEWPORT, chromium_path
from tests.browser.lab import Lab
from tests.browser.latency import measure, record
from tests.browser.notebook import Notebook, wait_painted
from tests.browser.watch import Watch
from tests.browser.wire import COMM, Wire, second_view, total

ROUNDS = 5
PEER_TIMEOUT = 60_000  # milliseconds
POLL = 50

# In the page, on its own clock: our first painted card. In TensorBoard's frame: the first chart that has an axis,
# which comes no later than its curve.
FIRST_CURVE = """(() => {
  const ours = ".tbn-card[data-painted-step]:not([data-painted-step='-1'])";
  const curve = window === window.top ? ours : "line-chart text";
  const look = () => {
    if (document.querySelector(curve)) window.tbnFirstCurve = Date.now();
    else requestAnimationFrame(look);
  };
  look();
})()"""

FIGURE = """
import plotly.graph_objects as go
from IPython.display import display
display(go.FigureWidget([go.Scatter(x=list(range(1000)), y=list(range(1000)))]))
"""


@dataclass(frozen=True)
class Host:
    """A JupyterLab and a browser."""

    lab: Lab
    context: BrowserContext

    @contextmanager
    def notebook(self, name: str) -> Iterator[Notebook]:
        """A notebook in a page and a folder of its own; its kernel ends with it."""
        page = self.context.new_page()
        yield Notebook(page, self.lab, Watch(page, self.lab.url), name)
        page.close()
        self.lab.end_sessions()


def cases() -> list[Row]:
    """Measure all that the view promises."""
    with Lab() as lab, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        host = Host(lab, browser.new_context(viewport=VIEWPORT))
        try:
            return [first_curve(host), second_show(host), *latencies(host)]
        finally:
            browser.close()
            end_tensorboards(lab)


def first_curve(host: Host) -> Row:
    """Both packages imported, a folder with data: from running the cell to the first curve, a new kernel each time."""
    ours, peer = [], []
    host.context.add_init_script(FIRST_CURVE)
    for number in range(ROUNDS):
        with host.notebook(f"first-curve-{number}") as notebook:
            prepare = IMPORTS + folder_with(["loss", "accuracy"], points=1000) + "%load_ext tensorboard\n"
            notebook.open([prepare, "view = show('logs')", "%tensorboard --logdir logs --port 0"])
            notebook.run(0)
            turns = [(ours, _our_first_curve), (peer, _peers_first_curve)]
            for seconds, measure_one in turns if number % 2 == 0 else reversed(turns):
                seconds.append(measure_one(notebook))
        end_tensorboards(host.lab)
    return Row("view.first_curve", median(ours), median(peer), "s")


def second_show(host: Host) -> Row:
    """What a second view of a folder sends besides its keyframe and its saved output; the peer is a FigureWidget."""
    with host.notebook("second-show") as notebook:
        ours = second_view(notebook).own
    with host.notebook("second-figure") as notebook:
        wire = Wire(notebook.page)
        notebook.open([FIGURE, FIGURE])
        for cell in range(2):
            wire.take()
            notebook.run(cell)
            expect(notebook.cell(cell).locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=PEER_TIMEOUT)
        peer = total(wire.take(), COMM)
    return Row("view.second_show_bytes", ours, peer, "B")


def latencies(host: Host) -> list[Row]:
    """From `add_scalar` to the painted point, the 95th percentile; `%tensorboard` shows nothing by itself."""
    rows = []
    for loop in LOOPS:
        with host.notebook(f"latency-{loop}") as notebook:
            latency = measure(notebook, loop)
        record(latency)
        rows.append(Row(f"view.latency.{loop}", latency.p95, None, "s"))
    return rows


def _our_first_curve(notebook: Notebook) -> float:
    notebook.run(1)
    wait_painted(notebook.card(1, "loss"), 999)
    return _seconds(notebook.page, notebook.page.main_frame)


def _peers_first_curve(notebook: Notebook) -> float:
    page = notebook.page
    notebook.run(2, wait=False)
    for _ in range(PEER_TIMEOUT // POLL):
        for frame in page.frames[1:]:
            with suppress(Error):  # a frame that is being loaded cannot be asked
                if frame.evaluate("window.tbnFirstCurve"):
                    notebook.wait_ended()
                    return _seconds(page, frame)
        page.wait_for_timeout(POLL)
    raise TimeoutError(f"TensorBoard drew no chart in {PEER_TIMEOUT} ms")


def _seconds(page: Page, frame: Frame) -> float:
    """Return the time from the start of the last cell to a frame's first curve."""
    return (frame.evaluate("window.tbnFirstCurve") - page.evaluate("window.tbnTestStarted")) / 1000


def end_tensorboards(lab: Lab) -> None:
    """TensorBoard outlives its kernel; it leaves its process's number in the TMPDIR, here one of ours alone."""
    for info in (lab.temporary / ".tensorboard-info").glob("pid-*.info"):
        with suppress(ProcessLookupError):
            os.kill(json.loads(info.read_text())["pid"], signal.SIGTERM)
        info.unlink(missing_ok=True)
