"""Puts back all that a forward pass may change: the model's state, random generators, torch's switches."""

from __future__ import annotations

import gc
import random
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn.parameter import is_lazy

from tbnotebook.tracer.contents import Contents
from tbnotebook.tracer.values import storage_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tbnotebook.tracer.inputs import Call

_ABSENT = object()
_RECURSION_LIMIT = 10_000  # the wrappers add about four frames a level of modules


@contextmanager
def same_state(model: Any, call: Call) -> Iterator[None]:
    """Within the block the modules' attributes, classes and flags may change; after it they are as before.

    So are the generators among the arguments of `call`, which cannot be copied.
    """
    modules = list(model.modules()) if isinstance(model, nn.Module) else []
    kinds = [(module, module.__class__) for module in modules]
    classes = _own_classes(modules)
    contents = Contents({cls.__module__ for cls in classes})
    for module in modules:
        if not isinstance(module, torch.jit.ScriptModule):
            contents.keep(vars(module))
    contents.keep(call)
    attributes = [(cls, dict(vars(cls))) for cls in classes]
    for _, values in attributes:
        contents.keep(values)
    facts = [
        (tensor, tensor.requires_grad, tensor.grad, tensor.data)
        for module in modules
        for tensor in module.parameters(recurse=False)
        if not is_lazy(tensor)
    ]
    _renew_lazy_tensors(modules)
    try:
        yield
    finally:
        _reshard(modules)
        for module, cls in kinds:
            if module.__class__ is not cls:
                module.__class__ = cls
        contents.restore()
        for cls, values in attributes:
            _restore_class(cls, values)
        for tensor, requires_grad, grad, data in facts:
            if storage_key(tensor) != storage_key(data) or tensor.shape != data.shape:
                tensor.data = data
            if tensor.requires_grad != requires_grad:
                tensor.requires_grad_(requires_grad)
            if tensor.grad is not grad:
                tensor.grad = grad


def _own_classes(modules: list[Any]) -> list[type]:
    """The classes of the modules and what these inherit, torch's own left out."""
    found = {cls: None for kind in {type(module): None for module in modules} for cls in kind.__mro__}
    return [cls for cls in found if cls.__module__.partition(".")[0] not in ("torch", "builtins", "typing", "abc")]


def _restore_class(cls: type, values: dict[str, Any]) -> None:
    now = dict(vars(cls))
    for name in now.keys() - values.keys():
        delattr(cls, name)
    for name, value in values.items():
        if now.get(name, _ABSENT) is not value:
            setattr(cls, name, value)


def _renew_lazy_tensors(modules: list[Any]) -> None:
    """Lazy parameters are filled in place: let the pass fill fresh ones."""
    for module in modules:
        for tensors in (module._parameters, module._buffers) if hasattr(module, "_parameters") else ():
            for name, tensor in list(tensors.items()) if isinstance(tensors, dict) else ():
                if tensor is not None and is_lazy(tensor):
                    fresh: Any = type(tensor)
                    tensors[name] = fresh(requires_grad=tensor.requires_grad, device=tensor.device, dtype=tensor.dtype)


def _reshard(modules: list[Any]) -> None:
    """Let fully sharded modules give back what they gathered for the pass."""
    fsdp = sys.modules.get("torch.distributed.fsdp")
    sharded = getattr(fsdp, "FSDPModule", None)
    if sharded is not None:
        for module in modules:
            if isinstance(module, sharded):
                module.reshard()


@contextmanager
def same_randomness() -> Iterator[None]:
    """Within the block random numbers may be drawn; after it the generators stand where they stood."""
    state = random.getstate()
    numpy = sys.modules.get("numpy")
    numpy_state = numpy.random.get_state() if numpy is not None else None
    torch_state = torch.get_rng_state()
    cuda = torch.cuda.is_available() and torch.cuda.is_initialized()
    cuda_states = torch.cuda.get_rng_state_all() if cuda else None
    try:
        yield
    finally:
        random.setstate(state)
        if numpy is not None and numpy_state is not None:
            numpy.random.set_state(numpy_state)
        torch.set_rng_state(torch_state)
        if cuda_states is not None:
            torch.cuda.set_rng_state_all(cuda_states)


@contextmanager
def paused_collector() -> Iterator[None]:
    """Look for no garbage within the block: what is recorded stays, and tensors without memory leave little."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def plain_eager() -> Iterator[None]:
    """Run modules as written: no fused encoder path that hides its layers, no compiled code; room to recurse."""
    limit = sys.getrecursionlimit()
    fused = torch.backends.mha.get_fastpath_enabled()
    sys.setrecursionlimit(max(limit, _RECURSION_LIMIT))
    torch.backends.mha.set_fastpath_enabled(False)
    try:
        # Asking for the stance imports the compiler (1.2 s); without it nothing can be compiled.
        if "torch._dynamo" in sys.modules and hasattr(torch.compiler, "set_stance"):
            with torch.compiler.set_stance("force_eager"):
                yield
        else:
            yield
    finally:
        torch.backends.mha.set_fastpath_enabled(fused)
        sys.setrecursionlimit(limit)
