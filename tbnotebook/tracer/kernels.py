"""What is known of a kernel by its schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tbnotebook.tracer import flops
from tbnotebook.tracer.functions import plain_name

if TYPE_CHECKING:
    from collections.abc import Callable

_HIDDEN = frozenset(["detach", "alias", "lift_fresh"])


@dataclass(frozen=True, slots=True)
class Kernel:
    """What the tracer has to know of a kernel that it sees again and again."""

    func: Any
    name: str
    """With its overload, "addmm.default"."""
    plain: str
    is_hidden: bool
    """It hands the same memory on: no step of the network."""
    written: tuple[tuple[int, str], ...]
    """Places and names of the arguments that it writes into."""
    formula: Callable[..., int] | None
    """What counts its floating-point operations."""


_known: dict[int, Kernel] = {}


def known_kernel(func: Any) -> Kernel:
    """What is known of `func`. By identity: an operator's own hash is slow, and there is one object for each."""
    kernel = _known.get(id(func))
    if kernel is None or kernel.func is not func:
        kernel = _known[id(func)] = _told(func)
    return kernel


def _told(func: Any) -> Kernel:
    name = kernel_name(func)
    bare = name.partition(".")[0]
    return Kernel(func, name, plain_name(bare), bare in _HIDDEN, _written(func), flops.formula_of(func))


def kernel_name(kernel: Any) -> str:
    """Name of a kernel with its overload, "addmm.default"."""
    schema = getattr(kernel, "_schema", None)
    if schema is None:
        return str(kernel)
    return f"{schema.name.rpartition('::')[2]}.{schema.overload_name or 'default'}"


def _written(func: Any) -> tuple[tuple[int, str], ...]:
    schema = getattr(func, "_schema", None)
    if schema is None or not schema.is_mutable:
        return ()
    return tuple(
        (place, argument.name)
        for place, argument in enumerate(schema.arguments)
        if argument.alias_info is not None and argument.alias_info.is_write
    )
