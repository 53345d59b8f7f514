"""Attributes of a GraphDef's nodes: their names and values, anyone's shown as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tbnotebook.events.schema import DataType

if TYPE_CHECKING:
    from tbnotebook.graph.model import Shape

SHAPES = b"_output_shapes"
ALL_SHAPES = b"_tbnb_shapes"
"""Where a node has more outputs than TensorBoard takes shapes of."""
LARGEST_ATTRIBUTE = 1024
"""Bytes of an attribute that TensorBoard shows."""
LONGEST_VALUE = 256
"""Characters of an attribute's value that are shown."""
_FEW = 16
_MOST_SIZES = 64

DTYPE_NAMES = {
    **{int(member): member.name.lower() for member in DataType},
    DataType.FLOAT: "float32",
    DataType.DOUBLE: "float64",
    DataType.HALF: "float16",
}
"""DT_* numbers by the names that torch and numpy use."""
DTYPE_NUMBERS = {name: number for number, name in DTYPE_NAMES.items()}
_REFERENCE = 100  # a reference to a variable has the number of its type plus 100


def text_of(data: bytes) -> str:
    """Bytes as text; what is no UTF-8 is shown as escapes."""
    return data.decode("utf-8", "backslashreplace")


def bytes_of(text: str) -> bytes:
    """Text as UTF-8; lone surrogates become question marks."""
    return text.encode("utf-8", "replace")


def shape_of(proto: Any) -> Shape:
    """Shape of a TensorShapeProto; None for unknown rank, or for one of more sizes than any tensor has."""
    if proto.unknown_rank or len(proto.dim) > _MOST_SIZES:
        return None
    return tuple(None if dim.size < 0 else int(dim.size) for dim in proto.dim)


def dtype_of(number: int) -> str:
    """The dtype's name, "" for an unknown number."""
    return DTYPE_NAMES.get(number - _REFERENCE if number > _REFERENCE else number, "")


def value_text(value: Any) -> str:
    """An attribute's value as a short text. Only as much is decoded as is shown."""
    kind = value.WhichOneof("value")
    if kind is None:
        return ""
    if kind == "list":
        return _list_text(value.list)
    return _short(_single_text(kind, getattr(value, kind)))


def _list_text(content: Any) -> str:
    for kind in ("s", "i", "f", "b", "type", "shape", "tensor", "func"):
        items = getattr(content, kind)
        if len(items):
            shown = [_single_text(kind, item) for item in items[:_FEW]]
            return _short(f"[{', '.join(shown)}{', …' if len(items) > _FEW else ''}]")
    return "[]"


def _single_text(kind: str, content: Any) -> str:
    if kind in ("s", "placeholder"):
        return text_of(content[: LONGEST_VALUE + 1])
    if kind == "type":
        return dtype_of(content) or str(content)
    if kind == "shape":
        return shape_text(shape_of(content))
    if kind == "tensor":
        return f"{dtype_of(content.dtype)} {shape_text(shape_of(content.tensor_shape))}".strip()
    if kind == "func":
        return text_of(content.name[: LONGEST_VALUE + 1])
    return f"{content:g}" if kind == "f" else str(content)


def shape_text(shape: Shape) -> str:
    """A shape as one reads it, "2 × 10"; "scalar" without sizes, "?" for what is not known."""
    if shape is None:
        return "?"
    return " × ".join("?" if size is None else str(size) for size in shape) or "scalar"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def safe_name(name: str) -> str:
    """`name` in the letters that TensorBoard's names may have; the true name goes into an attribute."""
    return re.sub(r"[^A-Za-z0-9_.\-]", "_", name[:200]) or "_"
