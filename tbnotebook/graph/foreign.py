"""Any other GraphDef (TensorFlow, torch, tensorboardX): scopes from its names, facts from its attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from google.protobuf.message import DecodeError

from tbnotebook.events.schema import AttrEntry, SealedGraphDef
from tbnotebook.graph.attributes import LONGEST_VALUE, SHAPES, dtype_of, shape_of, text_of, value_text
from tbnotebook.graph.bulk import without_collector
from tbnotebook.graph.flow import flow_of, topological_order
from tbnotebook.graph.functions import Library
from tbnotebook.graph.model import CONTROL, Edge, Graph, Node, NodeKind, Scope, Shape, Tensor
from tbnotebook.graph.structure import structure_hashes

MOST_NODES = 200_000
"""Nodes that are read; a drawing of more would tell nothing."""
DEEPEST_SCOPE = 32
"""Levels of a name that become scopes; what is beneath stays in the node's name."""
MOST_OUTPUTS = 1000
MOST_ATTRIBUTES = 40
LARGEST_SHARED = 4096
"""Bytes of attributes that are kept to find equal ones; more is some tensor's values, and there are no equal ones."""

CONSTANT_OPS = frozenset(
    ["Const", "Variable", "VariableV2", "VarHandleOp", "prim::Constant", "prim::Param", "prim::GetAttr"]
)
INPUT_OPS = frozenset(["Placeholder", "PlaceholderV2", "PlaceholderWithDefault", "_Arg"])
OUTPUT_OPS = frozenset(["_Retval"])
IO_OP = "IO Node"
"""torch's op for both: "input/x" and "output/output.1"."""

_RESOURCE = "resource"
"""The type, and the last part of the name, of what stands for a variable in a graph that TensorFlow 2 traced."""
_TORCH_SCOPE = re.compile(r"([A-Za-z_]\w*)\[(.+)\]")
_TRACED_FUNCTION = re.compile(r"__(?:inference|forward|backward)_(\w+?)(?:_\d+)*")
"""TensorFlow's names for what it traced: "__inference_train_step_1234"."""
_DTYPE_KEYS = (b"dtype", b"T", b"DstT", b"out_type", b"output_type", b"type")


def foreign_graph(data: bytes) -> Graph:
    """What can be known of a serialized GraphDef. What is broken in it is left out and noted.

    Raises
    ------
    google.protobuf.message.DecodeError
        `data` is no GraphDef.
    """
    message = SealedGraphDef.FromString(bytes(data))
    with without_collector(len(message.node)):
        return _read(message)


def _read(message: Any) -> Graph:
    graph = Graph([Scope("graph", cls="GraphDef", called=False)], foreign=True)
    nodes = list(islice(message.node, MOST_NODES))
    if len(message.node) > MOST_NODES:
        graph.notes.append(f"The first {MOST_NODES:,} of {len(message.node):,} nodes were read.")
    attributes = _Attributes()
    flow = flow_of(nodes)
    if message.library:
        flow = Library(message.library, lambda node: attributes.of(node).functions).opened(flow)
    graph.notes += flow.notes
    order = topological_order(flow.inputs)
    read = {source for inputs in flow.inputs for source, output in inputs if output != CONTROL}
    numbers = [0] * len(order)
    for number, place in enumerate(order):
        numbers[place] = number
    scopes = _Scopes(graph.scopes)
    for number, place in enumerate(order):
        inputs = [Edge(numbers[source], output) for source, output in flow.inputs[place]]
        made = _node(flow.nodes[place], attributes, inputs, is_read=place in read)
        if place in flow.inside and made.kind in ("input", "output"):
            made.kind = "op"
        if place in flow.results and all(tensor.shape is None for tensor in made.outputs):
            made.outputs = _given_on(graph.nodes, inputs[: flow.results[place]])
        scopes.place(made, number)
        graph.nodes.append(made)
    graph.notes += attributes.notes
    scopes.settle(graph.nodes)
    for name, function in flow.functions.items():
        scopes.call(text_of(name), text_of(function))
    for scope, structure in zip(graph.scopes, structure_hashes(graph), strict=True):
        scope.hash = structure
    return graph


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
        if node.kind == "const" and last == _RESOURCE:
            del segments[-1:]  # the operation that reads it, which is no scope for its sake
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
        sizes: dict[int, int] = {}  # nodes of equal attributes share their outputs
        for node in nodes:
            if node.kind == "op":
                size = sizes.get(id(node.outputs))
                if size is None:
                    size = sizes[id(node.outputs)] = sum([tensor.nbytes or 0 for tensor in node.outputs])
                self._scopes[node.scope].bytes += size
        for scope in reversed(self._scopes):  # parents come first
            if scope.parent >= 0:
                self._scopes[scope.parent].bytes += scope.bytes

    def call(self, name: str, function: str) -> None:
        """Tell of the scope of this whole name that it is a call of a function, if there is such a scope."""
        scope: int | None = 0
        for segment in name.split("/"):
            scope = self._known.get((scope, segment)) if scope is not None else None
        if scope is not None:
            traced = _TRACED_FUNCTION.fullmatch(function) if len(function) <= LONGEST_VALUE else None
            self._scopes[scope].cls = traced[1] if traced else function
            self._scopes[scope].attrs["function"] = function


