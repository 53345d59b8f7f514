"""One forward pass under watch, and the ladder of ways to try it."""

from __future__ import annotations

import types
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import torch
from torch import nn

from tbnotebook.tracer.backup import Backup
from tbnotebook.tracer.calls import watched_calls
from tbnotebook.tracer.finish import finished
from tbnotebook.tracer.inputs import Call, clone, copied, input_names
from tbnotebook.tracer.isolation import paused_collector, plain_eager, same_randomness, same_state
from tbnotebook.tracer.ops import DispatchMode, FunctionMode, Inside
from tbnotebook.tracer.recorder import Recorder
from tbnotebook.tracer.values import tensors

if TYPE_CHECKING:
    from tbnotebook.graph import Graph


@dataclass(frozen=True, slots=True)
class Rung:
    """One way to try the pass: with which tensors, and with which modes."""

    tensors: Literal["real", "meta", "fake"] = "real"
    functions: bool = True
    kernels: bool = True
    grad: bool = False
    guess: bool = False
    direct: bool = True

    @property
    def mode(self) -> str:
        """The way in words, kept with the graph: "real+functions+kernels"."""
        parts = [name for name in ("functions", "kernels", "grad", "guess") if getattr(self, name)]
        return "+".join([self.tensors, *parts])


LADDER = (
    Rung(),
    Rung(grad=True),  # models that differentiate inside their forward
    Rung(grad=True, kernels=False),
    Rung(grad=True, functions=False),
    Rung(grad=True, functions=False, kernels=False, direct=False),
)
FAKE_LADDER = (Rung("fake"), Rung("fake", guess=True))


class TraceError(RuntimeError):
    """The model's forward pass raised. Its own exception is the cause; the text says where and given what."""


class Failed(Exception):
    """One rung failed with `error`, which left the module call that `where` describes."""

    def __init__(self, error: Exception, where: str) -> None:
        super().__init__(str(error))
        self.error, self.where = error, where


def trace_call(model: Any, call: Call, *, depth: int | None = None, fake: bool | None = None) -> Graph:
    """The graph of ``model(*args, **kwargs)``; the model, the inputs and the process are left as they were.

    A model on the meta device is traced there, with fake tensors where that does not do; with `fake` any model is
    traced with fake tensors first: no memory, no values. With False there are no fake tensors. Modules that stand
    `depth` calls below the model are not opened. The same exception on two rungs is the model's own.

    Raises
    ------
    TraceError
        The forward pass raises whatever the way.
    TypeError
        `model` cannot be called.
    """
    model = getattr(model, "_orig_mod", model)  # what torch.compile wraps is traced as it was written
    if not callable(model):
        raise TypeError(f"a model is a torch.nn.Module or a function, not {type(model).__name__}")
    failures: list[Failed] = []
    notes: list[str] = []
    for rung in _ladder(model, fake):
        try:
            graph = attempt(model, call, rung, depth)
        except Failed as failure:
            repeats = bool(failures) and _same(failures[-1].error, failure.error)
            failures.append(failure)
            notes.append(f"{rung.mode}: {type(failure.error).__name__}: {str(failure.error)[:200]}")
            if repeats and rung.tensors != "fake":
                break
        else:
            graph.notes += notes
            return graph
    last = failures[-1]
    text = f"forward raised {type(last.error).__name__}{last.where}: {last.error}"
    raise TraceError(text) from last.error


def _ladder(model: Any, fake: bool | None) -> tuple[Rung, ...]:
    meta = on_meta(model)
    plain = tuple(replace(rung, tensors="meta") for rung in LADDER) if meta else LADDER
    if fake:
        return (*FAKE_LADDER, *plain)
    if not meta or fake is not None:
        return plain
    # Without memory there is nothing to be faked. Fake tensors know some operators more, and take twice the time.
    return (plain[0], replace(plain[0], guess=True), *FAKE_LADDER, *plain[1:])


def on_meta(model: Any) -> bool:
    """Whether the model has parameters without memory."""
    return isinstance(model, nn.Module) and any(p.device.type == "meta" for p in model.parameters())


def _same(one: Exception, other: Exception) -> bool:
    return type(one) is type(other) and str(one) == str(other)


def attempt(model: Any, call: Call, rung: Rung, depth: int | None = None) -> Graph:
    """The graph of one pass; raises `Failed` if the model raises."""
    with ExitStack() as around:
        around.enter_context(same_state(model, call))
        around.enter_context(same_randomness())
        around.enter_context(plain_eager())
        if rung.tensors != "real":
            around.enter_context(paused_collector())
        around.enter_context(torch.enable_grad() if rung.grad else torch.no_grad())
        backup = Backup(model)
        around.callback(backup.restore)
        recorder = Recorder(model)
        given = _inputs(model, call, rung, around)
        for name, value in input_names(model, given):
            for part, tensor in tensors(value):
                recorder.add_input(f"{name}.{part}" if part else name, tensor)
        try:
            output = _run(model, given, rung, recorder, backup)
        except Exception as error:
            raise Failed(error, _where(recorder, error)) from error
        recorder.active = False
        # A cache in an object is no result that one would follow, unless there is nothing else.
        for part, tensor in tensors(output, objects=False) or tensors(output):
            name = "output" if not part else part if not part[:1].isdigit() else f"output.{part}"
            recorder.add_output(name, tensor)
        return finished(recorder, model, rung.mode, depth)


def _inputs(model: Any, call: Call, rung: Rung, around: ExitStack) -> Call:
    device = "meta" if on_meta(model) else None
    if rung.tensors != "fake":
        return copied(call, lambda tensor: clone(tensor, device))
    from torch._subclasses.fake_tensor import FakeTensorMode

    mode = FakeTensorMode(allow_non_fake_inputs=True)
    given = copied(call, lambda tensor: mode.from_tensor(clone(tensor, device)))
    around.enter_context(mode)
    return given


def _run(model: Any, given: Call, rung: Rung, recorder: Recorder, backup: Backup) -> Any:
    args, kwargs = given
    inside = Inside()

    def modes() -> ExitStack:
        entered = ExitStack()
        if rung.kernels:
            entered.enter_context(DispatchMode(recorder, inside, backup))
        if rung.functions:
            entered.enter_context(FunctionMode(recorder, inside, backup, guess=rung.guess))
        return entered

    with watched_calls(recorder, model, modes, direct=rung.direct), modes():
        output = model(*args, **kwargs)
        return list(output) if isinstance(output, types.GeneratorType) else output


def _where(recorder: Recorder, error: BaseException) -> str:
    """The innermost module call that `error` left, with the shapes that it was given."""
    if recorder.failure is None or recorder.failure[0] is not error:
        return ""
    scope = recorder.tree.scopes[recorder.failure[1].scope]
    shapes = ", ".join(f"{tensor.name} {list(tensor.shape or ())}" for tensor in scope.inputs)
    return f" in {scope.path or 'the model'} ({scope.cls}), given {shapes or 'no tensors'}"
