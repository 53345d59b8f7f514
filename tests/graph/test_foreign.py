"""GraphDefs of other producers, and such as nobody sane would write."""

from __future__ import annotations

import json
import time

import pytest

from tbnotebook.events.schema import AttrEntry, GraphDef, SealedGraphDef
from tbnotebook.graph import from_graphdef, outline
from tbnotebook.graph.flow import topological_order
from tests.events.reading import payloads


def graphdef(*nodes):
    """A GraphDef of (name, op, inputs) and shapes by attribute."""
    message = GraphDef()
    for name, op, inputs in nodes:
        message.node.add(name=name.encode(), op=op.encode(), input=[text.encode() for text in inputs])
    return message


def graphs_of(folder):
    from tbnotebook.events.schema import Event

    for file in sorted(folder.rglob("*tfevents*")):
        try:
            found = payloads(file.read_bytes())
        except (AssertionError, Exception):
            continue  # damaged on purpose
        for payload in found:
            event = Event.FromString(payload)
            if event.graph_def:
                yield file, bytes(event.graph_def)


def test_every_graph_of_the_corpus_has_an_outline(shared):
    found = 0
    for file, data in graphs_of(shared / "corpus" / "files"):
        graph = from_graphdef(data)
        payload = outline(graph)
        assert len(payload["items"]) >= len(graph.nodes), file
        assert len(payload["items"][payload["look"]["drawn"]]["children"]) > 1, file
        found += 1
    assert found >= 8


def test_a_graph_of_torch_is_drawn_from_its_network(shared):
    (data,) = {data for _, data in graphs_of(shared / "corpus" / "files" / "torch-fashion-mit")}
    payload = outline(from_graphdef(data))
    drawn = payload["items"][payload["look"]["drawn"]]
    assert drawn["name"] == "Net"
    classes = {payload["items"][child]["name"]: payload["items"][child]["cls"] for child in drawn["children"]}
    assert classes["conv1"] == "Conv2d"
    assert classes["fc3"] == "Linear"


def test_shapes_and_types_are_read_from_the_attributes():
    message = graphdef(("a/x", "Placeholder", []), ("a/y", "MatMul", ["a/x"]))
    dtype = message.node[0].attr.add(key=b"dtype")
    dtype.value.type = 1
    shape = message.node[0].attr.add(key=b"_output_shapes").value.list.shape.add()
    shape.dim.add(size=-1)
    shape.dim.add(size=784)
    payload = outline(from_graphdef(message.SerializeToString()))
    assert [(edge["shape"], edge["dtype"], edge["bytes"]) for edge in payload["edges"]] == [
        ([None, 784], "float32", None)
    ]


def test_references_to_nothing_are_left_out_and_counted():
    graph = from_graphdef(graphdef(("a", "op", ["gone", "b:1", "^c"]), ("b", "op", [])).SerializeToString())
    assert [(edge.source, edge.output) for node in graph.nodes for edge in node.inputs] == [(0, 1)]
    assert graph.notes == ["2 inputs name nodes that do not exist."]


def test_a_node_with_the_name_of_a_scope_goes_into_it():
    graph = from_graphdef(graphdef(("dense", "Add", []), ("dense/kernel", "Const", [])).SerializeToString())
    assert [(node.name, graph.scopes[node.scope].name) for node in graph.nodes] == [
        ("(dense)", "dense"),
        ("kernel", "dense"),
    ]


def test_a_name_that_is_markup_stays_the_text_that_it_is():
    name = "<img src=x onerror=alert(1)>"
    payload = outline(from_graphdef(graphdef((name, "op", [])).SerializeToString()))
    assert payload["items"][1]["name"] == name


def test_bytes_that_are_no_text_are_shown_as_escapes():
    message = GraphDef()
    message.node.add(name=b"a\xff", op=b"op")
    assert from_graphdef(message.SerializeToString()).nodes[0].name == "a\\xff"


def test_a_damaged_attribute_is_left_out_and_noted():
    message = SealedGraphDef()
    message.node.add(name=b"a", op=b"op", attr=[b"\xff", AttrEntry(key=b"whole").SerializeToString()])
    graph = from_graphdef(message.SerializeToString())
    assert list(graph.nodes[0].attrs) == ["whole"]
    assert graph.notes == ["1 attributes are damaged and left out."]


def test_bytes_that_are_no_graph_say_so():
    with pytest.raises(ValueError, match="4 bytes are no GraphDef"):
        from_graphdef(b"\x0a\xff\xff\xff")


