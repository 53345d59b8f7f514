from __future__ import annotations

import copy
import gc
import os
import pickle
import re
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tbnotebook import FileWriter, LogDir, SummaryWriter
from tbnotebook.events.schema import SessionStatus
from tbnotebook.writer import BadValue, WriterWarning, scribe
from tests.events.reading import events, events_in, files, scalars_in
from tests.writer.waiting import wait_until


def test_what_was_added_is_in_the_file_without_flush(tmp_path: Path) -> None:
    # max_queue and flush_secs would let the peers wait.
    writer = SummaryWriter(tmp_path, max_queue=10**9, flush_secs=10**9)
    delays = []
    for step in range(10):
        writer.add_scalar("x", step, step)
        added = time.monotonic()
        wait_until(lambda step=step: len(scalars_in(tmp_path)) == step + 1)
        delays.append(time.monotonic() - added)
    writer.close()
    assert sorted(delays)[len(delays) // 2] <= 0.2


def test_flush_says_that_all_is_written(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    for step in range(100):
        writer.add_scalar("x", step, step)
        assert writer.flush(fsync=step % 10 == 0)
        assert len(scalars_in(tmp_path)) == step + 1
    assert writer.health.written == 100
    writer.close()


def test_the_context_manager_closes(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        assert writer
        writer.add_scalar("x", 1.0, 1)
    assert events_in(tmp_path)[-1].session_log.status == SessionStatus.STOP


def test_closing_twice_or_flushing_after_close_writes_nothing_more(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    writer.close()
    before = [file.read_bytes() for file in files(tmp_path)]
    writer.close()
    assert writer.flush()
    assert [file.read_bytes() for file in files(tmp_path)] == before


def test_a_write_after_close_opens_a_new_file_and_leaves_the_first(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    writer.add_scalar("x", 1.0, 1)
    writer.close()
    (first,) = files(tmp_path)
    before = first.read_bytes()
    add_scalar = writer.add_scalar
    add_scalar("x", 2.0, 2)
    wait_until(lambda: len(scalars_in(tmp_path)) == 2)
    writer.close()
    assert len(files(tmp_path)) == 2
    assert files(tmp_path)[0] == first
    assert first.read_bytes() == before
    assert scalars_in(tmp_path) == [(b"x", 1, 1.0), (b"x", 2, 2.0)]


def test_many_reopenings_within_one_second_keep_their_order_by_name(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    for step in range(25):
        writer.add_scalar("x", step, step)
        writer.close()
    assert [step for _, step, _ in scalars_in(tmp_path)] == list(range(25))


def test_fifty_writers_in_one_folder_and_second_lose_nothing(tmp_path: Path) -> None:
    writers = [SummaryWriter(tmp_path) for _ in range(50)]
    for number, writer in enumerate(writers):
        for step in range(20):
            writer.add_scalar(f"w{number}", step, step)
    for writer in writers:
        writer.close()
    assert len(files(tmp_path)) == 50
    assert len(set(scalars_in(tmp_path))) == 1000


def test_a_file_that_exists_under_the_next_name_is_never_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SummaryWriter(tmp_path, filename_suffix=".a").close()
    (file,) = files(tmp_path)
    monkeypatch.setattr(time, "time", lambda: int(file.name.split(".")[3]))
    serial = int(file.name.split(".")[-2])
    taken = [tmp_path / file.name.replace(f".{serial:04d}.a", f".{serial + more:04d}.a") for more in (1, 2)]
    for path in taken:
        path.write_bytes(b"precious")
    SummaryWriter(tmp_path, filename_suffix=".a").close()
    assert [path.read_bytes() for path in taken] == [b"precious"] * 2
    assert len(files(tmp_path)) == 4


def test_the_file_name_is_tensorboards_with_the_suffix(tmp_path: Path) -> None:
    SummaryWriter(tmp_path, filename_suffix=".mine").close()
    (file,) = files(tmp_path)
    assert re.fullmatch(rf"events\.out\.tfevents\.\d{{10}}\..+\.{os.getpid()}\.\d+\.mine", file.name)


def test_the_default_folder_is_torchs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    writer = SummaryWriter(comment="_lr0.1")
    writer.close()
    assert re.fullmatch(r"runs.[A-Z][a-z]{2}\d\d_\d\d-\d\d-\d\d_.+_lr0\.1", writer.log_dir)
    assert len(files(tmp_path / writer.log_dir)) == 1


@pytest.mark.parametrize(
    ("arguments", "keywords"),
    [
        (("logs", "", None, 10, 120, ".s"), {}),
        (("logs", "", None, 10, 120, ".s", True), {}),
        ((), {"log_dir": "logs", "filename_suffix": ".s"}),
        ((), {"logdir": "logs", "filename_suffix": ".s", "comet_config": {"disabled": True}}),
        ((Path("logs"),), {"comment": "ignored", "filename_suffix": ".s", "logdir": "logs"}),
    ],
)
def test_both_constructors_are_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: Any, keywords: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    writer = SummaryWriter(*arguments, **keywords)
    writer.close()
    assert writer.log_dir == writer.logdir == writer.get_logdir() == "logs"
    assert [file.name.endswith(".s") for file in files(tmp_path / "logs")] == [True]


def test_what_cannot_be_meant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="name one thing"):
        SummaryWriter("a", logdir="b")
    with pytest.raises(BadValue, match="step"):
        SummaryWriter(tmp_path, purge_step="late")
    with pytest.warns(WriterWarning, match="Comet"):
        SummaryWriter(tmp_path, write_to_disk=False, comet_config={"disabled": False})


def test_a_folder_that_cannot_be_made_raises_in_the_constructor(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        SummaryWriter(tmp_path / "file" / "logs")


def test_write_to_disk_false_writes_nothing(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "logs", write_to_disk=False) as writer:
        writer.add_scalar("x", 1.0, 1)
        assert writer.flush()
    assert not (tmp_path / "logs").exists()


def test_a_change_of_the_working_directory_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    writer = SummaryWriter("logs")
    writer.close()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    writer.add_scalar("x", 1.0, 1)
    writer.close()
    assert len(files(tmp_path / "logs")) == 2


def test_frameworks_find_what_they_reach_for(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        assert writer.file_writer is writer._get_file_writer()
        assert list(writer.all_writers.values()) == [writer.file_writer]
        assert writer.file_writer.get_logdir() == str(tmp_path)
        assert writer.file_writer.event_writer._file_name == str(files(tmp_path)[0])
        writer.file_writer.close()
        writer.file_writer.reopen()
        assert writer.file_writer.event_writer._file_name == str(files(tmp_path)[1])
        assert "add_scalar" in dir(writer)


def test_a_subclass_keeps_its_own_add_scalar(tmp_path: Path) -> None:
    class Doubling(SummaryWriter):
        def add_scalar(self, tag: str, scalar_value: Any, *rest: Any, **more: Any) -> None:
            super().add_scalar(tag, 2 * scalar_value, *rest, **more)

    with Doubling(tmp_path) as writer:
        writer.add_scalar("x", 1.5, 1)
    assert scalars_in(tmp_path) == [(b"x", 1, 3.0)]


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda writer: pickle.loads(pickle.dumps(writer))])
def test_a_copy_writes_to_a_file_of_its_own_when_it_is_used(tmp_path: Path, copied: Any) -> None:
    writer = SummaryWriter(tmp_path, filename_suffix=".s", purge_step=0)
    twin = copied(writer)
    assert len(files(tmp_path)) == 1
    twin.add_scalar("twin", 1.0, 1)
    twin.close()
    writer.add_scalar("first", 2.0, 1)
    writer.close()
    assert sorted(scalars_in(tmp_path)) == [(b"first", 1, 2.0), (b"twin", 1, 1.0)]
    assert all(file.name.endswith(".s") for file in files(tmp_path))
    assert sum(event.session_log.status == SessionStatus.START for event in events_in(tmp_path)) == 1


def test_a_file_writer_copies_as_its_configuration(tmp_path: Path) -> None:
    writer = FileWriter(tmp_path, filename_suffix=".s")
    twin = pickle.loads(pickle.dumps(writer))
    assert twin.get_logdir() == str(tmp_path)
    assert len(files(tmp_path)) == 1
    twin.reopen()
    twin.close()
    writer.close()
    assert len(files(tmp_path)) == 2


def test_an_idle_writer_has_no_thread_and_wakes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scribe, "_OFF_DUTY_AFTER", 2)
    writer = SummaryWriter(tmp_path)
    for step in range(3):
        writer.add_scalar("x", step, step)
        wait_until(lambda: not any(thread.name == "tbnotebook-writer" for thread in threading.enumerate()))
        assert len(scalars_in(tmp_path)) == step + 1
    writer.close()
    assert len(files(tmp_path)) == 1


def test_an_entry_added_by_the_way_of_a_moment_ago_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Who adds may have fetched the function just before the thread went off duty and replaced it.
    monkeypatch.setattr(scribe, "_OFF_DUTY_AFTER", 2)
    writer = SummaryWriter(tmp_path)
    writer.add_scalar("x", 1.0, 1)
    fetched = writer._scribe.extend
    wait_until(lambda: writer._scribe.extend != fetched)
    fetched(("x", 2.0, 2, 1.7e9))
    wait_until(lambda: len(scalars_in(tmp_path)) == 2, seconds=2)
    writer.close()
    assert scalars_in(tmp_path) == [(b"x", 1, 1.0), (b"x", 2, 2.0)]


def test_threads_that_add_while_another_closes_lose_nothing(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    count = 3000

    def add(number: int) -> None:
        for step in range(count):
            writer.add_scalar(f"t{number}", step, step)
            if step % 500 == 0:
                time.sleep(0.001)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        writer.flush()
        writer.close()
    writer.close()
    found = scalars_in(tmp_path)
    for number in range(4):
        assert [step for tag, step, _ in found if tag == f"t{number}".encode()] == list(range(count))
    for file in files(tmp_path):
        assert events(file.read_bytes())[-1].session_log.status == SessionStatus.STOP


@pytest.mark.parametrize(("error", "told"), [(KeyboardInterrupt, "KeyboardInterrupt"), (ValueError, "ValueError")])
def test_what_a_with_block_was_left_by_stands_in_the_file(
    tmp_path: Path, error: type[BaseException], told: str
) -> None:
    def train() -> None:
        with SummaryWriter(tmp_path) as writer:
            writer.add_scalar("loss", 1.0, 312)
            raise error

    with pytest.raises(error):
        train()
    log = LogDir(tmp_path)
    log.poll()
    assert (log.run.ended, log.run.ended_by) == (True, told)


def test_a_session_that_ends_as_it_should_names_no_error(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("loss", 1.0, 312)
    log = LogDir(tmp_path)
    log.poll()
    assert (log.run.ended, log.run.ended_by) == (True, None)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts descriptors in /proc")
def test_writers_made_again_and_again_leave_one_thread_and_one_descriptor(tmp_path: Path) -> None:
    def count_descriptors() -> int:
        return sum(os.path.realpath(f"/proc/self/fd/{name}").startswith(str(tmp_path)) for name in os.listdir(fds))

    def count_threads() -> int:
        return sum(thread.name.startswith("tbnotebook") for thread in set(threading.enumerate()) - others)

    fds = "/proc/self/fd"
    others = set(threading.enumerate())
    for step in range(30):
        writer = SummaryWriter(tmp_path)  # the one before is forgotten and not closed, as where a cell is run again
        writer.add_scalar("x", step, step)
    assert count_descriptors() <= 2
    wait_until(lambda: count_threads() <= 1)
    writer.close()
    assert [step for _, step, _ in scalars_in(tmp_path)] == list(range(30))
    assert len(files(tmp_path)) == 30


def test_a_forgotten_writer_that_was_used_is_closed_by_its_thread(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    writer.add_scalar("x", 1.0, 1)
    del writer
    gc.collect()
    wait_until(lambda: events_in(tmp_path)[-1].session_log.status == SessionStatus.STOP, seconds=3)
    assert scalars_in(tmp_path) == [(b"x", 1, 1.0)]


def test_a_forgotten_writer_that_was_idle_is_closed_when_the_next_is_made(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)  # nothing is added: no thread was ever on duty
    del writer
    gc.collect()
    SummaryWriter(tmp_path / "other").close()
    assert events_in(tmp_path)[-1].session_log.status == SessionStatus.STOP


def test_the_method_alone_keeps_its_writer(tmp_path: Path) -> None:
    add_scalar = SummaryWriter(tmp_path).add_scalar
    add_scalar("x", 1.0, 1)
    other = SummaryWriter(tmp_path / "other")
    add_scalar("x", 1.0, 2)
    del add_scalar
    SummaryWriter(tmp_path / "third").close()
    other.close()
    assert len(files(tmp_path)) == 1
    assert [step for _, step, _ in scalars_in(tmp_path)] == [1, 2]
