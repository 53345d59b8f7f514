"""Values of the model's own tensors, saved before the forward pass writes into them."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch._subclasses.fake_tensor import unset_fake_temporarily
from torch.nn.parameter import is_lazy

from tbnotebook.tracer.values import storage_key, tensors

if TYPE_CHECKING:
    from collections.abc import Iterable

_DICTS = (dict, OrderedDict)


class Backup:
    """Copies on write: a model of many gigabytes whose forward pass only reads costs nothing.

    Protected are parameters, buffers, gradients and the tensors in plain attributes. Buffers are copied at once:
    they are small, and what a kernel of another package writes is not always seen.
    """

    def __init__(self, model: Any) -> None:
        self._protected: dict[int, list[torch.Tensor]] = {}
        self._saved: dict[int, list[tuple[torch.Tensor, torch.Tensor]]] = {}
        if not isinstance(model, nn.Module):
            return
        self._protect(_own_tensors(model))
        for buffer in model.buffers():
            self.keep(buffer)

    def keep(self, tensor: torch.Tensor) -> None:
        """Save what shares memory with `tensor`, if it is the model's and not saved yet."""
        key = storage_key(tensor)
        if key is None or key in self._saved or key not in self._protected:
            return
        # Under fake tensors a copy would be fake, while a write into a real tensor is real.
        with torch.no_grad(), torch._C.DisableTorchFunction(), unset_fake_temporarily():
            self._saved[key] = [(known, known.detach().clone()) for known in self._protected[key]]

    def restore(self) -> None:
        """Write the saved values back."""
        with torch.no_grad():
            for known, value in (pair for pairs in self._saved.values() for pair in pairs):
                if known.shape != value.shape:
                    known.data = value
                elif known.layout != torch.strided or not torch.equal(known, value):
                    known.data.copy_(value)

    def _protect(self, owned: Iterable[torch.Tensor]) -> None:
        for tensor in owned:
            key = storage_key(tensor)
            if key is None or tensor.device.type == "meta":
                continue
            known = self._protected.setdefault(key, [])
            if not any(tensor is other for other in known):
                known.append(tensor)


def _own_tensors(model: nn.Module) -> Iterable[torch.Tensor]:
    seen: set[int] = set()  # one for all modules: a configuration that each of them holds is walked once
    for module in model.modules():
        if isinstance(module, torch.jit.ScriptModule):
            yield from (*module.parameters(recurse=False), *module.buffers(recurse=False))
            continue
        for name, value in vars(module).items():
            # Most of a module's attributes are dicts of hooks, without a hook.
            if name == "_modules" or (type(value) in _DICTS and not value):
                continue
            for _, tensor in tensors(value, seen):
                if not is_lazy(tensor):
                    yield tensor
                    if tensor.is_leaf and tensor.grad is not None:
                        yield tensor.grad
