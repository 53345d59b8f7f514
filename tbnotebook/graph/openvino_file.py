"""A model in OpenVINO's intermediate representation (the .xml) → the graph model. Weights lie beside it, unread."""

from __future__ import annotations

import math
import os
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from tbnotebook.graph.assembly import DEEPEST_SCOPE, LONGEST_TEXT, Assembly
from tbnotebook.graph.model import Edge, Node, Parameter, Tensor
from tbnotebook.graph.note import counted

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from tbnotebook.graph.model import Graph, NodeKind, Shape

LARGEST_FILE = 128 << 20
"""Bytes of XML that are read: a language model of 80 layers has a tenth of it."""
_LARGEST_NUMBER = 2**63 - 1
_MOST_SIZES = 64
_OLDEST_WITH_WEIGHTS_AS_LAYERS = 10

_KINDS: dict[str, NodeKind] = {"Parameter": "input", "Input": "input", "Result": "output", "Const": "const"}
_SETTINGS = {"int32", "int64", "uint32", "uint64", "bool", "string", ""}
"""Dtypes of constants that are an operation's settings (axes, a shape) and no weights."""
_DTYPES = {"boolean": "bool", "bin": "uint1", "undefined": "", "unspecified": "", "dynamic": ""}
_TORCH_MODULE = "__module."
"""Begins the names of layers that come from a torch model: the module's path follows."""


def openvino_graph(path: str | os.PathLike[str]) -> Graph:
    """The graph of the OpenVINO model whose ``.xml`` this is, of any version of the representation.

    Raises
    ------
    ValueError
        The file holds no such model, or declares a document type: entities are not expanded.
    OSError
        It cannot be read.
    """
    return _Reading(_net_of(os.fspath(path))).graph


