"""``python -m tests.browser.screenshots``: the README's pictures.

Those of the quickstart are taken in a real JupyterLab, those of well-known networks and of the panels, which show
what the tutorial of the digits logs, in a page of their own, and one in the real TensorBoard, which reads our file
(``quickstart``, ``networks``, ``panels``, ``tensorboard`` as arguments: only these).
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from PIL import Image, ImageOps
from playwright.sync_api import Browser, Locator, expect, sync_playwright

from tbnotebook import LogDir
from tests.browser import tensorboard_page
from tests.browser.chromium import LAUNCH_ARGS, VIEWPORT, chromium_path
from tests.browser.graphs import LoneGraph, message_of
from tests.browser.lab import Lab
from tests.browser.lone import LoneView
from tests.browser.nets import NETS
from tests.browser.notebook import Notebook, wait_painted
from tests.browser.watch import Watch

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "notebooks" / "images"
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
LIVE_STEP = 70  # the curves are taken while the cell runs, when this step of its 100 has been painted
COLORS = 128
# Of the digits' sweep: one that learns well, one that learns slowly, one that does not learn.
DIGITS_RUNS = ("adam lr=0.03 dropout=0.3", "sgd lr=0.03 dropout=0.0", "adam lr=0.3 dropout=0.0")
# What each panel's picture shows: of how many of these runs (None: of all of the sweep), how high, and set how.
PANELS = {
    "images": (3, 620, {"ui": {"step": 8}}),
    "histograms": (2, 600, {"tags": "features"}),
    "pr_curves": (3, 520, {"ui": {"step": 3}}),
    "texts": (2, 620, {}),
    "audio": (3, 460, {}),
    "hparams": (None, 640, {}),
}


def main(chosen: list[str]) -> None:
    """Take the chosen pictures, or all."""
    IMAGES.mkdir(exist_ok=True)
    if not chosen or "quickstart" in chosen:
        quickstart()
    if not chosen or "networks" in chosen:
        networks()
    if not chosen or "tensorboard" in chosen:
        tensorboard()
    if not chosen or "panels" in chosen:
        panels()


def quickstart() -> None:
    """Run the quickstart and take the curves while it runs and the graph after it, in both themes."""
    notebook = json.loads((ROOT / "notebooks" / "quickstart.ipynb").read_text("utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    with Lab() as lab, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        for name, theme in THEMES.items():
            take(browser, lab, cells, name, theme)
        browser.close()


def take(browser: Browser, lab: Lab, cells: list[str], name: str, theme: str) -> None:
    """Take the pictures of one theme."""
    page = browser.new_page(viewport=VIEWPORT, device_scale_factor=2)
    notebook = Notebook(page, lab, Watch(page, lab.url), f"quickstart-{name}")
    notebook.open(cells)
    notebook.theme(theme)
    show = len(cells) - 1
    for cell in range(show):
        notebook.run(cell)
    notebook.run(show, wait=False)
    wait_painted(notebook.card(show, "data/sin"), LIVE_STEP)
    page.mouse.move(5, 5)
    keep(notebook.cell(show), f"quickstart-curves-{name}")
    notebook.wait_ended()
    view = notebook.view(show)
    view.locator("[data-panel=graph]").click()
    expect(view.locator(".tbn-edge-label").first).to_be_visible()
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)
    keep(view, f"quickstart-graph-{name}", margin=24)
    page.close()


def panels() -> None:
    """Run the tutorial of the digits up to its sweep, and take each panel of what it logs."""
    notebook = nbformat.read(ROOT / "notebooks" / "digits.ipynb", as_version=4)
    sweep = next(i for i, cell in enumerate(notebook.cells) if 'panel="hparams"' in cell.source)
    notebook.cells = notebook.cells[:sweep]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        NotebookClient(notebook, resources={"metadata": {"path": name}}).execute()
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        for panel, (count, height, options) in PANELS.items():
            chosen = folder / panel / "digits"
            for run in sorted((folder / "logs").iterdir()) if count is None else DIGITS_RUNS[:count]:
                shutil.copytree(folder / "logs" / run, chosen / Path(run).name)
            for theme in THEMES:
                page = browser.new_page(viewport={"width": 932, "height": height}, device_scale_factor=2)
                lone = LoneView(page)
                with contextlib.chdir(chosen.parent):
                    log = LogDir("digits")
                    view = lone.open(log, dark=theme == "dark", panel=panel, height=height - 100, **options)
                page.wait_for_timeout(1500)
                page.mouse.move(1, 1)
                keep(view, f"panel-{panel}-{theme}", margin=24)
                lone.watch.check()
                page.close()
        browser.close()


def networks() -> None:
    """Take the first looks of well-known networks, one of them opened, one with its table, one narrow."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        graphs = {net.name: message_of(net.graph()) for net in NETS}
        for name, graph in graphs.items():
            for theme in THEMES:
                diagram(browser, f"graph-{name}-{theme}", graph, dark=theme == "dark")
        diagram(browser, "graph-resnet18-opened", graphs["resnet18"], act=open_block)
        diagram(browser, "graph-resnet18-table", graphs["resnet18"], width=1600, act=choose_block)
        diagram(browser, "graph-resnet18-narrow", graphs["resnet18"], width=420)
        browser.close()


def tensorboard() -> None:
    """Take the real TensorBoard's page of a network of ours, a stage and a block of it open."""
    model, example, groups = tensorboard_page.networks()["resnet18"]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        page = tensorboard_page.opened(browser, tensorboard_page.served(Path(folder), model, example), groups)
        page.wait_for_timeout(2000)
        keep(page.locator("body"), "tensorboard-resnet18")
        browser.close()


def diagram(
    browser: Browser,
    name: str,
    graph: str,
    *,
    width: int = 900,
    dark: bool = False,
    act: Callable[[LoneGraph], None] | None = None,
) -> None:
    """Take a picture of a network's diagram."""
    # The page has 16 pixels on either side of the view.
    page = browser.new_page(viewport={"width": width + 32, "height": 1100}, device_scale_factor=2)
    lone = LoneGraph(page)
    view = lone.show(graph, dark=dark)
    if act is not None:
        act(lone)
    page.mouse.move(1, 1)
    page.wait_for_timeout(500)
    keep(view, name, margin=24)
    lone.watch.check()
    page.close()


def open_block(lone: LoneGraph) -> None:
    """Open a stage and its blocks, and choose a layer."""
    for key in ("layer2", "layer2/0", "layer2/1"):
        lone.toggle(f"ResNet/{key}")
    lone.item("ResNet/layer2/0/conv1").click(position={"x": 60, "y": 12})


def choose_block(lone: LoneGraph) -> None:
    """Open a stage and choose a block."""
    lone.toggle("ResNet/layer4")
    lone.item("ResNet/layer4/1").click(position={"x": 60, "y": 12})


def keep(element: Locator, name: str, margin: int = 0) -> None:
    """Write an element's picture with a margin of its ground, and few colours: a screen has few."""
    picture = Image.open(io.BytesIO(element.screenshot())).convert("RGB")
    picture = ImageOps.expand(picture, margin, fill=picture.getpixel((0, 0)))
    few = picture.quantize(COLORS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(IMAGES / f"{name}.png", optimize=True)
    print(f"{name}.png  {picture.width} × {picture.height}  {(IMAGES / f'{name}.png').stat().st_size // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
