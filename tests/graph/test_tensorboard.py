"""The real TensorBoard reads our graph."""

from __future__ import annotations

import time
import urllib.request
from contextlib import closing

import pytest
import torch
from google.protobuf import text_format
from tensorboard import default, program
from tensorboard.backend import process_graph
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto.graph_pb2 import GraphDef

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.tracer import trace_input
from tests.nets.gpt2 import GPT2LMHeadModel
from tests.nets.resnet import ResNet


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


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Gives the graph of a run as TensorBoard's own page gets it, by HTTP."""
    folder = tmp_path_factory.mktemp("logs")
    with torch.device("meta"):
        networks = {
            "resnet18": (ResNet(), torch.rand(1, 3, 224, 224)),
            "gpt2": (GPT2LMHeadModel(), torch.zeros(1, 64, dtype=torch.long)),
        }
    networks["seed"] = (Net(), torch.rand(2, 10))
    for run, (model, example) in networks.items():
        with SummaryWriter(str(folder / run)) as writer:
            writer.add_graph(model, example)
    server = program.TensorBoard(plugins=default.get_plugins())
    arguments = ["--logdir", str(folder), "--host", "127.0.0.1", "--port", "0", "--load_fast", "false"]
    server.configure(argv=["", *arguments])
    address = server.launch()

    def get(path):
        with closing(urllib.request.urlopen(f"{address}data/plugin/graphs/{path}")) as answer:
            return answer.read().decode()

    deadline = time.monotonic() + 60
    while any(run not in get("info") for run in networks):
        assert time.monotonic() < deadline, "TensorBoard has not read the runs within a minute"
        time.sleep(0.2)
    limits = "conceptual=false&limit_attr_size=1024&large_attrs_key=_too_large_attrs"
    return lambda run: text_format.Parse(get(f"graph?run={run}&{limits}"), GraphDef())


EDGES = {
    "seed": {"x": [[2, 10]], "Net/dense/linear": [[2, 1]], "Net/dense/weight": [[1, 10]]},
    "resnet18": {
        "ResNet/conv1/conv2d": [[1, 64, 112, 112]],
        "ResNet/layer4/1/conv2/weight": [[512, 512, 3, 3]],
        "ResNet/fc/linear": [[1, 1000]],
    },
    "gpt2": {
        "GPT2LMHeadModel/transformer/h/11/attn/c_attn/linear": [[1, 64, 2304]],
        "GPT2LMHeadModel/transformer/h/11/attn/chunk": [[1, 64, 768]] * 3,
        "GPT2LMHeadModel/lm_head/linear": [[1, 64, 50257]],
    },
}


@pytest.mark.parametrize("run", EDGES)
def test_tensorboards_page_gets_every_edge_with_its_shape(served, run):
    nodes = {node.name: node for node in served(run).node}
    for node in nodes.values():
        for reference in node.input:
            name, _, output = reference.partition(":")
            shape = nodes[name].attr["_output_shapes"].list.shape[int(output or 0)]
            assert not shape.unknown_rank, reference
    assert {name: shapes(nodes[name]) for name in EDGES[run]} == EDGES[run]
