"""The zoo: every module call is in the graph with its shapes, and the model does not know that it was traced."""

from __future__ import annotations

import pytest

from tbnotebook.events.schema import GraphDef
from tbnotebook.graph import from_graphdef, outline, to_events_payload
from tbnotebook.tracer import TraceError, trace_input
from tests.tracer.zoo import GOOD, NAMES, ZOO, Record, make
from tests.tracer.zoo_case import calls_missing

pytestmark = pytest.mark.skipif(not NAMES, reason="no zoo: set TBNOTEBOOK_SHARED")

REQUIRED_GROUPS = {"plain", "recurrent", "attention", "shared", "containers"}


@pytest.fixture(scope="module")
def traced():
    """The graph of a case, traced once for all tests."""
    graphs = {}

    def get(name):
        if name not in graphs:
            model, args, kwargs = make(name)
            graphs[name] = trace_input(model, ZOO.as_input(args, kwargs))
        return graphs[name]

    return get


def test_the_required_groups_are_there():
    assert {name.split("/")[0] for name in GOOD} >= REQUIRED_GROUPS


@pytest.mark.parametrize("name", GOOD)
def test_every_module_call_is_a_scope_with_its_shapes(name, traced):
    assert calls_missing(traced(name), name) == []


@pytest.mark.parametrize("name", GOOD)
def test_outputs_come_from_somewhere(name, traced):
    graph = traced(name)
    assert any(node.kind == "output" for node in graph.nodes)
    assert [node.name for node in graph.nodes if node.kind == "output" and not (node.inputs or node.params)] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_changed_by_a_trace(name):
    model, args, kwargs = make(name)
    before = Record(model, args, kwargs)
    try:
        trace_input(model, ZOO.as_input(args, kwargs))
    except TraceError:
        assert name not in GOOD
    after = Record(model, args, kwargs)
    changed = [fact for fact, value in before.facts.items() if after.facts[fact] != value]
    assert changed == []


@pytest.mark.parametrize("name", GOOD)
def test_the_event_file_loses_nothing(name, traced):
    graph = traced(name)
    scopes, data = to_events_payload(graph)
    assert from_graphdef(data, scopes) == graph


@pytest.mark.parametrize("name", GOOD)
def test_the_graphdef_refers_to_nodes_that_exist_and_knows_every_shape(name, traced):
    message = GraphDef.FromString(to_events_payload(traced(name))[1])
    outputs = {node.name: shapes_written(node) for node in message.node}
    assert len(outputs) == len(message.node)
    for node in message.node:
        assert node.name.isascii()
        for reference in node.input:
            source, _, number = reference.partition(b":")
            assert int(number or 0) < len(outputs[source])


@pytest.mark.parametrize("name", GOOD)
def test_every_edge_of_the_diagram_joins_two_leaves(name, traced):
    payload = outline(traced(name))
    for edge in payload["edges"]:
        for end in (edge["from"], edge["to"]):
            assert "children" not in payload["items"][end]
    keys = [item["key"] for item in payload["items"]]
    assert len(set(keys)) == len(keys)


def shapes_written(node):
    return next((list(entry.value.list.shape) for entry in node.attr if entry.key == b"_output_shapes"), [])
