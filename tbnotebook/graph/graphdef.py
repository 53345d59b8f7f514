"""The graph model ↔ a GraphDef that TensorBoard shows with shapes on its edges, and that loses nothing of ours."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

from google.protobuf.message import DecodeError

from tbnotebook.events.schema import GraphDef
from tbnotebook.graph import entries
from tbnotebook.graph.attributes import bytes_of, safe_name
from tbnotebook.graph.foreign import foreign_graph
from tbnotebook.graph.model import CONTROL
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
    for name, node in zip(names.nodes, graph.nodes, strict=True):
        constants = [_add_parameter(message, names, node.scope, parameter) for parameter in node.params]
        op = SHOWN_OPS.get(node.kind, node.op)
        message.node.add(
            name=bytes_of(name),
            op=bytes_of(op),
            device=bytes_of(node.device),
            input=[
                *[_reference(names.nodes[edge.source], edge) for edge in node.inputs],
                *[bytes_of(constant) for constant in constants],
            ],
        ).attr.extend(_facts(node, name, op))
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
        if scopes is None:
            return foreign_graph(data)
        try:
            return own_graph(GraphDef.FromString(bytes(data)), scopes)
        except ValueError as error:
            graph = foreign_graph(data)
            graph.notes.append(f"Facts beside the graph were not used: {error}")
            return graph
    except DecodeError as error:
        raise ValueError(f"{len(data)} bytes are no GraphDef: {error}") from None


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
        message.node.add(name=bytes_of(name), op=b"Const").attr.extend(_parameter_facts(parameter))
    return name


@functools.lru_cache(maxsize=4096)
def _parameter_facts(parameter: Parameter) -> list[Any]:
    return [
        *entries.shapes((parameter.shape,)),
        *entries.dtype(parameter.dtype),
        entries.text("_tbnb_kind", "parameter"),
        entries.text("_tbnb_parameter", json.dumps(plain(parameter), ensure_ascii=False)),
    ]


def _reference(name: str, edge: Edge) -> bytes:
    if edge.output == CONTROL:
        return bytes_of(f"^{name}")
    return bytes_of(f"{name}:{edge.output}" if edge.output else name)


def _facts(node: Node, name: str, op: str) -> list[Any]:
    outputs = node.outputs
    made = entries.shapes(tuple([tensor.shape for tensor in outputs])).copy()
    if len({tensor.dtype for tensor in outputs}) == 1:
        made += entries.dtype(outputs[0].dtype)
    made += [entries.text("_tbnb_kind", node.kind), entries.number("_tbnb_scope", node.scope)]
    if name.rpartition("/")[2] != node.name:
        made.append(entries.text("_tbnb_name", node.name))
    if node.op != op:
        made.append(entries.text("_tbnb_op", node.op))
    made += entries.texts("_tbnb_dtypes", tuple([tensor.dtype for tensor in outputs]))
    made += entries.texts("_tbnb_devices", tuple([tensor.device for tensor in outputs]))
    made += entries.texts("_tbnb_names", tuple([tensor.name for tensor in outputs]))
    made += entries.texts("_tbnb_args", tuple([edge.arg for edge in node.inputs]))
    made += entries.texts("_tbnb_aten", tuple(node.aten))
    if node.flops:
        made.append(entries.number("_tbnb_flops", node.flops))
    if node.mutates:
        made.append(entries.true("_tbnb_mutates"))
    if node.is_view:
        made.append(entries.true("_tbnb_view"))
    if node.attrs:
        made.append(entries.text("_tbnb_attrs", json.dumps(node.attrs, ensure_ascii=False)))
    return made
