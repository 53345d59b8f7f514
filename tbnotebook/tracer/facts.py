"""What a module says of itself: parameters, settings, source. Read once the forward pass is over."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn.parameter import is_lazy

from tbnotebook.tracer.scopes import parameter
from tbnotebook.tracer.source import source_of
from tbnotebook.tracer.values import dtype_name

if TYPE_CHECKING:
    from tbnotebook.graph import Graph, Parameter, Scope

_BETWEEN_SETTINGS = re.compile(r",\s*(?![^()\[\]{}]*[)\]}])")
_MOST_SETTINGS = 32
_LONGEST_SETTING = 120


class ModuleFacts:
    """Reads the modules of one model; the same module or class is read once."""

    def __init__(self, model: Any) -> None:
        self._first_name: dict[int, str] = {}
        self._totals: dict[int, tuple[int, int]] = {}
        if isinstance(model, nn.Module):
            for path, module in model.named_modules():
                for name, tensor in module.named_parameters(path, recurse=False):
                    self._first_name.setdefault(id(tensor), name)

    def describe(self, scope: Scope, module: nn.Module) -> None:
        """Fill in the facts of `scope`, a call of `module`."""
        scope.params = self._own(scope.path, module)
        scope.total, scope.trainable = self._total(module)
        scope.attrs = settings(module)
        cls: type = type(module)
        scope.source = source_of(cls)

    def shared(self, whole_name: str, tensor: torch.Tensor) -> str:
        """The first name of a tensor that has several, "" if `whole_name` is it."""
        first = self._first_name.get(id(tensor), whole_name)
        return first if first != whole_name else ""

    def _own(self, path: str, module: nn.Module) -> list[Parameter]:
        prefix = f"{path}." if path else ""
        return [
            parameter(name, tensor, shared=self.shared(prefix + name, tensor))
            for name, tensor in module.named_parameters(recurse=False)
            if not is_lazy(tensor)
        ]

    def _total(self, module: nn.Module) -> tuple[int, int]:
        if id(module) not in self._totals:
            counts = [(p.numel(), p.requires_grad) for p in module.parameters() if not is_lazy(p)]
            self._totals[id(module)] = (
                sum(count for count, _ in counts),
                sum(count for count, trainable in counts if trainable),
            )
        return self._totals[id(module)]


def describe_model(graph: Graph, model: Any) -> None:
    """Fill in what is known of the whole model: parameters, also of parts that did not run, and dtypes."""
    if not isinstance(model, nn.Module):
        return
    dtypes: Counter[str] = Counter()
    for tensor in model.parameters():
        if is_lazy(tensor):
            continue
        dtypes[dtype_name(tensor.dtype)] += tensor.numel()
        graph.params += tensor.numel()
        graph.trainable += tensor.numel() if tensor.requires_grad else 0
    graph.dtypes = [dtype for dtype, _ in dtypes.most_common()]


def settings(module: nn.Module) -> dict[str, str]:
    """What the module prints of itself (``extra_repr``) as pairs: ``{"kernel_size": "(3, 3)"}``.

    Values without a name ("64, 128" of a convolution) stand together under "sizes".
    """
    try:
        text = module.extra_repr()[: _MOST_SETTINGS * _LONGEST_SETTING]
    except Exception:  # the module's own code; a module that cannot print itself still has a graph
        return {}
    named: dict[str, str] = {}
    bare: list[str] = []
    for part in _BETWEEN_SETTINGS.split(text.strip())[:_MOST_SETTINGS] if text.strip() else ():
        name, equals, value = part.partition("=")
        if equals and name.strip().isidentifier():
            named[name.strip()] = value.strip()[:_LONGEST_SETTING]
        else:
            bare.append(part.strip()[:_LONGEST_SETTING])
    return {"sizes": ", ".join(bare), **named} if bare else named
