"""Any other GraphDef (TensorFlow, torch, tensorboardX): scopes from its names, facts from its attributes."""

from __future__ import annotations

import heapq
import re
from itertools import islice
from typing import Any

from tbnotebook.graph.attributes import LONGEST_VALUE, SHAPES, dtype_of, shape_of, text_of, value_text
from tbnotebook.graph.bulk import without_collector
from tbnotebook.graph.model import Edge, Graph, Node, NodeKind, Scope, Shape, Tensor
from tbnotebook.graph.structure import structure_hashes

MOST_NODES = 200_000
"""Nodes that are read; a drawing of more would tell nothing."""
MOST_EDGES = 2_000_000
DEEPEST_SCOPE = 32
"""Levels of a name that become scopes; what is beneath stays in the node's name."""
MOST_OUTPUTS = 1000
MOST_ATTRIBUTES = 40

CONSTANT_OPS = frozenset(
    ["Const", "Variable", "VariableV2", "VarHandleOp", "prim::Constant", "prim::Param", "prim::GetAttr"]
)
INPUT_OPS = frozenset(["Placeholder", "PlaceholderV2", "PlaceholderWithDefault", "_Arg"])
OUTPUT_OPS = frozenset(["_Retval"])
IO_OP = "IO Node"
"""torch's op for both: "input/x" and "output/output.1"."""

_TORCH_SCOPE = re.compile(r"([A-Za-z_]\w*)\[(.+)\]")
_DTYPE_KEYS = (b"dtype", b"T", b"DstT", b"out_type", b"output_type", b"type")


def foreign_graph(message: Any) -> Graph:
    """What can be known of a GraphDef. Never fails: what is broken in it is left out and noted."""
    with without_collector(len(message.node)):
        return _read(message)


def _read(message: Any) -> Graph:
    graph = Graph([Scope("graph", cls="GraphDef", called=False)], foreign=True)
    nodes = list(islice(message.node, MOST_NODES))
    if len(message.node) > MOST_NODES:
        graph.notes.append(f"The first {MOST_NODES:,} of {len(message.node):,} nodes were read.")
    if message.library:
        graph.notes.append("A library of functions is part of the graph; it is not drawn.")
    places = {node.name: place for place, node in reversed(list(enumerate(nodes)))}
    inputs = _references(nodes, places, graph.notes)
    order = topological_order([[edge.source for edge in edges] for edges in inputs])
    read = {source.source for edges in inputs for source in edges}
    numbers = {place: number for number, place in enumerate(order)}
    scopes = _Scopes(graph.scopes)
    for number, place in enumerate(order):
        made = _node(nodes[place], is_read=place in read)
        made.inputs = [Edge(numbers[edge.source], edge.output) for edge in inputs[place]]
        scopes.place(made, number)
        graph.nodes.append(made)
    scopes.settle(graph.nodes)
    for scope, structure in zip(graph.scopes, structure_hashes(graph), strict=True):
        scope.hash = structure
    return graph


def _references(nodes: list[Any], places: dict[bytes, int], notes: list[str]) -> list[list[Edge]]:
    """The inputs of each node; `source` is a place in `nodes`."""
    control = missing = read = 0
    inputs: list[list[Edge]] = []
    for node in nodes:
        edges: list[Edge] = []
        for reference in node.input:
            name, _, output = reference.partition(b":")
            if name.startswith(b"^"):
                control += 1
            elif name not in places:
                missing += 1
            elif read == MOST_EDGES:
                continue
            else:
                read += 1
                number = int(output) if output.isdigit() and len(output) < 6 else 0
                edges.append(Edge(places[name], number))
        inputs.append(edges)
    if read == MOST_EDGES:
        notes.append(f"The first {MOST_EDGES:,} edges were read.")
    if control:
        notes.append(f"{control:,} control edges are not drawn.")
    if missing:
        notes.append(f"{missing:,} inputs name nodes that do not exist.")
    return inputs


