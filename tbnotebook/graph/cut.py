"""An outline that is too large for its place: the same network with fewer of its boxes to open."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import Any

from tbnotebook.graph.model import CONTROL

CUT_NOTE = "The network is too large to be kept whole here: its innermost boxes are left out."


class Cuts:
    """Ever smaller versions of an outline, each made when it is asked for.

    The first has the inside of a stack's first repeat only, which stands for all; each of the next ones lacks one
    more level, up to the boxes of the drawn group. What is closed stays as a box with its facts, and the edges that
    ended inside of it end at it.
    """

    def __init__(self, payload: dict[str, Any]) -> None:
        self._payload = payload
        items = payload["items"]
        self._repeats = {child for item in items if item["kind"] == "stack" for child in item.get("children", [])[1:]}
        self._depths = _depths(items)
        deepest, drawn = max(self._depths), self._depths[payload["look"]["drawn"]]
        self._levels = list(range(deepest - 1, drawn, -1))
        if any("children" in items[number] for number in self._repeats):
            self._levels.insert(0, deepest)

    def __len__(self) -> int:
        return len(self._levels)

    def __getitem__(self, number: int) -> dict[str, Any]:
        depth, items = self._levels[number], self._payload["items"]
        # A stack tells how many it stands for by its repeats: they close, not the stack.
        level = {n for n, item in enumerate(items) if self._depths[n] == depth and item["kind"] != "stack"}
        inside = {n for n, item in enumerate(items) if self._depths[n] == depth + 1 and _is_repeat(items, item)}
        return _closed(self._payload, self._repeats | level | inside)

    def largest(self, fits: Callable[[int], bool]) -> int | None:
        """The number of the largest version that fits, if any does; few that are much too large are made."""
        count = len(self)
        step = 1
        while step <= count and fits(count - step):
            step *= 2
        begin = max(count - step, -1) + 1  # what is before does not fit, or is not
        number = bisect_left(range(begin, count), True, key=fits) + begin
        return number if number < count else None


def _is_repeat(items: list[dict[str, Any]], item: dict[str, Any]) -> bool:
    return item["parent"] >= 0 and bool(items[item["parent"]]["kind"] == "stack")


def _depths(items: list[dict[str, Any]]) -> list[int]:
    """Levels below the root; parents come before what is in them."""
    depths: list[int] = []
    for item in items:
        depths.append(depths[item["parent"]] + 1 if item["parent"] >= 0 else 0)
    return depths


def _closed(payload: dict[str, Any], closed: set[int]) -> dict[str, Any]:
    items, look = payload["items"], payload["look"]
    stands_for: list[int] = []  # by old number: the old number of the box that shows it
    for number, item in enumerate(items):
        around = stands_for[item["parent"]] if item["parent"] >= 0 else -1
        hidden = around >= 0 and (around != item["parent"] or around in closed)
        stands_for.append(around if hidden else number)
    kept = [number for number, shown in enumerate(stands_for) if shown == number]
    numbers = {old: new for new, old in enumerate(kept)}
    return {
        **payload,
        "notes": [*payload["notes"], CUT_NOTE],
        "items": [_renumbered(items[old], numbers, closed=old in closed) for old in kept],
        "edges": _edges(payload["edges"], stands_for, numbers),
        "look": {
            "drawn": numbers[look["drawn"]],
            "open": [numbers[old] for old in look["open"] if old in numbers and _shows(items[old], old, closed)],
        },
    }


def _shows(item: dict[str, Any], number: int, closed: set[int]) -> bool:
    """Whether opening a box shows more than the box: of a stack, more than its first repeat."""
    return number not in closed and not (item["kind"] == "stack" and item["children"][0] in closed)


def _renumbered(item: dict[str, Any], numbers: dict[int, int], *, closed: bool) -> dict[str, Any]:
    made = {name: fact for name, fact in item.items() if name != "children"}
    made["parent"] = numbers[item["parent"]] if item["parent"] >= 0 else -1
    if "children" in item and not closed:
        made["children"] = [numbers[child] for child in item["children"]]
    return made


def _edges(edges: list[dict[str, Any]], stands_for: list[int], numbers: dict[int, int]) -> list[dict[str, Any]]:
    """The edges between what is still there, once for each tensor and box that takes it."""
    made: dict[tuple[int, int, int], dict[str, Any]] = {}
    tensors: dict[int, dict[tuple[int, int], int]] = {}
    for edge in edges:
        source, target = stands_for[edge["from"]], stands_for[edge["to"]]
        if source == target:
            continue
        out = edge["out"]
        if source != edge["from"] and out != CONTROL:  # a closed box: number the tensors that leave it
            known = tensors.setdefault(source, {})
            out = known.setdefault((edge["from"], edge["out"]), len(known))
        key = numbers[source], out, numbers[target]
        made.setdefault(key, {**edge, "from": key[0], "out": out, "to": key[2]})
    return list(made.values())