def _net_of(path: str) -> Element:
    with open(path, "rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        limit = f"{LARGEST_FILE >> 20} MB"
        raise ValueError(f"{path!r} is larger than {limit}: not read as OpenVINO's .xml, which holds no weights")
    if b"<!DOCTYPE" in data:  # could declare entities that expand to more than any memory
        raise ValueError(f"{path!r} declares a DOCTYPE: not read, the .xml of an OpenVINO model has none")
    try:
        # The encoding is said, so that none which hides a DOCTYPE from the look above can be declared.
        net = ElementTree.fromstring(data, ElementTree.XMLParser(encoding="utf-8"))
    except ElementTree.ParseError as error:
        raise ValueError(f"{path!r} is no XML: {error}. An OpenVINO model is given by its .xml") from None
    if net.tag != "net" or net.find("layers/layer") is None:
        found = f"<{net.tag[:LONGEST_TEXT]}> of {counted(len(net.findall('layers/layer')), 'layer', 'layers')}"
        raise ValueError(f"{path!r} holds no OpenVINO model: {found} found, where <net> with <layers> is right")
    return net


class _Reading:
    """One model while it is read."""

    def __init__(self, net: Element) -> None:
        self._layers = net.findall("layers/layer")
        self._unknown = 0
        self._feeds = self._fed(net.findall("edges/edge"))
        self._made: dict[int, int] = {}
        self._weights: dict[int, Parameter] = {}
        self._assembly = Assembly(net.get("name") or "net", "OpenVINO")
        self.graph = self._assembly.graph
        for place in in_order([[source for source, _ in fed.values()] for fed in self._feeds]):
            self._read(place)
        version = net.get("version", "")
        if version.isdecimal() and len(version) == 1 and int(version) < _OLDEST_WITH_WEIGHTS_AS_LAYERS:
            self.graph.notes.append(f"Version {version} of OpenVINO's format tells no shapes of weights.")
        self._assembly.finish(list({id(weight): weight for weight in self._weights.values()}.values()), self._unknown)

    def _fed(self, edges: list[Element]) -> list[dict[str, tuple[int, int]]]:
        """For each layer its input ports: the place of the layer that feeds it, and which of its outputs."""
        places: dict[str, int] = {}
        for place, layer in enumerate(self._layers):
            places.setdefault(layer.get("id", ""), place)
        ports = [[_ports(layer, side) for side in ("input", "output")] for layer in self._layers]
        feeds: list[dict[str, tuple[int, int]]] = [{} for _ in self._layers]
        for edge in edges:
            source, target = (places.get(edge.get(end, "")) for end in ("from-layer", "to-layer"))
            if source is not None and target is not None:
                output, given = ports[source][1].get(edge.get("from-port", "")), edge.get("to-port", "")
                if output is not None and given in ports[target][0] and given not in feeds[target]:
                    feeds[target][given] = (source, output)
                    continue
            self._unknown += 1
        return feeds

    def _read(self, place: int) -> None:
        layer, fed = self._layers[place], self._feeds[place]
        op = layer.get("type", "")
        outputs = [_tensor(port, layer) for port in layer.findall("output/port")]
        if op == "Const" and outputs and is_weight(outputs[0]):
            name = layer.get("name", "").replace("/", ".")
            self._weights[place] = Parameter(name, outputs[0].shape, outputs[0].dtype)
            return
        sources = [source for source, _ in fed.values()]
        if op == "Convert" and len(sources) == 1 and sources[0] in self._weights:  # stored in fewer bits
            self._weights[place] = self._weights[sources[0]]
            return
        kind = _KINDS.get(op, "op")
        segments = names_of(layer.get("name", "") or op, kind)
        made = Node(segments[-1], op, kind, -1 if kind in ("input", "output") else self._assembly.scope(segments[:-1]))
        made.outputs = outputs
        for port in _ports(layer, "input"):
            if port in fed:
                self._link(made, *fed[port])
        made.attrs = _attributes(layer) if kind == "op" else {}
        given = [_shape(port) for port in layer.findall("input/port")]
        made.flops = flops_of(op, given, outputs[0].shape if outputs else None, made.attrs)
        if kind == "output" and not outputs:
            made.outputs = [_tensor(port, layer) for port in layer.findall("input/port")]
        self._made[place] = len(self.graph.nodes)
        self.graph.nodes.append(made)

    def _link(self, node: Node, source: int, output: int) -> None:
        if source in self._weights:
            node.params.append(self._weights[source])
        elif source in self._made:
            node.inputs.append(Edge(self._made[source], output))
        else:  # it waits for this node itself
            self._unknown += 1


def _ports(layer: Element, side: str) -> dict[str, int]:
    """The ids of a layer's ports of one side, and their order."""
    return {port.get("id", ""): order for order, port in enumerate(layer.findall(f"{side}/port"))}


def _tensor(port: Element, layer: Element) -> Tensor:
    return Tensor(_shape(port), dtype_of(port.get("precision", layer.get("precision", ""))))


def _shape(port: Element) -> Shape:
    sizes = port.findall("dim")
    if len(sizes) > _MOST_SIZES:
        return None
    return tuple(size_of((size.text or "").strip()) for size in sizes)


def size_of(text: str) -> int | None:
    """The size that a text says; None for "-1", "?", a range, and what no tensor has."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None


def dtype_of(precision: str) -> str:
    """The dtype as torch calls it: "float32" of "FP32" or "f32"."""
    name = precision.lower()[:LONGEST_TEXT]
    bits = re.fullmatch(r"(fp|f|bf|i|u)(\d+)", name)
    if bits is None:
        return _DTYPES.get(name, name)
    return {"fp": "float", "f": "float", "bf": "bfloat", "i": "int", "u": "uint"}[bits[1]] + bits[2]


def is_weight(constant: Tensor) -> bool:
    """Whether a constant was learnt, as far as its kind tells: no single number, no axes, no shape."""
    several = constant.shape is not None and math.prod(size or 0 for size in constant.shape) > 1
    return several and constant.dtype not in _SETTINGS


def names_of(name: str, kind: NodeKind) -> list[str]:
    """The scopes that a layer's name tells, and the layer's own name: inputs and outputs stand in none."""
    if kind in ("input", "output"):
        return [re.sub(r"/sink_port_\d+$", "", name)]
    first, *rest = [part for part in name.split("/", DEEPEST_SCOPE) if part] or [name]
    modules = first.removeprefix(_TORCH_MODULE)
    if modules != first and rest:
        return [*[part for part in modules.split(".", DEEPEST_SCOPE) if part], *rest]
    return [first, *rest]


def in_order(sources: list[list[int]]) -> list[int]:
    """The places of the layers, each behind those that feed it where there is no cycle, else as they stand."""
    order: list[int] = []
    begun: set[int] = set()
    for first in range(len(sources)):
        waiting = [] if first in begun else [(first, iter(sources[first]))]
        begun.add(first)
        while waiting:
            place, left = waiting[-1]
            source = next((source for source in left if source not in begun), None)
            if source is None:
                order.append(place)
                waiting.pop()
            else:
                begun.add(source)
                waiting.append((source, iter(sources[source])))
    return order


def _attributes(layer: Element) -> dict[str, str]:
    """What the layer's data say; of what it repeats (a body) its size."""
    data = layer.find("data")
    told = {} if data is None else {name[:LONGEST_TEXT]: text[:LONGEST_TEXT] for name, text in data.items()}
    for part in layer:
        if part.tag.endswith("body"):
            inside = counted(len(part.findall("layers/layer")), "layer", "layers")
            told[part.tag[:LONGEST_TEXT]] = f"a graph of {inside}"
    opset = layer.get("version", "opset")
    if not opset.startswith("opset"):
        told["domain"] = opset[:LONGEST_TEXT]
    return told


def flops_of(op: str, inputs: list[Shape], output: Shape, attrs: dict[str, str]) -> int:
    """2 × multiply-accumulates of convolutions and matrix products; 0 for others, and where a size is not known."""
    if len(inputs) < 2 or output is None:
        return 0
    given, weight = inputs[:2]
    if not given or not weight or None in (*given, *weight, *output):
        return 0
    sizes = [size or 0 for size in weight]
    through = output
    if op == "MatMul":
        transposed = attrs.get("transpose_a", "").lower() in ("true", "1")
        inner = given[-2 if transposed and len(given) > 1 else -1] or 0
    elif op in ("Convolution", "GroupConvolution"):
        inner = math.prod(sizes[1 if op == "Convolution" else 2 :])
    elif op in ("ConvolutionBackpropData", "GroupConvolutionBackpropData"):  # each input meets one filter
        through, inner = given, math.prod(sizes[1 if op == "ConvolutionBackpropData" else 2 :])
    else:
        return 0
    flops = 2 * math.prod(size or 0 for size in through) * inner
    return flops if flops <= _LARGEST_NUMBER else 0
