"""What is known of a torch function by its name."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# fmt: off
QUESTIONS = frozenset([
    "shape", "dtype", "device", "layout", "ndim", "itemsize", "nbytes", "size", "dim", "numel", "stride",
    "storage_offset", "element_size", "is_contiguous", "is_floating_point", "is_complex", "is_inference",
    "is_pinned", "is_cuda", "is_meta", "is_sparse", "is_same_size", "get_device", "has_names", "_is_view",
    "is_leaf", "grad_fn", "requires_grad", "requires_grad_", "retain_grad", "register_hook",
    "data", "detach_", "data_ptr", "untyped_storage", "set_", "__set__", "numpy", "__array__",
    "item", "tolist", "__bool__", "__int__", "__float__", "__index__", "__len__", "__contains__", "__hash__",
    "__format__", "__repr__", "__deepcopy__", "__reduce_ex__",
])
# fmt: on
"""Functions that ask for a fact, or hand the same memory on: they are no step of the network."""

REDUCTIONS = frozenset(["__bool__", "item", "tolist", "__int__", "__float__", "__index__"])
"""Functions that need a tensor's value, which a meta or fake tensor does not have."""

_ARITHMETIC = {"truediv": "div", "rtruediv": "div", "radd": "add", "rsub": "sub", "rmul": "mul", "rpow": "pow"}
_IN_PLACE = {"iadd": "add", "isub": "sub", "imul": "mul", "itruediv": "div", "ipow": "pow", "ifloordiv": "floordiv"}


@dataclass(frozen=True, slots=True)
class Function:
    """What the tracer has to know of a function that it sees again and again."""

    name: str
    plain: str
    """As one would say it, "add" for ``__iadd__``."""
    asks: bool
    """It is no step of the network."""
    writes: bool
    """It may write into its arguments, as far as its name tells."""


def known_function(func: Callable[..., Any]) -> Function:
    """What is known of `func`."""
    try:
        return _known(func)
    except TypeError:  # it cannot be hashed
        return _told(func)


def _told(func: Callable[..., Any]) -> Function:
    name = function_name(func)
    in_place = (name.endswith("_") and not name.endswith("__")) or name.strip("_") in _IN_PLACE
    return Function(name, plain_name(name), name in QUESTIONS, in_place or name == "__setitem__")


_known = functools.lru_cache(maxsize=4096)(_told)


def function_name(func: Callable[..., Any]) -> str:
    """Name of a torch function; of a property, what it reads ("T" for ``x.T``)."""
    name = getattr(func, "__name__", None) or type(func).__name__
    if name == "__get__":
        return str(getattr(getattr(func, "__self__", None), "__name__", "get"))
    return str(name)


def plain_name(name: str) -> str:
    """The operation as one would say it: "add" for ``__radd__`` and ``add_``, "getitem" for ``__getitem__``."""
    if name.startswith("__") and name.endswith("__"):
        bare = name.strip("_")
        return _IN_PLACE.get(bare) or _ARITHMETIC.get(bare, bare)
    return name.rstrip("_") or name
