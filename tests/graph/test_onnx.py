"""A model in an ONNX file becomes a graph with scopes, shapes and sums, in our view and in TensorBoard."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.graph import onnx_graph, outline
from tests.needs import unmet


@pytest.fixture(scope="module")
def onnx():
    """The package."""
    try:
        import onnx
    except ImportError:
        unmet("onnx is not installed")
    return onnx


@pytest.fixture
def saved(onnx, tmp_path):
    """The file of a small network: a convolution and a dense layer, an If, and a batch size that is not fixed."""
    helper, kind = onnx.helper, onnx.TensorProto.FLOAT

    def weight(name, *shape):
        return onnx.numpy_helper.from_array(np.zeros(shape, np.float32), name)

    branches = [
        helper.make_graph(
            [helper.make_node(op, ["y"], [f"{op}_out"], name=f"inner_{op}")],
            op,
            [],
            [helper.make_tensor_value_info(f"{op}_out", kind, ["n", 5])],
        )
        for op in ("Relu", "Neg")
    ]
    nodes = [
        helper.make_node("Conv", ["x", "c.weight"], ["c"], name="/body/conv/Conv", kernel_shape=[3, 3], strides=[1, 1]),
        helper.make_node("Relu", ["c"], ["r"], name="/body/act/Relu"),
        helper.make_node("Flatten", ["r"], ["f"], axis=1),
        helper.make_node("Gemm", ["f", "d.weight", "d.bias"], ["y"], name="/head/Gemm", transB=1),
        helper.make_node("If", ["flag"], ["out"], name="/If", then_branch=branches[0], else_branch=branches[1]),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [
            helper.make_tensor_value_info("x", kind, ["n", 2, 6, 6]),
            helper.make_tensor_value_info("flag", onnx.TensorProto.BOOL, []),
        ],
        [helper.make_tensor_value_info("out", kind, ["n", 5])],
        [weight("c.weight", 3, 2, 3, 3), weight("d.weight", 5, 48), weight("d.bias", 5)],
    )
    path = tmp_path / "small.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), path)
    return path


def node(graph, op):
    (found,) = (node for node in graph.nodes if node.op == op)
    return found


def sources(graph, op):
    return [graph.nodes[edge.source].op for edge in node(graph, op).inputs]


def test_an_onnx_file_has_scopes_shapes_weights_and_sums(saved):
    graph = onnx_graph(saved)
    assert [(scope.name, scope.path, scope.total) for scope in graph.scopes] == [
        ("small", "", 299),
        ("body", "body", 54),
        ("conv", "body.conv", 54),
        ("act", "body.act", 0),
        ("head", "head", 245),
    ]
    assert node(graph, "Conv").outputs[0].shape == (None, 3, 4, 4)
    assert [(weight.name, weight.shape) for weight in node(graph, "Gemm").params] == [
        ("d.weight", (5, 48)),
        ("d.bias", (5,)),
    ]
    assert node(graph, "Conv").attrs == {"kernel_shape": "[3, 3]", "strides": "[1, 1]"}
    assert (graph.params, graph.dtypes) == (299, ["float32"])


def test_a_subgraph_reads_from_around_it_and_is_told_by_its_size(saved):
    graph = onnx_graph(saved)
    assert sources(graph, "If") == ["input", "Gemm", "Gemm"]
    assert node(graph, "If").attrs["then_branch"] == "a graph of 1 nodes"


def test_products_are_counted_where_all_sizes_are_known(onnx, saved):
    model = onnx.load(saved)
    assert onnx_graph(saved).flops == 0
    for value in (*model.graph.input[:1], *model.graph.output):
        value.type.tensor_type.shape.dim[0].dim_value = 2
    onnx.save(model, saved)
    assert onnx_graph(saved).flops == 2 * (2 * 3 * 4 * 4) * (2 * 3 * 3) + 2 * (2 * 5) * 48


def test_it_goes_through_the_event_file_and_tensorboard_reads_it(saved, tmp_path):
    with SummaryWriter(tmp_path / "logs") as writer:
        writer.add_onnx_graph(saved)
    log = LogDir(tmp_path / "logs")
    while log.poll().more:
        pass
    assert log.run.graph == onnx_graph(saved)
    assert outline(log.run.graph)["items"]
    accumulator = EventAccumulator(str(tmp_path / "logs"))
    accumulator.Reload()
    names = {node.name: node for node in accumulator.Graph().node}
    assert list(names["small/head/Gemm"].input) == ["small/Flatten", "small/head/d.weight", "small/head/d.bias"]


def test_what_is_no_onnx_file_is_told(onnx, tmp_path):
    wrong = tmp_path / "notes.onnx"
    wrong.write_bytes(b"no model at all")
    with pytest.raises(ValueError, match=r"notes\.onnx' holds no ONNX model"):
        onnx_graph(wrong)
    with pytest.raises(FileNotFoundError):
        onnx_graph(tmp_path / "missing.onnx")


def test_without_the_package_the_error_says_what_to_install():
    code = (
        "import sys; sys.modules['onnx'] = None\n"
        "from tbnotebook.graph import onnx_graph\n"
        "try:\n    onnx_graph('model.onnx')\n"
        "except ImportError as error:\n    print(error)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert said == "add_onnx_graph needs the package onnx: pip install tbnotebook[onnx]\n"