def test_an_attribute_of_50_mb_is_elided():
    message = graphdef(("a", "op", []))
    message.node[0].attr.add(key=b"big").value.s = b"x" * 50_000_000
    payload = outline(from_graphdef(message.SerializeToString()))
    assert len(json.dumps(payload)) < 2_000


def test_a_name_of_ten_thousand_levels_is_cut_to_a_few():
    name = "a/" * 10_000 + "x"
    payload = outline(from_graphdef(graphdef((name, "op", [])).SerializeToString()))
    assert len(payload["items"]) < 100
    assert len(json.dumps(payload)) < 100_000


def test_a_cycle_is_drawn_like_anything_else():
    count = 1000
    ring = [(f"n{number}", "op", [f"n{(number + 1) % count}"]) for number in range(count)]
    payload = outline(from_graphdef(graphdef(*ring).SerializeToString()))
    assert len(payload["edges"]) == count


def test_a_hundred_thousand_nodes_take_seconds():
    count = 100_000
    nodes = [(f"g{n % 1000}/n{n}", "op", [f"g{(n - 1) % 1000}/n{n - 1}"] if n else []) for n in range(count)]
    data = graphdef(*nodes).SerializeToString()
    start = time.perf_counter()
    payload = outline(from_graphdef(data))
    assert len(payload["items"]) == count + 1002  # the groups, the stack that they are, the root
    assert time.perf_counter() - start < 30  # seconds on a busy machine; a quadratic step would take minutes


def test_equal_names_are_told_apart():
    graph = from_graphdef(graphdef(("a", "op", []), ("a", "op", ["a"])).SerializeToString())
    assert len(graph.nodes) == 2
    assert len({item["key"] for item in outline(graph)["items"]}) == 3


def layers(count, *, name="layer_{}", op="Relu"):
    """A row of equal scopes, each fed by the one before."""
    made, last = [("x", "Placeholder", [])], "x"
    for number in range(count):
        scope = name.format(number)
        made += [(f"{scope}/MatMul", "MatMul", [last]), (f"{scope}/act", op, [f"{scope}/MatMul"])]
        last = f"{scope}/act"
    return graphdef(*made, ("y", "Identity", [last]))


def test_a_thousand_equal_layers_are_one_box_whose_first_is_shown():
    message = layers(1000)
    for node in message.node:  # as TensorFlow tells each operation what no other one has
        node.attr.add(key=b"_class").value.list.s.append(b"loc:@" + node.name)
        node.attr.add(key=b"seed2").value.i = sum(node.name)
    payload = outline(from_graphdef(message.SerializeToString()))
    (stack,) = (item for item in payload["items"] if item["kind"] == "stack")
    assert (stack["name"], len(stack["children"])) == ("layer_0 – layer_999", 1000)
    opened = [payload["items"][number]["name"] for number in payload["look"]["open"]]
    assert opened == ["layer_0 – layer_999", "layer_0"]


def test_equal_scopes_of_other_names_and_layers_of_other_sizes_do_not_stack():
    message = layers(2, name="layer_{}")
    message.node[1].attr.add(key=b"units").value.i = 7
    for made in (message, graphdef(("encoder/a", "op", []), ("decoder/a", "op", ["encoder/a"]))):
        payload = outline(from_graphdef(made.SerializeToString()))
        assert not any(item["kind"] == "stack" for item in payload["items"])


def test_a_variable_that_a_traced_graph_stands_in_for_is_drawn_at_what_reads_it():
    message = graphdef(
        ("x", "Placeholder", []),
        ("dense/MatMul/ReadVariableOp/resource", "Placeholder", []),
        ("dense/MatMul/ReadVariableOp", "ReadVariableOp", ["dense/MatMul/ReadVariableOp/resource"]),
        ("dense/MatMul", "MatMul", ["x", "dense/MatMul/ReadVariableOp"]),
    )
    message.node[1].attr.add(key=b"dtype").value.type = 20
    graph = from_graphdef(message.SerializeToString())
    assert [(node.name, node.kind) for node in graph.nodes] == [
        ("x", "input"),
        ("resource", "const"),
        ("ReadVariableOp", "op"),
        ("(MatMul)", "op"),
    ]
    assert [scope.name for scope in graph.scopes] == ["graph", "dense", "MatMul"]


@pytest.mark.parametrize(
    ("sources", "order"),
    [
        ([[], [0], [1]], [0, 1, 2]),
        ([[2], [], [1]], [1, 2, 0]),
        ([[1], [0], []], [2, 0, 1]),  # a cycle is cut at its first place, after all that is free
        ([[0]], [0]),
    ],
)
def test_nodes_come_after_what_they_read(sources, order):
    assert topological_order([[(source, 0) for source in read] for read in sources]) == order
