"""The graph as a diagram needs it: plain data for the page, the report and the still picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tbnotebook.graph.bulk import without_collector
from tbnotebook.graph.look import open_at_first
from tbnotebook.graph.model import CONTROL
from tbnotebook.graph.tree import Box, display_tree, walk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tbnotebook.graph.model import Graph, Node, Parameter, Scope, Tensor

LONGEST_TEXT = 300
"""Characters of a name or value that travel; longer ones keep their beginning and end."""
MOST_ATTRIBUTES = 40

Item = dict[str, Any]

_UNKNOWN: Item = {"shape": None, "dtype": "", "bytes": None}


def outline(graph: Graph) -> dict[str, Any]:
    """The payload of a diagram (``GraphPayload`` of the page): its boxes, its edges and its first look.

    Pure, and the same for equal graphs. `graph` needs a root scope.
    """
    with without_collector(len(graph.nodes)):
        return _outlined(graph)


def _outlined(graph: Graph) -> dict[str, Any]:
    tree = display_tree(graph)
    boxes = list(walk(tree.root))
    numbers = {box: number for number, box in enumerate(boxes)}
    keys = _Keys(graph)
    facts = _Facts()
    items = [_item(graph, box, numbers, keys, facts) for box in boxes]
    for box, item in zip(boxes, items, strict=True):
        if box.node in tree.reads:
            item["kind"] = "const"
    _name_lone_input(graph, items)
    _add_up(boxes, items, numbers)
    leaves = {box.node: numbers[box] for box in boxes if box.node >= 0}
    root = graph.scopes[0]
    return {
        "v": 1,
        "name": elided(root.name),
        "cls": elided(root.cls),
        "totals": {
            "params": graph.params,
            "trainable": graph.trainable,
            "flops": None if graph.foreign else graph.flops,
            "dtypes": [elided(dtype) for dtype in graph.dtypes],
        },
        "notes": [elided(note) for note in graph.notes],
        "foreign": graph.foreign,
        "items": items,
        "edges": _edges(graph, leaves, facts, tree.reads),
        "look": {
            "drawn": numbers[tree.drawn],
            "open": [numbers[box] for box in open_at_first(graph, tree)],
        },
    }


def elided(text: str) -> str:
    """`text`, or its beginning and end around an ellipsis if it is too long to show."""
    if len(text) <= LONGEST_TEXT:
        return text
    half = (LONGEST_TEXT - 1) // 2
    return f"{text[:half]}…{text[-half:]}"


class _Keys:
    """An identity for every box, stable between two traces of one model: the path of its scope and its name."""

    def __init__(self, graph: Graph) -> None:
        self._scopes: list[str] = []
        self._graph = graph
        self._used: set[str] = set()
        self._numbers: dict[str, int] = {}
        for scope in graph.scopes:
            name = elided(scope.name)
            self._scopes.append(elided(f"{self._scopes[scope.parent]}/{name}" if scope.parent >= 0 else name))

    def of(self, box: Box) -> str:
        """The key of `box`; equal ones are numbered."""
        if box.scope >= 0:
            base = self._scopes[box.scope]
        elif box.node >= 0:
            node = self._graph.nodes[box.node]
            around = f"{self._scopes[node.scope]}/" if node.scope >= 0 else ""
            base = f"{around}{elided(node.name)}"
        else:
            around = self.above(box.parent)
            base = f"{around}/[{elided(box.name)}]"
        key = base
        if key in self._used:
            number = self._numbers.get(base, 1)
            while key in self._used:
                number += 1
                key = f"{base} ({number})"
            self._numbers[base] = number
        self._used.add(key)
        return key

    def above(self, box: Box | None) -> str:
        """The path of the nearest scope around a fold or stack."""
        while box is not None and box.scope < 0:
            box = box.parent
        return self._scopes[box.scope] if box is not None else ""


class _Facts:
    """What travels of nodes; lists and attributes that nodes of a graph share (as a foreign one's do) are told once."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[object, ...], Item] = {}
        self._outputs: dict[int, list[Item]] = {}

    def of_node(self, node: Node) -> Item:
        """All of a node but its place; to be copied, not changed."""
        if node.params or node.aten or node.flops:
            return _node_facts(node)
        key = id(node.outputs), id(node.attrs), node.op, node.kind, node.device, node.mutates, node.is_view
        known = self._nodes.get(key)
        if known is None:
            known = self._nodes[key] = _node_facts(node)
        return known

    def of_edge(self, source: Node, output: int) -> Item:
        """The tensor that runs along an edge."""
        known = self._outputs.get(id(source.outputs))
        if known is None:
            known = [{**_tensor(tensor), "bytes": tensor.nbytes} for tensor in source.outputs]
            self._outputs[id(source.outputs)] = known
        return known[output] if 0 <= output < len(known) else _UNKNOWN


def _item(graph: Graph, box: Box, numbers: dict[Box, int], keys: _Keys, facts: _Facts) -> Item:
    node = graph.nodes[box.node] if box.node >= 0 else None
    item: Item = {
        "key": keys.of(box),
        "kind": box.kind if box.kind != "node" or node is None else node.kind,
        "name": elided(box.name),
        "parent": numbers[box.parent] if box.parent is not None else -1,
    }
    if item["kind"] == "module" and box.scope < 0:
        item["kind"] = "op"  # a call that only its node tells of
    if box.aside:
        item["aside"] = True
    if box.children:
        item["children"] = [numbers[child] for child in box.children]
    if box.scope >= 0:
        item.update(_scope_facts(graph, graph.scopes[box.scope], node))
    elif node is not None:
        item.update(facts.of_node(node))
    if box.kind == "stack":
        first = graph.scopes[box.children[0].scope]
        item["cls"], item["hash"] = elided(first.cls), first.hash
    return item


def _scope_facts(graph: Graph, scope: Scope, node: Node | None) -> Item:
    item: Item = {"cls": elided(scope.cls)}
    if scope.path:
        item["path"] = elided(scope.path)
    if scope.params:
        item["params"] = _parameters(scope.params)
    if scope.total:
        item["count"] = scope.total
    if scope.flops:
        item["flops"] = scope.flops
    if scope.bytes:
        item["bytes"] = scope.bytes
    if scope.hash:
        item["hash"] = scope.hash
    if scope.attrs:
        item["attrs"] = _attributes(scope.attrs)
    if scope.source:
        item["source"] = elided(scope.source)
    if scope.inputs:
        item["inputs"] = [_tensor(tensor) for tensor in scope.inputs]
    outputs = scope.outputs or (node.outputs if node is not None else [])
    if outputs:
        item["outputs"] = [_tensor(tensor) for tensor in outputs]
    if scope.shared_with >= 0:
        item["shared"] = elided(graph.scopes[scope.shared_with].path)
    if scope.training:
        item["training"] = True
    return item


def _node_facts(node: Node) -> Item:
    item: Item = {"cls": elided(node.op)}
    params = [parameter for parameter in node.params if not parameter.buffer]
    if params:
        item["params"] = _parameters(params)
    if node.flops:
        item["flops"] = node.flops
    made = 0 if node.is_view else sum(tensor.nbytes or 0 for tensor in node.outputs)
    if made and node.kind not in ("input", "output", "const"):
        item["bytes"] = made
    attributes = dict(node.attrs)
    if node.aten:
        attributes["kernels"] = ", ".join(node.aten)
    if node.device:
        attributes["device"] = node.device
    if attributes:
        item["attrs"] = _attributes(attributes)
    if node.outputs:
        item["outputs"] = [_tensor(tensor) for tensor in node.outputs]
    if node.mutates:
        item["mutates"] = True
    return item


def _name_lone_input(graph: Graph, items: list[Item]) -> None:
    """Show the only input of a network as "input" if all that its code calls it is "x"."""
    inputs = [item for item in items if item["kind"] == "input"]
    if len(inputs) == 1 and len(inputs[0]["name"]) == 1 and not graph.foreign:
        inputs[0]["attrs"] = [["argument", inputs[0]["name"]]]
        inputs[0]["name"] = "input"


def _parameters(parameters: Sequence[Parameter]) -> list[Item]:
    made: list[Item] = []
    for parameter in parameters:
        fact: Item = {
            "name": elided(parameter.name),
            "shape": [-1 if size is None else size for size in parameter.shape or ()],
            "dtype": elided(parameter.dtype),
            "trainable": parameter.trainable,
        }
        if parameter.shared:
            fact["shared"] = True
        made.append(fact)
    return made


def _attributes(attributes: dict[str, str]) -> list[list[str]]:
    return [[elided(key), elided(value)] for key, value in list(attributes.items())[:MOST_ATTRIBUTES]]


def _tensor(tensor: Tensor) -> Item:
    return {"shape": list(tensor.shape) if tensor.shape is not None else None, "dtype": elided(tensor.dtype)}


def _add_up(boxes: list[Box], items: list[Item], numbers: dict[Box, int]) -> None:
    """Parameters and FLOPs of stacks and folds; a module that is called again is counted once."""
    for box in reversed(boxes):
        if box.kind not in ("stack", "fold"):
            continue
        inside = [items[numbers[child]] for child in box.children]
        for fact in ("count", "flops", "bytes"):
            total = sum(item.get(fact, 0) for item in inside if fact != "count" or "shared" not in item)
            if total:
                items[numbers[box]][fact] = total
        last = inside[-1]
        if "outputs" in last and not box.aside:
            items[numbers[box]].setdefault("outputs", last["outputs"])


def _edges(graph: Graph, leaves: dict[int, int], facts: _Facts, reads: Mapping[int, int]) -> list[Item]:
    edges: list[Item] = []
    for number, node in enumerate(graph.nodes):
        reader = leaves[number]
        for edge in node.inputs:
            source = edge.source if edge.output == CONTROL else reads.get(edge.source, edge.source)
            tensor = facts.of_edge(graph.nodes[source], edge.output)
            made: Item = {"from": leaves[source], "out": edge.output, "to": reader, **tensor}
            if edge.arg:
                made["arg"] = elided(edge.arg)
            edges.append(made)
    return edges
