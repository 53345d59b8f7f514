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

    A module that a forward pass reaches without being registered (in a plain list, in a closure) is adopted
    when it is first called, with all that is registered beneath it.
    """

    def __init__(self, model: Any) -> None:
        self._paths: dict[int, list[str]] = {}
        self._tensors: dict[int, Parameter] = {}
        self._storages: dict[int, Parameter] = {}
        self._alive: list[Any] = []  # an id means something only while its object lives
        if isinstance(model, nn.Module):
            self.adopt(model, "")

    def adopt(self, module: nn.Module, path: str) -> None:
        """Give `module` and all beneath it the names that begin with `path`."""
        self._alive.append(module)
        prefix = f"{path}." if path else ""
        for name, part in module.named_modules(remove_duplicate=False):
            paths = self._paths.setdefault(id(part), [])
            whole = prefix + name if name else path
            if whole not in paths:
                paths.append(whole)
        for name, tensor, buffer in _tensors_of(module):
            if is_lazy(tensor) or id(tensor) in self._tensors:
                continue
            fact = parameter(prefix + name, tensor, buffer)
            self._alive.append(tensor)
            self._tensors[id(tensor)] = fact
            key = storage_key(tensor)
            if key is not None:
                self._storages.setdefault(key, fact)

    def paths(self, module: nn.Module) -> Sequence[str]:
        """The names of `module` from the root; none if it is not registered."""
        return self._paths.get(id(module), ())

    def parameter(self, tensor: torch.Tensor) -> Parameter | None:
        """The parameter or buffer that `tensor` is, by its whole name."""
        return self._tensors.get(id(tensor))

    def parameter_of_memory(self, tensor: torch.Tensor) -> Parameter | None:
        """The parameter or buffer whose memory `tensor` looks at (``weight.data``, a slice under vmap)."""
        key = storage_key(tensor)
        return self._storages.get(key) if key is not None else None


def _tensors_of(module: nn.Module) -> Iterator[tuple[str, torch.Tensor, bool]]:
    for name, parameter in module.named_parameters():
        yield name, parameter, False
    for name, buffer in module.named_buffers():
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
        path = self._path(module, caller)
        parent = caller.scope if caller else 0
        for container in self._between(caller.path if caller else "", path)[:-1]:
            parent = self._container(parent, container, at)
        name = path.rpartition(".")[2] if self._is_beneath(caller, path) else path
        scope = self._open(parent, name or type(module).__name__, path, module, at)
        return self._frame(module, scope, path)

    def _path(self, module: nn.Module, caller: Frame | None) -> str:
        paths = self.names.paths(module)
        if not paths:
            attribute = attribute_name(caller.module, module) if caller else None
            name = attribute or type(module).__name__
            path = f"{caller.path}.{name}" if caller and caller.path else name
            self.names.adopt(module, path)
            return path
        beneath = [path for path in paths if self._is_beneath(caller, path)]
        return min(beneath or paths, key=len)

    @staticmethod
    def _is_beneath(caller: Frame | None, path: str) -> bool:
        return bool(path) and (caller is None or not caller.path or path.startswith(caller.path + "."))

    def _between(self, above: str, path: str) -> list[str]:
        """Whole names from just below `above` down to `path`; `path` alone if it is not beneath."""
        if not path.startswith(above + "." if above else ""):
            return [path]
        start = len(above) + 1 if above else 0
        cuts = [place for place in range(start, len(path)) if path[place] == "."]
        return [path[:cut] for cut in cuts] + [path]

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
    """Where `owner` keeps a module that it did not register: "convs.0" for a plain list, or None."""
    for name, value in vars(owner).items():
        if value is module:
            return name
        if isinstance(value, (list, tuple)):
            parts: Iterator[tuple[Any, Any]] = iter(enumerate(value))
        elif isinstance(value, dict):
            parts = iter(value.items())
        else:
            continue
        for key, part in parts:
            if part is module:
                return f"{name}.{key}"
    return None
