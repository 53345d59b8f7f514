"""What one event file owes to whatever else happens to its folder."""

from __future__ import annotations

import errno
import os
import shutil
import time
from pathlib import Path

import pytest

from tbnotebook import SummaryWriter
from tbnotebook.writer import WriterWarning, event_file
from tests.events.reading import events_in, files, scalars_in

pytestmark = pytest.mark.skipif(os.name == "nt", reason="folders deleted while open")


def test_what_somebody_else_appended_to_the_file_is_not_overwritten(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    writer.add_scalar("x", 1.0, 1)
    writer.flush()
    (file,) = files(tmp_path)
    with file.open("ab") as other:
        other.write(b"somebody else's")
    before = file.read_bytes()
    writer.add_scalar("x", 2.0, 2)
    writer.close()
    assert file.read_bytes().startswith(before)
    assert len(file.read_bytes()) > len(before)


def test_a_clock_that_is_set_back_begins_no_file_before_an_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("x", 1.0, 1)
    monkeypatch.setattr(time, "time", lambda: now - 3600)
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("x", 2.0, 2)
    assert [step for _, step, _ in scalars_in(tmp_path)] == [1, 2]
    assert events_in(tmp_path)[-1].wall_time == now - 3600


def test_a_disk_with_no_room_for_the_first_record_leaves_no_file_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr("tbnotebook.writer.event_file.os.write", lambda file, data: write(file, data[:10]))
    with pytest.raises(OSError, match="no room for the first"):
        SummaryWriter(tmp_path)
    assert os.listdir(tmp_path) == []


def test_a_batch_that_was_cut_in_a_deleted_file_is_whole_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = 10**9
    write = os.write

    def write_what_there_is_room_for(file: int, data: bytes) -> int:
        nonlocal room
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")
        count = write(file, data[:room])
        room -= count
        return count

    writer = SummaryWriter(tmp_path / "logs")
    monkeypatch.setattr("tbnotebook.writer.event_file.os.write", write_what_there_is_room_for)
    room = 100
    for step in range(10):
        writer.add_scalar("x", step, step)
    with pytest.warns(WriterWarning, match="No space left"):
        assert not writer.flush()
    room = 10**9
    shutil.rmtree(tmp_path / "logs")
    with pytest.warns(WriterWarning, match="deleted or replaced"):
        writer.close()
    # Some had reached the file that was deleted, no longer than the system says so; the batch counts as a whole.
    assert [step for _, step, _ in scalars_in(tmp_path / "logs")] == list(range(10))


def test_a_file_whose_closing_fails_is_closed_once_and_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []
    close = os.close

    def failing_close(file: int) -> None:
        close(file)
        closed.append(file)
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    writer = SummaryWriter(tmp_path)
    writer.add_scalar("x", 1.0, 1)
    monkeypatch.setattr("tbnotebook.writer.event_file.os.close", failing_close)
    with pytest.warns(WriterWarning, match="quota"):
        writer.close()
    writer.close()
    assert len(closed) == 1
    assert scalars_in(tmp_path) == [(b"x", 1, 1.0)]


def test_close_tries_again_for_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write, failures = os.write, iter(range(3))

    def write_at_the_fourth_attempt(file: int, data: bytes) -> int:
        if next(failures, None) is not None:
            raise OSError(errno.EIO, "Input/output error")
        return write(file, data)

    writer = SummaryWriter(tmp_path)
    monkeypatch.setattr(event_file.os, "write", write_at_the_fourth_attempt)
    writer.add_scalar("x", 1.0, 1)
    with pytest.warns(WriterWarning, match="Input/output"):
        writer.close()
    assert writer.health.dropped == 0
    assert scalars_in(tmp_path) == [(b"x", 1, 1.0)]
