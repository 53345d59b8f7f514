"""What a person does to a notebook while a cell trains: the view stays, and stays one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tbnotebook import LogDir
from tbnotebook.wire import LIVE_TEXT
from tests.browser.notebook import SESSION, CellError, Notebook, painted_step, wait_painted

# What JupyterLab logs of a server that cannot be reached.
OFFLINE = re.compile("ERR_INTERNET_DISCONNECTED")
AWAY = 6.0  # seconds
LAST = 119  # the last step of a cell that trains for 6 s
CLOSE_SOCKET = f"() => {SESSION}._ws.close()"
CONNECTED = f"{SESSION}.connectionStatus === 'connected'"
# JupyterLab tries again by itself, but up to half a minute later.
RECONNECT = f"async () => {{ await {SESSION}.reconnect(); }}"
RENAME = "async () => { await jupyterapp.shell.currentWidget.context.rename('renamed.ipynb'); }"

# As if no page had spoken for the view in 9 s of an idle kernel.
GIVE_UP = """
with view.folder.lock:
    view._live._waits = True
    for now, busy in ((0.0, True), (0.0, False), (9.0, False)):
        view._live.tick(now, busy=busy)
"""


def training(folder: str, points: int = LAST + 1) -> str:
    """Return a cell that trains for so many points, or until a file says that it is enough."""
    return f"""
import os
with SummaryWriter({folder!r}) as writer:
    writer.show()
    for step in range({points}):
        writer.add_scalar("loss", 1 / (step + 1), step)
        time.sleep(0.05)
        if os.path.exists({folder + ".enough"!r}):
            break
"""


@pytest.fixture
def notebook(imported: Notebook) -> Iterator[Notebook]:
    yield imported
    imported.watch.check()


def start(notebook: Notebook, folder: str, points: int = LAST + 1) -> int:
    """Run a training cell, wait for its first points, and return its index."""
    cell = notebook.add(training(folder, points))
    notebook.run(cell, wait=False)
    wait_painted(notebook.card(cell, "loss"), 10)
    return cell


def check_one_live(notebook: Notebook, cell: int, step: int) -> None:
    """One view under the cell that has painted a step, its saved output hidden."""
    wait_painted(notebook.card(cell, "loss"), step)
    expect(notebook.view(cell)).to_have_count(1)
    expect(notebook.pictures(cell)).to_have_count(1)
    expect(notebook.pictures(cell)).to_be_hidden()


def test_a_cell_that_is_moved_keeps_its_view(notebook: Notebook) -> None:
    notebook.add("1 + 1")
    cell = start(notebook, "moved")
    notebook.command("notebook:move-cell-up")
    check_one_live(notebook, cell - 1, min(LAST, painted_step(notebook.card(cell - 1, "loss")) + 20))
    notebook.wait_ended()
    check_one_live(notebook, cell - 1, LAST)


def test_cleared_outputs_do_not_come_back_and_the_cell_run_again_has_one_view(notebook: Notebook) -> None:
    cell = start(notebook, "cleared")
    notebook.command("notebook:clear-cell-output")
    expect(notebook.cell(cell).locator(".jp-OutputArea-output")).to_have_count(0)
    notebook.wait_ended()
    notebook.run(notebook.add("with SummaryWriter('cleared/more') as writer:\n    writer.add_scalar('loss', 1.0, 500)"))
    expect(notebook.cell(cell).locator(".jp-OutputArea-output")).to_have_count(0)
    notebook.run(cell)
    check_one_live(notebook, cell, LAST)


def test_a_notebook_that_is_renamed_keeps_its_view(notebook: Notebook) -> None:
    cell = start(notebook, "before")
    notebook.page.evaluate(RENAME)
    check_one_live(notebook, cell, min(LAST, painted_step(notebook.card(cell, "loss")) + 20))
    notebook.wait_ended()
    check_one_live(notebook, cell, LAST)


def test_a_view_is_complete_after_the_laptop_was_closed_for_a_while(notebook: Notebook) -> None:
    cell = start(notebook, "away", 2000)
    notebook.page.context.set_offline(True)  # and with it the pages of all tests behind this one
    try:
        notebook.page.evaluate(CLOSE_SOCKET)
        notebook.page.wait_for_function(f"!({CONNECTED})")
        notebook.page.wait_for_timeout(AWAY * 1000)
        step = painted_step(notebook.card(cell, "loss"))
    finally:
        notebook.page.context.set_offline(False)
    notebook.page.evaluate(RECONNECT)
    wait_painted(notebook.card(cell, "loss"), step + int(AWAY / 0.06))
    assert notebook.is_busy(cell)
    (notebook.folder / "away.enough").touch()
    notebook.wait_ended()
    log = LogDir(notebook.folder / "away")
    log.poll()
    points = len(log.run.scalars["loss"])
    check_one_live(notebook, cell, points - 1)
    expect(notebook.card(cell, "loss")).to_have_attribute("data-points", str(points))
    notebook.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    notebook.watch.errors = [error for error in notebook.watch.errors if OFFLINE.search(error) is None]


def test_a_page_that_speaks_late_has_its_view_back(notebook: Notebook) -> None:
    cell = notebook.add(training("late", 5).replace("writer.show()", "view = writer.show()"))
    notebook.run(cell)
    check_one_live(notebook, cell, 4)
    notebook.run(notebook.add(GIVE_UP))
    expect(notebook.cell(cell).get_by_text(LIVE_TEXT)).to_be_visible()
    expect(notebook.pictures(cell)).to_be_visible()
    notebook.run(notebook.add("view._live.answer()"))
    expect(notebook.cell(cell).get_by_text(LIVE_TEXT)).to_have_count(0)
    check_one_live(notebook, cell, 4)


def test_an_interrupted_cell_says_what_ended_it_and_where(notebook: Notebook) -> None:
    cell = start(notebook, "interrupted", 2000)
    notebook.interrupt()
    with pytest.raises(CellError, match="KeyboardInterrupt"):
        notebook.wait_ended()
    status = notebook.view(cell).locator(".tbn-status")
    expect(status).to_contain_text(re.compile(r"ended by KeyboardInterrupt at step \d+"))
