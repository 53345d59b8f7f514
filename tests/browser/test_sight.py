"""A view that nobody sees paints nothing, and is up to date again as soon as it is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.notebook import Notebook, painted_step, wait_painted
from tests.browser.plot import drag, x_range

AWAY = 3.0  # seconds
SOON = 4_000  # milliseconds; 0.3 s where nothing else runs
SHOWN, WRITING = 1, 6
CELLS = [
    """
import time
from pathlib import Path
from tbnotebook import SummaryWriter, show
writer = SummaryWriter("logs")
for step in range(50):
    writer.add_scalar("loss", step, step)
""",
    "view = show('logs')",
    *["print('line\\n' * 100)"] * 4,
    """
while not Path("stop").exists():
    step += 1
    writer.add_scalar("loss", step, step)
    time.sleep(0.05)
writer.close()
""",
]

# Each line is one stroke.
COUNT = """() => {
  if (window.tbnTestStrokes !== undefined) return;
  window.tbnTestStrokes = 0;
  const { stroke } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.stroke = function (...path) {
    window.tbnTestStrokes += 1;
    return stroke.apply(this, path);
  };
}"""
WINDOWING = """(windowingMode) => {
  const { content } = jupyterapp.shell.currentWidget;
  content.notebookConfig = { ...content.notebookConfig, windowingMode };
}"""
SCROLL = "([index, align]) => jupyterapp.shell.currentWidget.content.scrollToItem(index, align)"
FRONT = """() => {
  const widget = [...jupyterapp.shell.widgets("main")].find((one) => one.context?.path.endsWith(".ipynb"));
  jupyterapp.shell.activateById(widget.id);
}"""
ATTACHED = "([index, attached]) => jupyterapp.shell.currentWidget.content.widgets[index].isAttached === attached"


@pytest.fixture(scope="module")
def writing(module_notebook: Notebook) -> Iterator[Notebook]:
    """A notebook with a zoomed view, and far below it a cell that writes on into its folder."""
    module_notebook.open(CELLS)
    for cell in range(WRITING):
        module_notebook.run(cell)
        if cell == SHOWN:
            wait_painted(module_notebook.card(SHOWN, "loss"), 49)
            drag(module_notebook.card(SHOWN, "loss"), 0.3, 0.6)
    module_notebook.page.evaluate(COUNT)
    module_notebook.run(WRITING, wait=False)
    module_notebook.wait_busy(WRITING)
    yield module_notebook
    (module_notebook.folder / "stop").touch()
    module_notebook.wait_ended()


@pytest.fixture
def notebook(writing: Notebook) -> Iterator[Notebook]:
    yield writing
    writing.watch.check()


def strokes(notebook: Notebook) -> int:
    """Return how many lines are painted in a while."""
    before = notebook.page.evaluate("window.tbnTestStrokes")
    notebook.page.wait_for_timeout(AWAY * 1000)
    return notebook.page.evaluate("window.tbnTestStrokes") - before


def see(notebook: Notebook) -> None:
    """Scroll to the view; again where JupyterLab scrolls to a cell that it was about to scroll to."""
    canvas = notebook.card(SHOWN, "loss").locator("canvas").first
    for _ in range(10):
        notebook.page.evaluate(SCROLL, [SHOWN, "start"])
        notebook.page.wait_for_timeout(200)
        if canvas.count() > 0:
            return
    expect(canvas).to_be_visible()


def check_paints_only_when_seen(notebook: Notebook, leave: Callable[[], None], come_back: Callable[[], None]) -> None:
    card = notebook.card(SHOWN, "loss")
    zoom, view = x_range(card), notebook.view(SHOWN).element_handle()
    assert strokes(notebook) > 0
    before = painted_step(card)
    leave()
    notebook.page.wait_for_timeout(500)
    assert strokes(notebook) == 0
    come_back()
    wait_painted(card, before + int(AWAY / 0.06), SOON)
    assert x_range(card) == pytest.approx(zoom)
    expect(notebook.view(SHOWN)).to_have_count(1)
    assert view.evaluate("(view) => view.isConnected"), "another view stands in its place"


@pytest.mark.parametrize("windowing", ["contentVisibility", "full"])
def test_scrolled_away(notebook: Notebook, windowing: str) -> None:
    """In JupyterLab's mode "full" cells out of sight are taken from the page, but not those that hold widgets."""
    notebook.page.evaluate(WINDOWING, windowing)
    see(notebook)

    def leave() -> None:
        notebook.page.evaluate(SCROLL, [WRITING, "end"])
        notebook.page.wait_for_function(ATTACHED, arg=[SHOWN + 1, windowing != "full"])

    check_paints_only_when_seen(notebook, leave, lambda: see(notebook))


def test_behind_another_tab(notebook: Notebook) -> None:
    see(notebook)
    check_paints_only_when_seen(
        notebook, lambda: notebook.command("launcher:create"), lambda: notebook.page.evaluate(FRONT)
    )
