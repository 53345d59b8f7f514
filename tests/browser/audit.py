"""Whether all of a view can be read, seen and reached: our own look at its texts, and axe-core's at the rest."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Locator, Page

AUDIT = (Path(__file__).parent / "audit.js").read_text("utf-8")
AXE = Path(__file__).parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"
VIOLATIONS = """async (root) => {
  const { violations } = await axe.run(root, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any, all, none }) =>
    [id, html.slice(0, 200), [...any, ...all, ...none].map(({ message }) => message).join("; ")]));
}"""


def faults(view: Locator) -> list[str]:
    """Return what of the texts of a view cannot be read: too small, cut off, or on top of each other."""
    return view.evaluate(AUDIT)


def violations(page: Page, root: Locator) -> list[str]:
    """Return what axe-core finds wrong below an element."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE.read_text("utf-8"))
    return [json.dumps(found) for found in root.evaluate(VIOLATIONS)]
