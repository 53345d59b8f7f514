"""Puts back all that a forward pass may change: the model's state, random generators, torch's switches."""

from __future__ import annotations

import collections
import random
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn.parameter import is_lazy

from tbnotebook.tracer.values import storage_key

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTAINERS = (dict, list, set, collections.OrderedDict, collections.defaultdict, collections.deque)
_DEPTH = 4
_RECURSION_LIMIT = 10_000  # the wrappers add about four frames a level of modules


@contextmanager
def same_modules(model: Any) -> Iterator[None]:
    """Within the block the modules' attributes, classes and flags may change; after it they are as before."""
    modules = list(model.modules()) if isinstance(model, nn.Module) else []
    classes = [(module, module.__class__) for module in modules]
    plain = [module for module in modules if not isinstance(module, torch.jit.ScriptModule)]
    containers: dict[int, tuple[Any, Any]] = {}
    attributes = [(module, dict(vars(module))) for module in plain]
    for module in plain:
        for value in vars(module).values():
            _copy_containers(value, containers, 0)
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
        for module, cls in classes:
            if module.__class__ is not cls:
                module.__class__ = cls
        for module, values in attributes:
            _assign(vars(module), values)
        for container, copy in containers.values():
            _assign(container, copy)
        for tensor, requires_grad, grad, data in facts:
            if storage_key(tensor) != storage_key(data) or tensor.shape != data.shape:
                tensor.data = data
            if tensor.requires_grad != requires_grad:
                tensor.requires_grad_(requires_grad)
            if tensor.grad is not grad:
                tensor.grad = grad


def _copy_containers(value: Any, copies: dict[int, tuple[Any, Any]], depth: int) -> None:
    """Remember the contents of `value` and of the containers in it."""
    if type(value) not in _CONTAINERS or id(value) in copies or depth > _DEPTH:
        return
    copies[id(value)] = (value, value.copy())
    for part in value.values() if isinstance(value, dict) else value:
        _copy_containers(part, copies, depth + 1)


def _assign(container: Any, copy: Any) -> None:
    """Give `container` the contents of `copy`, if a member was added, removed, moved or replaced."""
    if len(container) == len(copy):
        if isinstance(copy, dict):
            pairs = zip(container.items(), copy.items(), strict=True)
            if all(mine[0] is old[0] and mine[1] is old[1] for mine, old in pairs):
                return
        elif isinstance(copy, set):
            if container == copy:
                return
        elif all(mine is old for mine, old in zip(container, copy, strict=True)):
            return
    container.clear()
    if isinstance(copy, (dict, set)):
        container.update(copy)
    else:
        container.extend(copy)


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
