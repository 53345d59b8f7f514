"""What a strict writer raises instead of counting it, and what of the writer's work goes on all the same."""

from __future__ import annotations

import copy
import errno
import threading
from pathlib import Path
from typing import Any

import pytest
import torch

from tbnotebook import FileWriter, SummaryWriter
from tbnotebook.events.schema import Event
from tbnotebook.writer import BadValue, backlog, event_file
from tests.events.reading import scalars_in
from tests.writer.waiting import wait_until

pytestmark = pytest.mark.filterwarnings("ignore::tbnotebook.writer.WriterWarning")


class FailingDisk:
    """Takes nothing while `full`."""

    def __init__(self) -> None:
        self.full = False
        self.write = event_file.os.write

    def __call__(self, descriptor: int, data: bytes) -> int:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self.write(descriptor, data)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> FailingDisk:
    disk = FailingDisk()
    monkeypatch.setattr("tbnotebook.writer.event_file.os.write", disk)
    return disk


def test_while_the_disk_takes_nothing_add_raises_with_the_files_name_and_adds_nothing(
    tmp_path: Path, disk: FailingDisk
) -> None:
    writer = SummaryWriter(tmp_path, strict=True)
    disk.full = True
    writer.add_scalar("x", 1.0, 1)
    wait_until(lambda: writer.health.retried)
    for _ in range(2):
        with pytest.raises(OSError, match=r"No space left.*tfevents"):
            writer.add_scalar("x", 2.0, 2)
    with pytest.raises(OSError, match="No space left"):
        writer.add_graph(torch.nn.Linear(1, 1), torch.zeros(1, 1))
    with pytest.raises(OSError, match="No space left"):
        writer.file_writer.add_event(Event(), 2)
    with pytest.raises(OSError, match="No space left"):
        writer.flush()
    disk.full = False
    assert writer.flush()
    writer.add_scalar("x", 3.0, 3)
    writer.close()
    assert scalars_in(tmp_path) == [(b"x", 1, 1.0), (b"x", 3, 3.0)]
    assert writer.health.dropped == 0


def test_a_fault_that_passed_without_a_loss_raises_nothing(tmp_path: Path, disk: FailingDisk) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer:
        disk.full = True
        writer.add_scalar("x", 1.0, 1)
        wait_until(lambda: writer.health.retried)
        disk.full = False
        wait_until(lambda: writer.health.written)
        writer.add_scalar("x", 2.0, 2)
    assert len(scalars_in(tmp_path)) == 2


def test_close_raises_what_it_could_not_write_and_has_closed(tmp_path: Path, disk: FailingDisk) -> None:
    writer = SummaryWriter(tmp_path, strict=True)
    disk.full = True
    writer.add_scalar("x", 1.0, 1)
    with pytest.raises(OSError, match="until the writer was closed"):
        writer.close()
    assert writer.health.dropped == 1
    disk.full = False
    writer.add_scalar("x", 2.0, 2)
    writer.close()
    assert scalars_in(tmp_path) == [(b"x", 2, 2.0)]


def test_events_dropped_for_want_of_room_raise_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "LIMIT", 1 << 20)
    monkeypatch.setattr(backlog, "_STALL", 0.0)
    free = threading.Event()
    write = event_file.os.write

    def hanging_write(descriptor: int, data: bytes) -> int:
        assert free.wait(60)
        return write(descriptor, data)

    writer = SummaryWriter(tmp_path, strict=True)
    monkeypatch.setattr("tbnotebook.writer.event_file.os.write", hanging_write)

    def add_many() -> None:
        for step in range(100_000):
            writer.add_scalar("x", 1.0, step)

    with pytest.raises(OSError, match="does not keep up"):
        add_many()
    free.set()
    writer.flush()
    writer.add_scalar("x", 1.0, 0)
    writer.close()
    assert writer.health.dropped == 1


@pytest.mark.parametrize("arguments", [("x", "high", 1), ("x", 1.0, 2**63), (None, 1.0, 1), ("x", 1.0, 1, "noon")])
def test_what_no_event_can_hold_raises_at_the_call(tmp_path: Path, arguments: tuple[Any, ...]) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer, pytest.raises(BadValue):
        writer.add_scalar(*arguments)
    assert writer.health.dropped == 0


def test_a_copy_is_as_strict(tmp_path: Path) -> None:
    for writer in (SummaryWriter(tmp_path, strict=True), FileWriter(tmp_path, strict=True)):
        twin = copy.deepcopy(writer)
        assert getattr(twin, "file_writer", twin).strict
        writer.close()
