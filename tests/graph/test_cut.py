"""Outlines with fewer boxes: what is left is still the network."""

from __future__ import annotations

import json

import pytest

from tbnotebook.graph.cut import CUT_NOTE, Cuts
from tbnotebook.graph.outline import outline
from tests.graph.build import decoder


def transformer(layers: int, steps: int, *, unlike: int = 0) -> dict:
    return outline(decoder(layers, steps, unlike=unlike))


def versions(payload: dict) -> list[dict]:
    cuts = Cuts(payload)
    return [cuts[number] for number in range(len(cuts))]


def check(payload: dict) -> None:
    """The numbers of an outline point at what they should."""
    items = payload["items"]
    for number, item in enumerate(items):
        for child in item.get("children", []):
            assert items[child]["parent"] == number
        if item["parent"] >= 0:
            assert number in items[item["parent"]]["children"]
            assert item["parent"] < number
        assert item["kind"] not in ("stack",) or item["children"]
    for edge in payload["edges"]:
        assert edge["from"] != edge["to"]
        assert "children" not in items[edge["from"]]
        assert "children" not in items[edge["to"]]
    assert items[payload["look"]["drawn"]]["children"]
    assert all(items[number]["children"] for number in payload["look"]["open"])
    json.dumps(payload)


@pytest.mark.parametrize("payload", [transformer(6, 5), transformer(3, 2, unlike=4), transformer(0, 1, unlike=2)])
def test_each_cut_is_a_smaller_outline_of_the_same_network(payload: dict) -> None:
    sizes = [len(payload["items"])]
    for cut in versions(payload):
        check(cut)
        sizes.append(len(cut["items"]))
        assert cut["totals"] == payload["totals"]
        assert cut["notes"][-1] == CUT_NOTE
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) > 2


def test_the_first_cut_keeps_all_of_the_repeat_that_stands_for_the_others() -> None:
    whole = transformer(6, 5)
    first = Cuts(whole)[0]
    names = [item["name"] for item in first["items"]]
    assert names.count("attention_step3") == 1
    (stack,) = (item for item in first["items"] if item["kind"] == "stack")
    repeats = [first["items"][child] for child in stack["children"]]
    assert len(repeats) == 6
    assert ["children" in repeat for repeat in repeats] == [True] + [False] * 5
    assert [repeat["count"] for repeat in repeats] == [repeats[0]["count"]] * 6


def test_a_stack_whose_repeats_are_closed_is_not_opened_to_one_box() -> None:
    whole = transformer(6, 5)
    stacks = {number for number, item in enumerate(whole["items"]) if item["kind"] == "stack"}
    assert stacks & set(whole["look"]["open"])
    *_, last = versions(whole)
    assert [last["items"][number]["kind"] for number in last["look"]["open"]] == []


def test_the_last_cut_has_what_is_drawn_and_the_flow_between_it() -> None:
    whole = transformer(3, 2, unlike=4)
    *_, last = versions(whole)
    drawn = last["items"][last["look"]["drawn"]]
    names = [last["items"][child]["name"] for child in drawn["children"]]
    before = whole["items"][whole["look"]["drawn"]]
    assert names == [whole["items"][child]["name"] for child in before["children"]]
    flows = {(last["items"][edge["from"]]["name"], last["items"][edge["to"]]["name"]) for edge in last["edges"]}
    assert ("own0", "own1") in flows
    assert ("own2", "own3") in flows


@pytest.mark.parametrize("limit", range(13))
def test_the_largest_version_that_fits_is_found_and_the_largest_ones_are_not_all_made(limit: int) -> None:
    cuts = Cuts(transformer(3, 2, unlike=4))
    count = len(cuts)
    made = set()

    def fits(number: int) -> bool:
        made.add(number)
        return number >= limit

    assert cuts.largest(fits) == (limit if limit < count else None)
    assert len(made) <= 2 * (count - limit) + 1 or limit >= count
