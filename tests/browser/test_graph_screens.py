"""The diagram and its table, light and dark, in three widths: all of it can be read, and be told by its name."""

from __future__ import annotations

import pytest

from tbnotebook.graph import Graph
from tests.browser.audit import faults, violations
from tests.browser.conftest import SCREENS
from tests.browser.graphs import LoneGraph
from tests.browser.nets import NETS

pytest.importorskip("torch")


@pytest.fixture(scope="module")
def nets() -> dict[str, Graph]:
    return {net.name: net.graph() for net in NETS if net.name in ("resnet18", "gpt2")}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "net"), [(420, "resnet18"), (900, "gpt2"), (1600, "resnet18")])
def test_all_of_a_network_can_be_read(
    diagram: LoneGraph, nets: dict[str, Graph], dark: bool, width: int, net: str
) -> None:
    diagram.page.set_viewport_size({"width": width + 32, "height": 900})
    view = diagram.show(nets[net], dark=dark)
    diagram.page.mouse.move(1, 1)
    diagram.page.wait_for_timeout(400)
    SCREENS.mkdir(parents=True, exist_ok=True)
    diagram.page.screenshot(path=SCREENS / f"graph-{net}-{width}-{'dark' if dark else 'light'}.png")
    assert faults(view) == []
    assert violations(diagram.page, view) == []
    diagram.view.locator(".tbn-item").first.focus()
    diagram.page.keyboard.press("Escape")
    diagram.view.locator(".tbn-item").nth(1).click(position={"x": 40, "y": 12})
    diagram.page.wait_for_timeout(400)
    assert violations(diagram.page, view) == []
