"""A model in OpenVINO's format becomes a graph with scopes, shapes and sums, in our view and in TensorBoard."""

from __future__ import annotations

import re

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.graph import openvino_graph, outline, to_graphdef


def port(number, dtype, *sizes):
    return f'<port id="{number}" precision="{dtype}">{"".join(f"<dim>{size}</dim>" for size in sizes)}</port>'


def layer(number, name, kind, inputs=(), outputs=(), data="", version="opset1"):
    ports = "".join(
        f"<{side}>{''.join(port(*each) for each in given)}</{side}>"
        for side, given in (("input", inputs), ("output", outputs))
        if given
    )
    return f'<layer id="{number}" name="{name}" type="{kind}" version="{version}"><data {data}/>{ports}</layer>'


PICTURE, FILTERS, MADE = ("FP32", 1, 2, 6, 6), ("FP32", 3, 2, 3, 3), ("FP32", 1, 3, 4, 4)
LAYERS = [
    layer(0, "x", "Parameter", (), [(0, *PICTURE)], 'shape="1,2,6,6" element_type="f32"'),
    layer(1, "c.weight", "Const", (), [(0, "FP16", 3, 2, 3, 3)], 'element_type="f16" offset="0" size="108"'),
    layer(2, "c.weight/Convert", "Convert", [(0, "FP16", 3, 2, 3, 3)], [(1, *FILTERS)], 'destination_type="f32"'),
    layer(
        3,
        "__module.body.conv/aten::_convolution/Convolution",
        "Convolution",
        [(0, *PICTURE), (1, *FILTERS)],
        [(2, *MADE)],
        'strides="1, 1" pads_begin="0, 0"',
    ),
    layer(4, "bias", "Const", (), [(0, "FP32", 1, 3, 1, 1)], 'element_type="f32" offset="108" size="12"'),
    layer(5, "__module.body.conv/Add", "Add", [(0, *MADE), (1, "FP32", 1, 3, 1, 1)], [(2, *MADE)]),
    layer(6, "axis", "Const", (), [(0, "I64")], 'element_type="i64" offset="120" size="8"'),
    layer(7, "head/Split", "Split", [(0, *MADE), (1, "I64")], [(2, "FP32", 1, 1, 4, 4), (3, "FP32", 1, 2, 4, 4)]),
    layer(8, "y/sink_port_0", "Result", [(0, "FP32", 1, 2, 4, 4)]),
]
EDGES = [(0, 0, 3, 0), (1, 0, 2, 0), (2, 1, 3, 1), (3, 2, 5, 0), (4, 0, 5, 1), (5, 2, 7, 0), (6, 0, 7, 1), (7, 3, 8, 0)]


def net(layers=LAYERS, edges=EDGES, version=11):
    ends = ("from-layer", "from-port", "to-layer", "to-port")
    told = [" ".join(f'{end}="{at}"' for end, at in zip(ends, edge, strict=True)) for edge in edges]
    lines = "".join(f"<edge {each}/>" for each in told)
    text = f'<net name="small" version="{version}"><layers>{"".join(layers)}</layers><edges>{lines}</edges></net>'
    return f'<?xml version="1.0"?>\n{text}'


@pytest.fixture
def saved(tmp_path):
    """Writes a model's XML, and gives its path."""

    def save(text):
        path = tmp_path / "small.xml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return save


def node(graph, op):
    (found,) = (node for node in graph.nodes if node.op == op)
    return found


def test_a_models_xml_has_scopes_shapes_weights_and_sums(saved):
    graph = openvino_graph(saved(net()))
    assert [(scope.name, scope.path, scope.total) for scope in graph.scopes] == [
        ("small", "", 57),
        ("body", "body", 57),
        ("conv", "body.conv", 57),
        ("aten::_convolution", "body.conv.aten::_convolution", 54),
        ("head", "head", 0),
    ]
    convolution = node(graph, "Convolution")
    assert [(each.name, each.shape, each.dtype) for each in convolution.params] == [
        ("c.weight", (3, 2, 3, 3), "float16")  # through the conversion to what is calculated in
    ]
    assert (convolution.outputs[0].shape, convolution.outputs[0].dtype) == ((1, 3, 4, 4), "float32")
    assert convolution.attrs == {"strides": "1, 1", "pads_begin": "0, 0"}
    assert (graph.flops, graph.params, graph.dtypes) == (2 * (3 * 4 * 4) * (2 * 3 * 3), 57, ["float16", "float32"])
    assert [(each.name, each.kind) for each in graph.nodes if each.kind != "op"] == [
        ("x", "input"),
        ("axis", "const"),
        ("y", "output"),
    ]
    source, output, _ = node(graph, "Result").inputs[0]
    assert (graph.nodes[source].op, graph.nodes[source].outputs[output].shape) == ("Split", (1, 2, 4, 4))
    assert graph.notes == []


def test_the_tenth_version_reads_as_the_eleventh_and_in_any_order_of_layers(saved):
    graph = openvino_graph(saved(net()))
    assert openvino_graph(saved("\ufeff" + net(version=10))) == graph
    turned = openvino_graph(saved(net(LAYERS[::-1])))
    assert {each.op: len(each.inputs) for each in turned.nodes} == {each.op: len(each.inputs) for each in graph.nodes}
    assert all(edge.source < place for place, each in enumerate(turned.nodes) for edge in each.inputs)


