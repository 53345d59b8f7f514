"""Functions of GraphDefs, as TensorFlow 2 writes them, opened where they are called; what waits without a tensor."""

from __future__ import annotations

import pytest
from tensorboard.compat.proto.graph_pb2 import GraphDef

from tbnotebook.graph import from_graphdef, outline
from tbnotebook.graph.cut import Cuts


def node(place, name, op, inputs=(), functions=None, shape=None):
    """Add a node to a GraphDef's or a function's list."""
    made = place.add(name=name, op=op, input=inputs)
    for key, function in (functions or {}).items():
        made.attr[key].func.name = function
    if shape is not None:
        told = made.attr["_output_shapes"].list.shape.add()
        for size in shape:
            told.dim.add(size=size)


def function(message, name, arguments, results):
    """Add a function whose results are (name, what is returned); returns the list of its nodes."""
    made = message.library.function.add()
    made.signature.name = name
    for argument in arguments:
        made.signature.input_arg.add(name=argument)
    for result, value in results:
        made.signature.output_arg.add(name=result)
        made.ret[result] = value
    return made.node_def


def read(message):
    return from_graphdef(message.SerializeToString())


def paths(graph):
    """Whole names of all nodes, in order."""
    around = [""]
    for scope in graph.scopes[1:]:
        around.append(f"{around[scope.parent]}{scope.name}/")
    return [f"{around[node.scope]}{node.name}" if node.scope >= 0 else node.name for node in graph.nodes]


def edges(graph):
    names = paths(graph)
    return {(names[edge.source], edge.output, names[n]) for n, node in enumerate(graph.nodes) for edge in node.inputs}


@pytest.fixture
def keras():
    """A training step as Keras traces it: a call, within it a layer's call twice, its weights as captures."""
    message = GraphDef()
    node(message.node, "x", "Placeholder", shape=(8, 4))
    node(message.node, "w", "VarHandleOp")
    node(message.node, "step", "StatefulPartitionedCall", ["x", "w", "^x"], {"f": "__inference_step_12"})
    node(message.node, "loss", "Identity", ["step:1"])
    body = function(message, "__inference_step_12", ["inputs", "w"], [("out", "second:output:0"), ("loss", "mean:z:0")])
    node(body, "first", "PartitionedCall", ["inputs", "w"], {"f": "__inference_dense_7"})
    node(body, "second", "PartitionedCall", ["first:output:0", "w"], {"f": "__inference_dense_7"})
    node(body, "mean", "Mean", ["second:output:0", "^first"])
    body = function(message, "__inference_dense_7", ["inputs", "w"], [("identity", "MatMul:product:0")])
    node(body, "read", "ReadVariableOp", ["w"])
    node(body, "MatMul", "MatMul", ["inputs", "read:value:0"], shape=(8, 2))
    return message


def test_a_function_stands_where_it_is_called_with_its_tensors_going_in_and_out(keras):
    graph = read(keras)
    assert edges(graph) == {
        ("w", 0, "step/first/read"),
        ("x", 0, "step/first/MatMul"),
        ("step/first/read", 0, "step/first/MatMul"),
        ("step/first/MatMul", 0, "step/first/(first)"),
        ("step/first/(first)", 0, "step/second/MatMul"),
        ("w", 0, "step/second/read"),
        ("step/second/read", 0, "step/second/MatMul"),
        ("step/second/MatMul", 0, "step/second/(second)"),
        ("step/second/(second)", 0, "step/mean"),
        ("step/first/(first)", -1, "step/mean"),
        ("step/second/(second)", 0, "step/(step)"),
        ("step/mean", 0, "step/(step)"),
        ("x", -1, "step/(step)"),
        ("step/(step)", 1, "loss"),
    }
    assert graph.notes == []


def test_a_call_bears_its_functions_name_and_the_shapes_of_what_it_returns(keras):
    graph = read(keras)
    told = {scope.name: (scope.cls, scope.attrs.get("function")) for scope in graph.scopes[1:]}
    assert told == {
        "step": ("step", "__inference_step_12"),
        "first": ("dense", "__inference_dense_7"),
        "second": ("dense", "__inference_dense_7"),
    }
    call = graph.nodes[paths(graph).index("step/(step)")]
    assert [output.shape for output in call.outputs] == [(8, 2), None]
    one, other = (scope.hash for scope in graph.scopes if scope.cls == "dense")
    assert one == other


