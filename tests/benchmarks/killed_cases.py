"""What a notebook's file still has of a training whose kernel was killed in its cell."""

from __future__ import annotations

import os
import signal
from typing import Any

from playwright.sync_api import sync_playwright

from tbnotebook import LogDir
from tbnotebook.wire import MIME, decode
from tests.benchmarks.row import Row
from tests.benchmarks.view_cases import Host, end_tensorboards
from tests.browser.chromium import LAUNCH_ARGS, VIEWPORT, chromium_path
from tests.browser.lab import Lab
from tests.browser.notebook import Notebook, wait_painted

FIGURE = "FigureWidget("
LONG = 45.0  # seconds of training: longer than a saved picture may be old

# Ours and the peers in one cell; the figure is given each value, TensorBoard reads our files.
CELL = """
import os, time
import plotly.graph_objects as go
from IPython.display import display
from tbnotebook import SummaryWriter
open("pid", "w").write(str(os.getpid()))
writer = SummaryWriter("logs")
writer.show()
figure = go.FigureWidget([go.Scatter(y=[])])
display(figure)
get_ipython().run_line_magic("load_ext", "tensorboard")
get_ipython().run_line_magic("tensorboard", "--logdir logs --port 0")
values = []
for step in range(100_000):
    writer.add_scalar("loss", step, step)
    values.append(step)
    if step % 10 == 0:
        figure.data[0].y = values
    time.sleep(0.05)
"""


def cases() -> list[Row]:
    """Kill a kernel in its cell, save, and look for what is left in the file."""
    with Lab() as lab, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        try:
            with Host(lab, browser.new_context(viewport=VIEWPORT)).notebook("killed") as notebook:
                return _lost(notebook)
        finally:
            browser.close()
            end_tensorboards(lab)


def _lost(notebook: Notebook) -> list[Row]:
    notebook.open([CELL])
    notebook.run(0, wait=False)
    wait_painted(notebook.card(0, "loss"), 1)
    notebook.page.wait_for_timeout(LONG * 1000)
    os.kill(int((notebook.folder / "pid").read_text()), signal.SIGKILL)
    notebook.page.locator(".jp-Dialog").get_by_role("button", name="Ok").click()
    outputs = [output.get("data", {}) for output in notebook.save()["cells"][0]["outputs"]]
    log = LogDir(notebook.folder / "logs")
    while log.poll().more:
        pass
    loss = log.run.scalars["loss"]

    def lost(kept: int) -> float:
        """Return the seconds of training after the last value that was kept."""
        return float(loss.wall_time[-1] - loss.wall_time[max(kept - 1, 0)])

    (ours,) = (lost(_kept(output[MIME])) for output in outputs if MIME in output)
    (figure,) = (lost(_figures_values(output)) for output in outputs if FIGURE in "".join(output["text/plain"]))
    frame = next("".join(output["text/html"]) for output in outputs if "text/html" in output)
    assert "<iframe" in frame, f"what TensorBoard left is no frame without content: {frame[:200]}"
    return [
        Row("view.killed.lost, beside FigureWidget", ours, figure, "s"),
        Row("view.killed.lost, beside %tensorboard", ours, lost(0), "s"),
    ]


def _kept(snapshot: dict[str, Any]) -> int:
    (part,) = decode(snapshot)[0]["frame"]["series"]
    return int(part["total"])


def _figures_values(output: dict[str, Any]) -> int:
    """Return how many values a figure's output holds; a FigureWidget's is an id, and a text of how it began."""
    figure = output.get("application/vnd.plotly.v1+json", {"data": []})
    return max((len(trace.get("y", [])) for trace in figure["data"]), default=0)
