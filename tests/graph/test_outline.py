"""The boxes of the diagram, and its first look."""

from __future__ import annotations

import json

from tbnotebook.graph import Graph, Node, Scope, outline
from tests.graph.build import Builder, drawn, item, opened


def test_a_small_net_is_opened_to_its_operations():
    net = Builder()
    net.linear("dense", size=1)
    payload = outline(net.finished())
    assert drawn(payload) == [("input", "input"), ("module", "dense"), ("output", "output")]
    assert opened(payload) == ["dense"]
    linear = item(payload, "linear")
    assert linear["kind"] == "op"
    assert linear["params"] == [{"name": "weight", "shape": [1, 8], "dtype": "float32", "trainable": True}]
    assert [(edge["shape"], edge["bytes"]) for edge in payload["edges"]] == [([2, 8], 64), ([2, 1], 8)]


def test_an_only_input_of_one_letter_is_shown_as_input_and_keeps_its_key():
    net = Builder()
    net.linear("dense")
    payload = outline(net.finished())
    assert item(payload, "input")["key"] == "x"
    assert item(payload, "input")["attrs"] == [["argument", "x"]]


def block(net, name, *, size=8):
    with net.module(name, "Block"):
        net.linear("fc1", size=size)
        net.node("relu")
        net.linear("fc2", size=size)


def test_equal_consecutive_children_stack_and_the_container_wears_the_stack():
    net = Builder()
    net.linear("stem")
    with net.module("layers", "ModuleList", called=False):
        for number in range(3):
            block(net, str(number))
    net.linear("head")
    payload = outline(net.finished())
    assert drawn(payload)[1:-1] == [("module", "stem"), ("stack", "layers"), ("module", "head")]
    stack = item(payload, "layers")
    assert stack["cls"] == "Block"
    assert [payload["items"][child]["name"] for child in stack["children"]] == ["0", "1", "2"]
    assert stack["count"] == 3 * 128


def test_blocks_of_another_size_do_not_stack():
    net = Builder()
    for number, size in enumerate([8, 8, 16]):
        block(net, f"block{number}", size=size)
    assert drawn(outline(net.finished()))[1:-1] == [("stack", "block0 – block1"), ("module", "block2")]


def test_two_branches_side_by_side_do_not_stack_but_many_do():
    def heads(count):
        net = Builder()
        source = net.linear("stem")
        made = []
        for number in range(count):
            with net.module(f"head{number}", "Head"):
                net.linear("fc", reads=[source])
                made.append(net.node("relu"))
        net.node("cat", reads=made)
        return [kind for kind, _ in drawn(outline(net.finished()))]

    assert heads(2).count("module") == 3
    assert heads(8).count("stack") == 1


def test_steps_before_the_first_and_after_the_last_stage_fold():
    net = Builder()
    net.linear("conv1")
    net.linear("bn1", size=4)
    net.node("relu")
    block(net, "layer1")
    block(net, "layer2", size=16)
    net.node("flatten")
    net.linear("fc")
    payload = outline(net.finished())
    names = [name for _, name in drawn(payload)]
    assert names == ["input", "stem", "layer1", "layer2", "flatten", "fc", "output"]
    stem = item(payload, "stem")
    assert stem["kind"] == "fold"
    assert [payload["items"][child]["name"] for child in stem["children"]] == ["conv1", "bn1", "relu"]
    assert stem["count"] == 64 + 32


def test_a_wrapper_is_left_out_and_its_siblings_are_drawn_beside_its_inside():
    net = Builder("ForCausalLM")
    with net.module("model", "Model"):
        net.linear("embed")
        for number in range(4):
            with net.module(f"layer{number}", "Layer"):
                net.linear("fc", size=64 + number)
                net.node("relu")
    net.node("scale")
    payload = outline(net.finished())
    assert payload["items"][payload["look"]["drawn"]]["name"] == "model"
    names = [name for _, name in drawn(payload)]
    assert names == ["input", "embed", "layer0", "layer1", "layer2", "layer3", "scale", "output"]
    assert payload["items"][0]["children"] == [payload["look"]["drawn"]]


def test_a_large_classifier_beside_other_stages_is_no_wrapper():
    net = Builder("AlexNet")
    with net.module("features", "Sequential"):
        net.linear("0", size=4)
        net.node("relu")
    with net.module("classifier", "Sequential"):
        net.linear("0", size=400)
        net.node("relu")
    payload = outline(net.finished())
    assert payload["look"]["drawn"] == 0


def test_the_stack_that_the_net_is_made_of_is_opened_to_its_first_repeat():
    net = Builder()
    net.linear("embed")
    with net.module("layers", "ModuleList", called=False):
        for number in range(6):
            block(net, str(number))
    assert opened(outline(net.finished())) == ["layers", "0"]


def test_a_container_that_the_flow_leaves_and_enters_again_is_dissolved():
    net = Builder()
    containers = {}
    for number in range(3):
        for name, cls in (("convs", "Conv"), ("norms", "Norm")):
            # Both lists are entered again and again: the scope is made once.
            if name not in containers:
                with net.module(name, "ModuleList", called=False):
                    containers[name] = net.here
            outside, net.here = net.here, containers[name]
            with net.module(str(number), cls):
                net.node("linear")
            net.here = outside
    names = [name for _, name in drawn(outline(net.finished()))[1:-1]]
    assert names == ["convs.0", "norms.0", "convs.1", "norms.1", "convs.2", "norms.2"]


def test_a_call_without_operations_is_a_leaf_with_edges():
    net = Builder()
    net.linear("fc")
    with net.module("drop", "Dropout"):
        net.node("Dropout", kind="module")
    payload = outline(net.finished())
    drop = item(payload, "drop")
    assert "children" not in drop
    number = payload["items"].index(drop)
    assert [edge["to"] for edge in payload["edges"]].count(number) == 1
    assert [edge["from"] for edge in payload["edges"]].count(number) == 1


def test_equal_graphs_have_equal_outlines_that_are_plain_json():
    def make():
        net = Builder()
        block(net, "a")
        block(net, "b")
        return outline(net.finished())

    assert make() == make()
    assert json.loads(json.dumps(make())) == make()


def test_parents_come_before_children_and_know_each_other():
    net = Builder()
    with net.module("layers", "ModuleList", called=False):
        for number in range(3):
            block(net, str(number))
    items = outline(net.finished())["items"]
    for number, parent in enumerate(items):
        for child in parent.get("children", []):
            assert child > number
            assert items[child]["parent"] == number


def test_names_of_any_length_are_elided_and_keys_stay_distinct():
    long = "n" * 100_000
    graph = Graph([Scope("Net", cls="Net")])
    graph.nodes = [Node(long, "op" * 9999, scope=0, attrs={long: long}) for _ in range(3)]
    payload = outline(graph)
    assert len(json.dumps(payload)) < 10_000
    assert len({item["key"] for item in payload["items"]}) == 4
