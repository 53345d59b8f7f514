"""Sees every module call by patching ``nn.Module.__call__``, and each class's ``forward`` for direct calls.

Global module hooks would be the public way, but they get no keyword arguments and do not run when the module
raises.
"""

from __future__ import annotations

import functools
import inspect
import types
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from tbnotebook.tracer.values import flat, tensors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tbnotebook.tracer.recorder import Recorder
    from tbnotebook.tracer.values import Named


@contextmanager
def watched_calls(
    recorder: Recorder, model: Any, modes: Callable[[], AbstractContextManager[object]], *, direct: bool = True
) -> Iterator[None]:
    """Report module calls to `recorder` within the block; `direct`: also calls of ``module.forward(...)``.

    `modes` see the operations, and hold for one thread: a module that is called in another one gets its own.
    """
    original = nn.Module.__call__
    known: dict[type, tuple[str, ...]] = {}

    def run(module: nn.Module, body: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        if recorder.is_new_thread:
            with modes():
                return recorded(module, body, args, kwargs)
        return recorded(module, body, args, kwargs)

    def recorded(module: nn.Module, body: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        with torch._C.DisableTorchFunction(), recorder.lock:
            names = known.get(type(module))
            if names is None:
                names = known[type(module)] = argument_names(type(module))
            frame = recorder.enter(module, named_inputs(names, args, kwargs), flat((*args, *kwargs.values())))
        try:
            output = body(module, *args, **kwargs)
        except BaseException as error:
            recorder.fail(frame, error)
            raise
        with torch._C.DisableTorchFunction(), recorder.lock:
            recorder.leave(frame, output)
        return output

    @functools.wraps(original)
    def call(module: nn.Module, *args: Any, **kwargs: Any) -> Any:
        if not recorder.sees(module):
            return original(module, *args, **kwargs)
        return run(module, original, args, kwargs)

    def direct_call(forward: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(forward)
        def wrapper(module: Any, *args: Any, **kwargs: Any) -> Any:
            # Within __call__ the frame is open already; so it is where forward calls super().forward.
            frames = recorder.frames
            inside = bool(frames) and frames[-1].module is module
            if inside or not isinstance(module, nn.Module) or not recorder.sees(module):
                return forward(module, *args, **kwargs)
            return run(module, forward, args, kwargs)

        return wrapper

    patched: list[tuple[Any, Any]] = []
    try:
        nn.Module.__call__ = call  # type: ignore[method-assign]
        for cls in _classes(model) if direct else ():
            forward = cls.__dict__.get("forward")
            if isinstance(forward, types.FunctionType):
                patched.append((cls, forward))
                cls.forward = direct_call(forward)
        yield
    finally:
        nn.Module.__call__ = original  # type: ignore[method-assign]
        for cls, forward in patched:
            cls.forward = forward


def _classes(model: Any) -> list[Any]:
    """Classes of the model's modules, scripted ones left out: their forward is not Python's."""
    if not isinstance(model, nn.Module):
        return []
    classes = {type(module): None for module in model.modules()}
    return [cls for cls in classes if not issubclass(cls, torch.jit.ScriptModule)]


def named_inputs(names: Sequence[str], args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Named]:
    """The tensors among the arguments of a call, named as ``forward`` names them."""
    named: list[Named] = []
    for place, value in enumerate(args):
        fallback = "input" if len(args) == 1 else f"input.{place}"
        name = names[place] if place < len(names) else fallback
        named += [(f"{name}.{part}" if part else name, tensor) for part, tensor in tensors(value, objects=False)]
    for name, value in kwargs.items():
        named += [(f"{name}.{part}" if part else name, tensor) for part, tensor in tensors(value, objects=False)]
    return named


def argument_names(cls: type) -> tuple[str, ...]:
    """Names of the positional arguments of the class's ``forward``, without ``self``."""
    forward: Any = getattr(cls, "forward", None)
    code = getattr(inspect.unwrap(forward), "__code__", None)
    return tuple(code.co_varnames[1 : code.co_argcount]) if code is not None else ()
