"""Keras's own picture of a model: its layers, as its TensorBoard callback writes them (JSON of the model's config)."""

from __future__ import annotations

import json
from typing import Any

from tbnotebook.graph.attributes import LONGEST_VALUE
from tbnotebook.graph.foreign import MOST_NODES
from tbnotebook.graph.model import Edge, Graph, Node, Scope, Shape, Tensor
from tbnotebook.graph.structure import structure_hashes

KERAS_PLUGIN = "graph_keras_model"
DEEPEST_MODEL = 32
"""Models in one another that become groups; what is deeper is one layer."""
_SHAPES = ("batch_shape", "batch_input_shape")


def keras_graph(content: bytes) -> Graph:
    """The graph of a model's config: a node a layer, a group for each model in it.

    Raises
    ------
    ValueError
        `content` is no such JSON.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the Keras model is no JSON: {error}") from None
    config = data.get("config") if isinstance(data, dict) else None
    if not isinstance(config, dict) or not isinstance(config.get("layers"), list):
        raise ValueError("the Keras model has no list of layers")
    cls = _text(data.get("class_name"))
    graph = Graph([Scope(_text(config.get("name")) or cls, cls=cls)], foreign=True)
    _Layers(graph).add(config, scope=0, depth=0, fed=[])
    for scope, structure in zip(graph.scopes, structure_hashes(graph), strict=True):
        scope.hash = structure
    return graph


class _Layers:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def add(self, config: dict[str, Any], *, scope: int, depth: int, fed: list[int]) -> list[int]:
        """Add the layers of a model that is fed by the nodes `fed`; returns the nodes that it ends with."""
        layers = [layer for layer in config["layers"] if isinstance(layer, dict)]
        ends: dict[str, list[int]] = {}
        last = fed
        for layer in layers[: MOST_NODES - len(self._graph.nodes)]:
            given = layer.get("config")
            own: dict[str, Any] = given if isinstance(given, dict) else {}
            name = _text(layer.get("name")) or _text(own.get("name")) or _text(layer.get("class_name"))
            named = _names(layer.get("inbound_nodes"))
            sources = [node for source in named for node in ends.get(source, [])] if named else list(last)
            if layer.get("class_name") == "InputLayer" or (named == [] and "inbound_nodes" in layer):
                sources = fed if depth else []
            if isinstance(own.get("layers"), list) and depth + 1 < DEEPEST_MODEL:
                cls = _text(layer.get("class_name"))
                self._graph.scopes.append(Scope(name, cls=cls, parent=scope, at=len(self._graph.nodes)))
                inner = len(self._graph.scopes) - 1
                ends[name] = last = self.add(own, scope=inner, depth=depth + 1, fed=sources)
            else:
                ends[name] = last = [self._layer(layer, own, name, scope, sources, depth)]
        outputs = [node for name in _names(config.get("output_layers")) for node in ends.get(name, [])]
        return outputs or last

    def _layer(
        self, layer: dict[str, Any], own: dict[str, Any], name: str, scope: int, sources: list[int], depth: int
    ) -> int:
        cls = _text(layer.get("class_name"))
        is_input = cls == "InputLayer" and depth == 0
        node = Node(name, cls, "input" if is_input else "op", -1 if is_input else scope)
        node.inputs = [Edge(source) for source in sources]
        node.outputs = [Tensor(_shape(own) if cls == "InputLayer" else None, _text(own.get("dtype")))]
        node.attrs = {
            key[:LONGEST_VALUE]: _text(value)[:LONGEST_VALUE]
            for key, value in own.items()
            if isinstance(value, (str, int, float, bool, list)) and key != "name"
        }
        self._graph.nodes.append(node)
        return len(self._graph.nodes) - 1


def _names(value: Any) -> list[str]:
    """The layers that a piece of a config names, in any of the forms that Keras 2 and 3 have."""
    found: list[str] = []
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list) and item and isinstance(item[0], str):
            found.append(item[0])  # [name, node, tensor]
        elif isinstance(item, (list, dict)):
            waiting += reversed(list(item.values()) if isinstance(item, dict) else item)
    return list(dict.fromkeys(found))


def _shape(own: dict[str, Any]) -> Shape:
    sizes = next((own[key] for key in _SHAPES if isinstance(own.get(key), list)), None)
    if sizes is None:
        return None
    return tuple(size if isinstance(size, int) else None for size in sizes[:64])


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)
