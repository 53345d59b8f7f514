"""Arrays and texts as ``TensorProto``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tbnotebook.events.schema import DataType
from tbnotebook.writer.values import BadValue

_TYPES: Final = {
    "f4": DataType.FLOAT,
    "f8": DataType.DOUBLE,
    "f2": DataType.HALF,
    "i1": DataType.INT8,
    "i2": DataType.INT16,
    "i4": DataType.INT32,
    "i8": DataType.INT64,
    "u1": DataType.UINT8,
    "u2": DataType.UINT16,
    "u4": DataType.UINT32,
    "u8": DataType.UINT64,
    "b1": DataType.BOOL,
}


def add_tensor(summary: Any, tag: bytes, array: NDArray[Any], plugin: bytes = b"tensor", content: bytes = b"") -> Any:
    """Add an array to a summary, as the tensor of a plugin with what the plugin knows of it; return the value.

    Raises
    ------
    BadValue
        TensorFlow has no such dtype.
    """
    kind = f"{array.dtype.kind}{array.dtype.itemsize}"
    if kind not in _TYPES:
        raise BadValue(f"a tensor is of one of the dtypes {', '.join(_TYPES)}; got {array.dtype}")
    value = _value(summary, tag, plugin, content)
    value.tensor.dtype = _TYPES[kind]
    _set_shape(value.tensor, array.shape)
    value.tensor.tensor_content = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
    return value


def add_texts(
    summary: Any, tag: bytes, texts: Sequence[bytes], shape: tuple[int, ...], plugin: bytes, content: bytes = b""
) -> None:
    """Add texts, or any other bytes, to a summary as a tensor of strings of the given shape."""
    value = _value(summary, tag, plugin, content)
    value.tensor.dtype = DataType.STRING
    _set_shape(value.tensor, shape)
    value.tensor.string_val.extend(texts)


def _value(summary: Any, tag: bytes, plugin: bytes, content: bytes) -> Any:
    value = summary.value.add(tag=tag)
    value.metadata.plugin_data.plugin_name = plugin
    value.metadata.plugin_data.content = content
    return value


def _set_shape(tensor: Any, shape: tuple[int, ...]) -> None:
    tensor.tensor_shape.SetInParent()  # of rank 0 it has no dimension, and is there
    for size in shape:
        tensor.tensor_shape.dim.add(size=size)
