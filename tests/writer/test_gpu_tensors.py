"""Tensors on a GPU. Where there is none a stand-in shows the order of operations, not what CUDA makes of them."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
import torch

from tbnotebook import SummaryWriter
from tbnotebook.writer import BadValue, WriterWarning
from tests.events.reading import events_in, scalars_in
from tests.writer.gpu import StandInArray, StandInGpu, StandInTensor
from tests.writer.programs import run
from tests.writer.waiting import wait_until


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch) -> StandInGpu:
    stand_in = StandInGpu()
    monkeypatch.setattr(torch.cuda, "current_stream", stand_in.current_stream)
    monkeypatch.setattr(torch.cuda, "Event", stand_in.Event)
    return stand_in


def test_the_loop_only_gives_work_and_the_writers_thread_waits(tmp_path: Path, gpu: StandInGpu) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("loss", StandInTensor(gpu, 0.5), 3)
        wait_until(lambda: scalars_in(tmp_path) == [(b"loss", 3, 0.5)])
    assert gpu.calls == [
        "copy in MainThread",
        "mark in MainThread",
        "wait in tbnotebook-writer",
        "item in tbnotebook-writer",
    ]


def test_an_array_is_taken_as_it_was_and_only_the_writers_thread_waits(tmp_path: Path, gpu: StandInGpu) -> None:
    weights = StandInArray(gpu, 1.0, 2.0, 6.0)
    with SummaryWriter(tmp_path) as writer:
        writer.add_tensor("weights", weights, 3)
        weights += 1.0
        wait_until(lambda: any(event.summary.value for event in events_in(tmp_path)))
    (value,) = [value for event in events_in(tmp_path) for value in event.summary.value]
    assert struct.unpack("<3f", value.tensor.tensor_content) == (1.0, 2.0, 6.0)
    assert gpu.calls == ["copy in MainThread", "mark in MainThread", "wait in tbnotebook-writer"]


def test_a_tensor_that_changes_in_place_later_is_taken_as_it_was(tmp_path: Path, gpu: StandInGpu) -> None:
    loss = StandInTensor(gpu, 0.0)
    with SummaryWriter(tmp_path) as writer:
        for step in range(500):
            loss += 1
            writer.add_scalar("loss", loss, step)
    assert scalars_in(tmp_path) == [(b"loss", step, step + 1.0) for step in range(500)]


def test_a_step_on_a_gpu_is_not_waited_for_either(tmp_path: Path, gpu: StandInGpu) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer:
        writer.add_scalar("x", 0.5, StandInTensor(gpu, 3))
        assert gpu.calls == ["copy in MainThread", "mark in MainThread"]
        writer.add_scalar("x", 1.5)
    assert scalars_in(tmp_path) == [(b"x", 3, 0.5), (b"x", 4, 1.5)]


def test_for_the_keys_of_add_scalars_only_the_writers_thread_waits_and_a_step_is_copied_once(
    tmp_path: Path, gpu: StandInGpu
) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer:
        values = {"a": StandInTensor(gpu, 0.5), "b": StandInTensor(gpu, 0.25)}
        writer.add_scalars("x", values, StandInTensor(gpu, 3))
        assert gpu.calls == ["copy in MainThread", "mark in MainThread"] * 3
    assert "wait in MainThread" not in gpu.calls
    assert scalars_in(tmp_path / "x_a") + scalars_in(tmp_path / "x_b") == [(b"x", 3, 0.5), (b"x", 3, 0.25)]


def test_an_own_count_and_a_style_take_a_number_that_is_waited_for(tmp_path: Path, gpu: StandInGpu) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer:
        writer.add_scalar("x", StandInTensor(gpu, 0.5))
        writer.add_scalar("y", StandInTensor(gpu, 0.1), new_style=True, double_precision=True)
    assert scalars_in(tmp_path) == [(b"x", 0, 0.5)]
    (tensor,) = (value.tensor for event in events_in(tmp_path) for value in event.summary.value if value.tag == b"y")
    assert list(tensor.double_val) == [0.1]


@pytest.mark.parametrize("numbers", [(), (1.0, 2.0), (1j,)], ids=["empty", "two elements", "complex"])
def test_what_is_no_number_is_told_at_the_call_and_without_waiting(
    tmp_path: Path, gpu: StandInGpu, numbers: tuple[Any, ...]
) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer:
        with pytest.raises(BadValue, match="one real element"):
            writer.add_scalar("x", StandInTensor(gpu, *numbers), 1)
        with pytest.raises(BadValue, match="one real element"):
            writer.add_scalar("x", 0.5, StandInTensor(gpu, *numbers))
    assert gpu.calls == []


def test_a_number_that_the_gpu_never_gives_is_counted_and_the_rest_is_written(tmp_path: Path, gpu: StandInGpu) -> None:
    gpu.broken = "device-side assert triggered"
    writer = SummaryWriter(tmp_path)
    writer.add_scalar("x", 0.25, 0)
    with pytest.warns(WriterWarning, match="device-side assert"), writer:
        writer.add_scalar("x", StandInTensor(gpu, 0.5), 1)
    assert scalars_in(tmp_path) == [(b"x", 0, 0.25)]
    assert writer.health.dropped == 1


def test_a_number_that_was_written_is_freed(tmp_path: Path, gpu: StandInGpu) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("x", StandInTensor(gpu, 0.5), 1)
        assert gpu.freed == 0
    assert gpu.freed == 1


FORKING = """
    import os, sys, torch
    from tbnotebook import SummaryWriter
    from tests.writer.gpu import StandInArray, StandInGpu, StandInTensor

    gpu = StandInGpu()
    torch.cuda.current_stream, torch.cuda.Event = gpu.current_stream, gpu.Event
    writer = SummaryWriter(sys.argv[1])
    writer.add_scalar("x", StandInTensor(gpu, 0.5), 1)
    child = os.fork()
    if not child:
        os._exit(gpu.freed)
    assert os.waitpid(child, 0)[1] == 0, "the child freed its parent's memory"
"""


def test_a_forked_child_does_not_free_what_its_parent_has_under_way(tmp_path: Path) -> None:
    run(FORKING, tmp_path, silent=False)  # Python warns of a fork beside threads
    assert scalars_in(tmp_path) == [(b"x", 1, 0.5)]


class TensorOfManyProcesses(torch.Tensor):
    """As torch's DTensor: copying it may wait for others, and so must stay in the caller's thread."""

    is_cuda = True
    device = "cuda:0"  # type: ignore[assignment]


def test_a_subclass_of_tensor_is_asked_in_the_callers_thread(tmp_path: Path, gpu: StandInGpu) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer:
        writer.add_scalar("x", torch.tensor(0.5).as_subclass(TensorOfManyProcesses), 1)
    assert gpu.calls == []
    assert scalars_in(tmp_path) == [(b"x", 1, 0.5)]


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no GPU here; the order is shown on a stand-in above")
def test_a_real_gpu_that_is_busy_is_not_waited_for(tmp_path: Path) -> None:
    loss = torch.zeros((), device="cuda")
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("loss", loss, 0)  # the first pinned memory is not had without waiting
        writer.flush()
        done = torch.cuda.Event()
        torch.cuda._sleep(2_000_000_000)  # cycles: about a second
        done.record()
        for step in range(1, 100):
            loss += 1
            writer.add_scalar("loss", loss, step)
        assert not done.query()
    assert scalars_in(tmp_path) == [(b"loss", step, float(step)) for step in range(100)]
