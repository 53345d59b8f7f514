"""An outline as it travels: in columns, what is equal told once, what follows from the rest not at all."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from typing import Any

from tbnotebook.graph.bulk import without_collector

_PLAIN = 2
"""The format of `marshal` that is the same for equal values, however they came about; five times as fast as JSON."""
_PLACE = ("key", "name", "parent", "children", "path")
"""What places an item in its graph; all else is a fact that others may share."""
_ENDS = ("from", "to")


def packed(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload of `outline` in columns (``PackedGraph`` of the page, which makes the payload of it again).

    The children of an item are the items that name it as their parent, in order. A key is that of the module around
    it and the item's name, a path likewise; those that are not stand for themselves.
    """
    with without_collector(len(payload["items"])):
        return _packed(payload)


def _packed(payload: Mapping[str, Any]) -> dict[str, Any]:
    items: Sequence[Mapping[str, Any]] = payload["items"]
    table = _Table()
    facts, keys, paths = [], {}, {}
    modules: list[int] = []  # by item: the module that it is, or the one around it
    for number, item in enumerate(items):
        parent = item["parent"]
        around = modules[parent] if parent >= 0 else -1
        modules.append(number if item["kind"] == "module" or around < 0 else around)
        if around < 0 or item["key"] != f"{items[around]['key']}/{item['name']}":
            keys[str(number)] = item["key"]
        if "path" in item and item["path"] != _path(items, around, item["name"]):
            paths[str(number)] = item["path"]
        shared = _without(item, _PLACE)
        if "path" in item:
            shared["path"] = ""
        facts.append(table.number(shared))
    return {
        **{name: fact for name, fact in payload.items() if name not in ("items", "edges")},
        "v": 2,
        "names": [item["name"] for item in items],
        "up": [number - item["parent"] for number, item in enumerate(items)],
        "facts": facts,
        "table": table.entries,
        "keys": keys,
        "paths": paths,
        "edges": _edges(payload["edges"]),
    }


def _path(items: Sequence[Mapping[str, Any]], around: int, name: str) -> str:
    above = items[around].get("path", "") if around >= 0 else ""
    return f"{above}.{name}" if above else name


def _edges(edges: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Ends as distances: of one's target from the last one's, of the source from the target."""
    table = _Table()
    ends = [0, *(edge["to"] for edge in edges)]
    facts = [table.number(_without(edge, _ENDS)) for edge in edges]
    return {
        "to": [edge["to"] - before for before, edge in zip(ends, edges, strict=False)],
        "back": [edge["to"] - edge["from"] for edge in edges],
        "facts": facts,
        "table": table.entries,
    }


def _without(entry: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    rest = dict(entry)
    for name in names:
        rest.pop(name, None)
    return rest


class _Table:
    """Numbers for entries, equal ones the same."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self._numbers: dict[bytes, int] = {}

    def number(self, entry: dict[str, Any]) -> int:
        """The number of `entry`."""
        content = marshal.dumps(entry, _PLAIN)
        number = self._numbers.get(content)
        if number is None:
            number = self._numbers[content] = len(self.entries)
            self.entries.append(entry)
        return number
