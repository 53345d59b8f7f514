"""A network of a hundred thousand operations: opened, walked through, searched and saved while the page stays awake."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tbnotebook.graph import from_graphdef
from tests.browser.graphs import LoneGraph, message_of
from tests.browser.tasks import main_thread_tasks
from tests.graph.large import large_graphdef

LONG_TASK = 200  # milliseconds of the processor that a task may take at a stretch, whatever else the machine does
MOST_DRAWN = 600


@pytest.fixture(scope="module")
def large() -> str:
    """Its message, made once."""
    return message_of(from_graphdef(large_graphdef()))


def test_a_hundred_thousand_nodes_open_and_no_deed_stops_the_page(diagram: LoneGraph, large: str) -> None:
    view = diagram.hold(large)
    items = diagram.page.locator(".tbn-item")
    with main_thread_tasks(diagram.page) as tasks:
        diagram.give()
        # A thousand branches, a chain of five thousand, a group of two thousand, scopes thirty deep; what is in them.
        for key in ("nest_65", "group_1", "chain_3", "branches"):
            view.get_by_role("button", name="Fit").click()
            diagram.toggle(f"graph/{key}")
        for _ in range(8):
            diagram.toggle(diagram.closed[-1])
        assert 20 < items.count() < MOST_DRAWN
        canvas = diagram.page.locator(".tbn-svg")
        canvas.hover()
        diagram.page.mouse.down()
        for step in range(12):
            diagram.page.mouse.move(400 - 20 * step, 500 - 30 * step)
        diagram.page.mouse.up()
        view.get_by_role("button", name="Fit").click()
        diagram.page.get_by_role("button", name="Zoom in").click(click_count=6)
        assert items.count() > 0
    assert len(tasks) > 100
    assert max(tasks) < LONG_TASK


def test_a_pattern_that_takes_others_for_ever_finds_what_it_says(diagram: LoneGraph, large: str) -> None:
    view = diagram.show(large)
    field = view.get_by_role("searchbox", name="Find a layer")
    found = view.locator(".tbn-found button")
    with main_thread_tasks(diagram.page) as tasks:
        field.fill("/(p|_)+(4|\\d)+9$/")
        expect(found.first).to_contain_text("step_19", timeout=30_000)
        expect(view.locator(".tbn-found")).to_contain_text("more")
    assert max(tasks) < LONG_TASK
    field.press("Enter")
    chosen = view.locator('.tbn-item[aria-selected="true"]')
    expect(chosen).to_have_attribute("data-key", "graph/branches/branch_0/step_19")
    expect(chosen).to_be_in_viewport()


def test_its_table_draws_the_rows_in_sight_and_sorts_them(diagram: LoneGraph, large: str) -> None:
    view = diagram.show(large)
    rows = view.locator(".tbn-module-row")
    with main_thread_tasks(diagram.page) as tasks:
        view.get_by_role("button", name="Table").click()
        assert rows.count() < 60
        view.get_by_role("button", name="Layer").first.click()
        expect(rows.first).to_contain_text("branch_0/step_0")
        grid = view.get_by_role("treegrid", name="Layers")
        assert int(grid.get_attribute("aria-rowcount") or 0) > 90_000
        view.locator(".tbn-layers-body").evaluate("(body) => { body.scrollTop = 1e6; }")
        expect(rows.first).not_to_contain_text("branch_0/step_0")
        assert rows.count() < 60
    assert max(tasks) < LONG_TASK
