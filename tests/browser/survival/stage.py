"""A notebook on its way through the states, in one application."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tbnotebook import LogDir
from tbnotebook.wire import MIME
from tests.browser.lab import Lab
from tests.browser.notebook import Notebook, wait_painted
from tests.browser.survival import states
from tests.browser.survival.states import LIVE, STATES, State
from tests.browser.watch import Watch

TRAINING = Path(__file__).with_name("training.py")
TAG = "data/sin"
CELLS = ["from training import train", "train()"]
CELL = 1
LEAST = 40  # points after which a page is loaded: two seconds of training
OLDEST = 30.0  # seconds: the saved picture is never older
TIMEOUT = 20_000  # milliseconds

# Notes, on the page's own clock, when the cell is there, when a card of ours is painted, and when it is live.
CLOCK = """(() => {
  const at = (window.tbnReady = {});
  const look = () => {
    const cell = document.querySelector(".jp-Notebook .jp-Cell[data-windowed-list-index='1']");
    const shown = (selector) => [...(cell?.querySelectorAll(selector) ?? [])].some((one) => one.checkVisibility());
    if (cell) at.ready ??= performance.now();
    if (shown(".tbn-card[data-painted-step]:not([data-painted-step=''])")) at.usable ??= performance.now();
    if (shown(".tbn-status[data-state=live]")) at.live ??= performance.now();
    if (at.live === undefined || at.usable === undefined) requestAnimationFrame(look);
  };
  look();
})()"""


@dataclass(frozen=True)
class Place:
    """Where a view is to be seen.

    Attributes
    ----------
    root : Locator
        The cell with its outputs, or the body of an exported page.
    watch : Watch
        What went wrong in its page.
    logs : Path
        The event files that the view shows.
    saved : dict
        The data of the saved output in the notebook's file.
    """

    root: Locator
    watch: Watch
    logs: Path
    saved: dict[str, Any]

    @property
    def page(self) -> Page:
        """The page that it is in."""
        return self.root.page


class Stage:
    """One application's notebooks, brought into one state after the other, each once.

    Parameters
    ----------
    context : BrowserContext
    lab : Lab
        The running application.
    host : str
        One of `states.HOSTS`, as the table calls it.
    """

    def __init__(self, context: BrowserContext, lab: Lab, host: str) -> None:
        self._context = context
        self._lab = lab
        self._host = host
        self._pages: list[Page] = []
        self._loaded: dict[str, float] = {}
        self._places: dict[State, Place | Exception] = {}
        self._way = [state for state in STATES if host in state.kinds]
        self._bring: dict[State, Callable[[], Place]] = {
            states.BUSY: self._busy,
            states.SECOND_TAB: self._second_tab,
            states.IDLE: self._idle,
            states.RELOADED_IDLE: self._reloaded_idle,
            states.RELOADED_BUSY: self._reloaded_busy,
            states.RESTARTED: self._restarted,
            states.KILLED: self._killed,
            states.REOPENED: self._reopened,
            states.NO_KERNEL: self._no_kernel,
            states.UNTRUSTED: self._untrusted,
        }
        self._doomed = self._notebook("doomed")
        self.notebook = self._notebook("notebook")

    def at(self, state: State) -> Place:
        """Bring the notebook into a state, through all that come before it, and return where the view is then."""
        for one in self._way[: self._way.index(state) + 1]:
            if one not in self._places:
                try:
                    self._places[one] = self._bring[one]()
                except Exception as error:
                    self._places[one] = error
        place = self._places[state]
        if isinstance(place, Exception):
            raise place
        return place

    @property
    def loaded(self) -> dict[str, float]:
        """When the page loaded while the cell ran had the cell, a painted card, a live view (ms on its own clock)."""
        return self._loaded

    def close(self) -> None:
        """Close the pages; the kernels end with the application."""
        for page in self._pages:
            page.close()

    def _busy(self) -> Place:
        self._start(self._doomed)
        self._doomed_since = time.monotonic()
        self._start(self.notebook)
        return self._place(self.notebook)

    def _second_tab(self) -> Place:
        self._save_when(lambda saved: "graph" in "".join(saved["text/plain"]))
        page = self._page()
        return self._load(self.notebook.second(page, Watch(page, self._lab.url)))

    def _idle(self) -> Place:
        self._pages.pop().close()
        self._tell("leave")
        self.notebook.wait_ended()
        return self._place(self.notebook)

    def _reloaded_idle(self) -> Place:
        self.notebook.save()
        self.notebook.reload()
        # What was saved is live at once; the widget takes its place as soon as the kernel has told what it is.
        followed = self.notebook.cell(CELL).locator("[data-tbn-saved] .tbn-view")
        expect(self.notebook.view(CELL).filter(visible=True)).to_have_count(1, timeout=TIMEOUT)
        expect(followed.filter(visible=True)).to_have_count(0, timeout=TIMEOUT)
        return self._place(self.notebook)

    def _reloaded_busy(self) -> Place:
        self._tell("stop")
        self._wait(lambda log: log.run.ended)
        for name in ("leave", "stop"):
            (self.notebook.folder / name).unlink()
        self.notebook.run(CELL, wait=False)
        self._wait(lambda log: len(log.run.attempts) == 2 and len(log.run.scalars[TAG].step) > LEAST)
        older = len(self._log().run.attempts[0].scalars[TAG].step)
        self._save_when(lambda saved: f"{older} points" not in "".join(saved["text/plain"]))
        self.notebook.page.add_init_script(CLOCK)
        place = self._load(self.notebook)
        if states.RELOADED_BUSY.kinds[self._host] == LIVE:
            self.notebook.page.wait_for_function("tbnReady.live && tbnReady.usable", timeout=TIMEOUT)
            self._loaded = self.notebook.page.evaluate("tbnReady")
        return place

    def _restarted(self) -> Place:
        self._tell("leave")
        self._tell("stop")
        self._wait(lambda log: log.run.ended)
        self.notebook.reload()
        ended = self.notebook.view(CELL).locator(".tbn-status[data-state=ended]")
        expect(ended.filter(visible=True)).to_have_count(1, timeout=TIMEOUT)
        self.notebook.restart()
        return self._place(self.notebook)

    def _killed(self) -> Place:
        """Kill a kernel whose cell has run for longer than a saved picture may be old."""
        page = self._doomed.page
        if self._host == states.LAB:
            wait = self._doomed_since + OLDEST + 3 - time.monotonic()
            page.wait_for_timeout(max(wait, 0) * 1000)
        os.kill(int((self._doomed.folder / "pid").read_text()), signal.SIGKILL)
        page.locator(".jp-Dialog").get_by_role("button", name="Ok").click(timeout=TIMEOUT)
        self._doomed.save()
        return self._place(self._doomed)

    def _reopened(self) -> Place:
        """Run the cell again, whose view takes the place of the one that was left alone, and come back tomorrow."""
        self.notebook.run_all()
        expect(self.notebook.view(CELL).filter(visible=True)).to_have_count(1)
        points = sum(len(attempt.scalars[TAG].step) for attempt in self._log().run.attempts)
        self._save_when(lambda saved: f"{points} points" in "".join(saved["text/plain"]))
        self.notebook.end_kernel()
        self.notebook.reload()
        return self._place(self.notebook)

    def _no_kernel(self) -> Place:
        """Open it where no kernel speaks its language; another one of its language would be taken."""
        elsewhere = {"name": "elsewhere", "display_name": "Elsewhere", "language": "elsewhere"}
        copy = self._copy("no-kernel", kernelspec=elsewhere, language_info={"name": "elsewhere"})
        copy.page.goto(copy.address)
        copy.page.locator(".jp-Dialog").get_by_role("button", name="No Kernel").click(timeout=TIMEOUT)
        return self._place(copy)

    def _untrusted(self) -> Place:
        return self._load(self._copy("untrusted", sender="somebody"))

    def _notebook(self, name: str) -> Notebook:
        page = self._page()
        notebook = Notebook(page, self._lab, Watch(page, self._lab.url), name)
        shutil.copy(TRAINING, notebook.folder)
        return notebook

    def _copy(self, name: str, **metadata: Any) -> Notebook:
        """Return the saved notebook under another name, changed where its trust does not reach."""
        content = json.loads(self.notebook.path.read_text("utf-8"))
        content["metadata"].update(metadata)
        copy = self._notebook(name)
        copy.path.write_text(json.dumps(content), "utf-8")
        return copy

    def _page(self) -> Page:
        self._pages.append(self._context.new_page())
        return self._pages[-1]

    def _start(self, notebook: Notebook) -> None:
        notebook.open(CELLS)
        notebook.run(0)
        notebook.run(CELL, wait=False)
        wait_painted(notebook.card(CELL, TAG), 10)

    def _load(self, notebook: Notebook) -> Place:
        """Load a page whose kernel may be too busy to answer."""
        notebook.page.goto(notebook.address)
        return self._place(notebook)

    def _place(self, notebook: Notebook) -> Place:
        notebook.page.bring_to_front()  # a page behind another hears a mouse late
        expect(notebook.cell(CELL)).to_be_visible(timeout=TIMEOUT)
        logs = (notebook if notebook is self._doomed else self.notebook).folder / "logs"
        content = json.loads(notebook.path.read_text("utf-8"))
        outputs = [output.get("data", {}) for output in content["cells"][CELL]["outputs"]]
        saved = next((data for data in outputs if MIME in data), {})
        return Place(notebook.cell(CELL), notebook.watch, logs, saved)

    def _save_when(self, is_so: Callable[[dict[str, Any]], bool]) -> None:
        """Save until the saved output says something: on a busy machine it comes right behind what it tells of."""
        deadline = time.monotonic() + TIMEOUT / 1000
        while True:
            self.notebook.save()
            saved = self._place(self.notebook).saved
            if saved and is_so(saved):
                return
            if time.monotonic() > deadline:
                raise TimeoutError(f"the saved output says no more than {saved.get('text/plain')!r}")
            self.notebook.page.wait_for_timeout(200)

    def _log(self) -> LogDir:
        log = LogDir(self.notebook.folder / "logs")
        while log.poll().more:
            pass
        return log

    def _tell(self, name: str) -> None:
        (self.notebook.folder / name).touch()

    def _wait(self, is_so: Callable[[LogDir], bool]) -> None:
        """Wait until the notebook's event files say something."""
        deadline = time.monotonic() + TIMEOUT / 1000
        log = self._log()
        while not is_so(log):
            if time.monotonic() > deadline:
                raise TimeoutError(f"the training in {self.notebook.folder} has not come so far")
            self.notebook.page.wait_for_timeout(100)
            log.poll()
