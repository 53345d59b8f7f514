"""What a view costs on the way to the page."""

from __future__ import annotations

from tests.browser.cells import IMPORTS, folder_with
from tests.browser.notebook import Notebook, wait_painted
from tests.browser.wire import COMM, OUTPUT, Received, Wire, total

SECOND_VIEW = 16_000  # bytes, its keyframe apart


def second_view(notebook: Notebook) -> list[Received]:
    """Show a folder twice and return what the second view sent, from its cell's start to its curve."""
    wire = Wire(notebook.page)
    notebook.open(
        [IMPORTS + folder_with(["loss", "accuracy"], points=1000), "one = show('logs')", "two = show('logs')"]
    )
    notebook.run(0)
    notebook.run(1)
    wait_painted(notebook.card(1, "loss"), 999)
    notebook.page.wait_for_timeout(1000)
    wire.take()
    notebook.run(2)
    wait_painted(notebook.card(2, "loss"), 999)
    return wire.take()


def test_a_second_view_adds_little_but_its_keyframe(notebook: Notebook) -> None:
    messages = second_view(notebook)
    keys = sum(message.size for message in messages if message.is_key)
    comm = total(messages, COMM)
    saved = total(messages, OUTPUT)
    print(f"second view: {comm - keys} bytes, its keyframe {keys}, its saved output {saved}")
    assert keys > 0
    assert comm - keys <= SECOND_VIEW


def test_the_bundle_goes_once_a_kernel(notebook: Notebook) -> None:
    assert max(message.size for message in second_view(notebook) if message.kind in COMM) < 100_000