def test_branches_and_loops_show_each_of_their_functions():
    message = GraphDef()
    for name in ("p", "x"):
        node(message.node, name, "Placeholder")
    node(message.node, "if", "If", ["p", "x"], {"then_branch": "double", "else_branch": "same"})
    node(function(message, "double", ["v"], [("r", "twice:z:0")]), "twice", "AddV2", ["v", "v"])
    node(function(message, "same", ["v"], [("r", "v")]), "unused", "NoOp", ["^nothing"])
    assert edges(read(message)) == {
        ("x", 0, "if/then_branch/twice"),
        ("if/then_branch/twice", 0, "if/(if)"),
        ("x", 0, "if/(if)"),
        ("p", 0, "if/(if)"),
    }


def test_an_op_that_is_a_functions_name_is_a_call_of_it():
    message = GraphDef()
    node(message.node, "x", "Placeholder")
    node(message.node, "call", "halves", ["x"])
    halves = [("low", "split:output:0"), ("high", "split:output:1")]
    node(function(message, "halves", ["v"], halves), "split", "Split", ["v"])
    node(function(message, "outer", ["v"], [("r", "inner:high:0")]), "inner", "halves", ["v"])
    node(message.node, "again", "outer", ["x"])
    assert ("call/split", 1, "call/(call)") in edges(read(message))
    assert ("again/inner/(inner)", 1, "again/(again)") in edges(read(message))


def test_a_function_within_itself_and_one_that_is_missing_stay_closed():
    message = GraphDef()
    node(message.node, "a", "f")
    node(message.node, "b", "PartitionedCall", ["a"], {"f": "gone"})
    body = function(message, "f", [], [("r", "g:r:0")])
    node(body, "g", "g")
    node(function(message, "g", [], [("r", "f:r:0")]), "f", "f")
    graph = read(message)
    assert paths(graph) == ["a/g/f", "a/g/(g)", "a/(a)", "b"]
    assert graph.notes == ["1 call of a function is not opened."]


def test_functions_that_double_at_each_level_are_opened_as_far_as_there_is_room(monkeypatch):
    monkeypatch.setattr("tbnotebook.graph.functions.MOST_OPENED", 2000)
    message = GraphDef()
    node(message.node, "top", "f0")
    for level in range(60):
        body = function(message, f"f{level}", ["v"], [("r", "b:r:0")])
        node(body, "a", f"f{level + 1}", ["v"])
        node(body, "b", f"f{level + 1}", ["a:r:0"])
    graph = read(message)
    assert 500 < len(graph.nodes) < 2000
    (note,) = graph.notes
    assert note.endswith("calls of functions are not opened.")


def test_a_graph_that_is_nothing_but_functions_shows_those_that_no_other_calls(keras):
    del keras.node[:]
    assert [scope.name for scope in read(keras).scopes] == ["graph", "__inference_step_12", "first", "second"]


def test_functions_that_nothing_calls_and_a_damaged_library_are_noted(keras):
    function(keras, "alone", [], [])
    assert read(keras).notes == ["1 function is called by nothing here."]
    damaged = GraphDef(node=keras.node).SerializeToString() + b"\x12\x02\x0a\xff"
    assert from_graphdef(damaged).notes == ["The library of functions is damaged and left out."]


def test_an_edge_that_only_waits_travels_as_one_and_stays_one_in_a_smaller_outline(keras):
    payload = outline(read(keras))
    waits = [edge for edge in payload["edges"] if edge["out"] == -1]
    assert [(edge["shape"], edge["bytes"]) for edge in waits] == [(None, None)] * 2
    smallest = Cuts(payload)[-1]
    names = [item["name"] for item in smallest["items"]]
    found = [(names[edge["from"]], edge["out"], names[edge["to"]]) for edge in smallest["edges"]]
    assert {("x", -1, "step"), ("x", 0, "step")} <= set(found)


def test_waiting_does_not_make_two_blocks_unlike():
    message = GraphDef()
    node(message.node, "start", "NoOp")
    for block in "ab":
        node(message.node, f"{block}/x", "Relu", ["^start"] if block == "a" else [])
    graph = read(message)
    assert len({scope.hash for scope in graph.scopes[1:]}) == 1
