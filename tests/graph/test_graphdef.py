"""Our GraphDef: what TensorBoard needs is in it, and nothing of ours is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbnotebook.events.schema import GraphDef
from tbnotebook.graph import (
    Edge,
    Graph,
    Node,
    Parameter,
    Scope,
    Tensor,
    from_graphdef,
    scopes_json,
    to_events_payload,
    to_graphdef,
)
from tests.graph.build import Builder

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
numbers = st.integers(0, 2**62)
shapes = st.none() | st.lists(st.none() | st.integers(0, 2**40), max_size=4).map(tuple)
tensors = st.builds(Tensor, shapes, st.sampled_from(["", "float32", "bfloat16", "quint8"]), texts, texts)
parameters = st.builds(Parameter, names, shapes, texts, st.booleans(), st.booleans(), texts)
pairs = st.dictionaries(texts, texts, max_size=3)


@st.composite
def graphs(draw):
    scopes = [
        Scope(
            draw(names),
            path=draw(texts),
            cls=draw(texts),
            parent=draw(st.integers(0, index - 1)) if index else -1,
            at=draw(st.integers(0, 8)),
            called=draw(st.booleans()),
            shared_with=draw(st.integers(-1, index - 1)),
            inputs=draw(st.lists(tensors, max_size=2)),
            outputs=draw(st.lists(tensors, max_size=2)),
            params=draw(st.lists(parameters, max_size=2)),
            total=draw(numbers),
            training=draw(st.booleans()),
            attrs=draw(pairs),
        )
        for index in range(draw(st.integers(1, 5)))
    ]
    count = draw(st.integers(0, 6))
    nodes = [
        Node(
            draw(names),
            draw(names),
            draw(st.sampled_from(["input", "output", "op", "module", "const"])),
            draw(st.integers(-1, len(scopes) - 1)),
            draw(st.lists(tensors, max_size=3)),
            draw(st.lists(st.builds(Edge, st.integers(0, count - 1), st.integers(0, 3), texts), max_size=3)),
            draw(st.lists(parameters, max_size=2)),
            draw(pairs),
            draw(numbers),
            draw(st.lists(names, max_size=2)),
            draw(st.booleans()),
            draw(st.booleans()),
            draw(texts),
        )
        for _ in range(count)
    ]
    return Graph(scopes, nodes, draw(texts), draw(texts), draw(st.lists(texts, max_size=2)), False, draw(numbers))


@given(graphs())
def test_a_graph_comes_back_from_its_event_as_it_was(graph):
    scopes, data = to_events_payload(graph)
    assert from_graphdef(data, scopes) == graph


@given(graphs())
def test_names_are_unique_and_in_the_letters_that_tensorboard_takes(graph):
    written = [node.name for node in GraphDef.FromString(to_graphdef(graph)).node]
    assert len(set(written)) == len(written)
    assert all(re.fullmatch(rb"[A-Za-z0-9_.\-/]+", name) for name in written)
    # A node that is also the scope of another is drawn twice by TensorBoard.
    assert not {name for name in written for other in written if other.startswith(name + b"/")}


@given(st.binary(max_size=200))
def test_any_bytes_give_a_graph_or_a_value_error(data):
    try:
        graph = from_graphdef(data)
    except ValueError as error:
        graph, reason = None, str(error)
    assert graph.foreign if graph is not None else "are no GraphDef" in reason


@given(st.binary(max_size=100) | st.recursive(st.none() | st.integers() | st.text(), lambda j: st.lists(j)).map(str))
def test_any_scopes_beside_a_graph_cost_at_most_the_facts(scopes):
    content = scopes if isinstance(scopes, bytes) else scopes.encode("utf-8", "replace")
    graph = from_graphdef(to_graphdef(small()), content)
    assert graph.foreign
    assert "Facts beside the graph were not used" in graph.notes[-1]
    assert {node.op for node in graph.nodes} == {"Placeholder", "Const", "linear", "Identity"}


def small():
    net = Builder()
    net.linear("dense", size=1)
    return net.finished()


def test_a_parameter_is_a_constant_beside_the_operation_that_reads_it():
    nodes = {node.name: node for node in GraphDef.FromString(to_graphdef(small())).node}
    assert set(nodes) == {b"x", b"Net/dense/weight", b"Net/dense/linear", b"output"}
    assert list(nodes[b"Net/dense/linear"].input) == [b"x", b"Net/dense/weight"]
    assert nodes[b"Net/dense/weight"].op == b"Const"


def test_of_many_outputs_tensorboard_gets_the_shapes_that_it_has_room_for_and_we_all():
    outputs = [Tensor((number, 4096)) for number in range(1000)]
    graph = Graph([Scope("net")], [Node("split", "split", scope=0, outputs=outputs)])
    ((attributes,),) = ([node.attr] for node in GraphDef.FromString(to_graphdef(graph)).node)
    shown = {entry.key: entry.value for entry in attributes}[b"_output_shapes"]
    assert shown.ByteSize() <= 1024
    assert [shape.dim[0].size for shape in shown.list.shape[:50]] == list(range(50))
    scopes, data = to_events_payload(graph)
    assert from_graphdef(data, scopes) == graph


def test_a_name_that_is_also_a_scope_is_numbered():
    net = Builder()
    net.linear("relu")
    net.node("relu")
    written = {node.name for node in GraphDef.FromString(to_graphdef(net.finished())).node}
    assert {b"Net/relu/linear", b"Net/relu_1"} <= written


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ((b'"parent":0', b'"parent":7'), "scope 1 has parent 7"),
        ((b'"format":1', b'"format":9'), "format 9"),
        ((b'"called":false', b'"called":3'), "true or false is wanted, not 3"),
    ],
)
def test_scopes_that_make_no_sense_are_told_with_their_value(change, reason):
    net = Builder()
    with net.module("layers", "ModuleList", called=False):
        net.linear("0")
    graph = net.finished()
    scopes = scopes_json(graph)
    assert change[0] in scopes
    read = from_graphdef(to_graphdef(graph), scopes.replace(*change, 1))
    assert reason in read.notes[-1]
