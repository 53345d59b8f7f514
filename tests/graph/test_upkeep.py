"""What a graph of TensorFlow 1 has only to set its variables up, to save and to restore them stands aside."""

from __future__ import annotations

from tbnotebook.graph import from_graphdef, outline
from tbnotebook.graph.tree import UPKEEP
from tbnotebook.graph.upkeep import upkeep_of
from tests.graph.build import drawn
from tests.graph.test_foreign import graphdef, graphs_of


def variable(name, *, handle=False):
    """Nodes of a variable as TensorFlow 1 makes it: with what it begins with, its first assignment, its read."""
    start = f"{name}/Initializer/random_uniform"
    assign, read = ("AssignVariableOp", "ReadVariableOp") if handle else ("Assign", "Identity")
    return [
        (f"{start}/shape", "Const", []),
        (f"{start}/RandomUniform", "RandomUniform", [f"{start}/shape"]),
        (f"{start}/mul", "Mul", [f"{start}/RandomUniform"]),
        (name, "VarHandleOp" if handle else "VariableV2", []),
        (f"{name}/Assign", assign, [name, f"{start}/mul"]),
        (f"{name}/read", read, [name]),
    ]


MODEL = [
    ("x", "Placeholder", []),
    *variable("dense/kernel"),
    ("dense/MatMul", "MatMul", ["x", "dense/kernel/read"]),
    *variable("dense/bias", handle=True),
    ("dense/Read", "ReadVariableOp", ["dense/bias"]),
    ("dense/BiasAdd", "BiasAdd", ["dense/MatMul", "dense/Read"]),
]
SAVED = [
    ("save/Const", "Const", []),
    ("save/SaveV2", "SaveV2", ["save/Const", "dense/kernel/read"]),
    ("save/control_dependency", "Identity", ["save/Const", "^save/SaveV2"]),
    ("save/RestoreV2", "RestoreV2", ["save/Const"]),
    ("save/Assign", "Assign", ["dense/kernel", "save/RestoreV2"]),
    ("save/restore_all", "NoOp", ["^save/Assign"]),
    ("init", "NoOp", ["^dense/kernel/Assign", "^dense/bias/Assign"]),
    ("report/VarIsInitializedOp", "VarIsInitializedOp", ["dense/bias"]),
    ("report/Not", "LogicalNot", ["report/VarIsInitializedOp"]),
]


def names(graph, numbers):
    """Whole names of nodes."""

    def whole(node):
        parts, scope = [node.name], node.scope
        while scope > 0:
            parts.append(graph.scopes[scope].name)
            scope = graph.scopes[scope].parent
        return "/".join(reversed(parts))

    return {whole(graph.nodes[number]) for number in numbers}


def upkeep(*nodes):
    graph = from_graphdef(graphdef(*nodes).SerializeToString())
    return names(graph, upkeep_of(graph))


def test_initialisers_saving_and_questions_are_upkeep_and_what_the_network_reads_is_not():
    starts = {
        f"dense/{name}/{rest}"
        for name in ("kernel", "bias")
        for rest in ("Assign", *(f"Initializer/random_uniform/{one}" for one in ("shape", "RandomUniform", "mul")))
    }
    others = {name for name, _, _ in SAVED} | {"dense/bias/read"}  # nobody reads this one
    assert upkeep(*MODEL, *SAVED) == starts | others


def test_a_step_of_a_training_is_none():
    step = [
        ("grad", "Mul", ["dense/BiasAdd", "x"]),
        ("train/ApplyGradientDescent", "ApplyGradientDescent", ["dense/kernel", "grad"]),
        ("train", "NoOp", ["^train/ApplyGradientDescent"]),
        ("target", "Assign", ["dense/kernel", "grad"]),  # another network's weights, not a variable's beginning
        ("AssignAdd", "AssignAdd", ["dense/kernel", "grad"]),
    ]
    assert upkeep(*MODEL, *SAVED, *step) == upkeep(*MODEL, *SAVED)


