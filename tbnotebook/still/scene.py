"""The first look of a graph: which boxes are drawn, and what flows between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from tbnotebook.still import ticks
from tbnotebook.still.palette import STRUCTURE, Colour

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Form = Literal["box", "frame", "op", "terminal"]
# Frames deeper than this are drawn closed: a picture has no more room, and layout recurses over them.
DEEPEST = 6
MOST_NAMES = 8


@dataclass(slots=True, eq=False)
class Block:
    """One box of the diagram; its place is set by the layout, in logical pixels.

    Attributes
    ----------
    item : mapping
        The payload's item.
    form : {"box", "frame", "op", "terminal"}
        A closed group, an open one, an operation, an input or output.
    name : str
        As shown: a child called "0" bears its parent's name too.
    detail : str
        Second line: the class; of a fold, what it holds.
    repeats : int
        How many identical ones it stands for.
    hue : tuple, optional
        Colour of its structure, if that occurs more than once.
    children : list of Block
        Of a frame, in execution order.
    """

    item: Mapping[str, Any]
    form: Form
    name: str
    detail: str = ""
    repeats: int = 1
    hue: Colour | None = None
    children: list[Block] = field(default_factory=list)
    left: float = 0
    top: float = 0
    width: float = 0
    height: float = 0

    @property
    def centre(self) -> float:
        """Middle of its width."""
        return self.left + self.width / 2

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def walk(self) -> list[Block]:
        """Itself and all that is inside."""
        found = [self]
        for block in found:
            found += block.children
        return found

    def shift(self, across: float, down: float) -> None:
        """Move it with all that is inside."""
        for inner in self.walk():
            inner.left += across
            inner.top += down


@dataclass(slots=True, eq=False)
class Flow:
    """All tensors that go from one block to another.

    Attributes
    ----------
    source, target : Block
    size : float
        Bytes of all tensors together; 0 if unknown.
    labels : list of str
        Their shapes, each once.
    """

    source: Block
    target: Block
    size: float = 0
    labels: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Scene:
    """What is drawn of a graph.

    Attributes
    ----------
    blocks : list of Block
        What stands outermost, in execution order.
    flows : list of Flow
    path : list of str
        Names from the root to the group that is drawn.
    """

    blocks: list[Block]
    flows: list[Flow]
    path: list[str]


def scene(payload: Mapping[str, Any], deepest: int = DEEPEST) -> Scene:
    """The first look of a GraphPayload, as its `look` says, with frames at most `deepest` deep.

    Constants are not drawn, and a stack stays closed: one box that says ×N.
    """
    items: Sequence[Mapping[str, Any]] = payload["items"]
    opened = set(payload["look"]["open"])
    path = _ancestry(items, payload["look"]["drawn"])
    hues = _hues(items)
    blocks: dict[int, Block] = {}

    def make(ids: Sequence[int], depth: int) -> list[Block]:
        made = []
        for index in ids:
            item = items[index]
            if item["kind"] == "const":
                continue
            form = _form(item, index in opened and depth < deepest)
            block = Block(item, form, _shown_name(items, item, path), _detail(items, item))
            block.hue = hues.get(item.get("hash", ""))
            if item["kind"] == "stack":
                block.repeats = len(item["children"])
                block.hue = hues.get(items[item["children"][0]].get("hash", ""))
            blocks[index] = block
            if block.form == "frame":
                block.children = make(item["children"], depth + 1)
            made.append(block)
        return made

    top = make(_dissolved(items, path), 0)
    return Scene(top, _flows(payload, blocks), [items[index]["name"] for index in path])


def _form(item: Mapping[str, Any], is_open: bool) -> Form:
    kind = item["kind"]
    if kind in ("input", "output"):
        return "terminal"
    if kind == "op":
        return "op"
    return "frame" if is_open and kind != "stack" and item.get("children") else "box"


def _ancestry(items: Sequence[Mapping[str, Any]], index: int) -> list[int]:
    path: list[int] = []
    while index >= 0 and index not in path:
        path.append(index)
        index = items[index]["parent"]
    return path[::-1]


def _dissolved(items: Sequence[Mapping[str, Any]], path: list[int]) -> list[int]:
    """The root's children, where each wrapper on the path gives way to its own children."""
    shown = list(items[path[0]].get("children", ()))
    for wrapper in path[1:]:
        at = shown.index(wrapper)
        shown[at : at + 1] = items[wrapper].get("children", ())
    return shown


def _shown_name(items: Sequence[Mapping[str, Any]], item: Mapping[str, Any], path: list[int]) -> str:
    parent = item["parent"]
    if re.fullmatch(r"[0-9]+", item["name"]) and parent > 0 and parent not in path:
        return f"{items[parent]['name']}.{item['name']}"
    return str(item["name"])


def _detail(items: Sequence[Mapping[str, Any]], item: Mapping[str, Any]) -> str:
    if item["kind"] == "fold":
        return " · ".join(items[child]["name"] for child in item.get("children", ())[:MOST_NAMES])
    cls = str(item.get("cls") or "")
    return f"{cls} · shared" if item.get("shared") else cls


def _hues(items: Sequence[Mapping[str, Any]]) -> dict[str, Colour]:
    """A colour for each structure above single layers that occurs at least twice, in order of appearance.

    As on the page what lies in a stack counts once, as it is drawn once; the repeats themselves all count.
    """
    seen: dict[str, int] = {}
    waiting = [(0, 1)]
    while waiting:
        index, times = waiting.pop()
        item, children = items[index], items[index].get("children", ())
        holds_groups = any(items[child]["kind"] in ("module", "fold", "stack") for child in children)
        if item["kind"] == "module" and item.get("hash") and holds_groups:
            seen[item["hash"]] = seen.get(item["hash"], 0) + times
        if item["kind"] == "stack":
            waiting.append((children[0], len(children)))
        else:
            waiting += [(child, 1) for child in reversed(children)]
    repeated = [name for name, times in seen.items() if times > 1]
    return {name: STRUCTURE[i % len(STRUCTURE)] for i, name in enumerate(repeated)}


def _flows(payload: Mapping[str, Any], blocks: Mapping[int, Block]) -> list[Flow]:
    items = payload["items"]
    known: dict[int, Block | None] = {}

    def stand_in(index: int) -> Block | None:
        """The block that stands for a leaf: its outermost ancestor that is drawn and not open."""
        chain = []
        while index >= 0 and index not in known:
            chain.append(index)
            index = items[index]["parent"]
        found = known.get(index)
        for inner in reversed(chain):
            block = blocks.get(inner)
            if found is None and block is not None and block.form != "frame":
                found = block
            known[inner] = found
        return found

    aside = [block for index, block in blocks.items() if items[index].get("aside")]
    flows: dict[tuple[int, int], Flow] = {}
    counted: set[tuple[int, int, int, int]] = set()
    for edge in payload["edges"]:
        source, target = stand_in(edge["from"]), stand_in(edge["to"])
        if source is None or target is None or source is target or edge["out"] < 0:  # nothing flows along that one
            continue
        if source in aside or target in aside:
            continue
        pair = (id(source), id(target))
        flow = flows.setdefault(pair, Flow(source, target))
        tensor = (*pair, edge["from"], edge["out"])
        if tensor not in counted:  # a tensor that is used twice inside flows there once
            counted.add(tensor)
            flow.size += edge["bytes"] or 0
            label = ticks.shape(edge["shape"])
            if label and label not in flow.labels:
                flow.labels.append(label)
    return list(flows.values())
