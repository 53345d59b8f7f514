"""The boxes that a diagram draws: the graph's scopes, with containers dissolved, repeats stacked, ends folded."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from tbnotebook.graph.hierarchy import hierarchy, tangled
from tbnotebook.graph.structure import structure_hashes
from tbnotebook.graph.upkeep import reads_of, upkeep_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tbnotebook.graph.hierarchy import Inside, Member
    from tbnotebook.graph.model import Graph

BoxKind = Literal["module", "fold", "stack", "node"]

WRAPPER_SHARE = 0.9
"""A lone group with more than this share of the parameters is a wrapper: its inside is what one came to see."""
FOLD_STEPS = 3
"""A stem or head has at least so many steps."""
PARALLEL_REPEATS = 5
"""So many equal modules side by side stack, too; fewer are branches that tell something."""
UPKEEP = "initialisation and saving"
"""The name of the box that holds what a graph has for these alone."""

_NUMBERS = re.compile(r"\d+")


@dataclass(eq=False, slots=True)
class Box:
    """One box; leaves are nodes of the graph, or calls of modules that show nothing inside."""

    kind: BoxKind
    name: str
    scope: int = -1
    node: int = -1
    children: list[Box] = field(default_factory=list)
    parent: Box | None = None
    aside: bool = False
    """It is no part of the flow: no lines are drawn between what is in it and the rest."""

    def adopt(self, children: list[Box]) -> None:
        """Take `children` as the box's own, in place of those that it had."""
        self.children = children
        for child in children:
            child.parent = self

    @property
    def is_stage(self) -> bool:
        """Whether it tells more than the operations of one module: there are modules in it."""
        return self.kind in ("stack", "fold") or any(child.kind != "node" for child in self.children)


@dataclass(slots=True)
class Tree:
    """All boxes of a graph."""

    root: Box
    drawn: Box
    """The group whose inside is drawn; what is around it stands in the breadcrumb."""
    reads: dict[int, int]
    """By node that is not drawn, as it only gives on the value of a variable: the variable."""


def walk(root: Box) -> Iterator[Box]:
    """`root` and all beneath it, parents first, in order of execution; as deep as it may be."""
    waiting = [root]
    while waiting:
        box = waiting.pop()
        yield box
        waiting.extend(reversed(box.children))


def display_tree(graph: Graph) -> Tree:
    """The boxes of `graph`."""
    insides = hierarchy(graph)
    boxes = _boxes_of_scopes(graph, insides)
    root = boxes[0]
    upkeep = upkeep_of(graph) if graph.foreign else set()
    reads = {number: source for number, source in reads_of(graph).items() if number not in upkeep} if upkeep else {}
    aside = _set_aside(graph, root, upkeep, reads)
    repeats = _Repeats(graph, insides)
    # Children first: a stack of stacks, a container that holds only a stack.
    for box in reversed(list(walk(root))):
        if box.kind == "module":
            _stack_repeats(box, repeats)
    drawn = _drawn(graph, root)
    beside = [number for number, node in enumerate(graph.nodes) if node.scope < 0 and number not in upkeep]
    outside = [_leaf(graph, number) for number in beside]
    before = [box for box in outside if graph.nodes[box.node].kind != "output"]
    after = [box for box in outside if graph.nodes[box.node].kind == "output"]
    if not graph.foreign:  # names tell nothing of where a network begins and ends
        _fold_ends(drawn)
    drawn.adopt([*before, *drawn.children, *after, *aside])
    return Tree(root, drawn, reads)


def _leaf(graph: Graph, number: int) -> Box:
    return Box("node", graph.nodes[number].name, node=number)


def _boxes_of_scopes(graph: Graph, insides: list[Inside]) -> list[Box]:
    """One box a scope, by scope index; a container that the flow leaves and enters again is dissolved."""
    boxes = [Box("module", scope.name, index) for index, scope in enumerate(graph.scopes)]
    for index in reversed(range(len(graph.scopes))):
        children: list[Box] = []
        members = insides[index].members
        containers = [m for m in members if m < 0 and not graph.scopes[~m].called and not graph.foreign]
        dissolved = tangled(insides[index]).intersection(containers) if containers else set()
        for member in members:
            if member >= 0:
                node = graph.nodes[member]
                if node.kind == "module" and len(members) == 1:
                    boxes[index].node = member  # the call is its own only node: one leaf, not a box around it
                else:
                    children.append(_leaf(graph, member))
                continue
            box = boxes[~member]
            if member in dissolved:
                for child in box.children:
                    child.name = f"{box.name}.{child.name}"
                children += box.children
            else:
                children.append(box)
        boxes[index].adopt(sorted(children, key=lambda box: _place(graph, box)) if dissolved else children)
    return boxes


def _place(graph: Graph, box: Box) -> tuple[int, int]:
    return (box.node, 1) if box.kind == "node" else (graph.scopes[box.scope].at, 0)


def _set_aside(graph: Graph, root: Box, upkeep: set[int], reads: dict[int, int]) -> list[Box]:
    """Take the largest boxes that hold nothing but `upkeep` out of `root`, into one that stands aside."""
    if not upkeep:
        return []
    whole: set[Box] = set()
    for box in reversed(list(walk(root))):
        if box.node in upkeep or (box.children and whole.issuperset(box.children)):
            whole.add(box)
    taken = [_leaf(graph, number) for number in sorted(upkeep) if graph.nodes[number].scope < 0]
    waiting = [(root, "")]
    emptied: list[Box] = []
    while waiting:
        box, path = waiting.pop()
        gone = [child for child in box.children if child in whole]
        if gone:
            box.adopt([child for child in box.children if child not in whole])
            taken += _gathered(path, gone)
            emptied.append(box)
        waiting += [(child, f"{path}/{child.name}" if path else child.name) for child in reversed(box.children)]
    for box in reversed(emptied):  # the inner ones first
        _dissolve_variable(graph, box, reads)
    fold = Box("fold", UPKEEP, aside=True)
    fold.adopt(taken)
    return [fold]


