"""The graph page of the real TensorBoard, on a file that our writer made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from playwright.sync_api import Browser, Page
from tensorboard import default, program
from torch import nn

from tbnotebook import SummaryWriter
from tests.browser.nets import Net
from tests.nets.gpt2 import GPT2LMHeadModel
from tests.nets.resnet import ResNet

VIEWPORT = {"width": 1280, "height": 800}
SETTLED = 700  # milliseconds: it moves what it opens to its place
TIMEOUT = 60_000  # it reads the file at an interval of its own


def networks() -> dict[str, tuple[nn.Module, torch.Tensor, Sequence[str]]]:
    """Networks by name: the model, its example, and the groups that a reader would open."""
    with torch.device("meta"):
        return {
            "net": (Net(), torch.rand(2, 10), ["Net", "Net/dense"]),
            "resnet18": (ResNet(), torch.rand(1, 3, 224, 224), ["ResNet", "ResNet/layer2", "ResNet/layer2/0"]),
            "gpt2": (
                GPT2LMHeadModel(),
                torch.zeros(1, 64, dtype=torch.long),
                ["GPT2LMHeadModel", "GPT2LMHeadModel/transformer"],
            ),
        }


def served(folder: Path, model: nn.Module, example: torch.Tensor) -> str:
    """Write a network and start a TensorBoard on it, which ends with the process; returns its address."""
    with SummaryWriter(str(folder)) as writer:
        writer.add_graph(model, example)
    server = program.TensorBoard(plugins=default.get_plugins())
    server.configure(argv=["", "--logdir", str(folder), "--host", "127.0.0.1", "--port", "0", "--load_fast", "false"])
    return str(server.launch())


def opened(browser: Browser, address: str, groups: Sequence[str]) -> Page:
    """Return its page with these groups of the graph open."""
    page = browser.new_page(viewport=VIEWPORT)
    page.goto(f"{address}#graphs")
    for group in groups:
        node = page.locator(f'g.node[data-name="{group}"]')
        node.wait_for(timeout=TIMEOUT)
        page.wait_for_timeout(SETTLED)
        node.locator("> .nodeshape").dispatch_event("dblclick")
        page.locator(f'g.node.expanded[data-name="{group}"]').wait_for(timeout=TIMEOUT)
    page.wait_for_timeout(SETTLED)
    return page


def nodes(page: Page) -> list[str]:
    """Whole names of what it draws."""
    return [str(node.get_attribute("data-name")) for node in page.locator("g.node").all()]


def labels(page: Page) -> set[str]:
    """The texts on its edges: shapes, where it knows them."""
    return set(page.locator("g.edge textPath").all_text_contents())
