"""What lies in the store: numbered parts, each an event file, that together are the whole."""

from __future__ import annotations

import copy
import os
import pickle
import time
from pathlib import Path
from typing import Any

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tbnotebook import FileWriter, LogDir, SummaryWriter
from tbnotebook.events.part import parse_part
from tbnotebook.events.schema import Event, SessionStatus
from tbnotebook.writer import upload
from tests.events.reading import events, events_in, files, scalars_in
from tests.writer.object_store.stores import FaultyStore, download


def log_in_parts(url: str) -> SummaryWriter:
    writer = SummaryWriter(url, filename_suffix=".mine")
    for step in range(1000):
        writer.add_scalar("loss", 0.5 * step, step)
        if step % 100 == 99:
            assert writer.flush(fsync=True)
    writer.close()
    return writer


def test_the_parts_hold_each_point_once_and_in_order(tmp_path: Path, store: type[FaultyStore]) -> None:
    log_in_parts("faulty://bucket/run")
    folder = download("faulty://bucket/run", tmp_path / "run")
    assert scalars_in(folder) == [(b"loss", step, 0.5 * step) for step in range(1000)]
    log = LogDir(folder)
    log.poll()
    assert log.run.scalars["loss"].step.tolist() == list(range(1000))
    assert (len(log.run.attempts), log.run.ended, log.run.problems) == (1, True, [])
    accumulator = EventAccumulator(str(folder), size_guidance={"scalars": 0})
    accumulator.Reload()
    assert [(point.step, point.value) for point in accumulator.Scalars("loss")] == [
        (step, 0.5 * step) for step in range(1000)
    ]


def test_each_part_is_an_event_file_and_none_is_touched_again(tmp_path: Path, store: type[FaultyStore]) -> None:
    writer = log_in_parts("faulty://bucket/run")
    found = files(download("faulty://bucket/run", tmp_path / "run"))
    (name,) = {parse_part(file.name)[0] for file in found}  # type: ignore[index]
    assert ".mine." in name
    assert [parse_part(file.name)[1] for file in found] == list(range(1, len(found) + 1))  # type: ignore[index]
    assert len(found) >= 10
    assert [put for put, _ in store.puts] == [file.name for file in found]
    for file in found:
        assert events(file.read_bytes())[0].file_version == b"brain.Event:2"
    stops = [event.session_log.status == SessionStatus.STOP for event in events_in(tmp_path / "run")]
    assert stops == [False] * (len(stops) - 1) + [True]
    (whole,) = files(Path(writer.file_writer.folder))
    assert sum(size for _, size in store.puts) < whole.stat().st_size + 100 * len(found)
    assert writer.health.uploaded == whole.stat().st_size
    assert writer.health.to_upload == 0


def test_what_was_added_is_in_the_store_without_flush(tmp_path: Path, store: type[FaultyStore]) -> None:
    writer = SummaryWriter("faulty://bucket/run")
    writer.add_scalar("x", 1.0, 1)
    deadline = time.monotonic() + 10 * upload.SOONEST
    while not writer.health.uploaded and time.monotonic() < deadline:
        time.sleep(0.05)
    assert scalars_in(download("faulty://bucket/run", tmp_path / "run")) == [(b"x", 1, 1.0)]
    writer.close()


def test_a_run_of_ten_days_comes_in_thousands_of_parts_not_in_a_million() -> None:
    age, parts = 0.0, 0
    while age < 10 * 24 * 3600:
        age += upload.interval(age)
        parts += 1
    assert 1000 < parts < 5000
    assert upload.interval(0) <= 2


