"""A page with the diagram of one graph and nothing else, and how long it takes to open what is in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Locator

from tbnotebook.graph import Graph
from tbnotebook.widget.traced import TracedLog
from tbnotebook.wire import DEFAULTS, Colors, Feed
from tests.browser.lone import HOME, MOUNT, LoneView

SCRIPT = Path(__file__).with_name("graph_page.js")


def message_of(graph: Graph) -> str:
    """The first message of a view of a graph, as it goes over the wire."""
    (message,) = Feed(TracedLog(graph), Colors()).frames(0.0, 60.0)
    return json.dumps(message.content)


class Took(NamedTuple):
    """Milliseconds until what was done had been painted, and of the longest task meanwhile (0: none over 50)."""

    time: float
    longest: float


class LoneGraph(LoneView):
    """A live view of a graph that was only traced; it comes when the page is there, as text, as over the wire."""

    def hold(self, graph: Graph | str, *, dark: bool = False, **options: Any) -> Locator:
        """Load the page with a view that has nothing yet, and a graph's message beside it."""
        self.page.goto(HOME)
        if dark:
            self.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
        self.page.evaluate(MOUNT, {**DEFAULTS, "ui": {}, "panel": "graph", **options})
        text = graph if isinstance(graph, str) else message_of(graph)
        self.page.evaluate("(text) => { window.tbnText = text; }", text)
        self.page.add_script_tag(content=SCRIPT.read_text("utf-8"))
        self.page.evaluate("window.tbnTest.mount()")
        return self.view

    def give(self) -> Took:
        """Give the page the graph, and wait for its picture."""
        return self._took("window.tbnGraph.give()")

    def show(self, graph: Graph | str, **options: Any) -> Locator:
        """Draw a graph."""
        view = self.hold(graph, **options)
        self.give()
        return view

    def toggle(self, key: str) -> Took:
        """Open or close an item."""
        return self._took(f"window.tbnGraph.toggle({json.dumps(key)})")

    @property
    def closed(self) -> list[str]:
        """Keys of what could be opened."""
        return list(self.page.evaluate("window.tbnGraph.closed()"))

    def item(self, key: str) -> Locator:
        """Return an item of the diagram."""
        return self.view.locator(f".tbn-item[data-key={json.dumps(key)}]")

    def _took(self, work: str) -> Took:
        return Took(**self.page.evaluate(work))
