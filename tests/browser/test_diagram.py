"""What a person does with the diagram of a network: tables, colours, paths, files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tbnotebook.graph import Graph
from tests.browser.graphs import LoneGraph
from tests.browser.nets import NETS

pytest.importorskip("torch")


@pytest.fixture(scope="module")
def resnet() -> Graph:
    return next(net for net in NETS if net.name == "resnet18").graph()


def rows(view: Locator) -> list[str]:
    """The names in the table, as they stand."""
    names = view.get_by_role("treegrid", name="Layers").locator(".tbn-layer-name")
    return [name.strip() for name in names.all_inner_texts()]


def test_a_wide_view_has_the_table_beside_the_diagram_and_one_selection(diagram: LoneGraph, resnet: Graph) -> None:
    diagram.page.set_viewport_size({"width": 1632, "height": 900})
    view = diagram.show(resnet)
    assert rows(view)[:6] == ["stem", "conv1", "bn1", "relu", "maxpool", "layer1"]
    diagram.item("ResNet/layer4").click(position={"x": 60, "y": 12})
    chosen = view.get_by_role("treegrid").locator('[aria-selected="true"]')
    expect(chosen).to_contain_text("layer4")
    expect(chosen).to_contain_text("8.39M")
    expect(chosen).to_contain_text("1 × 512 × 7 × 7")
    view.get_by_role("treegrid").get_by_text("conv1").click()
    expect(diagram.item("ResNet/[stem]")).to_have_attribute("aria-selected", "true")
    expect(view.locator(".tbn-details h3")).to_have_text("conv1")
    view.get_by_role("button", name="Show in the diagram").click()
    expect(diagram.item("ResNet/conv1")).to_have_attribute("aria-selected", "true")


def test_the_table_sorts_layers_by_parameters_flops_and_output(diagram: LoneGraph, resnet: Graph) -> None:
    view = diagram.show(resnet)
    view.get_by_role("button", name="Table").click()
    view.get_by_role("button", name="Parameters").click()
    assert rows(view)[:3] == ["layer4.0.conv2", "layer4.1.conv1", "layer4.1.conv2"]
    view.get_by_role("button", name="Output").click()
    assert rows(view)[0] == "conv1"
    view.get_by_role("button", name="FLOPs").click()
    assert rows(view)[0] == "conv1"
    header = view.get_by_role("columnheader", name="FLOPs")
    expect(header).to_have_attribute("aria-sort", "descending")
    view.get_by_role("button", name="FLOPs").click(click_count=2, delay=50)
    expect(header).to_have_attribute("aria-sort", "none")
    assert rows(view)[0] == "stem"


def test_arrows_go_through_the_table(diagram: LoneGraph, resnet: Graph) -> None:
    view = diagram.show(resnet)
    view.get_by_role("button", name="Table").click()
    grid = view.get_by_role("treegrid")
    grid.focus()
    for key in ("End", "ArrowUp", "Home", "ArrowLeft"):
        grid.press(key)
    expect(grid.locator('[aria-selected="true"]')).to_contain_text("stem")
    assert rows(view)[:2] == ["stem", "layer1"]


def test_colours_of_a_share_grow_with_it_and_are_kept(diagram: LoneGraph, resnet: Graph) -> None:
    view = diagram.show(resnet)
    fills = {}
    for by in ("structure", "parameters"):
        if by != "structure":
            diagram.choose("Colour structure", by)
        for layer in ("layer2", "layer3", "layer4"):
            shape = diagram.item(f"ResNet/{layer}").locator(".tbn-shape").first
            fills[by, layer] = shape.evaluate("(shape) => getComputedStyle(shape).fill")
    assert len({fills["structure", layer] for layer in ("layer2", "layer3", "layer4")}) == 1
    assert len({fills["parameters", layer] for layer in ("layer2", "layer3", "layer4")}) == 3
    expect(view.locator(".tbn-key")).to_contain_text("share of all parameters")
    assert diagram.options["ui"]["graph"]["colour"] == "params"


def test_the_path_leads_back_out(diagram: LoneGraph, resnet: Graph) -> None:
    view = diagram.show(resnet)
    view.get_by_role("searchbox", name="Find a layer").fill("layer3.1.conv2")
    view.locator(".tbn-found button").first.click()
    path = view.get_by_role("navigation", name="Path in the network")
    expect(path).to_have_text("ResNetlayer31conv2")
    path.get_by_role("button", name="layer3").click()
    expect(diagram.item("ResNet/layer3")).to_have_attribute("aria-selected", "true")
    path.get_by_role("button", name="ResNet").click()
    expect(path).to_have_text("ResNet")


@pytest.mark.parametrize("form", ["SVG", "PNG"])
def test_the_diagram_is_saved_whole(diagram: LoneGraph, resnet: Graph, form: str) -> None:
    diagram.show(resnet)
    for key in ("layer2", "layer2/0", "layer2/1", "layer3", "layer3/0", "layer4"):
        diagram.toggle(f"ResNet/{key}")
    with diagram.page.expect_download() as download:
        diagram.choose("Export", f"Save as {form}")
    assert download.value.suggested_filename == f"ResNet.{form.lower()}"
    content = Path(download.value.path()).read_bytes()
    if form == "SVG":
        text = content.decode()
        for name in ("input", "stem", "layer2.0", "downsample", "layer4.1", "output"):
            assert f">{name}<" in text
    else:
        picture = Image.open(io.BytesIO(content))
        assert min(picture.size) > 800
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 50
