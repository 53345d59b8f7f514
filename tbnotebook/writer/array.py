"""What people hand over as arrays, as it is at the call."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tbnotebook.writer.device_number import DeviceCopy, is_plain
from tbnotebook.writer.staging import staging
from tbnotebook.writer.values import BadValue, describe

Array: TypeAlias = NDArray[Any]

_KINDS = "biuf"


class DeviceArray(DeviceCopy):
    """An array on its way from a CUDA or ROCm device."""

    __slots__ = ("nbytes", "shape")

    def __init__(self, tensor: Any) -> None:
        self.shape: tuple[int, ...] = tuple(tensor.shape)
        self.nbytes: int = tensor.numel() * tensor.element_size()
        super().__init__(tensor)


def take_array(value: Any) -> Array | DeviceArray:
    """Return numbers as an array of their own, so that it does not matter what becomes of ``value``.

    Takes numpy arrays, tensors of any device, layout and dtype, pictures of Pillow, nested lists and all else that
    numpy takes. A tensor on a GPU is not waited for.

    Raises
    ------
    BadValue
        They are no real numbers.
    """
    if getattr(value, "is_cuda", False) and is_plain(value) and _is_dense(value):
        return DeviceArray(value)
    array = _as_array(value)
    if array.dtype.kind not in _KINDS:
        raise BadValue(f"an array of real numbers was expected; got {describe(value)} of dtype {array.dtype}")
    # Of anything but a list numpy may have got an array that is somebody else's, whatever it says of its owner.
    return array if isinstance(value, (list, tuple)) and array.flags.owndata else staging.copy(array)


def arrived(taken: Array | DeviceArray) -> Array:
    """Return what was taken, when it is here."""
    return _of_tensor(taken.arrived()) if isinstance(taken, DeviceArray) else taken


def _as_array(value: Any) -> Array:
    try:
        if hasattr(value, "detach"):
            return _of_tensor(value)
        array = np.asarray(value)
        # bfloat16, float8 and the like of the package ml_dtypes, which JAX's arrays have: all are exact as float32.
        return array.astype(np.float32) if _is_small_float(array.dtype) else array
    except Exception as problem:  # a foreign object's own
        raise BadValue(f"an array of real numbers was expected; got {describe(value)} ({problem})") from problem


def _is_small_float(dtype: np.dtype[Any]) -> bool:
    return dtype.kind not in _KINDS and "float" in dtype.name and dtype.itemsize <= 2


def _is_dense(tensor: Any) -> bool:
    return str(getattr(tensor, "layout", "")) == "torch.strided" and not getattr(tensor, "is_quantized", False)


def _of_tensor(tensor: Any) -> Array:
    tensor = tensor.detach()
    if getattr(tensor, "is_quantized", False):
        tensor = tensor.dequantize()
    if not _is_dense(tensor):
        tensor = tensor.to_dense()
    if tensor.is_floating_point() and tensor.element_size() < 4 and str(tensor.dtype) != "torch.float16":
        tensor = tensor.float()  # numpy has neither bfloat16 nor float8
    array: Array = tensor.numpy(force=True)
    return array
