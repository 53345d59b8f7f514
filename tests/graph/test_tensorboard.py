"""The real TensorBoard reads our graph."""

from __future__ import annotations

import pytest
import torch
from tensorboard.backend import process_graph
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.tracer import trace_input


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.dense = torch.nn.Linear(in_features=10, out_features=1)

    def forward(self, x):
        return self.dense(x)


@pytest.fixture
def written(tmp_path):
    """The folder and the graph of a written network."""
    model, example = Net(), (torch.rand(2, 10),)
    with SummaryWriter(str(tmp_path)) as writer:
        writer.add_graph(model, input_to_model=example)
        writer.add_scalar("loss", 0.5, 1)
    return tmp_path, trace_input(model, example)


def read_by_tensorboard(folder):
    accumulator = EventAccumulator(str(folder))
    accumulator.Reload()
    return accumulator.Graph()


def shapes(node):
    return [[dim.size for dim in shape.dim] for shape in node.attr["_output_shapes"].list.shape]


def test_tensorboard_sees_the_network_with_shapes_on_its_edges(written):
    nodes = {node.name: node for node in read_by_tensorboard(written[0]).node}
    assert shapes(nodes["x"]) == [[2, 10]]
    assert shapes(nodes["Net/dense/linear"]) == [[2, 1]]
    assert list(nodes["Net/dense/linear"].input) == ["x", "Net/dense/weight", "Net/dense/bias"]
    assert list(nodes["output"].input) == ["Net/dense/linear"]
    assert shapes(nodes["output"]) == [[2, 1]]


def test_no_reference_dangles_and_no_shape_is_lost_when_tensorboard_shortens_attributes(written):
    graph = read_by_tensorboard(written[0])
    process_graph.prepare_graph_for_ui(graph)
    names = {node.name for node in graph.node}
    assert {reference.partition(":")[0] for node in graph.node for reference in node.input} <= names
    assert all(node.attr["_output_shapes"].list.shape for node in graph.node)


def test_the_scopes_beside_the_graph_do_not_disturb_its_scalars(written):
    accumulator = EventAccumulator(str(written[0]))
    accumulator.Reload()
    assert [event.value for event in accumulator.Scalars("loss")] == [0.5]


def test_our_reader_has_the_graph_as_it_was_traced(written):
    folder, graph = written
    log = LogDir(folder)
    while log.poll().more:
        pass
    assert log.run.graph == graph
