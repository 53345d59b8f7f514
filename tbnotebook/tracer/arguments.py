"""The arguments of an operation that are no tensors, with their names, as text."""

from __future__ import annotations

import functools
import inspect
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

import torch

from tbnotebook.tracer.values import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable


def call_attributes(
    func: Callable[..., Any], name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> dict[str, str]:
    """What the call says besides its tensors: ``{"dim": "1"}``. What is None or private is left out."""
    names = argument_names(func, name, len(args))
    if names and len(args) > len(names):  # view(2, 3): the sizes stand in the call without their brackets
        args = (*args[: len(names) - 1], args[len(names) - 1 :])
    attributes: dict[str, str] = {}
    for place, value in enumerate(args):
        _put(attributes, names[place] if place < len(names) else f"argument {place + 1}", value)
    for key, value in kwargs.items():
        _put(attributes, key, value)
    return attributes


def _put(attributes: dict[str, str], key: str, value: Any) -> None:
    if value is None or isinstance(value, torch.Tensor) or key.startswith("_"):
        return
    text = plain_text(value)
    if text is not None:
        attributes[key] = text


def argument_names(func: Any, name: str, count: int) -> tuple[str, ...]:
    """Names of the positional arguments of a function of Python's, or of the operator of this name."""
    if isinstance(func, FunctionType):
        return _python_arguments(func)
    return _operator_arguments(name.rstrip("_") or name, count)


@functools.lru_cache(maxsize=1024)
def _python_arguments(func: FunctionType) -> tuple[str, ...]:
    code: CodeType = inspect.unwrap(func).__code__
    return code.co_varnames[: code.co_argcount]


@functools.cache
def _operator_arguments(name: str, count: int) -> tuple[str, ...]:
    """Arguments of the first overload of ``aten::name`` that takes `count` of them, or a list at its end."""
    lookup = getattr(torch._C, "_jit_get_schemas_for_operator", None)
    for schema in lookup(f"aten::{name}") if lookup is not None else ():
        names = tuple(argument.name for argument in schema.arguments if not argument.kwarg_only)
        takes_list = bool(names) and str(schema.arguments[len(names) - 1].type).startswith("List")
        if count <= len(names) or takes_list:
            return names
    return ()
