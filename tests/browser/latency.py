"""How long a point takes from `add_scalar` to the page, while its cell runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from tests.browser.cells import IMPORTS, quickstart
from tests.browser.notebook import Notebook, wait_painted

FIGURES = Path(__file__).parents[2] / "build" / "latency.json"
POINTS = 120

# Written by the page when it happens, on the same clock as the kernel's time.time().
OBSERVE = """(tag) => {
  const painted = (window.tbnPainted = []);
  let last = -1;
  const look = () => {
    for (const card of document.querySelectorAll(".tbn-card")) {
      const step = Number(card.dataset.paintedStep ?? -1);
      if (card.dataset.tag === tag && step > last) painted.push([(last = step), Date.now() / 1000]);
    }
  };
  new MutationObserver(look).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-painted-step"],
  });
}"""


@dataclass(frozen=True)
class Latency:
    """Seconds from `add_scalar` to the point painted, over the points that the page painted while the cell ran."""

    loop: str
    points: int
    p50: float
    p95: float
    worst: float


def measure(notebook: Notebook, loop: str, points: int = POINTS) -> Latency:
    """Run the quickstart with a loop in a fresh kernel and measure each of its points."""
    notebook.open([IMPORTS, quickstart(loop, points)])
    notebook.run(0)
    notebook.page.evaluate(OBSERVE, "data/sin")
    notebook.run(1)
    wait_painted(notebook.card(1, "data/sin"), points - 1)
    written = json.loads((notebook.folder / "written.json").read_text())
    painted = notebook.page.evaluate("window.tbnPainted")
    waits = sorted(waits_of(written, painted))
    return Latency(loop, len(waits), median(waits), waits[int(0.95 * (len(waits) - 1))], waits[-1])


def record(latency: Latency) -> None:
    """Keep a loop's figures in ``build/latency.json``."""
    FIGURES.parent.mkdir(exist_ok=True)
    figures = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    figures[latency.loop] = asdict(latency)
    FIGURES.write_text(json.dumps(figures, indent=1) + "\n")


def waits_of(written: list[float], painted: list[tuple[int, float]]) -> list[float]:
    """Return each step's wait: it is in the page as soon as it or a later step has been painted."""
    waits = []
    moments = iter(painted)
    step, at = next(moments)
    for number, moment in enumerate(written):
        while step < number:
            step, at = next(moments)
        waits.append(at - moment)
    return waits
