"""Outlines as they travel: smaller, and the page makes the same of them (`js/tests/graph/columns.test.ts`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tbnotebook.graph import from_graphdef
from tbnotebook.graph.outline import outline
from tbnotebook.graph.packed import packed
from tests.graph.build import decoder
from tests.graph.large import large_graphdef

VECTORS = Path(__file__).parents[1] / "vectors" / "packed-graphs.json"
CASES: list[dict[str, Any]] = json.loads(VECTORS.read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_graph_is_packed_as_the_page_expects_it(case: dict[str, Any]) -> None:
    assert packed(case["payload"]) == case["packed"]


@pytest.mark.parametrize("payload", [outline(decoder(3, 2, unlike=1)), *(case["payload"] for case in CASES)])
def test_children_are_the_items_that_name_their_parent_in_order(payload: dict[str, Any]) -> None:
    children: dict[int, list[int]] = {}
    for number, item in enumerate(payload["items"]):
        children.setdefault(item["parent"], []).append(number)
    assert [item.get("children", []) for item in payload["items"]] == [
        children.get(number, []) for number in range(len(payload["items"]))
    ]


def test_repeats_cost_little() -> None:
    small, large = (len(json.dumps(packed(outline(decoder(layers, 4))))) for layers in (2, 80))
    assert large < 0.4 * len(json.dumps(outline(decoder(80, 4))))
    assert large < 20 * small


def test_a_hundred_thousand_nodes_are_drawn_from_three_megabytes() -> None:
    payload = packed(outline(from_graphdef(large_graphdef(part=10))))
    assert len(payload["names"]) > 10_000
    assert len(payload["edges"]["to"]) > 12_000
    assert len(json.dumps(payload, separators=(",", ":"))) < 300_000
