"""A network as it ran: the calls of its modules (scopes), the operations in them (nodes), the tensors between."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

Shape = tuple[int | None, ...] | None
"""Sizes of a tensor, ``()`` for a scalar; a size that is not known is None, as is the shape of unknown rank."""

NodeKind = Literal["input", "output", "op", "module", "const"]

ITEM_BYTES = {
    "bool": 1, "uint8": 1, "int8": 1, "qint8": 1, "quint8": 1, "float8_e5m2": 1, "float8_e4m3fn": 1,
    "int16": 2, "uint16": 2, "float16": 2, "bfloat16": 2,
    "int32": 4, "uint32": 4, "float32": 4, "qint32": 4, "complex32": 4,
    "int64": 8, "uint64": 8, "float64": 8, "complex64": 8,
    "complex128": 16,
}  # fmt: skip
"""Bytes of one element, by the name of its dtype."""


@lru_cache(4096)
def _bytes_of(shape: Shape, dtype: str) -> int | None:
    if shape is None or dtype not in ITEM_BYTES:
        return None
    sizes = [size for size in shape if size is not None]
    return math.prod(sizes) * ITEM_BYTES[dtype] if len(sizes) == len(shape) else None


@dataclass(frozen=True, slots=True)
class Tensor:
    """What is known of a tensor: nothing of its values."""

    shape: Shape
    dtype: str = ""
    """As torch and numpy call it, "float32"; "" if not known."""
    device: str = ""
    name: str = ""
    """The argument that it was, or its place in what the module returned; "" if it has none."""

    @property
    def nbytes(self) -> int | None:
        """Size in bytes, or None if the shape or the dtype leaves it open."""
        return _bytes_of(self.shape, self.dtype)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter or buffer of a module."""

    name: str
    """Within its module, "weight"; where an operation elsewhere reads it, its whole name, "emb.weight"."""
    shape: Shape
    dtype: str = ""
    trainable: bool = True
    buffer: bool = False
    shared: str = ""
    """The first whole name of the same tensor, if it has an earlier one (tied weights)."""

    @property
    def count(self) -> int:
        """Number of elements; 0 where the shape is not known."""
        return math.prod(size or 0 for size in self.shape) if self.shape is not None else 0


CONTROL = -1
"""The `output` of an edge along which nothing flows: its node only waits for the other one."""


class Edge(NamedTuple):
    """One input of a node: output number `output` of node number `source`; or `CONTROL`."""

    source: int
    output: int = 0
    arg: str = ""


@dataclass(slots=True)
class Scope:
    """One call of a module, or a container (ModuleList, a name scope) that was never called itself."""

    name: str
    """Unique among the scopes of its parent: "conv1", "conv1_1" for a second call."""
    path: str = ""
    """The module's registered name from the root, "layer1.0.conv1"; "" for the root."""
    cls: str = ""
    parent: int = -1
    """Index of the scope around it, always a smaller one; -1 for the root."""
    at: int = 0
    """How many nodes were there when the call began: its place in the order of execution."""
    called: bool = True
    call: int = 0
    """0 for the first call of the module, 1 for the second."""
    shared_with: int = -1
    """The scope of the first call; -1 if this is it."""
    inputs: list[Tensor] = field(default_factory=list)
    outputs: list[Tensor] = field(default_factory=list)
    params: list[Parameter] = field(default_factory=list)
    """The module's own, without its children's."""
    total: int = 0
    """Elements of all parameters beneath, each counted once."""
    trainable: int = 0
    flops: int = 0
    """2 × multiply-accumulates of one forward pass, all nodes beneath."""
    bytes: int = 0
    """Of the tensors that the nodes beneath made, views left out."""
    training: bool = False
    source: str = ""
    """Where the class is written, "torch/nn/modules/linear.py:53"."""
    hash: str = ""
    """Of the structure beneath without sizes: equal for repeats of one block."""
    attrs: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Node:
    """An input, an output, an operation, a module that shows no operations, or a constant."""

    name: str
    """Unique within its scope."""
    op: str
    kind: NodeKind = "op"
    scope: int = -1
    """Index of the scope it stands in; -1 beside the root (inputs, outputs)."""
    outputs: list[Tensor] = field(default_factory=list)
    inputs: list[Edge] = field(default_factory=list)
    params: list[Parameter] = field(default_factory=list)
    """Parameters and buffers that it reads."""
    attrs: dict[str, str] = field(default_factory=dict)
    flops: int = 0
    aten: list[str] = field(default_factory=list)
    """The kernels below the operation, in order."""
    mutates: bool = False
    is_view: bool = False
    device: str = ""
    """The device that a foreign graph places it on."""


@dataclass(slots=True)
class Graph:
    """A traced network, or what can be known of a foreign GraphDef.

    `scopes` is ordered so that a parent comes before its children; the first is the root. `nodes` is in order
    of execution; the edges of a traced graph point backwards, those of a foreign one may form cycles.
    """

    scopes: list[Scope] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    mode: str = ""
    """How it was traced: "real+function+dispatch", "fake+…"."""
    torch: str = ""
    notes: list[str] = field(default_factory=list)
    foreign: bool = False
    """Not traced by us: only names and shapes are known."""
    params: int = 0
    """Elements of all parameters of the model, also of those that this pass did not use."""
    trainable: int = 0
    dtypes: list[str] = field(default_factory=list)
    """Of the parameters, the one with most elements first."""

    @property
    def name(self) -> str:
        """The root's name."""
        return self.scopes[0].name if self.scopes else ""

    @property
    def flops(self) -> int:
        """2 × multiply-accumulates of one forward pass."""
        return sum(node.flops for node in self.nodes)
