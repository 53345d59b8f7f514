"""Keras's picture of a model: layers, models in models, as Keras 2 and 3 write it; nothing in it is trusted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tbnotebook.graph.keras import keras_graph
from tbnotebook.graph.outline import outline


def layer(cls: str, name: str, inbound: Any = None, **config: Any) -> dict[str, Any]:
    made = {"class_name": cls, "config": {"name": name, **config}}
    return made if inbound is None else {**made, "name": name, "inbound_nodes": inbound}


def wired(model: dict[str, Any]) -> list[tuple[str, str]]:
    graph = keras_graph(json.dumps(model).encode())
    outline(graph)
    return [(graph.nodes[edge.source].name, node.name) for node in graph.nodes for edge in node.inputs]


def test_the_layers_of_a_sequence_follow_each_other() -> None:
    layers = [layer("Embedding", "embed"), layer("Dense", "hidden", units=16), layer("Dense", "out")]
    model = {"class_name": "Sequential", "config": {"name": "seq", "layers": layers}}
    assert wired(model) == [("embed", "hidden"), ("hidden", "out")]
    graph = keras_graph(json.dumps(model).encode())
    assert (graph.name, graph.scopes[0].cls, graph.foreign) == ("seq", "Sequential", True)
    assert graph.nodes[1].attrs["units"] == "16"


@pytest.mark.parametrize(
    "reads",
    [
        lambda *names: [[[name, 0, 0, {}] for name in names]],
        lambda *names: [
            {
                "args": [[{"class_name": "__keras_tensor__", "config": {"keras_history": [n, 0, 0]}} for n in names]],
                "kwargs": {},
            }
        ],
    ],
    ids=["Keras 2", "Keras 3"],
)
def test_a_functional_model_is_wired_as_it_says(reads: Any) -> None:
    layers = [
        layer("InputLayer", "a", [], batch_shape=[None, 4]),
        layer("Dense", "left", reads("a")),
        layer("Dense", "right", reads("a")),
        layer("Add", "sum", reads("left", "right")),
    ]
    model = {"class_name": "Functional", "config": {"name": "net", "layers": layers, "output_layers": [["sum", 0, 0]]}}
    assert wired(model) == [("a", "left"), ("a", "right"), ("left", "sum"), ("right", "sum")]
    (first, *_) = keras_graph(json.dumps(model).encode()).nodes
    assert (first.kind, first.outputs[0].shape) == ("input", (None, 4))


def test_a_model_in_a_model_is_a_group() -> None:
    inner = {"class_name": "Sequential", "config": {"name": "encoder", "layers": [layer("Dense", "fc")]}}
    layers = [layer("Dense", "in"), inner, layer("Dense", "out")]
    model = {"class_name": "Sequential", "config": {"name": "net", "layers": layers}}
    assert wired(model) == [("in", "fc"), ("fc", "out")]
    assert [scope.name for scope in keras_graph(json.dumps(model).encode()).scopes] == ["net", "encoder"]


def test_models_in_one_another_without_end_break_nothing() -> None:
    model: dict[str, Any] = layer("Dense", "fc")
    for depth in range(100):
        model = {"class_name": "Sequential", "config": {"name": f"m{depth}", "layers": [model]}}
    assert outline(keras_graph(json.dumps(model).encode()))["items"]


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b'{"config": 7}', b'{"config": {"layers": 7}}', b"[" * 100_000, b"\xff"]
)
def test_what_is_no_model_is_said(content: bytes) -> None:
    with pytest.raises(ValueError, match="Keras model"):
        keras_graph(content)


def test_layers_of_a_wrong_kind_are_left_out() -> None:
    layers = [7, {"class_name": 9}, layer("Dense", "fc", inbound=[[["nobody", 0]], {"args": 3}, None])]
    assert wired({"config": {"layers": layers}}) == []
