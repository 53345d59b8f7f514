"""The graph model ↔ a GraphDef that TensorBoard shows with shapes on its edges, and that loses nothing of ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from google.protobuf.message import DecodeError

from tbnotebook.events.schema import GraphDef
from tbnotebook.graph import attributes
from tbnotebook.graph.attributes import bytes_of, put, put_shapes, put_texts, safe_name
from tbnotebook.graph.foreign import foreign_graph
from tbnotebook.graph.own import own_graph
from tbnotebook.graph.plain import plain, scopes_json

if TYPE_CHECKING:
    from tbnotebook.graph.model import Edge, Graph, Node, Parameter

GRAPH_PLUGIN = "tbnotebook_graph"
"""Tag and plugin of the summary that carries the scopes; TensorBoard ignores it."""
PRODUCER = 22
"""GraphDef version that torch's writer gives, too."""

SHOWN_OPS = {"input": "Placeholder", "output": "Identity", "const": "Const"}
"""Ops that TensorBoard draws in a way of their own, by our kind of node."""


def to_events_payload(graph: Graph) -> tuple[bytes, bytes]:
    """The two values that carry `graph` in an event file: scopes (JSON) and GraphDef."""
    return scopes_json(graph), to_graphdef(graph)


def to_graphdef(graph: Graph) -> bytes:
    """`graph` as a serialized GraphDef.

    Every node has the shapes of all its outputs. Parameters are ``Const`` nodes beside the operation that reads
    them. Names are ASCII; what TensorBoard has no place for stands in attributes that begin with ``_tbnb_``.
    """
    message = GraphDef()
    message.versions.producer = PRODUCER
    names = _Names(graph)
    for number, node in enumerate(graph.nodes):
        constants = [_add_parameter(message, names, node.scope, parameter) for parameter in node.params]
        made = message.node.add(name=bytes_of(names.nodes[number]), op=bytes_of(SHOWN_OPS.get(node.kind, node.op)))
        made.device = bytes_of(node.device)
        made.input.extend(_reference(names.nodes[edge.source], edge) for edge in node.inputs)
        made.input.extend(bytes_of(constant) for constant in constants)
        _put_facts(made, node, names.nodes[number])
    return bytes(message.SerializeToString())


def from_graphdef(data: bytes, scopes: bytes | None = None) -> Graph:
    """The graph of a serialized GraphDef; `scopes` is the JSON that our writer put beside it.

    Ours comes back as it was. Any other is read by its names and what its attributes tell, as is ours without
    its scopes.

    Raises
    ------
    ValueError
        `data` is no GraphDef.
    """
    try:
        message = GraphDef.FromString(bytes(data))
    except DecodeError as error:
        raise ValueError(f"{len(data)} bytes are no GraphDef: {error}") from None
    if scopes is None:
        return foreign_graph(message)
    try:
        return own_graph(message, scopes)
    except ValueError as error:
        graph = foreign_graph(message)
        graph.notes.append(f"Facts beside the graph were not used: {error}")
        return graph


class _Names:
    """A name for every node of the GraphDef: ASCII, unique, and never also the name of a scope."""

    def __init__(self, graph: Graph) -> None:
        self._taken: set[str] = set()
        self.scopes: list[str] = []
        for scope in graph.scopes:
            around = f"{self.scopes[scope.parent]}/" if scope.parent >= 0 else ""
            self.scopes.append(self._free(around + safe_name(scope.name)))
        self.nodes = [self._free(self._around(node.scope) + safe_name(node.name)) for node in graph.nodes]
        self._parameters: dict[tuple[int, Parameter], str] = {}

    def parameter(self, scope: int, parameter: Parameter) -> tuple[str, bool]:
        """Name of the constant of `parameter` in `scope`, and whether it is new."""
        known = self._parameters.get((scope, parameter))
        if known is not None:
            return known, False
        name = self._free(self._around(scope) + safe_name(parameter.name))
        self._parameters[scope, parameter] = name
        return name, True

    def _around(self, scope: int) -> str:
        return f"{self.scopes[scope]}/" if scope >= 0 else ""

    def _free(self, name: str) -> str:
        free, number = name, 0
        while free in self._taken:
            number += 1
            free = f"{name}_{number}"
        self._taken.add(free)
        return free


def _add_parameter(message: Any, names: _Names, scope: int, parameter: Parameter) -> str:
    name, is_new = names.parameter(scope, parameter)
    if is_new:
        node = message.node.add(name=bytes_of(name), op=b"Const")
        put_shapes(node, [parameter.shape])
        _put_dtype(node, parameter.dtype)
        facts = plain(parameter)
        put(node, "_tbnb_kind", s=b"parameter")
        put(node, "_tbnb_parameter", s=bytes_of(json.dumps(facts, ensure_ascii=False)))
    return name


def _reference(name: str, edge: Edge) -> bytes:
    return bytes_of(f"{name}:{edge.output}" if edge.output else name)


def _put_facts(made: Any, node: Node, name: str) -> None:
    put_shapes(made, [tensor.shape for tensor in node.outputs])
    if len({tensor.dtype for tensor in node.outputs}) == 1:
        _put_dtype(made, node.outputs[0].dtype)
    put(made, "_tbnb_kind", s=bytes_of(node.kind))
    put(made, "_tbnb_scope", i=node.scope)
    if name.rpartition("/")[2] != node.name:
        put(made, "_tbnb_name", s=bytes_of(node.name))
    if node.op != made.op.decode("utf-8", "replace"):
        put(made, "_tbnb_op", s=bytes_of(node.op))
    put_texts(made, "_tbnb_dtypes", [tensor.dtype for tensor in node.outputs])
    put_texts(made, "_tbnb_devices", [tensor.device for tensor in node.outputs])
    put_texts(made, "_tbnb_names", [tensor.name for tensor in node.outputs])
    put_texts(made, "_tbnb_args", [edge.arg for edge in node.inputs])
    put_texts(made, "_tbnb_aten", node.aten)
    if node.flops:
        put(made, "_tbnb_flops", i=node.flops)
    if node.mutates:
        put(made, "_tbnb_mutates", b=True)
    if node.is_view:
        put(made, "_tbnb_view", b=True)
    if node.attrs:
        put(made, "_tbnb_attrs", s=bytes_of(json.dumps(node.attrs, ensure_ascii=False)))


def _put_dtype(node: Any, dtype: str) -> None:
    number = attributes.DTYPE_NUMBERS.get(dtype)
    if number is not None:
        put(node, "dtype", type=number)
