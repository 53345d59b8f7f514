"""Sees every operation: what the user wrote by a function mode, the kernels below it by a dispatch mode."""

from __future__ import annotations

import functools
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from tbnotebook.tracer import flops
from tbnotebook.tracer.arguments import call_attributes
from tbnotebook.tracer.values import tensors

if TYPE_CHECKING:
    from collections.abc import Callable

    from tbnotebook.tracer.backup import Backup
    from tbnotebook.tracer.recorder import Recorder

# fmt: off
QUESTIONS = frozenset([
    "shape", "dtype", "device", "layout", "ndim", "itemsize", "nbytes", "size", "dim", "numel", "stride",
    "storage_offset", "element_size", "is_contiguous", "is_floating_point", "is_complex", "is_inference",
    "is_pinned", "is_cuda", "is_meta", "is_sparse", "is_same_size", "get_device", "has_names", "_is_view",
    "is_leaf", "grad_fn", "requires_grad", "requires_grad_", "retain_grad", "register_hook",
    "data", "detach_", "data_ptr", "untyped_storage", "set_", "__set__", "numpy", "__array__",
    "item", "tolist", "__bool__", "__int__", "__float__", "__index__", "__len__", "__contains__", "__hash__",
    "__format__", "__repr__", "__deepcopy__", "__reduce_ex__",
])
# fmt: on
"""Functions that ask for a fact, or hand the same memory on: they are no step of the network."""

REDUCTIONS = frozenset(["__bool__", "item", "tolist", "__int__", "__float__", "__index__"])
"""Functions that need a tensor's value, which a meta or fake tensor does not have."""

_HIDDEN_KERNELS = frozenset(["detach", "alias", "lift_fresh"])
_ARITHMETIC = {"truediv": "div", "rtruediv": "div", "radd": "add", "rsub": "sub", "rmul": "mul", "rpow": "pow"}
_IN_PLACE = {"iadd": "add", "isub": "sub", "imul": "mul", "itruediv": "div", "ipow": "pow", "ifloordiv": "floordiv"}


class Inside:
    """The operation that runs right now: the kernels below it belong to it and are no nodes of their own."""

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
        name = function_name(func)
        if self._guess and name in REDUCTIONS and _has_no_data(args[0]):
            return self._guessed(name, args[0])
        if not self._recorder.active or self._inside.depth or name in QUESTIONS:
            return func(*args, **kwargs)
        given = [*tensors(args), *((f"{key}", t) for key, v in kwargs.items() for _, t in tensors(v))]
        inputs = [tensor for _, tensor in given]
        versions = [_version(tensor) for tensor in inputs]
        if may_write(name, kwargs):
            self._inside.begin()  # the copies are no part of the network
            for tensor in inputs:
                self._backup.keep(tensor)
            self._inside.end()
        self._inside.begin()
        try:
            result = func(*args, **kwargs)
        finally:
            self._inside.end()
        with torch._C.DisableTorchFunction():
            self._record(func, name, args, kwargs, given, versions, result)
        return result

    def _record(
        self,
        func: Callable[..., Any],
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        given: list[tuple[str, torch.Tensor]],
        versions: list[int | None],
        result: Any,
    ) -> None:
        inputs = [tensor for _, tensor in given]
        outputs = [] if isinstance(result, torch.Size) else [tensor for _, tensor in tensors(result)]
        names = self._recorder.tree.names
        wrote = [
            tensor
            for tensor, version in zip(inputs, versions, strict=True)
            if version is not None and _version(tensor) != version
        ]
        # A buffer that an operation updates (running means) is state, not something that flows on.
        flowing = [tensor for tensor in wrote if names.parameter(tensor) is None]
        outputs += [tensor for tensor in flowing if not any(tensor is other for other in outputs)]
        same = bool(outputs) and all(any(tensor is other for other in inputs) for tensor in outputs)
        if not wrote and (not outputs or (same and not self._inside.kernels)):
            return
        arguments = ["" if place[:1].isdigit() else place for place, _ in given]
        node = self._recorder.add(plain_name(name), "op", inputs, outputs, wrote=flowing, arguments=arguments)
        node.mutates = bool(wrote)
        node.aten = self._inside.kernels
        node.flops = self._inside.flops
        if name == "scaled_dot_product_attention":
            node.flops = flops.attention(*(tensor.shape for tensor in inputs[:3]))
        node.attrs = call_attributes(func, name, args, kwargs)

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
        wrote = _written(func, args, kwargs)
        for tensor in wrote:
            self._backup.keep(tensor)
        top = self._inside.depth == 0
        self._inside.begin()
        try:
            result = func(*args, **kwargs)
        finally:
            self._inside.end()
        if not self._recorder.active:
            return result
        name = kernel_name(func)
        self._inside.kernels.append(name)
        self._inside.flops += flops.of_kernel(func, args, kwargs, result)
        if top and name.partition(".")[0] not in _HIDDEN_KERNELS:
            with torch._C.DisableTorchFunction():
                self._record(name, args, kwargs, result, wrote)
        return result

    def _record(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], result: Any, wrote: list[torch.Tensor]
    ) -> None:
        outputs = [tensor for _, tensor in tensors(result)]
        if not outputs:
            return
        inputs = [tensor for _, tensor in tensors((args, kwargs))]
        names = self._recorder.tree.names
        flowing = [tensor for tensor in wrote if names.parameter(tensor) is None]
        node = self._recorder.add(plain_name(name.partition(".")[0]), "op", inputs, outputs, wrote=flowing)
        node.mutates = bool(wrote)
        node.aten, node.flops = self._inside.kernels, self._inside.flops


