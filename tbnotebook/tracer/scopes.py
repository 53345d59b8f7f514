"""Where a module call stands: its registered name, and its place in the tree of scopes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn.parameter import is_lazy

from tbnotebook.graph import Parameter, Scope
from tbnotebook.tracer.values import dtype_name, storage_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DEEPEST_CONTAINER = 3
_LONGEST_KEY = 60


@dataclass(slots=True, eq=False)
class Frame:
    """A module call that is under way."""

    module: nn.Module
    scope: int
    path: str
    read: list[torch.Tensor] = field(default_factory=list)
    """All tensors that it can reach through its arguments."""


class Names:
    """Names of the model's modules, parameters and buffers, by identity.

    A module may be registered in several places, and even beneath itself: what is kept is who holds whom, and the
    name beneath a caller is looked up from the module upwards. A module that a forward pass reaches without being
    registered (in a plain list, in a closure) is adopted when it is first called, with all that is registered
    beneath it.
    """

    def __init__(self, model: Any) -> None:
        self._paths: dict[int, str] = {}
        self._holders: dict[int, list[tuple[int, str]]] = {}
        self._tensors: dict[int, Parameter] = {}
        self._storages: dict[int, Parameter] = {}
        self._alive: list[Any] = []  # an id means something only while its object lives
        if isinstance(model, nn.Module):
            self.adopt(model, "")

    def adopt(self, module: nn.Module, path: str) -> None:
        """Give `module` and all beneath it the names that begin with `path`."""
        prefix = f"{path}." if path else ""
        for name, part in module.named_modules():
            if id(part) in self._paths:
                continue
            whole = prefix + name if name else path
            self._alive.append(part)
            self._paths[id(part)] = whole
            for child_name, child in part._modules.items():
                if child is not None:
                    self._holders.setdefault(id(child), []).append((id(part), child_name))
            for own, tensor, buffer in _tensors_of(part):
                self._know(f"{whole}.{own}" if whole else own, tensor, buffer)

    def _know(self, name: str, tensor: torch.Tensor, buffer: bool) -> None:
        if is_lazy(tensor) or id(tensor) in self._tensors:
            return
        fact = parameter(name, tensor, buffer)
        self._alive.append(tensor)
        self._tensors[id(tensor)] = fact
        key = storage_key(tensor)
        if key is not None:
            self._storages.setdefault(key, fact)

    def path(self, module: nn.Module) -> str | None:
        """The first name of `module` from the root; None if it is not registered."""
        return self._paths.get(id(module))

    def beneath(self, module: nn.Module, holder: nn.Module) -> str | None:
        """The shortest name of `module` from `holder`, which is another one; None if it is not held by it."""
        level = [(id(module), "")]
        seen = {id(module)}
        while level:
            above = []
            for part, below in level:
                for place, name in self._holders.get(part, ()):
                    whole = f"{name}.{below}" if below else name
                    if place == id(holder):
                        return whole
                    if place not in seen:
                        seen.add(place)
                        above.append((place, whole))
            level = above
        return None

    def parameter(self, tensor: torch.Tensor) -> Parameter | None:
        """The parameter or buffer that `tensor` is, by its whole name."""
        return self._tensors.get(id(tensor))

    def parameter_of_memory(self, key: int | None) -> Parameter | None:
        """The parameter or buffer whose memory has this key (``weight.data``, a slice under vmap)."""
        return self._storages.get(key) if key is not None else None


def _tensors_of(module: nn.Module) -> Iterator[tuple[str, torch.Tensor, bool]]:
    for name, parameter in module.named_parameters(recurse=False):
        yield name, parameter, False
    for name, buffer in module.named_buffers(recurse=False):
        yield name, buffer, True


def parameter(name: str, tensor: torch.Tensor, buffer: bool = False, shared: str = "") -> Parameter:
    """The facts of a parameter."""
    shape = tuple(int(size) for size in tensor.shape)
    return Parameter(name, shape, dtype_name(tensor.dtype), tensor.requires_grad, buffer, shared)


class ScopeTree:
    """Grows the graph's scopes as modules are called."""

    def __init__(self, model: Any) -> None:
        self.names = Names(model)
        cls = type(model).__name__ if isinstance(model, nn.Module) else "function"
        name = cls if isinstance(model, nn.Module) else getattr(model, "__name__", type(model).__name__)
        self.scopes = [Scope(name=name, cls=cls)]
        self.modules: dict[int, nn.Module] = {}
        """The module behind each scope that was called."""
        self._model = model
        self._containers: dict[tuple[int, str], int] = {}
        self._taken: set[tuple[int, str]] = set()
        self._first_call: dict[int, int] = {}
        self._calls: dict[int, int] = {}

    def enter(self, module: nn.Module, frames: Sequence[Frame], at: int) -> Frame:
        """Open the scope of one call of `module` under the calls of `frames`; `at` nodes are there already."""
        caller = frames[-1] if frames else None
        if caller is None and module is self._model and not self.modules:
            return self._frame(module, 0, "")
        path, segments = self._place(module, caller)
        parent = caller.scope if caller else 0
        for count in range(1, len(segments)):
            held = len(".".join(segments[count:])) + 1
            parent = self._container(parent, path[:-held], at)
        return self._frame(module, self._open(parent, segments[-1], path, module, at), path)

    def _place(self, module: nn.Module, caller: Frame | None) -> tuple[str, list[str]]:
        """The whole name of `module`, and the names that lead to it from its caller."""
        path = self.names.path(module)
        if path is None:
            name = (caller and attribute_name(caller.module, module)) or type(module).__name__
            path = f"{caller.path}.{name}" if caller and caller.path else name
            self.names.adopt(module, path)
            return path, name.split(".")
        if caller is None:
            return path, path.split(".") if path else [type(module).__name__]
        below = self.names.beneath(module, caller.module)
        if below is None:  # its caller does not hold it
            return path, [path or type(module).__name__]
        return f"{caller.path}.{below}" if caller.path else below, below.split(".")

    def _container(self, parent: int, path: str, at: int) -> int:
        """The scope of a container that is itself never called, a ModuleList for example."""
        known = self._containers.get((parent, path))
        if known is None:
            cls = self._container_class(path)
            name = self._free_name(parent, path.rpartition(".")[2])
            self.scopes.append(Scope(name, path, cls, parent, at, called=False))
            known = self._containers[parent, path] = len(self.scopes) - 1
        return known

    def _container_class(self, path: str) -> str:
        try:
            return type(self._model.get_submodule(path)).__name__
        except AttributeError:
            return ""

    def _open(self, parent: int, name: str, path: str, module: nn.Module, at: int) -> int:
        first = self._first_call.get(id(module), -1)
        call = self._calls[id(module)] = self._calls.get(id(module), -1) + 1
        scope = Scope(self._free_name(parent, name), path, type(module).__name__, parent, at)
        scope.call, scope.shared_with, scope.training = call, first, module.training
        self.scopes.append(scope)
        self._first_call.setdefault(id(module), len(self.scopes) - 1)
        return len(self.scopes) - 1

    def _free_name(self, parent: int, name: str) -> str:
        free, number = name, 0
        while (parent, free) in self._taken:
            number += 1
            free = f"{name}_{number}"
        self._taken.add((parent, free))
        return free

    def _frame(self, module: nn.Module, scope: int, path: str) -> Frame:
        if scope == 0:
            self.scopes[0].training = module.training
            self._first_call[id(module)] = 0
            self._calls[id(module)] = 0
        self.modules[scope] = module
        return Frame(module, scope, path)


def attribute_name(owner: nn.Module, module: nn.Module) -> str | None:
    """Where `owner` keeps a module that had no name when the pass began: "convs.0" in a plain list, or None."""
    for name, child in owner._modules.items():
        if child is module:
            return name
    return _place_in(vars(owner), module, _DEEPEST_CONTAINER)


def _place_in(container: Any, module: nn.Module, depth: int) -> str | None:
    parts: Any = container.items() if isinstance(container, dict) else enumerate(container)
    for key, part in parts:
        if part is module:
            return _segment(key)
        if depth and isinstance(part, (dict, list, tuple)) and key != "_modules":
            place = _place_in(part, module, depth - 1)
            if place is not None:
                return f"{_segment(key)}.{place}"
    return None


def _segment(key: Any) -> str:
    return str(key)[:_LONGEST_KEY].replace(".", "_") or "_"
