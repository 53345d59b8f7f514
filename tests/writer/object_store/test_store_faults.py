"""Stores that fail, hang, or do half of what they are asked."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from tbnotebook import SummaryWriter
from tbnotebook.writer.health import WriterWarning
from tbnotebook.writer.store import uploader
from tests.events.reading import files, scalars_in
from tests.writer.object_store.faulty import FaultyFileSystem
from tests.writer.object_store.reading import download
from tests.writer.waiting import wait_until

pytestmark = pytest.mark.filterwarnings("ignore:tbnotebook:UserWarning")


def steps_in_store(tmp_path: Path) -> list[int]:
    download("faulty://run", tmp_path / "log")
    return [step for _, step, _ in scalars_in(tmp_path / "log")]


def test_failed_uploads_are_tried_again_counted_and_warned_of_once(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    writer = SummaryWriter("faulty://run")
    FaultyFileSystem.failures = 3
    writer.add_scalar("x", 1.0, 1)
    assert not writer.flush(fsync=True)
    assert writer.flush()
    assert writer.health.waiting_for_upload > 60
    writer.add_scalar("x", 2.0, 2)
    writer.close()
    assert writer.health.retried == 3
    assert writer.health.waiting_for_upload == 0
    (warning,) = recwarn.list
    assert warning.category is WriterWarning
    assert "cannot upload to faulty://run: ConnectionError('503 Slow Down')" in str(warning.message)
    assert steps_in_store(tmp_path) == [1, 2]


def test_a_failing_store_is_tried_again_without_being_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploader, "due", lambda age, since, waiting: waiting > 0)
    monkeypatch.setattr(uploader, "back_off", lambda failures: 0.01 * failures)
    FaultyFileSystem.failures = 5
    writer = SummaryWriter("faulty://run")
    writer.add_scalar("x", 1.0, 1)
    wait_until(lambda: writer.health.retried == 5 and writer.health.waiting_for_upload == 0)
    writer.close()
    assert steps_in_store(tmp_path) == [1]


@pytest.mark.parametrize("fault", ["torn", "lost_answers"])
def test_half_an_object_is_made_whole_and_a_whole_one_is_not_sent_again(tmp_path: Path, fault: str) -> None:
    writer = SummaryWriter("faulty://run")
    for step in range(100):
        writer.add_scalar("x", step, step)
    setattr(FaultyFileSystem, fault, 1)
    assert not writer.flush(fsync=True)
    for step in range(100, 200):  # what is tried again is the same segment though the file has grown
        writer.add_scalar("x", step, step)
    writer.close()
    assert steps_in_store(tmp_path) == list(range(200))
    assert sorted(FaultyFileSystem.puts.values()) == ([1, 2] if fault == "torn" else [1, 1])


def test_a_hanging_store_keeps_neither_the_loop_nor_flush_and_close_for_a_bounded_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.setattr(uploader, "PATIENCE", 0.3)
    writer = SummaryWriter("faulty://run")
    FaultyFileSystem.open_gate.clear()
    begin = time.monotonic()
    assert not writer.flush(fsync=True)
    longest = 0.0
    for step in range(20_000):
        before = time.monotonic()
        writer.add_scalar("x", step, step)
        longest = max(longest, time.monotonic() - before)
    assert writer.flush()
    writer.close()
    assert time.monotonic() - begin < 20
    assert longest < 0.3
    (file,) = files(Path(writer._folder))
    assert [step for _, step, _ in scalars_in(Path(writer._folder))] == list(range(20_000))
    (warning,) = recwarn.list
    assert f"{file.stat().st_size} bytes for faulty://run are not uploaded and stay in {writer._folder}" in str(
        warning.message
    )
    FaultyFileSystem.open_gate.set()
    wait_until(lambda: writer.health.waiting_for_upload == 0)
    assert steps_in_store(tmp_path) == list(range(20_000))


def test_a_spool_that_is_deleted_under_the_writer_is_told_and_not_the_end(tmp_path: Path) -> None:
    writer = SummaryWriter("faulty://run")
    writer.add_scalar("x", 1.0, 1)
    writer.flush()
    (file,) = files(Path(writer._folder))
    file.unlink()
    writer.add_scalar("x", 2.0, 2)
    with pytest.warns(WriterWarning, match="was deleted"):
        writer.close()
    assert steps_in_store(tmp_path) == [2]


def test_a_writer_has_one_upload_thread_and_none_when_all_is_uploaded() -> None:
    def threads() -> int:
        return [thread.name for thread in threading.enumerate()].count("tbnotebook-upload")

    wait_until(lambda: threads() == 0)
    writer = SummaryWriter("faulty://run")
    for step in range(5):
        writer.add_scalar("x", step, step)
        writer.flush(fsync=True)
    assert threads() == 1
    writer.close()
    wait_until(lambda: threads() == 0)


def test_what_the_thread_did_before_it_went_is_not_waited_for() -> None:
    writer = SummaryWriter("faulty://run")
    writer.add_scalar("x", 1.0, 1)
    writer.close()
    uploader = writer.file_writer._uploader
    assert uploader is not None
    wait_until(lambda: uploader._thread is None)
    assert uploader._wait_for_pass(uploader.hurry(), time.monotonic())


def test_a_forgotten_writer_is_uploaded(tmp_path: Path) -> None:
    writer = SummaryWriter("faulty://run")
    writer.add_scalar("x", 1.0, 1)
    health = writer._scribe.tally.health
    del writer
    wait_until(lambda: not [t for t in threading.enumerate() if t.name == "tbnotebook-upload"], 20)
    assert health().waiting_for_upload == 0
    assert steps_in_store(tmp_path) == [1]