def function_name(func: Callable[..., Any]) -> str:
    """Name of a torch function; of a property, what it reads ("T" for ``x.T``)."""
    name = getattr(func, "__name__", None) or type(func).__name__
    if name == "__get__":
        return str(getattr(getattr(func, "__self__", None), "__name__", "get"))
    return str(name)


def kernel_name(kernel: Any) -> str:
    """Name of a kernel with its overload, "addmm.default"."""
    schema = getattr(kernel, "_schema", None)
    if schema is None:
        return str(kernel)
    return f"{schema.name.rpartition('::')[2]}.{schema.overload_name or 'default'}"


def plain_name(name: str) -> str:
    """The operation as one would say it: "add" for ``__radd__`` and ``add_``, "getitem" for ``__getitem__``."""
    if name.startswith("__") and name.endswith("__"):
        bare = name.strip("_")
        return _IN_PLACE.get(bare) or _ARITHMETIC.get(bare, bare)
    return name.rstrip("_") or name


def may_write(name: str, kwargs: dict[str, Any]) -> bool:
    """Whether a function of this name may write into its arguments."""
    in_place = (name.endswith("_") and not name.endswith("__")) or name.strip("_") in _IN_PLACE
    return in_place or name == "__setitem__" or kwargs.get("out") is not None or bool(kwargs.get("inplace"))


def _version(tensor: torch.Tensor) -> int | None:
    try:
        return tensor._version
    except Exception:  # an inference tensor keeps no version
        return None


@functools.cache
def _written_places(kernel: Any) -> tuple[tuple[int, str], ...]:
    schema = getattr(kernel, "_schema", None)
    if schema is None or not schema.is_mutable:
        return ()
    return tuple(
        (place, argument.name)
        for place, argument in enumerate(schema.arguments)
        if argument.alias_info is not None and argument.alias_info.is_write
    )


def _written(kernel: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[torch.Tensor]:
    """The tensors that the kernel writes into."""
    written: list[torch.Tensor] = []
    for place, name in _written_places(kernel):
        value = args[place] if place < len(args) else kwargs.get(name)
        written += [tensor for _, tensor in tensors(value)]
    return written


def _has_no_data(value: Any) -> bool:
    with suppress(Exception):
        return value.device.type == "meta" or type(value).__name__ == "FakeTensor"
    return False
