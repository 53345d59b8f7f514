"""A GraphDef that is large in every way: many branches, long chains, wide groups, deep nests."""

from __future__ import annotations

from collections.abc import Iterable

from tbnotebook.events.schema import GraphDef

BRANCHES, STEPS = 1000, 50
CHAINS, LENGTH = 4, 5000
GROUPS, CHILDREN = 14, 2000
NESTS, DEEP = 66, 30
NODES = 100_000
SHAPE = (32, 256, 14, 14)


def large_graphdef(part: int = 1) -> bytes:
    """Return 100,000 nodes, or a part of them.

    A thousand branches of fifty operations that a sum joins; four chains of five thousand; groups of two thousand
    that one node feeds and one reads; scopes in one another thirty deep. Shapes are told, as TensorFlow does it.
    No two neighbours are alike: what could be folded would be no test.
    """
    graph = GraphDef()

    def add(name: str, op: str, inputs: Iterable[str] = ()) -> str:
        node = graph.node.add(name=name.encode(), op=op.encode())
        node.input.extend(source.encode() for source in inputs)
        shape = node.attr.add(key=b"_output_shapes").value.list.shape.add()
        for size in SHAPE:
            shape.dim.add(size=size)
        node.attr.add(key=b"dtype").value.type = 1
        return name

    last = add("input", "Placeholder")
    ends = []
    for branch in range(BRANCHES // part):
        end = last
        for step in range(STEPS):
            end = add(f"branches/branch_{branch}/step_{step}", "Conv2D" if (step + branch) % 2 else "Relu", [end])
        ends.append(end)
    last = add("branches/join", "AddN", ends)
    for chain in range(CHAINS):
        for link in range(LENGTH // part):
            last = add(f"chain_{chain}/link_{link}", "MatMul" if (link + chain) % 3 else "Add", [last])
    for group in range(GROUPS):
        children = [add(f"group_{group}/child_{child}", "Mul", [last]) for child in range(CHILDREN // part)]
        last = add(f"group_{group}_join", "AddN", children)
    for nest in range(NESTS // part):
        scope = f"nest_{nest}"
        for level in range(DEEP):
            scope = f"{scope}/level_{level}"
            last = add(f"{scope}/op", "Sigmoid" if nest % 2 else "Tanh", [last])
    while len(graph.node) < NODES // part:
        last = add(f"tail/op_{len(graph.node)}", "Relu", [last])
    add("output", "_Retval", [last])
    return bytes(graph.SerializeToString())
