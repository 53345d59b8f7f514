"""Many points, old and live, in a real JupyterLab: how soon, how late, at what cost for the loop."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from playwright.sync_api import Playwright, sync_playwright

from tests.benchmarks.cores import apart
from tests.benchmarks.row import Row
from tests.benchmarks.undriven import Undriven
from tests.benchmarks.view_cases import Host, end_tensorboards
from tests.browser.cells import IMPORTS
from tests.browser.chromium import LAUNCH_ARGS, VIEWPORT, chromium_path
from tests.browser.lab import Lab, free_port
from tests.browser.latency import OBSERVE
from tests.browser.live_pictures import measure
from tests.browser.notebook import RUN, Notebook, wait_painted
from tests.browser.old_runs import wait_held, write_runs
from tests.browser.test_far_away import measure_far
from tests.browser.watch import Watch

ROUNDS = 3
RUNS, POINTS = 40, 200_000
TIMEOUT = 180.0  # seconds
FAR_POINTS = 900  # ten a second
TAGS, LIVE_RUNS, A_STEP, SECONDS = 20, 5, 10, 60
PRODUCTS = 1000  # of small matrices, a step: about 5 ms
OLD = (7, 200_000)  # 60 MB
PICTURES = 100  # steps

# A loop of a hundred steps a second that computes for about half of the time, first with a writer alone and then under
# a view that loads old logs besides; what its steps took without the pause between them, the CPU time of our threads,
# and when one tag's points were written.
LOOP = """
import threading
import numpy as np
a = np.random.rand(48, 48)

def ours():
    clocks = [time.pthread_getcpuclockid(t.ident) for t in threading.enumerate() if t.name.startswith("tbnotebook")]
    return sum(map(time.clock_gettime, clocks))

def loop(folder, seconds):
    writers = [SummaryWriter(f"{{folder}}/run{{run}}") for run in range({runs})]
    took, written, began, cpu = [], [], time.perf_counter(), ours()
    for step in range(seconds * 100):
        start = time.perf_counter()
        for _ in range({products}):
            a @ a
        for number in range(step * {a_step}, (step + 1) * {a_step}):
            number %= {tags} * {runs}
            if number < {runs}:
                written.append((step, time.time()))
            writers[number % {runs}].add_scalar(f"tag{{number // {runs}:02}}", math.sin(step / 30), step)
        took.append(time.perf_counter() - start)
        time.sleep(max(0.0, began + (step + 1) / 100 - time.perf_counter()))
    share = (ours() - cpu) / (time.perf_counter() - began)
    for writer in writers:
        writer.close()
    return dict(step=float(np.quantile(took, 0.999)), cpu=share, written=written)
"""
# When a card has painted, when the view stands for so many points (their extremes at least), and when it has them.
OBSERVE_OPENING = """(points) => {
  const opened = (window.tbnOpened = {});
  const look = () => {
    const view = document.querySelector("[data-held]");
    const painted = document.querySelector(".tbn-card[data-painted-step]:not([data-painted-step='-1'])");
    if (painted !== null) opened.first ??= Date.now();
    if (Number(view?.dataset.points) === points) opened.curves ??= Date.now();
    if (Number(view?.dataset.held) === points) opened.all ??= Date.now();
    if (Object.keys(opened).length < 3) setTimeout(look, 10);
  };
  look();
}"""
SECONDS_TO = "(moment) => (window.tbnOpened[moment] - window.tbnTestStarted) / 1000"
RUN_SOON = f"(index) => {{ setTimeout(() => ({RUN})(['notebook:run-cell', index]), 2000); }}"
OPENED = 14.0  # seconds, those before the cell runs included
TELL = "import os; json.dump(os.getpid(), open('kernel.json', 'w'))"
ALONE = "json.dump(loop('alone', {seconds}), open('alone.json', 'w'))"
VIEWED = "show('logs'); json.dump(loop('logs', {seconds}), open('viewed.json', 'w'))"


def cases() -> list[Row]:
    """Measure what the view promises of many points."""
    with Lab() as lab, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        host = Host(lab, browser.new_context(viewport=VIEWPORT))
        try:
            return [*open_forty(lab, playwright), *live(host), *pictures(host), *far_away(host)]
        finally:
            browser.close()
            end_tensorboards(lab)


def open_forty(lab: Lab, playwright: Playwright) -> list[Row]:
    """Forty old runs, from running the cell, with no driver at the page.

    To the first painted curve, to the lowest and highest points of all curves in the page, and to all points of all
    curves; TensorBoard: until its server has a thousand points of each to give.
    """
    seen: dict[str, list[float]] = {"first": [], "curves": [], "all": []}
    peer = []
    with TemporaryDirectory() as folder, Undriven(playwright) as browser:
        write_runs(Path(folder), runs=RUNS, points=POINTS)
        for number in range(ROUNDS):
            port = free_port()
            page = browser.come()
            notebook = Notebook(page, lab, Watch(page, lab.url), f"open40-{number}")
            magic = f"%tensorboard --logdir {folder} --port {port}"
            notebook.open([f"{IMPORTS}\n%load_ext tensorboard", f"view = show({folder!r})", magic])
            notebook.run(0)
            notebook.page.evaluate(OBSERVE_OPENING, RUNS * POINTS)
            turns = [1, 2] if number % 2 == 0 else [2, 1]
            for cell in turns:
                notebook.page.evaluate(RUN_SOON, cell)
                browser.leave()
                if cell == 1:
                    time.sleep(OPENED)
                else:
                    _wait_tensorboard(port)
                came = time.time()
                page = browser.come()
                notebook = notebook.second(page, Watch(page, lab.url))
                notebook.wait_ended()
                if cell == 1:
                    wait_held(notebook.view(1), RUNS * POINTS, TIMEOUT)
                    for moment, seconds in seen.items():
                        seconds.append(page.evaluate(SECONDS_TO, moment))
                else:
                    peer.append(came - page.evaluate("window.tbnTestStarted") / 1000)
            browser.leave()  # with what listens to its page
            lab.end_sessions()
            end_tensorboards(lab)
    return [
        *(Row(f"view.open40.{moment}", median(seen[moment]), None, "s") for moment in ("first", "curves")),
        Row("view.open40.tensorboard", median(seen["all"]), median(peer), "s", times=True),
    ]


def live(host: Host) -> list[Row]:
    """The lag of one card, the CPU time of our threads, and what the view adds to the loop's slowest steps.

    Medians of some rounds: the slowest steps are few, and a machine that does nothing else has such, too.
    """
    rounds = [_live_round(host, number) for number in range(ROUNDS)]
    lag, cpu, alone, viewed = map(median, zip(*rounds, strict=True))
    return [
        Row("live.lag", 1000 * lag, None, "ms"),
        Row("live.cpu", 100 * cpu, None, "%"),
        Row("live.step", 1000 * (viewed - alone), None, "ms"),
    ]


class _Round(NamedTuple):
    """The 95th percentile of the lag, in seconds; our share of the time; the loop's slow step alone and in view."""

    lag: float
    cpu: float
    alone: float
    viewed: float