class _Facts(NamedTuple):
    """What the attributes of a node tell."""

    outputs: list[Tensor]
    attrs: dict[str, str]
    functions: list[tuple[bytes, bytes]]
    """The functions that they name, and what they call them."""


class _Attributes:
    """The facts of nodes by their attributes: equal ones are decoded once, and the nodes share what they tell."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, ...], _Facts] = {}
        self._damaged = 0

    @property
    def notes(self) -> list[str]:
        """What was left out."""
        return [f"{self._damaged:,} attributes are damaged and left out."] if self._damaged else []

    def of(self, node: Any) -> _Facts:
        """The facts of a SealedNodeDef, or of one in a function, whose attributes all its calls share."""
        sealed = tuple(node.attr)
        known = self._known.get(sealed)
        if known is None:
            known = self._decoded(sealed)
            if sealed is node.attr or sum(map(len, sealed)) <= LARGEST_SHARED:
                self._known[sealed] = known
        return known

    def _decoded(self, sealed: tuple[bytes, ...]) -> _Facts:
        facts: dict[bytes, Any] = {}
        for data in sealed:
            try:
                entry = AttrEntry.FromString(data)
            except DecodeError:
                self._damaged += 1
            else:
                facts[entry.key] = entry.value
        attrs = {
            text_of(key[:LONGEST_VALUE]): value_text(value)
            for key, value in islice(facts.items(), MOST_ATTRIBUTES)
            if key != SHAPES
        }
        return _Facts(_outputs(facts), attrs, list(_functions(facts)))


def _node(node: Any, attributes: _Attributes, inputs: list[Edge], *, is_read: bool) -> Node:
    op, kind = _op(node.op)
    facts = attributes.of(node)
    if kind == "input" and facts.outputs[0].dtype == _RESOURCE:
        kind = "const"
    elif op == IO_OP:
        kind = "input" if not node.input else "op" if is_read else "output"
    made = Node(text_of(node.name), op, kind, outputs=facts.outputs, inputs=inputs, attrs=facts.attrs)
    if node.device:
        made.device = text_of(node.device[:LONGEST_VALUE])
    return made


@lru_cache(1000)
def _op(name: bytes) -> tuple[str, NodeKind]:
    op = text_of(name)
    if op in CONSTANT_OPS:
        return op, "const"
    if op in INPUT_OPS:
        return op, "input"
    return op, "output" if op in OUTPUT_OPS else "op"


def _given_on(nodes: list[Node], inputs: list[Edge]) -> list[Tensor]:
    """The outputs of what only gives on what it reads, as far as that is known by now."""
    read = [(nodes[edge.source].outputs if edge.source < len(nodes) else [], edge.output) for edge in inputs]
    return [outputs[number] if number < len(outputs) else Tensor(None) for outputs, number in read]


def _outputs(facts: dict[bytes, Any]) -> list[Tensor]:
    dtype = next((dtype_of(facts[key].type) for key in _DTYPE_KEYS if key in facts), "")
    shapes: list[Shape] = []
    if b"shared_name" in facts and b"shape" in facts:  # of a variable: what it gives out itself may be a handle
        shapes = [shape_of(facts[b"shape"].shape)]
    elif SHAPES in facts:
        shapes = [shape_of(shape) for shape in facts[SHAPES].list.shape[:MOST_OUTPUTS]]
    elif b"value" in facts:
        shapes = [shape_of(facts[b"value"].tensor.tensor_shape)]
    elif b"shape" in facts and facts[b"shape"].WhichOneof("value") == "shape":
        shapes = [shape_of(facts[b"shape"].shape)]
    return [Tensor(shape, dtype) for shape in shapes or [None]]


def _functions(facts: dict[bytes, Any]) -> Iterator[tuple[bytes, bytes]]:
    for key, value in facts.items():
        kind = value.WhichOneof("value")
        if kind == "func":
            yield key, value.func.name
        elif kind == "list":
            several = value.list.func
            yield from ((key + b"_%d" % place, function.name) for place, function in enumerate(several))
