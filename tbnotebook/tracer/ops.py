"""Sees every operation: what the user wrote by a function mode, the kernels below it by a dispatch mode."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from tbnotebook.tracer import flops
from tbnotebook.tracer.arguments import call_attributes
from tbnotebook.tracer.functions import REDUCTIONS, known_function
from tbnotebook.tracer.kernels import known_kernel
from tbnotebook.tracer.values import flat

if TYPE_CHECKING:
    from collections.abc import Callable

    from tbnotebook.tracer.backup import Backup
    from tbnotebook.tracer.kernels import Kernel
    from tbnotebook.tracer.recorder import Recorder


class Inside(threading.local):
    """The operation that a thread runs right now: the kernels below it belong to it and are no nodes of their own."""

    def __init__(self) -> None:
        self.depth = 0
        self.kernels: list[str] = []
        self.flops = 0

    def begin(self) -> None:
        """An operation starts."""
        if self.depth == 0:
            self.kernels, self.flops = [], 0
        self.depth += 1

    def end(self) -> None:
        """It has ended."""
        self.depth -= 1


class FunctionMode(TorchFunctionMode):
    """Records each torch function that the model calls.

    With `guess`, the value of a tensor that has none (meta, fake) is taken to be true, or 1, and a note says so.
    """

    def __init__(self, recorder: Recorder, inside: Inside, backup: Backup, *, guess: bool = False) -> None:
        super().__init__()
        self._recorder, self._inside, self._backup, self._guess = recorder, inside, backup, guess

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        """Call `func` and record it."""
        kwargs = kwargs or {}
        function = known_function(func)
        if self._guess and function.name in REDUCTIONS and _has_no_data(args[0]):
            return self._guessed(function.name, args[0])
        if function.asks or self._inside.depth or not self._recorder.active:
            return func(*args, **kwargs)
        inputs = flat(args)
        named = [(key, tensor) for key, value in kwargs.items() for tensor in flat((value,))]
        arguments = [""] * len(inputs) + [key for key, _ in named] if named else []
        inputs += [tensor for _, tensor in named]
        if function.writes or kwargs.get("out") is not None or kwargs.get("inplace"):
            self._save(inputs)
        versions = _versions(inputs)
        self._inside.begin()
        try:
            result = func(*args, **kwargs)
        finally:
            self._inside.end()
        with torch._C.DisableTorchFunction(), self._recorder.lock:
            outputs, wrote, flowing = self._made(inputs, versions, result)
            if outputs or wrote:
                node = self._recorder.add(function.plain, "op", inputs, outputs, wrote=flowing, arguments=arguments)
                node.mutates = wrote
                node.aten, node.flops = self._inside.kernels, self._inside.flops
                if function.name == "scaled_dot_product_attention":
                    node.flops = flops.attention(*(tensor.shape for tensor in inputs[:3]))
                node.attrs = call_attributes(func, function.name, args, kwargs)
        return result

    def _save(self, inputs: list[torch.Tensor]) -> None:
        self._inside.begin()  # the copies are no part of the network
        for tensor in inputs:
            self._backup.keep(tensor)
        self._inside.end()

    def _made(
        self, inputs: list[torch.Tensor], versions: list[int | None], result: Any
    ) -> tuple[list[torch.Tensor], bool, list[torch.Tensor]]:
        """What an operation made, whether it wrote into an input, and the inputs that flow on from it for that.

        Nothing was made by one that returns its inputs and has no kernel.
        """
        outputs = [] if isinstance(result, torch.Size) else flat((result,))
        now = _versions(inputs)
        if now == versions:
            if not self._inside.kernels and all(any(made is given for given in inputs) for made in outputs):
                return [], False, []
            return outputs, False, []
        pairs = zip(inputs, zip(versions, now, strict=True), strict=True)
        wrote = [tensor for tensor, (before, after) in pairs if before is not None and before != after]
        # A buffer that an operation updates (running means) is state, not something that flows on.
        flowing = [tensor for tensor in wrote if self._recorder.tree.names.parameter(tensor) is None]
        outputs += [tensor for tensor in flowing if not any(tensor is other for other in outputs)]
        return outputs, bool(wrote), flowing

    def _guessed(self, name: str, tensor: torch.Tensor) -> Any:
        note = f"{name.strip('_')} of a tensor without data was taken to be {'true' if name == '__bool__' else 1}"
        if note not in self._recorder.notes:
            self._recorder.notes.append(note)
        if name == "__bool__":
            return True
        return [1] * tensor.numel() if name == "tolist" else 1


class DispatchMode(TorchDispatchMode):
    """Records the kernels below an operation, and as nodes those that no torch function called (scripts, C++)."""

    supports_higher_order_operators = True

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Keep torch from wrapping this mode for its compiler: that would import torch._dynamo, 1.2 s."""
        return False

    def __init__(self, recorder: Recorder, inside: Inside, backup: Backup) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._recorder, self._inside, self._backup = recorder, inside, backup

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None) -> Any:
        """Call the kernel `func` and record it."""
        kwargs = kwargs or {}
        kernel = known_kernel(func)
        wrote = _written(kernel, args, kwargs) if kernel.written else []
        for tensor in wrote:
            self._backup.keep(tensor)
        inside = self._inside
        top = inside.depth == 0
        inside.begin()
        try:
            result = func(*args, **kwargs)
        finally:
            inside.end()
        if not self._recorder.active:
            return result
        inside.kernels.append(kernel.name)
        if kernel.formula is not None:
            inside.flops += flops.of_kernel(kernel.formula, args, kwargs, result)
        if top and not kernel.is_hidden:
            with torch._C.DisableTorchFunction(), self._recorder.lock:
                self._record(kernel, args, kwargs, result, wrote)
        return result

    def _record(
        self, kernel: Kernel, args: tuple[Any, ...], kwargs: dict[str, Any], result: Any, wrote: list[torch.Tensor]
    ) -> None:
        outputs = flat((result,))
        if not outputs:
            return
        names = self._recorder.tree.names
        flowing = [tensor for tensor in wrote if names.parameter(tensor) is None]
        inputs = flat((*args, *kwargs.values()))
        node = self._recorder.add(kernel.plain, "op", inputs, outputs, wrote=flowing)
        node.mutates = bool(wrote)
        node.aten, node.flops = self._inside.kernels, self._inside.flops


def _versions(tensors: list[torch.Tensor]) -> list[int | None]:
    """How often each tensor was written into; None for one that does not count (an inference tensor)."""
    try:
        return [tensor._version for tensor in tensors]
    except Exception:
        return [_version(tensor) for tensor in tensors]


def _version(tensor: torch.Tensor) -> int | None:
    try:
        return tensor._version
    except Exception:
        return None


def _written(kernel: Kernel, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[torch.Tensor]:
    """The tensors that the kernel writes into."""
    return flat(args[place] if place < len(args) else kwargs.get(name) for place, name in kernel.written)


def _has_no_data(value: Any) -> bool:
    with suppress(Exception):
        return value.device.type == "meta" or type(value).__name__ == "FakeTensor"
    return False
