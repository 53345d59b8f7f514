"""What stands in a value: the tensors that can be reached in it, and what is known of a tensor."""

from __future__ import annotations

import dataclasses
import functools
import types
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from tbnotebook.graph import Tensor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tbnotebook.graph import Shape

Named = tuple[str, torch.Tensor]

_DEPTH = 8
_PLAIN = (str, bytes, int, float, complex, bool, type(None), type)
_CLOSED = (nn.Module, types.ModuleType, types.FunctionType, types.MethodType, types.BuiltinFunctionType)


def tensors(value: Any, seen: set[int] | None = None, *, objects: bool = True) -> list[Named]:
    """All tensors in `value` with their places ("0", "hidden.1"), through containers and dataclasses.

    With `objects`, also through the attributes of any other object (a cache, a batch). `seen` holds the ids of
    containers that are left out, and gets those of this walk.
    """
    if isinstance(value, torch.Tensor):
        return [("", value)]
    if isinstance(value, _PLAIN):
        return []
    return list(_walk(value, "", 0, set() if seen is None else seen, objects))


def members(value: Any, *, objects: bool = True) -> Iterator[tuple[str, Any]]:
    """The named parts of a container, a dataclass or (with `objects`) a plain object that is open to us."""
    if isinstance(value, dict):
        return ((str(key), part) for key, part in value.items())
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return zip(value._fields, value, strict=False)
    if isinstance(value, (list, tuple, set, frozenset)):
        return ((str(place), part) for place, part in enumerate(value))
    if isinstance(value, _CLOSED):
        return iter(())
    if dataclasses.is_dataclass(value):
        return ((part.name, getattr(value, part.name, None)) for part in dataclasses.fields(value))
    return iter(list(getattr(value, "__dict__", {}).items()) if objects else ())


def _walk(value: Any, place: str, depth: int, seen: set[int], objects: bool) -> Iterator[Named]:
    if isinstance(value, torch.Tensor):
        yield place, value
        return
    if isinstance(value, _PLAIN) or depth > _DEPTH or id(value) in seen:
        return
    seen.add(id(value))
    for name, part in members(value, objects=objects):
        yield from _walk(part, f"{place}.{name}" if place else name, depth + 1, seen, objects)


def flat(values: Iterable[Any]) -> list[torch.Tensor]:
    """All tensors in `values`, as `tensors` finds them, without their places."""
    found: list[torch.Tensor] = []
    for value in values:
        if isinstance(value, torch.Tensor):
            found.append(value)
        elif not isinstance(value, _PLAIN):
            found += [tensor for _, tensor in tensors(value)]
    return found


def describe(tensor: torch.Tensor, name: str = "") -> Tensor:
    """The facts of a tensor."""
    return _fact(shape_of(tensor), tensor.dtype, tensor.device, name)


@functools.lru_cache(maxsize=4096)
def _fact(shape: Shape, dtype: torch.dtype, device: torch.device, name: str) -> Tensor:
    """Tensors of equal facts share one record: a network has few shapes."""
    return Tensor(shape, dtype_name(dtype), str(device), name)


def shape_of(tensor: torch.Tensor) -> Shape:
    """Sizes of a tensor; None for one that is no plain number (jagged, symbolic), or if a nested tensor has none."""
    try:
        return tuple([size if type(size) is int else _plain_size(size) for size in tensor.shape])
    except Exception:
        return None


def _plain_size(size: Any) -> int | None:
    try:
        return int(size)
    except Exception:
        return None


@functools.cache
def dtype_name(dtype: torch.dtype) -> str:
    """The dtype's name without the package, "float32"."""
    return str(dtype).removeprefix("torch.")


_is_wrapped = torch._C._functorch.is_functorch_wrapped_tensor


def unwrap(tensor: torch.Tensor) -> torch.Tensor:
    """The tensor below the wrappers of vmap, grad and jvp: it is the one that keeps its storage."""
    while _is_wrapped(tensor):
        tensor = torch._C._functorch.get_unwrapped(tensor)
    return tensor


def storage_of(tensor: torch.Tensor) -> torch.UntypedStorage | None:
    """The memory of a tensor, or None where it has none of its own (sparse, nested)."""
    try:
        return unwrap(tensor).untyped_storage()
    except Exception:
        return None


def storage_key(tensor: torch.Tensor) -> int | None:
    """Address of the tensor's storage object, or None where it has none.

    The address may be given again once the storage is freed: whoever keeps it keeps the storage or a weak
    reference beside it.
    """
    storage = storage_of(tensor)
    return None if storage is None else storage._cdata


def plain_text(value: Any, limit: int = 60) -> str | None:
    """A short text for a value that is made of numbers, strings, dtypes and containers of them, else None."""
    if isinstance(value, (list, tuple)):
        parts = [plain_text(part, limit) for part in value[:16]]
        if any(part is None for part in parts):
            return None
        text = ", ".join(part for part in parts if part is not None) + (", …" if len(value) > 16 else "")
        text = f"[{text}]" if isinstance(value, list) else f"({text})"
    elif isinstance(value, slice):
        parts = [plain_text(part) for part in (value.start, value.stop, value.step)]
        start, stop, step = ("" if part == "None" else part or "…" for part in parts)
        text = f"{start}:{stop}:{step}" if step else f"{start}:{stop}"
    elif value is Ellipsis:
        text = "…"
    elif isinstance(value, (torch.dtype, torch.device)):
        text = str(value).removeprefix("torch.")
    elif isinstance(value, (str, int, float, complex, bool, type(None))):
        text = repr(value[: limit + 1] if isinstance(value, str) else value)
    else:
        return None
    return text if len(text) <= limit else text[: limit - 1] + "…"
