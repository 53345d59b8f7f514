"""The real TensorBoard draws our graphs, its own page in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import tensorboard_page

SEEN = {
    "net": ("Net/dense/linear", {"2×10", "2×1"}),
    "resnet18": ("ResNet/layer2/0/conv1", {"1×64×56×56", "1×128×28×28", "1×512×7×7", "1×1000"}),
    "gpt2": ("GPT2LMHeadModel/transformer/h", {"1×64", "1×64×768", "1×64×50257"}),
}


@pytest.mark.parametrize("name", SEEN)
def test_tensorboard_opens_our_graph_with_shapes_on_its_edges(browser: Browser, tmp_path: Path, name: str) -> None:
    model, example, groups = tensorboard_page.networks()[name]
    page = tensorboard_page.opened(browser, tensorboard_page.served(tmp_path, model, example), groups)
    node, shapes = SEEN[name]
    try:
        assert node in tensorboard_page.nodes(page)
        assert shapes <= tensorboard_page.labels(page)
    finally:
        page.close()
