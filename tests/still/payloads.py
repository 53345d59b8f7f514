"""Graphs as `tbnotebook.graph.outline` gives them, written by hand and as small as they can be."""

from __future__ import annotations

import math
from typing import Any


class Payload:
    """Collects items and edges; `done()` gives the GraphPayload."""

    def __init__(self, name: str, cls: str) -> None:
        self.items: list[dict[str, Any]] = []
        self.edges: list[dict[str, Any]] = []
        self.root = self.add("module", name, -1, cls=cls)

    def add(self, kind: str, name: str, parent: int, **facts: Any) -> int:
        index = len(self.items)
        self.items.append({"key": f"{kind}:{index}", "kind": kind, "name": name, "parent": parent, **facts})
        if parent >= 0:
            self.items[parent].setdefault("children", []).append(index)
        return index

    def layer(self, name: str, parent: int, cls: str, op: str, **facts: Any) -> int:
        """A module of one operation; returns the operation."""
        return self.add("op", op, self.add("module", name, parent, cls=cls, **facts))

    def flow(self, source: int, target: int, *shape: int | None) -> None:
        size = 4 * math.prod(s or 1 for s in shape)
        self.edges.append(
            {"from": source, "out": 0, "to": target, "shape": list(shape), "dtype": "float32", "bytes": size}
        )

    def chain(self, *steps: int | tuple[int, ...]) -> None:
        """Items and, between them, the shapes that flow."""
        for i in range(0, len(steps) - 2, 2):
            self.flow(steps[i], steps[i + 2], *steps[i + 1])

    def done(
        self, opened: tuple[int, ...] = (), drawn: int = 0, params: int = 11, flops: int | None = 40
    ) -> dict[str, Any]:
        return {
            "v": 1,
            "name": self.items[0]["name"],
            "cls": self.items[0]["cls"],
            "totals": {"params": params, "trainable": params, "flops": flops, "dtypes": ["float32"]},
            "notes": [],
            "foreign": False,
            "items": self.items,
            "edges": self.edges,
            "look": {"drawn": drawn, "open": list(opened)},
        }


def dense_net(name: str = "dense") -> dict[str, Any]:
    """The quickstart's network: one linear layer, opened."""
    p = Payload("Net", "Net")
    source = p.add("input", "input", 0)
    params = [{"name": "weight", "shape": [1, 10], "dtype": "float32", "trainable": True},
              {"name": "bias", "shape": [1], "dtype": "float32", "trainable": True}]  # fmt: skip
    op = p.layer(name, 0, "Linear", "linear", count=11, params=params)
    target = p.add("output", "output", 0)
    p.chain(source, (2, 10), op, (2, 1), target)
    return p.done(opened=(p.items[op]["parent"],))


def residual_net() -> dict[str, Any]:
    """Stem, a stack, four stages, head; a long skip from the stem to the last stage."""
    p = Payload("ResNet", "ResNet")
    source = p.add("input", "input", 0)
    stem = p.add("fold", "stem", 0, count=9536, cls="conv1 · bn1 · relu")
    before = p.layer("conv1", stem, "Conv2d", "conv2d", count=9536)
    p.flow(source, before, 1, 3, 224, 224)
    first = before
    stack = p.add("stack", "layer1", 0, cls="BasicBlock", count=147_968)
    for i in range(2):
        block = p.add("module", str(i), stack, cls="BasicBlock", hash="b", count=73_984)
        op = p.layer("conv", block, "Conv2d", "conv2d", count=73_984)
        p.flow(before, op, 1, 64, 56, 56)
        before = op
    for i, (width, side, count) in enumerate(((128, 28, 525_568), (256, 14, 2_099_712), (512, 7, 8_393_728)), 2):
        stage = p.add("module", f"layer{i}", 0, cls="Sequential", hash="s", count=count)
        op = p.layer("conv", p.add("module", "0", stage, cls="Block", hash=f"d{i}"), "Conv2d", "conv2d")
        p.flow(before, op, 1, width // 2, side * 2, side * 2)
        before = op
    p.flow(first, before, 1, 64, 56, 56)
    head = p.layer("fc", p.add("fold", "head", 0, count=513_000, cls="avgpool · flatten · fc"), "Linear", "linear")
    target = p.add("output", "output", 0)
    p.chain(before, (1, 512, 7, 7), head, (1, 1000), target)
    return p.done(params=11_689_512, flops=3_630_000_000)


def attention() -> dict[str, Any]:
    """Three projections side by side inside an opened block, with a residual around it."""
    p = Payload("Encoder", "Encoder")
    source = p.add("input", "tokens", 0)
    block = p.add("module", "block", 0, cls="SelfAttention", count=4 * 263_168)
    ways = [p.layer(name, block, "Linear", "linear", count=263_168) for name in ("q_proj", "k_proj", "v_proj")]
    attend = p.add("op", "scaled_dot_product_attention", block)
    out = p.layer("out_proj", block, "Linear", "linear", count=263_168)
    plus = p.add("op", "add", block)
    target = p.add("output", "output", 0)
    for way in ways:
        p.chain(source, (8, 128, 512), way, (8, 128, 512), attend)
    p.chain(attend, (8, 128, 512), out, (8, 128, 512), plus, (8, 128, 512), target)
    p.flow(source, plus, 8, 128, 512)
    return p.done(opened=(block,), params=4 * 263_168, flops=2_200_000_000)


def tall(length: int = 60) -> dict[str, Any]:
    """A chain that no picture has room for."""
    p = Payload("Deep", "Deep")
    before = p.add("input", "input", 0)
    for i in range(length):
        op = p.layer(f"layer{i}", 0, "Linear", "linear", count=110)
        p.flow(before, op, 4, 10)
        before = op
    p.flow(before, p.add("output", "output", 0), 4, 10)
    return p.done(params=110 * length)
