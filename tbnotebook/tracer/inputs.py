"""What to call the model with: the rules of ``input_to_model``, and copies that a forward pass may write into."""

from __future__ import annotations

import copy
import inspect
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from tbnotebook.tracer.values import members, tensors

if TYPE_CHECKING:
    from collections.abc import Callable

Call = tuple[tuple[Any, ...], dict[str, Any]]


def calls_of(model: Any, input_to_model: Any) -> list[Call]:
    """The calls that ``input_to_model`` may stand for, the likeliest first; there is at least one.

    A tensor, and any other single value, is one argument; a tuple or list is the arguments; a dict is keyword
    arguments if its keys bind to the signature, else one argument; ``(x, {…})`` ends with keyword arguments if
    the model can only be called so, or names all of them. A tuple, list or dict may also be one argument: a
    detector takes a list of images.
    """
    if input_to_model is None:
        return [((), {})]
    single: Call = ((input_to_model,), {})
    if isinstance(input_to_model, dict):
        if not all(isinstance(key, str) for key in input_to_model):
            return [single]
        return _binding(model, [((), dict(input_to_model)), single], single)
    if not isinstance(input_to_model, (list, tuple)) or hasattr(input_to_model, "_fields"):
        return [single]
    args = tuple(input_to_model)
    spread: Call = (args, {})
    last = args[-1] if args else None
    calls = [spread]
    if isinstance(last, dict) and all(isinstance(key, str) for key in last):
        calls.insert(0 if _named(model, last) else 1, (args[:-1], dict(last)))
    return _binding(model, [*calls, single] if args else calls, spread)


def _binding(model: Any, calls: list[Call], otherwise: Call) -> list[Call]:
    """Those of `calls` that the model's signature takes; `otherwise`, whose error tells why, if it takes none."""
    return [call for call in calls if _binds(model, *call)] or [otherwise]


def signature_of(model: Any) -> inspect.Signature | None:
    """Signature of the model's forward pass, or None where Python does not know it."""
    try:
        return inspect.signature(model.forward if isinstance(model, nn.Module) else model)
    except (TypeError, ValueError):
        return None


def _binds(model: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    signature = signature_of(model)
    if signature is None:
        return False
    try:
        signature.bind(*args, **kwargs)
    except TypeError:
        return False
    return True


def _named(model: Any, keywords: dict[str, Any]) -> bool:
    """Whether every keyword is an argument that the model names: chance does not make a batch look like it."""
    signature = signature_of(model)
    return bool(keywords) and signature is not None and set(keywords) <= set(signature.parameters)


def copied(call: Call, convert: Callable[[torch.Tensor], torch.Tensor]) -> Call:
    """The call with every tensor replaced by ``convert(tensor)`` and everything else copied.

    A tensor that occurs twice is converted once. What cannot be copied is handed on as it is.
    """
    memo: dict[int, Any] = {}
    for _, tensor in tensors(call):
        if id(tensor) not in memo:
            memo[id(tensor)] = convert(tensor)
    args, kwargs = call
    return tuple(_copy(arg, memo) for arg in args), {key: _copy(value, memo) for key, value in kwargs.items()}


def _copy(value: Any, memo: dict[int, Any]) -> Any:
    """Copy containers part by part: one part that cannot be copied must not spare the tensors beside it."""
    if isinstance(value, (str, bytes, int, float, bool, type(None), type, nn.Module)):
        return value
    if id(value) in memo:
        return memo[id(value)]
    if type(value) is list:
        made: list[Any] = []
        memo[id(value)] = made
        made += [_copy(part, memo) for part in value]
        return made
    if type(value) is dict:
        table: dict[Any, Any] = {}
        memo[id(value)] = table
        table.update((key, _copy(part, memo)) for key, part in value.items())
        return table
    if type(value) is tuple:
        return tuple(_copy(part, memo) for part in value)
    for _, part in members(value):
        if isinstance(part, nn.Module):
            memo[id(part)] = part  # a model is not copied because an argument refers to it
    try:
        return copy.deepcopy(value, memo)
    except Exception:
        return value


def clone(tensor: torch.Tensor, device: str | None = None) -> torch.Tensor:
    """A copy that a forward pass may write into, with gradients asked for as in the original."""
    made = tensor.detach() if tensor.device.type == "meta" else tensor.detach().clone()
    if device is not None:
        made = made.to(device)
    differentiable = made.is_leaf and (made.is_floating_point() or made.is_complex())
    return made.requires_grad_(tensor.requires_grad) if differentiable else made


def input_names(model: Any, call: Call) -> list[tuple[str, Any]]:
    """The arguments of the call with the names that the model gives them."""
    args, kwargs = call
    signature = signature_of(model)
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    parameters = signature.parameters.values() if signature is not None else ()
    names = [parameter.name for parameter in parameters if parameter.kind in positional]
    fallback = ["input"] if len(args) == 1 else [f"input.{place}" for place in range(len(args))]
    return [*zip(names[: len(args)] + fallback[len(names) :], args, strict=True), *kwargs.items()]
