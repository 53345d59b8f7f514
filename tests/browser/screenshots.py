"""``python -m tests.browser.screenshots``: the README's pictures, of the quickstart in a real JupyterLab."""

from __future__ import annotations

import io
import json
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Locator, expect, sync_playwright

from tests.browser.chromium import LAUNCH_ARGS, VIEWPORT, chromium_path
from tests.browser.lab import Lab
from tests.browser.notebook import Notebook, wait_painted
from tests.browser.watch import Watch

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "notebooks" / "images"
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
LIVE_STEP = 70  # the curves are taken while the cell runs, when this step of its 100 has been painted
COLORS = 128


def main() -> None:
    """Run the quickstart and take the curves while it runs and the graph after it, in both themes."""
    IMAGES.mkdir(exist_ok=True)
    quickstart = json.loads((ROOT / "notebooks" / "quickstart.ipynb").read_text("utf-8"))
    cells = ["".join(cell["source"]) for cell in quickstart["cells"] if cell["cell_type"] == "code"]
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


def keep(element: Locator, name: str, margin: int = 0) -> None:
    """Write an element's picture with a margin of its ground, and few colours: a screen has few."""
    picture = Image.open(io.BytesIO(element.screenshot())).convert("RGB")
    picture = ImageOps.expand(picture, margin, fill=picture.getpixel((0, 0)))
    few = picture.quantize(COLORS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(IMAGES / f"{name}.png", optimize=True)
    print(f"{name}.png  {picture.width} × {picture.height}  {(IMAGES / f'{name}.png').stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
