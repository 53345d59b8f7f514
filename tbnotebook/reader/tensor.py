"""Tensors as arrays; and of one number, as TensorFlow 2 writes a scalar."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from tbnotebook.events.schema import DataType

LONGEST_NUMBER = 1 << 12
"""Bytes of a serialized tensor, beyond which it is not looked into: that of one number takes some twenty."""

_MOST_FILLED = 1 << 24  # values that a shape may promise beyond those that are there

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


def array_of(tensor: Any) -> NDArray[Any]:
    """Return a ``TensorProto`` as an array; strings as an array of bytes objects.

    Where fewer values are told than the shape has room for, the last one fills the rest, as in TensorFlow.

    Raises
    ------
    ValueError
        Its type is none of numbers, bools and strings, or its values are not as many as its shape says.
    """
    shape = tuple(dim.size for dim in tensor.tensor_shape.dim)
    if any(size < 0 for size in shape):
        raise ValueError(f"a tensor's sizes are not negative; got {shape}")
    size = math.prod(shape)
    if tensor.dtype == DataType.STRING:
        values = np.empty(len(tensor.string_val), object)
        values[:] = list(tensor.string_val)
    elif tensor.dtype == DataType.BOOL:
        told = tensor.tensor_content
        values = np.frombuffer(told, np.bool_) if told else np.array(tensor.bool_val, np.bool_)
    elif tensor.dtype in _NUMBERS:
        values = _numbers(tensor)
    else:
        raise ValueError(f"a tensor of type {tensor.dtype} holds no numbers, bools or strings")
    if 0 < len(values) < size <= _MOST_FILLED:
        values = np.concatenate([values, np.repeat(values[-1:], size - len(values))])
    if len(values) != size:
        raise ValueError(f"a tensor of shape {shape} has {size} values; got {len(values)}")
    return values.reshape(shape)


def _numbers(tensor: Any) -> NDArray[Any]:
    dtype, name = _NUMBERS[tensor.dtype]
    if tensor.tensor_content:
        if len(tensor.tensor_content) % np.dtype(dtype).itemsize:
            raise ValueError(f"{len(tensor.tensor_content)} bytes are no whole number of {np.dtype(dtype)}")
        values: NDArray[Any] = np.frombuffer(tensor.tensor_content, dtype)
    elif name == "half_val":
        values = (np.array(tensor.half_val, np.int64) & 0xFFFF).astype("<u2").view(dtype)
    else:
        values = np.array(getattr(tensor, name), dtype)
    if tensor.dtype == DataType.BFLOAT16:
        values = (values.astype("<u4") << 16).view("<f4")
    return values