def _live_round(host: Host, number: int) -> _Round:
    """Run the loop in a kernel of its own; kernel and browser have cores of their own."""
    with host.notebook(f"live-{number}") as notebook:
        write_runs(notebook.folder / "logs" / "old", runs=OLD[0], points=OLD[1], tag="old")
        define = IMPORTS + LOOP.format(runs=LIVE_RUNS, tags=TAGS, a_step=A_STEP, products=PRODUCTS)
        notebook.open([define + TELL, ALONE.format(seconds=SECONDS), VIEWED.format(seconds=SECONDS)])
        notebook.run(0)
        with apart(json.loads((notebook.folder / "kernel.json").read_text())):
            notebook.run(1, wait=False)
            notebook.wait_ended(2000 * SECONDS)
            notebook.page.evaluate(OBSERVE, "tag00")
            notebook.run(2, wait=False)
            wait_painted(notebook.card(2, "tag00"), 1)
            notebook.wait_ended(2000 * SECONDS)
            notebook.page.wait_for_timeout(1000)
            painted = notebook.page.evaluate("window.tbnPainted")
        alone, viewed = (json.loads((notebook.folder / f"{name}.json").read_text()) for name in ("alone", "viewed"))
    waits = sorted(_waits(viewed["written"], painted))
    return _Round(waits[int(0.95 * (len(waits) - 1))], viewed["cpu"], alone["step"], viewed["step"])


def pictures(host: Host) -> list[Row]:
    """Twenty tags of a hundred pictures beside twenty live curves, and what of that is saved.

    95th percentiles, on a connection that has been seen to be wide; and the pictures' in the first cell of a kernel,
    of which nothing is known.
    """
    seen = {}
    for known in (True, False):
        with host.notebook(f"pictures-{'known' if known else 'first'}") as notebook:
            seen[known] = measure(notebook, PICTURES if known else PICTURES // 3, 0.5, known=known)
    live, first = seen[True], seen[False]
    return [
        Row("live.pictures.curve", live.curve, None, "s"),
        Row("live.pictures.newest", live.picture, None, "s"),
        Row("live.pictures.first", first.picture, None, "s"),
        Row("live.pictures.kernel", live.kernel / 1e6, None, "MB"),
        Row("live.pictures.heap", live.heap / 1e6, None, "MB"),
        Row("live.pictures.saved", live.saved / 1e3, None, "kB"),
    ]


def far_away(host: Host) -> list[Row]:
    """A connection of 1 MB/s, eight million old points beside a live run: 95th percentiles."""
    far = measure_far(host.context, host.lab, FAR_POINTS)
    return [Row("live.far.curve", far.curve, None, "s"), Row("live.far.prints", far.prints, None, "s")]


def _waits(written: list[tuple[int, float]], painted: list[tuple[int, float]]) -> list[float]:
    """Return for each point how long it took until it or a later one was painted."""
    waits = []
    moments = iter(painted)
    step, at = next(moments)
    for number, moment in written:
        while step < number:
            following = next(moments, None)
            if following is None:
                return waits
            step, at = following
        waits.append(at - moment)
    return waits


def _wait_tensorboard(port: int) -> None:
    """Wait until TensorBoard's server gives every curve up to its last step."""
    started = time.monotonic()
    done = 0
    while done < RUNS:
        if time.monotonic() - started > TIMEOUT:
            raise TimeoutError(f"TensorBoard had {done} of {RUNS} curves after {TIMEOUT} s")
        try:
            points = _ask(port, f"data/plugin/scalars/scalars?tag=loss&run=run{done:02}")
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
            continue
        if points and points[-1][1] == POINTS - 1:
            done += 1
        else:
            time.sleep(0.05)


def _ask(port: int, path: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=30) as response:
        return json.loads(response.read())
