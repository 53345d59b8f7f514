"""The diagram: opened and closed by hand and by key, shapes on its edges, facts on a card."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.notebook import Notebook

MODEL = """
import torch
from torch import nn
from tbnotebook import SummaryWriter

def block(n):
    return nn.Sequential(nn.Linear(n, n), nn.ReLU(), nn.Linear(n, n))

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(10, 16), block(16), nn.Tanh())
        self.decoder = nn.Sequential(block(16), nn.Linear(16, 3))
    def forward(self, x):
        return self.decoder(self.encoder(x))

writer = SummaryWriter("logs")
writer.add_graph(Net(), torch.rand(4, 10))
writer.close()
"""


@pytest.fixture(scope="module")
def model(module_notebook: Notebook) -> Notebook:
    """A notebook whose cell 1 shows a network with two nested stages."""
    module_notebook.open([MODEL, "view = writer.show(panel='graph')"])
    module_notebook.run(0)
    return module_notebook


@pytest.fixture
def graph(model: Notebook) -> Iterator[Locator]:
    """The diagram of a new view."""
    model.run(1)
    graph = model.view(1).locator(".tbn-graph")
    expect(graph).to_be_visible()
    yield graph
    model.watch.check()


def item(graph: Locator, key: str) -> Locator:
    return graph.locator(f".tbn-item[data-key={json.dumps(key)}]")


def test_a_click_on_its_chevron_opens_a_module_and_closes_it_again(graph: Locator) -> None:
    module = item(graph, "Net/decoder")
    was = str(module.get_attribute("aria-expanded"))
    items = graph.locator(".tbn-item").count()
    module.locator(".tbn-chevron").first.click()
    expect(module).not_to_have_attribute("aria-expanded", was)
    expect(graph.locator(".tbn-item")).not_to_have_count(items)
    graph.page.wait_for_timeout(400)
    item(graph, "Net/decoder").locator(".tbn-chevron").first.click()
    expect(module).to_have_attribute("aria-expanded", was)
    expect(graph.locator(".tbn-item")).to_have_count(items)


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_key_opens_a_module_and_closes_it_again(graph: Locator, key: str) -> None:
    module = item(graph, "Net/encoder")
    was = str(module.get_attribute("aria-expanded"))
    for expected in ({"true": "false", "false": "true"}[was], was):
        module.focus()
        module.press(key)
        expect(module).to_have_attribute("aria-expanded", expected)


def test_edges_carry_shapes(graph: Locator) -> None:
    labels = graph.locator(".tbn-edge-label")
    expect(labels.filter(has_text="4 × 10").first).to_be_visible()
    expect(labels.filter(has_text="4 × 16").first).to_be_visible()
    expect(labels.filter(has_text="4 × 3").first).to_be_visible()


def test_no_two_labels_of_the_first_look_lie_on_each_other(graph: Locator) -> None:
    boxes = [label.bounding_box() for label in graph.locator(".tbn-edge-label").all()]
    for number, a in enumerate(boxes):
        for b in boxes[number + 1 :]:
            assert a is not None
            assert b is not None
            apart_x = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
            apart_y = a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
            assert apart_x or apart_y


def test_a_selected_module_shows_its_facts(graph: Locator) -> None:
    item(graph, "Net/encoder").click(position={"x": 30, "y": 14})
    details = graph.page.locator(".tbn-details")
    expect(details).to_be_visible()
    expect(details).to_contain_text("encoder")


def test_the_wheel_does_not_zoom_the_diagram(graph: Locator) -> None:
    before = graph.locator(".tbn-item").first.bounding_box()
    graph.hover()
    graph.page.mouse.wheel(0, 120)
    graph.page.wait_for_timeout(300)
    after = graph.locator(".tbn-item").first.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] == pytest.approx(before["width"], abs=0.5)
