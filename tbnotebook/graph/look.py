"""The first look: which boxes are open before anyone has clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tbnotebook.graph.tree import Box, Tree, walk

if TYPE_CHECKING:
    from tbnotebook.graph.model import Graph

SMALL_NET = 3
"""A net of up to so many modules is opened to its operations."""
MAIN_STACK_SHARE = 0.5
"""A stack with at least this share of the parameters is opened: it is what the net is made of."""
FEW_BOXES = 2
"""So few boxes alone would tell nothing."""
OPEN_CHILDREN = 16
"""A block with more children than this stays closed: it would not fit."""


def open_at_first(graph: Graph, tree: Tree) -> list[Box]:
    """The boxes that the first look opens, parents first.

    A small net is opened to its operations. Else a stack with half of the parameters is opened to its first
    repeat, and the groups in that. Where that leaves one or two boxes in all, they are opened: of a graph that is not
    ours, of which nothing tells what is large, these only.
    """
    if graph.foreign:
        found = [box for box in tree.drawn.children if box.children and not box.aside]
        shown = [box.children[0] if box.kind == "stack" else box for box in found]
        few = len(found) <= FEW_BOXES and all(_fits(box) for box in shown)
        return list(dict.fromkeys([*found, *shown])) if few else []
    modules = [box for box in walk(tree.drawn) if box is not tree.drawn and box.kind != "node"]
    if len(modules) <= SMALL_NET:
        return [box for box in modules if box.children]
    total = graph.scopes[0].total
    groups = [box for box in tree.drawn.children if box.kind != "node" and box.children]
    for stack in (box for box in groups if box.kind == "stack"):
        repeat = stack.children[0]
        share = sum(graph.scopes[box.scope].total for box in stack.children)
        if total and share >= MAIN_STACK_SHARE * total and repeat.is_stage and _fits(repeat):
            return [stack, repeat, *(box for box in repeat.children if box.is_stage and _fits(box))]
    return [box for box in groups if box.is_stage and _fits(box)] if len(groups) <= FEW_BOXES else []


def _fits(box: Box) -> bool:
    return len(box.children) <= OPEN_CHILDREN
