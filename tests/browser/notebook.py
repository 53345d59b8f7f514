"""A notebook in a page of JupyterLab or Notebook 7, as a person would use it."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Error, Locator, Page, expect

from tbnotebook.wire.snapshot import MIME, decode
from tests.browser.lab import Lab
from tests.browser.watch import Watch

START_TIMEOUT = 60_000  # milliseconds, as all of Playwright's: a kernel's start on a loaded machine
CELL_TIMEOUT = 60_000
SAVED_TIMEOUT = 20  # seconds: a save that would hold a cell's end for too long is made right behind it
SESSION = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"

# Commands end with their cell; the page remembers which have, so that nobody has to wait inside a call.
RUN = """([command, index]) => {
  const panel = jupyterapp.shell.currentWidget;
  if (index !== null) {
    panel.content.deselectAll();
    panel.content.activeCellIndex = index;
    panel.content.scrollToItem(index, "start");
  }
  window.tbnTestRuns = (window.tbnTestRuns ?? 0) + 1;
  window.tbnTestStarted = Date.now();
  jupyterapp.commands.execute(command).finally(() => { window.tbnTestRuns -= 1; });
}"""

ADD = """(source) => {
  const model = jupyterapp.shell.currentWidget.content.model;
  model.sharedModel.addCell({ cell_type: "code", source });
  return model.cells.length - 1;
}"""

RESTART = "async () => { await jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart(); }"

RAISED = """() => [...jupyterapp.shell.currentWidget.content.model.cells]
  .flatMap((cell) => cell.toJSON().outputs)
  .filter((output) => output.output_type === "error")
  .map((output) => `${output.ename}: ${output.evalue}`)"""


class CellError(AssertionError):
    """A cell raised."""


class Notebook:
    """A notebook that is open in a page.

    Attributes
    ----------
    page : Page
    watch : Watch
        The page's errors and requests since its first one.
    folder : Path
        Where the notebook lies and its kernel runs.
    """

    def __init__(self, page: Page, lab: Lab, watch: Watch, name: str) -> None:
        self.page = page
        self.watch = watch
        self.folder = lab.folder / name
        self.folder.mkdir()
        self.path = self.folder / "notebook.ipynb"
        self.address = f"{lab.tree}/{quote(name)}/notebook.ipynb?reset"

    def open(self, cells: Sequence[str]) -> None:
        """Write a notebook of code cells and open it with a kernel."""
        self.path.write_text(json.dumps(notebook_of(cells)))
        self.reload()
        self.page.wait_for_function(f"['idle', 'busy'].includes({SESSION}?.status)", timeout=START_TIMEOUT)

    def reload(self) -> None:
        """Load the page anew; the kernel stays. Its status is unknown to the page for as long as a cell runs."""
        self.page.goto(self.address)
        self.page.wait_for_function(f"{SESSION}?.connectionStatus === 'connected'", timeout=START_TIMEOUT)
        expect(self.cell(0)).to_be_visible()
        self.page.evaluate("jupyterapp.shell.collapseLeft()")

    def second(self, page: Page, watch: Watch) -> Notebook:
        """Return the same notebook in another page, which does not show it yet."""
        other = copy(self)
        other.page, other.watch = page, watch
        return other

    def add(self, source: str) -> int:
        """Add a cell at the end and return its index."""
        return self.page.evaluate(ADD, source)

    def run(self, index: int, *, wait: bool = True) -> None:
        """Run a cell; wait for its end unless told otherwise."""
        self.page.evaluate(RUN, ["notebook:run-cell", index])
        if wait:
            self.wait_ended()

    def run_all(self, *, wait: bool = True) -> None:
        """Choose "Run All Cells"."""
        self.page.evaluate(RUN, ["notebook:run-all-cells", None])
        if wait:
            self.wait_ended()

    def wait_ended(self, timeout: float = CELL_TIMEOUT) -> None:
        """Wait until every cell that was run has ended; raise what a cell raised."""
        self.page.wait_for_function("window.tbnTestRuns === 0", timeout=timeout)
        raised = self.page.evaluate(RAISED)
        if raised:
            raise CellError("; ".join(raised))

    def wait_busy(self, index: int) -> None:
        """Wait until a cell's prompt says that it runs."""
        expect(self._prompt(index)).to_have_text("[*]:")

    def is_busy(self, index: int) -> bool:
        """Return whether a cell runs, by its prompt: a kernel's status says idle as soon as a subshell has answered."""
        return self._prompt(index).inner_text() == "[*]:"

    def interrupt(self) -> None:
        """Interrupt the kernel, as the stop button does."""
        self.command("notebook:interrupt-kernel")

    def restart(self) -> None:
        """Restart the kernel without being asked for confirmation, once the page has found it idle."""
        self._wait_idle()
        self.page.evaluate(RESTART)
        self._wait_idle()

    def _wait_idle(self) -> None:
        self.page.wait_for_function(f"{SESSION}?.status === 'idle'", timeout=START_TIMEOUT)

    def save(self) -> dict[str, Any]:
        """Save in the ordinary way and return the file's content."""
        self.page.evaluate("async () => { await jupyterapp.commands.execute('docmanager:save'); }")
        return json.loads(self.path.read_text("utf-8"))

    def end_kernel(self) -> None:
        """Shut the kernel down; the page stays."""
        self.page.evaluate("async () => { await window.jupyterapp?.serviceManager.sessions.shutdownAll(); }")

    def theme(self, name: str) -> None:
        """Choose JupyterLab's theme, "JupyterLab Light" or "JupyterLab Dark"."""
        self.command("apputils:change-theme", {"theme": name})
        light = "false" if "Dark" in name else "true"
        expect(self.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
        # JupyterLab covers the page meanwhile, and fails itself if the theme changes again before the cover has gone.
        expect(self.page.locator("#jupyterlab-splash")).to_have_count(0)

    def command(self, name: str, arguments: dict[str, Any] | None = None) -> None:
        """Execute one of JupyterLab's commands and wait for its end."""
        call = "async ([name, given]) => { await jupyterapp.commands.execute(name, given ?? undefined); }"
        self.page.evaluate(call, [name, arguments])

    def cell(self, index: int) -> Locator:
        """Return a cell with its outputs."""
        return self.page.locator(f".jp-Cell[data-windowed-list-index='{index}']")

    def text(self, index: int) -> str:
        """Return what a cell has printed."""
        outputs = self.cell(index).locator("[data-mime-type='application/vnd.jupyter.stdout']")
        return "".join(outputs.all_inner_texts())

    def view(self, index: int) -> Locator:
        """Return the live views under a cell."""
        return self.cell(index).locator(".tbn-view")

    def card(self, index: int, tag: str) -> Locator:
        """Return a tag's card in the view under a cell."""
        return self.view(index).locator(f".tbn-card[data-tag={json.dumps(tag)}]")

    def choose(self, index: int, menu: str, entry: str) -> None:
        """Open a menu of the view under a cell by its name, and choose an entry."""
        self.view(index).get_by_role("button", name=menu, exact=True).click()
        self.page.locator("[role^=menuitem]").get_by_text(entry, exact=True).click()

    def pictures(self, index: int) -> Locator:
        """Return the saved pictures under a cell, shown or hidden."""
        return self.cell(index).locator(".jp-OutputArea-output img")

    def _prompt(self, index: int) -> Locator:
        return self.cell(index).locator(".jp-InputPrompt").first


def painted_step(card: Locator) -> int:
    """Return the last step that a card has painted, -1 if none."""
    painted = next(iter(card.evaluate_all("(cards) => cards.map((card) => card.dataset.paintedStep)")), None)
    return int(painted) if painted else -1


def wait_painted(card: Locator, step: int, timeout: float = 20_000) -> None:
    """Wait until a card has painted a step or a later one; a card paints where it is in sight.

    The card is looked for anew each time: a live view takes the place of a saved one.
    """
    expect(card).to_be_visible(timeout=timeout)
    deadline = time.monotonic() + timeout / 1000
    while (painted := painted_step(card)) < step:
        if time.monotonic() > deadline:
            raise AssertionError(f"the card has painted step {painted} in {timeout / 1000:.0f} s, not {step}")
        with suppress(Error):  # gone between two looks
            card.scroll_into_view_if_needed(timeout=1000)
        card.page.wait_for_timeout(30)


def await_saved(notebook: Notebook, step: int) -> None:
    """Save the notebook until what it holds of cell 1's view has reached a step."""
    deadline = time.monotonic() + SAVED_TIMEOUT
    while last_saved_step(notebook) < step:
        assert time.monotonic() < deadline, f"the saved output did not reach step {step}"
        notebook.page.wait_for_timeout(300)


def last_saved_step(notebook: Notebook) -> int:
    """Save the notebook and return the last step that it holds of cell 1's view, -1 if none."""
    [data] = [output["data"] for output in notebook.save()["cells"][1]["outputs"] if MIME in output.get("data", {})]
    header, _ = decode(data[MIME])
    return max((-1 if run["last_step"] is None else run["last_step"] for run in header["frame"]["runs"]), default=-1)


def notebook_of(cells: Sequence[str]) -> dict[str, Any]:
    """Return the content of a notebook of code cells."""
    return {
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{number}",
                "execution_count": None,
                "metadata": {},
                "outputs": [],
                "source": source,
            }
            for number, source in enumerate(cells)
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
