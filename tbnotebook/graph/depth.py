"""A traced graph to a certain depth: what is beneath stands as one node a module."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from tbnotebook.graph.model import Edge, Graph, Node, Scope, Tensor


def closed_below(graph: Graph, depth: int) -> Graph:
    """`graph` with each module that stands `depth` calls below the root as one node, if other modules are in it.

    The node sums up the FLOPs of the operations in it and has the edges that cross its bounds; the scope keeps its
    facts. Containers that are not called (a ModuleList) are no level of their own. Sums have to be there already.
    """
    homes = _closed_scopes(graph.scopes, depth)
    if all(home < 0 for home in homes):
        return graph
    kept = [index for index, home in enumerate(homes) if home in (-1, index)]
    numbers = {index: number for number, index in enumerate(kept)}
    boxes = [homes[node.scope] if node.scope >= 0 else -1 for node in graph.nodes]
    last = {box: number for number, box in enumerate(boxes) if box >= 0}
    order = [number for number, box in enumerate(boxes) if box < 0 or last[box] == number]
    places = {boxes[number] if boxes[number] >= 0 else ~number: place for place, number in enumerate(order)}
    leaving = _leaving(graph, boxes)
    inside: dict[int, list[Node]] = {}
    for node, box in zip(graph.nodes, boxes, strict=True):
        inside.setdefault(box, []).append(node)

    def moved(edge: Edge) -> Edge:
        box = boxes[edge.source]
        if box < 0:
            return edge._replace(source=places[~edge.source])
        return Edge(places[box], leaving[box].index((edge.source, edge.output)), edge.arg)

    made: list[Node] = []
    for number in order:
        node = graph.nodes[number]
        if boxes[number] >= 0:
            box = boxes[number]
            outputs = [graph.nodes[source].outputs[output] for source, output in leaving.get(box, ())]
            node = _box(graph.scopes[box], box, inside[box], outputs, boxes)
        scope = numbers[node.scope] if node.scope >= 0 else -1
        made.append(replace(node, scope=scope, inputs=[moved(edge) for edge in node.inputs]))
    scopes = [
        replace(
            graph.scopes[index],
            parent=numbers.get(graph.scopes[index].parent, -1),
            shared_with=numbers.get(graph.scopes[index].shared_with, -1),
            at=bisect_left(order, graph.scopes[index].at),
        )
        for index in kept
    ]
    note = f"Modules deeper than {depth} are not opened."
    return replace(graph, scopes=scopes, nodes=made, notes=[*graph.notes, note])


def _closed_scopes(scopes: list[Scope], depth: int) -> list[int]:
    """The scope that closes over each scope, itself for one that is closed; -1 where none does."""
    holds_calls = {scope.parent for scope in scopes if scope.called}
    for index in reversed(range(len(scopes))):
        if index in holds_calls:
            holds_calls.add(scopes[index].parent)
    levels: list[int] = []
    homes: list[int] = []
    for index, scope in enumerate(scopes):
        levels.append(levels[scope.parent] + scope.called if scope.parent >= 0 else 0)
        above = homes[scope.parent] if scope.parent >= 0 else -1
        closes = scope.called and levels[index] == depth and index in holds_calls
        homes.append(above if above >= 0 else index if closes else -1)
    return homes


def _leaving(graph: Graph, boxes: list[int]) -> dict[int, list[tuple[int, int]]]:
    """The outputs of nodes in a box that are read outside of it, by box, in the order in which they are read."""
    leaving: dict[int, dict[tuple[int, int], None]] = {}
    for number, node in enumerate(graph.nodes):
        for edge in node.inputs:
            box = boxes[edge.source]
            if box >= 0 and box != boxes[number]:
                leaving.setdefault(box, {})[edge.source, edge.output] = None
    return {box: list(tensors) for box, tensors in leaving.items()}


def _box(scope: Scope, box: int, inside: list[Node], outputs: list[Tensor], boxes: list[int]) -> Node:
    """The node that stands for the nodes `inside` of a scope; its edges still name the old nodes."""
    crossing = (edge for node in inside for edge in node.inputs if boxes[edge.source] != box)
    return Node(
        scope.cls or scope.name,
        scope.cls or scope.name,
        "module",
        box,
        outputs=outputs,
        inputs=list(dict.fromkeys(edge._replace(arg="") for edge in crossing)),
        attrs={"operations": str(sum(node.kind == "op" for node in inside))},
        flops=sum(node.flops for node in inside),
    )
