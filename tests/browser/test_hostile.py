"""Names that come out of a file are text, whatever they hold (`hostile.md`, 1 to 13 and 43)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.cells import WITHOUT_TORCH
from tests.browser.notebook import Notebook, wait_painted

PAYLOADS = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(2)</script>",
    "<svg onload=alert(3)>",
    '"><b onmouseover=alert(4)>bold',
    "&lt;img src=x onerror=alert(5)&gt;",
    "{{7*7}}",
    '<a href="https://evil.example/">x</a>',
    "<a href=/lab?reset>x</a>",
    '<span style="fill:url(//evil.example/e)">x</span>',
    "<a popup= target=_top href=//evil.example>x</a>",
    "%{x}",
    "%{fullData.__proto__}",
    "$\\href{javascript:alert(13)}{x}$",
]
# A folder's name can hold neither a slash nor, beside our own rules, a NUL.
FOLDERS = [payload.replace("/", "∕") for payload in PAYLOADS]

TAGS = f"""
payloads = {PAYLOADS!r}
with SummaryWriter("tags") as writer:
    for step in range(3):
        for payload in payloads:
            writer.add_scalar(payload, step, step)
view = show("tags", height=4000)
"""
RUNS = f"""
for name in {FOLDERS!r}:
    with SummaryWriter("runs/" + name) as writer:
        writer.add_scalar("loss", 1, 1)
view = show("runs")
"""
NODES = f"""
from tbnotebook.events.schema import Event, GraphDef
from tbnotebook.events.record import frame
graph = GraphDef()
before = b""
for number, payload in enumerate({PAYLOADS!r}):
    node = graph.node.add()
    node.name = (f"n{{number}} " + payload).replace("/", "_").encode()
    node.op = payload.encode()
    if before:
        node.input.append(before)
    before = node.name
import os
os.makedirs("nodes")
with open("nodes/events.out.tfevents.1.host", "wb") as file:
    file.write(frame(Event(wall_time=1, graph_def=graph.SerializeToString()).SerializeToString()))
view = show("nodes", panel="graph")
"""


@pytest.fixture(scope="module")
def imported(module_notebook: Notebook) -> Notebook:
    module_notebook.open([WITHOUT_TORCH, TAGS, RUNS, NODES])
    module_notebook.run(0)
    return module_notebook


@pytest.fixture
def hostile(imported: Notebook) -> Iterator[Notebook]:
    imported.watch.check()
    yield imported
    imported.watch.check()


def test_tags_are_shown_as_text(hostile: Notebook) -> None:
    hostile.run(1)
    view = hostile.view(1)
    for payload in PAYLOADS:
        card = hostile.card(1, payload)
        card.scroll_into_view_if_needed()
        wait_painted(card, 2)
        card.locator(".tbn-plot").hover()
        expect(card.or_(view).get_by_title(payload, exact=True).first).to_be_attached()
    assert_inert(hostile, 1)


def test_run_names_are_shown_as_text(hostile: Notebook) -> None:
    hostile.run(2)
    view = hostile.view(2)
    wait_painted(hostile.card(2, "loss"), 1)
    view.get_by_role("button", name="Open the list of runs").click()
    for name in FOLDERS:
        expect(view.locator(f".tbn-run[data-run={json.dumps(name, ensure_ascii=False)}]")).to_be_attached()
    hostile.card(2, "loss").locator(".tbn-plot").hover()
    expect(hostile.page.locator(".tbn-tooltip")).to_be_visible()
    assert_inert(hostile, 2)


def test_node_names_are_shown_as_text(hostile: Notebook) -> None:
    hostile.run(3)
    graph = hostile.view(3).locator(".tbn-graph")
    expect(graph).to_contain_text("<svg onload=alert(3)>")
    assert_inert(hostile, 3)


# Our bundle comes from a blob; JupyterLab polls its interface and changes its tab's icon.
OWN = re.compile(r"^blob:|/api/|/static/favicons/")
MADE = """(view) => [...view.querySelectorAll("img, script, a, b, [onerror], [onload], [onmouseover]")]
  .map((element) => element.outerHTML)"""


def assert_inert(notebook: Notebook, index: int) -> None:
    """Nothing of the payloads has become an element, and nothing was asked for; the fixture looks for errors too."""
    assert notebook.view(index).evaluate(MADE) == []
    strange = [address for address, _ in notebook.watch.requests if not OWN.search(address)]
    assert strange == []
    assert notebook.page.url.endswith("notebook.ipynb")