def test_it_goes_through_the_event_file_and_tensorboard_reads_it(saved, tmp_path):
    path = saved(net())
    with SummaryWriter(tmp_path / "logs") as writer:
        writer.add_openvino_graph(path)
    log = LogDir(tmp_path / "logs")
    while log.poll().more:
        pass
    assert log.run.graph == openvino_graph(path)
    assert outline(log.run.graph)["items"]
    accumulator = EventAccumulator(str(tmp_path / "logs"))
    accumulator.Reload()
    names = {node.name: node for node in accumulator.Graph().node}
    convolution = "small/body/conv/aten___convolution/Convolution"
    assert list(names[convolution].input) == ["x", "small/body/conv/aten___convolution/c.weight"]
    assert list(names["y"].input) == ["small/head/Split:1"]
    shapes = names["small/head/Split"].attr["_output_shapes"].list.shape
    assert [[size.size for size in shape.dim] for shape in shapes] == [[1, 1, 4, 4], [1, 2, 4, 4]]


def test_an_edge_that_leads_nowhere_is_left_out_and_told(saved):
    broken = [(0, 0, 99, 0), (0, 7, 3, 0), (0, 0, 3, 7), (3, 2, 5, 0)]  # no layer, no outlet, no inlet, one twice
    assert openvino_graph(saved(net(edges=[*EDGES, *broken]))).notes == ["4 inputs name tensors that nothing makes."]
    cycle = [layer(n, f"r{n}", "Relu", [(0, *MADE)], [(1, *MADE)]) for n in (0, 1)]
    graph = openvino_graph(saved(net(cycle, [(0, 1, 1, 0), (1, 1, 0, 0)])))
    assert graph.notes == ["1 input names a tensor that nothing makes."]
    assert outline(graph)["items"]


def test_sizes_and_dtypes_that_are_not_known_are_left_open(saved):
    made = ("FP8X", -1, "1..8", "", 10**30, 4)
    layers = [layer(0, "x", "Parameter", (), [(0, *made)]), layer(1, "r", "My", [(0, *made)], [(1, *made)], "", "own")]
    graph = openvino_graph(saved(net(layers, [(0, 0, 1, 0)])))
    assert graph.nodes[1].outputs[0].shape == (None, None, None, None, 4)
    assert graph.nodes[1].attrs == {"domain": "own"}
    vast = [layer(0, "m", "MatMul", [(0, "FP32", *[10**17] * 2), (1, "FP32", *[10**17] * 2)], [(2, *made[:1], 10**17)])]
    assert to_graphdef(openvino_graph(saved(net(vast, []))))


def test_a_loop_tells_the_size_of_its_body_and_an_old_version_what_it_lacks(saved):
    body = f"<body><layers>{LAYERS[0]}{LAYERS[8]}</layers></body></layer>"
    loop = layer(9, "loop", "TensorIterator", [(0, *MADE)], [(1, *MADE)]).replace("</layer>", body)
    graph = openvino_graph(saved(net([loop], [], version=7)))
    assert node(graph, "TensorIterator").attrs == {"body": "a graph of 2 layers"}
    assert graph.notes == ["Version 7 of OpenVINO's format tells no shapes of weights."]


LAUGHS = '<!DOCTYPE net [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 100}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
WRONG = {
    "no XML": (b"\x00\x01\x02", r"small\.xml' is no XML: .* is given by its \.xml"),
    "another XML": ("<html><body/></html>", r"holds no OpenVINO model: <html> of 0 layers found, where <net>"),
    "no layers": ("<net><layers/></net>", r"<net> of 0 layers found"),
    "a billion laughs": (f"{LAUGHS}]><net>&i;</net>", "declares a DOCTYPE"),
    "hidden by its encoding": (f'<?xml version="1.0" encoding="utf-16"?>{LAUGHS}]><net>&i;</net>'.encode("utf-16"), ""),
    "a file of this machine": ('<!DOCTYPE net [<!ENTITY a SYSTEM "file:///etc/passwd">]><net>&a;</net>', "DOCTYPE"),
    "depth": (f"<net>{'<a>' * 200_000}{'</a>' * 200_000}</net>", "<net> of 0 layers found"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_no_openvino_model_is_told(saved, kind):
    text, told = WRONG[kind]
    with pytest.raises(ValueError, match=told or "is no XML"):
        openvino_graph(saved(text))


def test_a_file_that_is_not_there_or_larger_than_any_model_is_told(saved, monkeypatch):
    with pytest.raises(FileNotFoundError):
        openvino_graph("missing.xml")
    monkeypatch.setattr("tbnotebook.graph.openvino_file.LARGEST_FILE", 1 << 20)
    with pytest.raises(ValueError, match=re.escape("is larger than 1 MB")):
        openvino_graph(saved(net() + " " * (1 << 20)))


def test_names_of_anyones_making_are_kept_apart_and_written(saved):
    layers = [
        layer(n, name, "Relu", [], [(0, *MADE)]) for n, name in enumerate(["", "/", "a/b", "a", "a/b", "x" * 9999])
    ]
    graph = openvino_graph(saved(net(layers, [])))
    assert [each.name[:9] for each in graph.nodes] == ["Relu", "/", "b", "a_1", "b_1", "x" * 9]
    assert to_graphdef(graph)
