"""Floating-point operations of kernels: 2 × multiply-accumulates, by torch's own formulas and one of ours."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import torch
from torch.utils.flop_counter import flop_registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def formula_of(kernel: Any) -> Callable[..., int] | None:
    """The formula that torch has for a kernel; None where it has none (elementwise work)."""
    return flop_registry.get(getattr(kernel, "_overloadpacket", None))


def of_kernel(formula: Callable[..., int], args: tuple[Any, ...], kwargs: dict[str, Any], result: Any) -> int:
    """Operations of one kernel call."""
    # torch wraps a formula of shapes in a walk through all arguments, which takes longer than many a kernel.
    plain: Any = getattr(formula, "__wrapped__", None)
    try:
        if plain is None:
            return int(formula(*args, **kwargs, out_val=result))
        given = {key: _shapes(value) for key, value in kwargs.items()}
        return int(plain(*[_shapes(value) for value in args], **given, out_shape=_shapes(result)))
    except Exception:  # symbolic shapes, or a formula that does not know this overload
        return 0


def _shapes(value: Any) -> Any:
    """The shape of a tensor, and of those in a list; any other value as it is."""
    if isinstance(value, torch.Tensor):
        return value.shape
    return type(value)([_shapes(part) for part in value]) if type(value) in (list, tuple) else value


def attention(query: Sequence[int], key: Sequence[int], value: Sequence[int]) -> int:
    """Operations of scaled dot-product attention with shapes (…, L, E), (…, S, E), (…, S, V).

    L·S·E for the scores and L·S·V for the weighted sum, 2 operations each. torch's counter misses the fused
    kernels under fake tensors, so this is counted by shape; a causal mask is not taken off.
    """
    heads = prod(int(size) for size in query[:-2])
    length, width = int(query[-2]), int(query[-1])
    return 2 * heads * length * int(key[-2]) * (width + int(value[-1]))