def test_a_record_larger_than_a_part_is_a_part_of_its_own(
    tmp_path: Path, store: type[FaultyStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "LARGEST", 1000)
    writer = FileWriter("faulty://bucket/run")
    for size in (10, 5000, 10):
        writer.add_event(Event(file_version=b"x" * size))
    writer.close()
    found = [event.file_version for event in events_in(download("faulty://bucket/run", tmp_path / "run"))]
    assert [len(version) for version in found if version.startswith(b"x")] == [10, 5000, 10]
    assert len(store.puts) == 3


def test_steps_that_go_back_are_one_attempt_as_they_are_in_one_file(tmp_path: Path, store: type[FaultyStore]) -> None:
    writer = SummaryWriter("faulty://bucket/run")
    for step in (5, 3, 9, 1):
        writer.add_scalar("x", 1.0, step)
        writer.flush(fsync=True)
    writer.close()
    log = LogDir(download("faulty://bucket/run", tmp_path / "run"))
    log.poll()
    assert [list(attempt.scalars["x"].step) for attempt in log.run.attempts] == [[5, 3, 9, 1]]


def test_a_write_after_close_is_uploaded_as_another_file(tmp_path: Path, store: type[FaultyStore]) -> None:
    writer = SummaryWriter("faulty://bucket/run")
    for step in range(3):
        writer.add_scalar("x", 1.0, step)
        writer.close()
    assert [step for _, step, _ in scalars_in(download("faulty://bucket/run", tmp_path / "run"))] == [0, 1, 2]


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda writer: pickle.loads(pickle.dumps(writer))])
def test_a_copy_writes_to_the_same_place_in_files_of_its_own(
    tmp_path: Path, store: type[FaultyStore], copied: Any
) -> None:
    with SummaryWriter("faulty://bucket/run") as writer, copied(writer) as twin:
        assert (twin.log_dir, twin.logdir) == ("faulty://bucket/run",) * 2
        writer.add_scalar("first", 1.0, 1)
        twin.add_scalar("twin", 2.0, 1)
    found = scalars_in(download("faulty://bucket/run", tmp_path / "run"))
    assert sorted(found) == [(b"first", 1, 1.0), (b"twin", 1, 2.0)]


def test_many_writers_to_one_place_and_second_lose_nothing(tmp_path: Path, store: type[FaultyStore]) -> None:
    writers = [SummaryWriter("faulty://bucket/run") for _ in range(10)]
    for number, writer in enumerate(writers):
        writer.add_scalar("x", number, number)
    for writer in writers:
        writer.close()
    found = scalars_in(download("faulty://bucket/run", tmp_path / "run"))
    assert sorted(step for _, step, _ in found) == list(range(10))


def test_memory_and_chained_stores_are_understood(tmp_path: Path) -> None:
    for url in ("memory://here/run", f"dir::memory://{tmp_path.name}/run"):
        if url.startswith("dir"):
            url = f"simplecache::memory://{tmp_path.name}/run"
        with SummaryWriter(url) as writer:
            writer.add_scalar("x", 1.0, 1)
        inner = url.rpartition("::")[2]
        assert scalars_in(download(inner, tmp_path / str(len(url)))) == [(b"x", 1, 1.0)]


def test_a_file_url_is_a_local_folder(tmp_path: Path) -> None:
    with SummaryWriter(f"file://{tmp_path}/a%20b") as writer:
        writer.add_scalar("x", 1.0, 1)
    assert scalars_in(tmp_path / "a b") == [(b"x", 1, 1.0)]


def test_a_store_that_nothing_is_installed_for_says_so_in_the_constructor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ImportError, match=r"s3fs|gcsfs"):
        SummaryWriter("s3://bucket/run" if not _installed("s3fs") else "gs://bucket/run")
    with pytest.raises(ValueError, match="nowhere"):
        SummaryWriter("nowhere://bucket/run")
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(ImportError, match=r"pip install tbnotebook\[fsspec\]"):
        SummaryWriter("memory://run")


def _installed(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name) is not None


def test_nothing_is_uploaded_where_nothing_is_to_be_written(store: type[FaultyStore], spools: Path) -> None:
    with SummaryWriter("faulty://bucket/run", write_to_disk=False) as writer:
        writer.add_scalar("x", 1.0, 1)
    assert store.puts == []
    assert not os.path.exists(spools)
