"""What a view costs on the way to the page."""

from __future__ import annotations

from tests.browser.cells import WITHOUT_TORCH, folder_with
from tests.browser.notebook import Notebook, wait_painted
from tests.browser.wire import COMM, Wire, second_view

SECOND_VIEW = 16_000  # bytes, its keyframe apart
BUNDLE = 300_000  # bytes; the bundle is larger, and nothing else is


def test_a_second_view_adds_little_but_its_keyframe(notebook: Notebook) -> None:
    cost = second_view(notebook)
    print(f"second view: {cost.own} B, its keyframe {cost.key} B, its saved output {cost.saved} B")
    assert cost.key > 0
    assert 0 < cost.own <= SECOND_VIEW


def test_the_bundle_goes_once_a_kernel_and_is_in_no_output(notebook: Notebook) -> None:
    wire = Wire(notebook.page)
    notebook.open([WITHOUT_TORCH + folder_with(["loss"]), "view = show('logs')", "view = show('logs')"])
    for cell in range(3):
        notebook.run(cell)
    wait_painted(notebook.card(2, "loss"), 49)
    large = [message for message in wire.take() if message.size > BUNDLE]
    assert [message.kind for message in large if message.kind in COMM] == ["comm_msg"]
    assert len(large) == 1
