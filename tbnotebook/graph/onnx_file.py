"""A model in an ONNX file → the graph model: scopes from the names of its nodes, shapes by ONNX's own inference."""

from __future__ import annotations

import math
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tbnotebook.graph.assembly import DEEPEST_SCOPE, LONGEST_TEXT, Assembly
from tbnotebook.graph.attributes import shape_text, text_of
from tbnotebook.graph.model import Edge, Node, Parameter, Tensor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tbnotebook.graph.model import Graph, Shape

_FEW = 16


def onnx_graph(path: str | os.PathLike[str]) -> Graph:
    """The graph of the ONNX model in a file. Weights that lie beside it in files of their own are not read.

    Raises
    ------
    ImportError
        The package onnx is not installed.
    ValueError
        The file holds no ONNX model.
    OSError
        It cannot be read.
    """
    try:
        import onnx
    except ImportError as error:
        raise ImportError("add_onnx_graph needs the package onnx: pip install tbnotebook[onnx]") from error
    from google.protobuf.message import DecodeError

    try:
        model = onnx.load(os.fspath(path), load_external_data=False)
    except DecodeError as error:
        raise ValueError(f"{os.fspath(path)!r} holds no ONNX model: {error}") from None
    if not model.graph.node and not model.graph.output:
        raise ValueError(f"{os.fspath(path)!r} holds no ONNX model: no nodes and no outputs were found in it")
    with suppress(Exception):  # operators of somebody's own, or a model of more than 2 GB: the shapes it tells remain
        model = onnx.shape_inference.infer_shapes(model)
    return _Reading(model).graph


class _Reading:
    """One model while it is read."""

    def __init__(self, model: Any) -> None:
        source = model.graph
        self._kinds: dict[int, str] = {number: name for name, number in _tensor_proto().DataType.items()}
        self._tensors = {
            value.name: self._tensor(value) for value in (*source.input, *source.value_info, *source.output)
        }
        self._weights = {
            weight.name: Parameter(weight.name, tuple(weight.dims), self._dtype(weight.data_type))
            for weight in source.initializer
        }
        self._made: dict[str, Edge] = {}
        self._unknown = 0
        self._assembly = Assembly(source.name or "graph", "ONNX")
        self.graph = self._assembly.graph
        for value in source.input:
            if value.name not in self._weights:
                self._add(Node(value.name, "input", "input"), [value.name])
        for node in source.node:
            self._read(node)
        for value in source.output:
            made = Node(value.name, "output", "output", outputs=[self._tensors[value.name]])
            self._link(made, [value.name])
            self.graph.nodes.append(made)
        self._assembly.finish(self._weights.values(), self._unknown)

    def _read(self, node: Any) -> None:
        *segments, last = [part for part in node.name.split("/", DEEPEST_SCOPE) if part] or [node.op_type]
        made = Node(last, node.op_type, "op" if node.op_type != "Constant" else "const", self._assembly.scope(segments))
        self._link(made, [*node.input, *captured(node)])
        made.attrs = {
            attribute.name: text
            for attribute in node.attribute
            if (text := self._attribute_text(attribute)) is not None
        }
        if node.domain not in ("", "ai.onnx"):
            made.attrs["domain"] = node.domain[:LONGEST_TEXT]
        self._add(made, node.output)
        made.flops = flops_of(node, [self._shape(name) for name in node.input], made.outputs[0].shape)

    def _add(self, node: Node, outputs: Any) -> None:
        number = len(self.graph.nodes)
        self.graph.nodes.append(node)
        for place, name in enumerate(outputs):
            node.outputs.append(self._tensors.get(name, Tensor(None)))
            if name:  # an output that is not asked for has no name
                self._made[name] = Edge(number, place)

    def _link(self, node: Node, names: list[str]) -> None:
        for name in names:
            if name in self._made:
                node.inputs.append(self._made[name])
            elif name in self._weights:
                node.params.append(self._weights[name])
            elif name:
                self._unknown += 1

    def _shape(self, name: str) -> Shape:
        known = self._weights.get(name) or self._tensors.get(name)
        return known.shape if known is not None else None

    def _tensor(self, value: Any) -> Tensor:
        kind = value.type.tensor_type
        if not kind.HasField("shape"):
            return Tensor(None, self._dtype(kind.elem_type))
        sizes = tuple(size.dim_value if size.HasField("dim_value") else None for size in kind.shape.dim)
        return Tensor(sizes, self._dtype(kind.elem_type))

    def _dtype(self, number: int) -> str:
        name = self._kinds.get(number, "").lower()
        return {"float": "float32", "double": "float64", "undefined": ""}.get(name, name)

    def _attribute_text(self, attribute: Any) -> str | None:
        """The value of an attribute as a short text; of a tensor its kind, of a subgraph its size."""
        kind = attribute.AttributeType.Name(attribute.type)
        if kind == "GRAPH":
            return f"a graph of {len(attribute.g.node)} nodes"
        if kind == "TENSOR":
            return f"{self._dtype(attribute.t.data_type)} {shape_text(tuple(attribute.t.dims))}"
        if kind == "STRING":
            return text_of(attribute.s)[:LONGEST_TEXT]
        if kind in ("INT", "FLOAT"):
            return f"{attribute.i}" if kind == "INT" else f"{attribute.f:g}"
        if kind in ("INTS", "FLOATS"):
            values = attribute.ints if kind == "INTS" else attribute.floats
            return f"[{', '.join(f'{value:g}' for value in values[:_FEW])}{', …' if len(values) > _FEW else ''}]"
        return None


def _tensor_proto() -> Any:
    import onnx

    return onnx.TensorProto


def captured(node: Any) -> Iterator[str]:
    """The tensors from around that the subgraphs of a node (of an If, a Loop) read."""
    for attribute in node.attribute:
        for graph in (attribute.g, *attribute.graphs):
            inside = {value.name for value in (*graph.input, *graph.initializer)}
            for part in graph.node:
                yield from (name for name in (*part.input, *captured(part)) if name not in inside)
                inside.update(part.output)
            yield from (value.name for value in graph.output if value.name not in inside)


def flops_of(node: Any, inputs: list[Shape], output: Shape) -> int:
    """2 × multiply-accumulates of convolutions and matrix products; 0 for others, and where a size is not known."""
    if node.op_type not in ("Conv", "ConvTranspose", "Gemm", "MatMul") or output is None or len(inputs) < 2:
        return 0
    given, weight = inputs[:2]
    if given is None or weight is None or None in (*given, *weight, *output):
        return 0
    sizes = [size or 0 for size in weight]
    if node.op_type == "MatMul":
        inner = (given[-1] if given else 0) or 0
    elif node.op_type == "Gemm":
        transposed = any(attribute.name == "transA" and attribute.i for attribute in node.attribute)
        inner = given[0 if transposed else -1] or 0
    else:  # each output, of a transposed one each input, meets one filter
        inner = math.prod(sizes[1:])
    through = given if node.op_type == "ConvTranspose" else output
    return 2 * math.prod(size or 0 for size in through) * inner
