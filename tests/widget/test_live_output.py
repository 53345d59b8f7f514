"""The first output of a view: the widget, unless JupyterLab's page says nothing to an idle kernel."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import v4

from tbnotebook.wire import LIVE_TEXT
from tests.widget.kernel import Kernel, Ran
from tests.widget.test_view import VIEW

# As the view would be after 8 s.
HASTE = "import tbnotebook.widget.live_output as live_output; live_output.PATIENCE = 0.5\nfrom tbnotebook import show\n"
PATIENCE = 3.0  # seconds: the poller of a view without news looks once a second


def live(ran: Ran) -> list[dict[str, Any]]:
    """Return the data of the live outputs, shown or updated, in order."""
    contents = [m["content"] for m in ran.messages if m["msg_type"] in ("display_data", "update_display_data")]
    return [c["data"] for c in contents if c["transient"].get("display_id", "").startswith("tbnotebook-live-")]


def wait_idle(kernel: Kernel) -> Ran:
    """Let the kernel be idle, and return what it sent meanwhile and in a next cell."""
    time.sleep(PATIENCE)
    return kernel.run("1 + 1", cell="later", jupyterlab=True)


def test_a_page_that_says_nothing_gets_the_sentence_and_so_does_the_next_view(kernel: Kernel) -> None:
    (data,) = live(kernel.run(HASTE + "view = show('logs')", cell="a", jupyterlab=True))
    assert data.keys() == {VIEW, "text/plain"}
    assert live(wait_idle(kernel)) == [{"text/plain": LIVE_TEXT}]
    assert live(kernel.run("show('logs');", cell="b", jupyterlab=True)) == [{"text/plain": LIVE_TEXT}]


def test_a_page_that_speaks_later_gets_the_widget_and_the_next_view_at_once(kernel: Kernel) -> None:
    kernel.run(HASTE + "view = show('logs')", cell="a", jupyterlab=True)
    wait_idle(kernel)
    said = kernel.run("view._on_message(None, {'type': 'here'}, [])", cell="b", jupyterlab=True)
    assert [VIEW in data for data in live(said)] == [True]
    assert [VIEW in data for data in live(kernel.run("show('logs');", cell="c", jupyterlab=True))] == [True]


def test_a_view_that_a_page_has_spoken_for_stays(kernel: Kernel) -> None:
    kernel.run(
        HASTE + "view = show('logs'); view._on_message(None, {'type': 'here'}, [])", cell="a", jupyterlab=True
    )
    assert live(wait_idle(kernel)) == []


def test_a_busy_kernel_hears_nobody_and_gives_nothing_up(kernel: Kernel) -> None:
    kernel.run(HASTE + "view = show('logs')", cell="a", jupyterlab=True)
    assert live(kernel.run(f"import time; time.sleep({PATIENCE})", cell="b", jupyterlab=True)) == []


@pytest.mark.parametrize("cell", [None, "a"])
def test_other_front_ends_are_left_alone(kernel: Kernel, cell: str | None) -> None:
    kernel.run(HASTE + "view = show('logs')", cell=cell)
    assert live(wait_idle(kernel)) == []


def test_an_executed_notebook_never_says_it(tmp_path: Path) -> None:
    notebook = v4.new_notebook(
        cells=[v4.new_code_cell(HASTE + "show('logs')"), v4.new_code_cell(f"import time; time.sleep({PATIENCE})")]
    )
    client = NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}, kernel_name="python3")
    client.on_cell_start = lambda cell, cell_index: time.sleep(PATIENCE if cell_index else 0)  # the kernel is idle
    client.execute()
    nbformat.validate(notebook)
    first, second = notebook.cells[0].outputs
    assert VIEW in first.data
    assert "image/png" in second.data