def test_what_gives_the_network_a_tensor_is_none_whatever_it_reads():
    asked = [
        ("asked", "VarIsInitializedOp", ["dense/bias"]),
        ("chosen", "Switch", ["dense/BiasAdd", "asked"]),
        ("noise", "Add", ["chosen", "dense/kernel/Initializer/random_uniform/mul"]),
    ]
    assert {"asked", "dense/kernel/Initializer/random_uniform/mul"}.isdisjoint(upkeep(*MODEL, *asked))


def test_a_no_op_alone_is_none():
    assert upkeep(("x", "Placeholder", []), ("y", "Relu", ["x"]), ("NoOp", "NoOp", [])) == set()


def test_a_graph_that_has_nothing_else_is_drawn_as_it_is():
    graph = from_graphdef(graphdef(*variable("w"), ("init", "NoOp", ["^w/Assign"])).SerializeToString())
    assert upkeep_of(graph) == set()
    assert UPKEEP not in [name for _, name in drawn(outline(graph))]


def test_it_is_in_one_box_behind_the_network_that_says_where_each_part_stood():
    nodes = [*MODEL, ("head/flat/Reshape", "Reshape", ["dense/BiasAdd"]), *SAVED]
    payload = outline(from_graphdef(graphdef(*nodes).SerializeToString()))
    items = payload["items"]
    assert drawn(payload) == [("input", "x"), ("module", "dense"), ("module", "head"), ("fold", UPKEEP)]
    dense, _, aside = (items[number] for number in items[payload["look"]["drawn"]]["children"][1:])
    inside = [(items[number]["kind"], items[number]["name"]) for number in dense["children"]]
    assert inside == [
        ("const", "kernel"),
        ("const", "kernel/read"),
        ("op", "MatMul"),
        ("const", "bias"),
        ("const", "Read"),
        ("op", "BiasAdd"),
    ]
    assert aside["aside"]
    parts = ["dense/bias", "dense/kernel", "init", "report", "save"]
    assert sorted(items[number]["name"] for number in aside["children"]) == parts
    assert len(payload["edges"]) == len([name for _, _, inputs in nodes for name in inputs])


def test_what_reads_a_variable_takes_it_from_the_variable_unless_its_value_may_have_changed():
    after = [
        ("step", "AssignSubVariableOp", ["dense/bias", "x"]),
        ("again", "ReadVariableOp", ["dense/bias", "^step"]),
        ("late", "Mul", ["again", "x"]),
    ]
    payload = outline(from_graphdef(graphdef(*MODEL, *SAVED, *after).SerializeToString()))
    items = payload["items"]
    readers = [number for number, item in enumerate(items) if item["name"] in ("MatMul", "BiasAdd", "late")]
    found = {items[edge["from"]]["key"] for edge in payload["edges"] if edge["to"] in readers}
    assert found == {"x", "graph/dense/kernel/(kernel)", "graph/dense/MatMul", "graph/dense/bias/(bias)", "graph/again"}


def test_a_variable_has_the_shape_of_its_value_not_of_its_handle():
    message = graphdef(("w", "VarHandleOp", []))
    attributes = message.node[0].attr
    attributes.add(key=b"shared_name").value.s = b"w"
    shape = attributes.add(key=b"shape").value.shape
    for size in (3, 5):
        shape.dim.add(size=size)
    attributes.add(key=b"_output_shapes").value.list.shape.add()
    (node,) = from_graphdef(message.SerializeToString()).nodes
    assert [tensor.shape for tensor in node.outputs] == [(3, 5)]


def test_the_corpus_networks_of_tensorflow_1_show_their_layers(shared):
    (data,) = {data for _, data in graphs_of(shared / "corpus" / "files" / "wandb-fixtures" / "tests" / "assets")}
    payload = outline(from_graphdef(data))
    modules = [name for kind, name in drawn(payload) if kind == "module"]
    assert modules[:3] == ["conv2d", "flatten", "dense"]
    assert [name for kind, name in drawn(payload) if kind == "op"] == ["group_deps"]
