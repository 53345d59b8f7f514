"""A tensor of one number, as TensorFlow 2 writes a scalar."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from tbnotebook.events.schema import DataType

LONGEST_NUMBER = 1 << 12
"""Bytes of a serialized tensor, beyond which it is not looked into: that of one number takes some twenty."""

# How each type of number lies in `tensor_content`, and the repeated field that may hold it instead.
_NUMBERS: dict[int, tuple[DTypeLike, str]] = {
    DataType.FLOAT: ("<f4", "float_val"),
    DataType.DOUBLE: ("<f8", "double_val"),
    DataType.HALF: ("<f2", "half_val"),
    DataType.BFLOAT16: ("<u2", "half_val"),
    DataType.INT8: ("<i1", "int_val"),
    DataType.UINT8: ("<u1", "int_val"),
    DataType.INT16: ("<i2", "int_val"),
    DataType.UINT16: ("<u2", "int_val"),
    DataType.INT32: ("<i4", "int_val"),
    DataType.INT64: ("<i8", "int64_val"),
    DataType.UINT32: ("<u4", "uint32_val"),
    DataType.UINT64: ("<u8", "uint64_val"),
}


def number(tensor: Any) -> float | None:
    """Return the value of a numeric ``TensorProto`` of rank 0, or of one element; None for any other tensor."""
    if tensor.dtype not in _NUMBERS or any(dim.size != 1 for dim in tensor.tensor_shape.dim):
        return None
    dtype, name = _NUMBERS[tensor.dtype]
    values = getattr(tensor, name)
    if tensor.tensor_content:
        if len(tensor.tensor_content) != np.dtype(dtype).itemsize:
            return None
        raw = np.frombuffer(tensor.tensor_content, dtype)
    elif len(values) != 1:
        return None
    elif name == "half_val":  # the bits of the half-wide float stand in an int32
        raw = np.array([values[0] & 0xFFFF], "<u2").view(dtype)
    else:
        return float(values[0])
    if tensor.dtype == DataType.BFLOAT16:  # the upper half of a float32
        raw = (raw.astype("<u4") << 16).view("<f4")
    return float(raw[0])