def _gathered(path: str, boxes: list[Box]) -> list[Box]:
    """Boxes that stood in the scope of this path, so that they tell where: in one of its name, or with it in theirs."""
    if not path:
        return boxes
    if len(boxes) == 1:
        boxes[0].name = f"{path}/{boxes[0].name}"
        return boxes
    around = Box("fold", path)
    around.adopt(boxes)
    return [around]


def _dissolve_variable(graph: Graph, box: Box, reads: dict[int, int]) -> None:
    """Let a variable stand for its scope where that holds nothing else, but for reads of it."""
    around = box.parent
    own = [child for child in box.children if child.node not in reads]
    if around is None or len(own) != 1 or own[0].node < 0 or graph.nodes[own[0].node].kind != "const":
        return
    for child in box.children:
        child.name = box.name if child is own[0] else f"{box.name}/{child.name}"
    place = around.children.index(box)
    around.adopt([*around.children[:place], *box.children, *around.children[place + 1 :]])


class _Repeats:
    """Which modules are the same block again."""

    def __init__(self, graph: Graph, insides: list[Inside]) -> None:
        self._graph = graph
        self._insides = insides

    def can_repeat(self, box: Box) -> bool:
        """Whether `box` is a module call, or a scope of which nobody knows; no other kind of box stacks."""
        return box.kind == "module" and (self._graph.foreign or self._graph.scopes[box.scope].called)

    def equal(self, box: Box, other: Box) -> bool:
        """Whether both are the same down to the sizes; where there are but names, these too but for their numbers."""
        scopes = self._graph.scopes
        one, next_one = scopes[box.scope], scopes[other.scope]
        if one.hash != next_one.hash or (self._graph.foreign and _unnumbered(one.name) != _unnumbered(next_one.name)):
            return False
        return self._sizes[box.scope] == self._sizes[other.scope]

    def stack(self, run: list[Box]) -> bool:
        """Whether a run of equal boxes is a stack: each feeds the next, or they are many side by side."""
        if len(run) < 2:
            return False
        chain = all((~one.scope, ~next_one.scope) in self._wires for one, next_one in pairwise(run))
        return chain or len(run) >= PARALLEL_REPEATS

    @cached_property
    def _sizes(self) -> list[str]:
        return structure_hashes(self._graph, sizes=True, insides=self._insides)

    @cached_property
    def _wires(self) -> set[tuple[Member, Member]]:
        return {wire for inside in self._insides for wire in inside.wires}


def _unnumbered(name: str) -> str:
    return _NUMBERS.sub("", name)


def _stack_repeats(box: Box, repeats: _Repeats) -> None:
    """Put runs of equal modules among the children of `box` into a stack."""
    children: list[Box] = []
    run: list[Box] = []

    def close() -> None:
        if repeats.stack(run):
            stack = Box("stack", f"{run[0].name} – {run[-1].name}")
            stack.adopt(list(run))
            children.append(stack)
        else:
            children.extend(run)
        run.clear()

    for child in box.children:
        if run and not (repeats.can_repeat(child) and repeats.equal(child, run[0])):
            close()
        if repeats.can_repeat(child):
            run.append(child)
        else:
            children.append(child)
    close()
    # What holds nothing but the stack wears it: "layer1 × 2", not a box around a box.
    lone = len(children) == 1 and children[0].kind == "stack"
    if lone and box.parent is not None:
        box.kind = "stack"
        box.adopt(children[0].children)
    else:
        box.adopt(children)


def _drawn(graph: Graph, root: Box) -> Box:
    """The innermost wrapper; its siblings are drawn beside what it holds, so that nothing is lost."""
    drawn = root
    calls = Counter(scope.path for scope in graph.scopes if scope.called)
    while True:
        stages = [child for child in drawn.children if child.is_stage]
        if len(stages) != 1 or stages[0].kind != "module":
            return drawn
        inner = stages[0]
        scope = graph.scopes[inner.scope]
        alone = len(drawn.children) == 1
        if not alone and (scope.total <= WRAPPER_SHARE * graph.scopes[0].total or calls[scope.path] > 1):
            return drawn
        place = drawn.children.index(inner)
        inner.adopt([*drawn.children[:place], *inner.children, *drawn.children[place + 1 :]])
        drawn.adopt([inner])
        drawn = inner


def _fold_ends(drawn: Box) -> None:
    """Fold the steps before the first stage to a stem, those after the last to a head."""
    stages = [place for place, child in enumerate(drawn.children) if child.is_stage]
    if not stages:
        return
    first, last = stages[0], stages[-1] + 1
    stem, head = drawn.children[:first], drawn.children[last:]
    drawn.adopt([*_folded("stem", stem), *drawn.children[first:last], *_folded("head", head)])


def _folded(name: str, steps: list[Box]) -> list[Box]:
    if len(steps) < FOLD_STEPS:
        return steps
    fold = Box("fold", name)
    fold.adopt(steps)
    return [fold]
