"""A GPU for machines without one: it does what it is given in the order given, and not before somebody waits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import torch


class StandInGpu:
    """The line of work, and what the host has done, in order.

    Attributes
    ----------
    calls : list[str]
        What was asked for, each with the thread that asked: ``"copy in MainThread"``.
    freed : int
        How many copies were given up.
    broken : str
        If set, whoever waits gets it as an error, as from a kernel that failed.
    """

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.freed = 0
        self.broken = ""
        self._line: list[Callable[[], None]] = []

    def note(self, what: str) -> None:
        self.calls.append(f"{what} in {threading.current_thread().name}")

    def give(self, work: Callable[[], None]) -> None:
        self._line.append(work)

    def current_stream(self, device: str) -> StandInGpu:
        assert device == "cuda:0"
        return self

    def Event(self, blocking: bool) -> StandInEvent:
        assert blocking
        return StandInEvent(self)

    def run(self) -> None:
        """Do all that is in line."""
        while self._line:
            self._line.pop(0)()
        if self.broken:
            raise RuntimeError(self.broken)


class StandInEvent:
    """A mark in the line of work."""

    def __init__(self, gpu: StandInGpu) -> None:
        self._gpu = gpu
        self._recorded = False

    def record(self, stream: StandInGpu) -> None:
        assert stream is self._gpu
        self._gpu.note("mark")
        self._recorded = True

    def synchronize(self) -> None:
        assert self._recorded
        self._gpu.note("wait")
        self._gpu.run()


class StandInTensor:
    """One number, or several, on the stand-in."""

    is_cuda = True
    device = "cuda:0"

    def __init__(self, gpu: StandInGpu, *numbers: Any) -> None:
        self._gpu = gpu
        self._numbers = list(numbers)
        self.shape = (len(numbers),)

    def __iadd__(self, other: float) -> StandInTensor:
        def add() -> None:
            self._numbers = [number + other for number in self._numbers]

        self._gpu.give(add)
        return self

    def numel(self) -> int:
        return len(self._numbers)

    def is_complex(self) -> bool:
        return any(isinstance(number, complex) for number in self._numbers)

    def detach(self) -> StandInTensor:
        return self

    def to(self, device: str, *, non_blocking: bool) -> StandInHostTensor:
        assert device == "cpu"
        assert non_blocking
        self._gpu.note("copy")
        host = StandInHostTensor(self._gpu)
        place = host.place  # the GPU knows the memory, and keeps no tensor alive
        self._gpu.give(lambda: place.__setitem__(0, self._numbers[0]))
        return host

    def item(self) -> Any:
        raise AssertionError("item() of a tensor on a GPU waits for the GPU")


def _fill(host: torch.Tensor, numbers: list[Any]) -> None:
    host.copy_(torch.tensor(numbers))


class StandInArray(StandInTensor):
    """Numbers on the stand-in that are copied to a real tensor of the host."""

    layout = torch.strided

    def element_size(self) -> int:
        return 4

    def to(self, device: str, *, non_blocking: bool) -> Any:
        assert device == "cpu"
        assert non_blocking
        self._gpu.note("copy")
        host = torch.full(self.shape, -1e9)
        self._gpu.give(lambda: _fill(host, self._numbers))
        return host


class StandInHostTensor:
    """Where a copy ends: nothing of use until the GPU has come to it."""

    def __init__(self, gpu: StandInGpu) -> None:
        self._gpu = gpu
        self.place: list[Any] = [-1e9]

    def item(self) -> Any:
        self._gpu.note("item")
        return self.place[0]

    def __del__(self) -> None:
        self._gpu.freed += 1