def topological_order(sources: list[list[int]]) -> list[int]:
    """Places so that a node comes after what it reads, else as they were; cycles are cut at their first place."""
    readers: list[list[int]] = [[] for _ in sources]
    waits = [0] * len(sources)
    for place, known in enumerate(sources):
        for source in known:
            if source != place:
                readers[source].append(place)
                waits[place] += 1
    ready = [place for place, count in enumerate(waits) if count == 0]
    order: list[int] = []
    placed = [False] * len(sources)
    cut = 0
    while len(order) < len(sources):
        if not ready:
            while placed[cut]:
                cut += 1
            ready.append(cut)
        place = heapq.heappop(ready)
        if placed[place]:
            continue
        placed[place] = True
        order.append(place)
        for reader in readers[place]:
            waits[reader] -= 1
            if waits[reader] == 0 and not placed[reader]:
                heapq.heappush(ready, reader)
    return order


class _Scopes:
    """The tree of the names, grown node by node."""

    def __init__(self, scopes: list[Scope]) -> None:
        self._scopes = scopes
        self._known: dict[tuple[int, str], int] = {}

    def place(self, node: Node, at: int) -> None:
        """Give `node`, number `at`, its scope and its own name; inputs and outputs stand beside the root."""
        if node.kind in ("input", "output"):
            node.name = (node.name.partition("/")[2] or node.name) if node.op == IO_OP else node.name
            return
        *segments, last = node.name.split("/", DEEPEST_SCOPE)
        node.name = last or node.name
        node.scope = 0
        for segment in segments:
            known = self._known.get((node.scope, segment))
            if known is None:
                torch_name = _TORCH_SCOPE.fullmatch(segment) if len(segment) <= LONGEST_VALUE else None
                cls, name = torch_name.groups() if torch_name else ("", segment)
                self._scopes.append(Scope(name, cls=cls, parent=node.scope, at=at, called=False))
                known = self._known[node.scope, segment] = len(self._scopes) - 1
            node.scope = known

    def settle(self, nodes: list[Node]) -> None:
        """A node that has the name of a scope goes into it, "(dense)", as TensorBoard shows it."""
        for node in nodes:
            home = self._known.get((node.scope, node.name))
            if home is not None:
                node.scope, node.name = home, f"({node.name})"
        for node in nodes:
            if node.kind == "op":
                self._scopes[node.scope].bytes += sum(tensor.nbytes or 0 for tensor in node.outputs)
        for scope in reversed(self._scopes):  # parents come first
            if scope.parent >= 0:
                self._scopes[scope.parent].bytes += scope.bytes


def _node(node: Any, *, is_read: bool) -> Node:
    op = text_of(node.op)
    kind: NodeKind = "op"
    if op in CONSTANT_OPS:
        kind = "const"
    elif op in INPUT_OPS or (op == IO_OP and not node.input):
        kind = "input"
    elif op in OUTPUT_OPS or (op == IO_OP and not is_read):
        kind = "output"
    facts = {entry.key: entry.value for entry in node.attr}
    attrs = {
        text_of(key[:LONGEST_VALUE]): value_text(value)
        for key, value in islice(facts.items(), MOST_ATTRIBUTES)
        if key != SHAPES
    }
    made = Node(text_of(node.name), op, kind, outputs=_outputs(facts), attrs=attrs)
    made.device = text_of(node.device[:LONGEST_VALUE])
    return made


def _outputs(facts: dict[bytes, Any]) -> list[Tensor]:
    dtype = next((dtype_of(facts[key].type) for key in _DTYPE_KEYS if key in facts), "")
    shapes: list[Shape] = []
    if SHAPES in facts:
        shapes = [shape_of(shape) for shape in facts[SHAPES].list.shape[:MOST_OUTPUTS]]
    elif b"value" in facts:
        shapes = [shape_of(facts[b"value"].tensor.tensor_shape)]
    elif b"shape" in facts and facts[b"shape"].WhichOneof("value") == "shape":
        shapes = [shape_of(facts[b"shape"].shape)]
    return [Tensor(shape, dtype) for shape in shapes or [None]]
