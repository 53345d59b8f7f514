"""A view with more than one graph: which of them is drawn is a person's choice, and is kept."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import expect

from tbnotebook import LogDir
from tests.browser.lone import LoneView
from tests.reader.files import version, write
from tests.reader.graph_events import graph_event, graphdef, model_event

KERAS = {
    "class_name": "Sequential",
    "config": {"name": "seq", "layers": [{"class_name": "Dense", "config": {"name": "hidden"}}]},
}


def test_each_graph_of_each_run_can_be_drawn(lone: LoneView, tmp_path: Path) -> None:
    write(
        tmp_path / "first", version(), graph_event(graphdef("alpha", "beta")), model_event(json.dumps(KERAS).encode())
    )
    write(tmp_path / "second", version(), graph_event(graphdef("gamma")))
    log = LogDir(tmp_path)
    view = lone.open(log, panel="graph")
    choice = view.get_by_label("Graph that is drawn")
    assert choice.locator("option").all_inner_texts() == ["first", "first · model keras", "second"]
    graph = view.locator(".tbn-graph")
    expect(graph).to_contain_text("alpha")
    choice.select_option("first · model keras")
    expect(graph).to_contain_text("hidden")
    choice.select_option("second")
    expect(graph).to_contain_text("gamma")
    expect(graph).not_to_contain_text("hidden")
    assert lone.options["ui"]["graph"] == {"run": "second", "name": "", "colour": "structure", "table": None}
    lone.reload(log)
    expect(lone.view.locator(".tbn-graph")).to_contain_text("gamma")
