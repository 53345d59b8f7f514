"""What a writer brings into a store."""

from __future__ import annotations

import copy
import pickle
import sys
import threading
from pathlib import Path

import fsspec
import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tbnotebook import FileWriter, SummaryWriter
from tbnotebook.events import schema
from tbnotebook.events.segment import parse_segment_name
from tbnotebook.reader import LogDir
from tbnotebook.writer.store import progress, uploader
from tests.events.reading import events, events_in, files, scalars_in
from tests.writer.object_store.faulty import FaultyFileSystem
from tests.writer.object_store.reading import download, file_count
from tests.writer.programs import run
from tests.writer.waiting import wait_until


def test_all_readers_find_every_point_in_order_and_each_segment_is_an_event_file(tmp_path: Path) -> None:
    with SummaryWriter("memory://bucket/run") as writer:
        for step in range(3000):
            writer.add_scalar("x", step / 2, step)
            if step % 1000 == 999:
                assert writer.flush(fsync=True)
    expected = [(step, step / 2) for step in range(3000)]
    segments = download("memory://bucket/run", tmp_path / "log")
    assert len(segments) == 4
    assert all(events(segment.read_bytes())[0].file_version == b"brain.Event:2" for segment in segments)
    assert [(step, value) for _, step, value in scalars_in(tmp_path / "log")] == expected
    stops = [event for event in events_in(tmp_path / "log") if event.HasField("session_log")]
    assert len(stops) == 1
    log = LogDir(tmp_path / "log")
    log.poll()
    series = log.runs["."].scalars["x"]
    assert list(zip(series.step.tolist(), series.value.tolist())) == expected
    assert len(log.runs["."].attempts) == 1
    assert log.runs["."].ended
    theirs = EventAccumulator(str(tmp_path / "log"), size_guidance={"scalars": 0}).Reload()
    assert [(point.step, point.value) for point in theirs.Scalars("x")] == expected


def test_it_is_uploaded_in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploader, "due", lambda age, since, waiting: waiting > 0)
    writer = SummaryWriter("faulty://run")
    writer.add_scalar("x", 1.0, 1)
    wait_until(lambda: writer.health.uploaded > 60 and writer.health.waiting_for_upload == 0)
    assert FaultyFileSystem.sent >= writer.health.uploaded
    writer.close()


def test_what_is_sent_is_the_file_and_a_few_bytes_a_segment_and_nothing_is_sent_twice() -> None:
    writer = SummaryWriter("faulty://run")
    for step in range(40 * 250):
        writer.add_scalar("x", step, step)
        if step % 250 == 249:
            assert writer.flush(fsync=True)
    writer.close()
    (file,) = files(Path(writer._folder))
    assert len(FaultyFileSystem.puts) == 41
    assert set(FaultyFileSystem.puts.values()) == {1}
    assert file.stat().st_size < FaultyFileSystem.sent < file.stat().st_size + 41 * 80
    assert writer.health.uploaded == file.stat().st_size


def test_much_that_waits_goes_in_several_segments_and_a_large_record_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "MUCH", 4000)
    writer = FileWriter("faulty://run")
    for step in range(500):
        writer.add_event(schema.Event(log_message=schema.LogMessage(message=b"m" * 100)), step)
    writer.add_event(schema.Event(log_message=schema.LogMessage(message=b"m" * 50_000)), 500)
    writer.close()
    segments = download("faulty://run", tmp_path / "log")
    sizes = [segment.stat().st_size for segment in segments]
    assert [size > 4100 for size in sizes].count(True) == 1
    assert 50_000 < max(sizes) < 58_000
    steps = [event.step for event in events_in(tmp_path / "log") if event.HasField("log_message")]
    assert steps == list(range(501))


def test_numbers_and_ends_in_the_names_tell_of_the_whole_file(tmp_path: Path) -> None:
    writer = SummaryWriter("faulty://a/b/c", filename_suffix=".mine")
    for step in range(3):
        writer.add_scalar("x", step, step)
        writer.flush(fsync=True)
    writer.close()
    (file,) = files(Path(writer._folder))
    parsed = [parse_segment_name(segment.name) for segment in download("faulty://a/b/c", tmp_path / "log")]
    assert [found is not None and found[1] for found in parsed] == [1, 2, 3, 4]
    assert parsed[-1] is not None
    assert parsed[-1][2] == file.stat().st_size
    assert parsed[-1][0].startswith(file.name)


def test_adding_after_close_begins_another_file_in_the_store(tmp_path: Path) -> None:
    writer = SummaryWriter("memory://run")
    writer.add_scalar("x", 0.0, 0)
    writer.close()
    writer.add_scalar("x", 1.0, 1)
    writer.close()
    download("memory://run", tmp_path / "log")
    assert file_count(tmp_path / "log") == 2
    assert [step for _, step, _ in scalars_in(tmp_path / "log")] == [0, 1]


def test_copies_go_to_the_same_place_with_files_and_spools_of_their_own(tmp_path: Path) -> None:
    writer = SummaryWriter("memory://run")
    copies = [copy.deepcopy(writer), pickle.loads(pickle.dumps(writer))]
    for number, one in enumerate([writer, *copies]):
        one.add_scalar("x", 0.0, number)
        one.close()
        assert one.log_dir == one.get_logdir() == "memory://run"
    download("memory://run", tmp_path / "log")
    assert sorted(step for _, step, _ in scalars_in(tmp_path / "log")) == [0, 1, 2]
    assert len({one._folder for one in [writer, *copies]}) == 3


def test_the_spool_can_be_viewed_after_close() -> None:
    writer = SummaryWriter("memory://run")
    writer.add_scalar("x", 1.0, 7)
    writer.close()
    assert [step for _, step, _ in scalars_in(Path(writer._folder))] == [7]


def test_a_purge_reaches_what_other_segments_have(tmp_path: Path) -> None:
    for purge_step, steps in ((None, range(6)), (3, range(3, 5))):
        with SummaryWriter("memory://run", purge_step=purge_step) as writer:
            for step in steps:
                writer.add_scalar("x", 0.0, step)
                writer.flush(fsync=True)
    download("memory://run", tmp_path / "log")
    log = LogDir(tmp_path / "log")
    log.poll()
    assert [attempt.scalars["x"].step.tolist() for attempt in log.runs["."].attempts] == [[0, 1, 2, 3, 4]]


def test_a_chained_url_is_a_store(tmp_path: Path) -> None:
    with SummaryWriter("dir::memory://run") as writer:
        writer.add_scalar("x", 1.0, 1)
    assert fsspec.filesystem("memory").find("/")


@pytest.mark.parametrize("prefix", ["", "file://"])
def test_a_folder_is_written_to_directly_and_fsspec_stays_unloaded(tmp_path: Path, prefix: str) -> None:
    loaded = run(
        """
        import sys, threading
        from tbnotebook import SummaryWriter
        writer = SummaryWriter(sys.argv[1])
        writer.add_scalar("x", 1, 1)
        assert "tbnotebook-upload" not in [thread.name for thread in threading.enumerate()]
        writer.close()
        print(*sys.modules)
        """,
        f"{prefix}{tmp_path}/log",
    ).split()
    assert [step for _, step, _ in scalars_in(tmp_path / "log")] == [1]
    assert not {"fsspec", "asyncio", "tbnotebook.writer.store.uploader"} & set(loaded)


def test_without_fsspec_or_a_stores_package_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImportError, match=r"s3://bucket/run needs a package for s3: pip install s3fs"):
        SummaryWriter("s3://bucket/run")
    with pytest.raises(ValueError, match="knows no protocol 'nope'"):
        SummaryWriter("nope://bucket/run")
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(ImportError, match=r'pip install "tbnotebook\[fsspec\]"'):
        SummaryWriter("memory://run")


def test_a_muted_writer_needs_no_store_and_no_spool(spools: Path) -> None:
    writer = SummaryWriter("s3://bucket/run", write_to_disk=False)
    writer.add_scalar("x", 1.0, 1)
    writer.close()
    assert not spools.exists()


def test_the_keys_of_add_scalars_have_folders_in_the_store_and_one_thread_and_spool_with_their_run(
    tmp_path: Path, spools: Path
) -> None:
    writer = SummaryWriter("faulty://logs")
    for step in range(5):
        writer.add_scalars("x", {"a": step, "b/c": step, "d:e": step}, step)
        assert writer.flush(fsync=True)
    assert [thread.name for thread in threading.enumerate()].count("tbnotebook-upload") == 1
    assert len(list(spools.glob("*/*"))) == 1
    writer.close()
    (odd,) = [path for path in fsspec.filesystem("faulty").ls("logs", detail=False) if "d_e" in path]
    for child in ("x_a", "x_b/c", odd.rpartition("/")[2]):
        segments = download(f"faulty://logs/{child}", tmp_path / child)
        assert len(segments) == 6
        assert file_count(tmp_path / child) == 1
        assert [step for _, step, _ in scalars_in(tmp_path / child)] == [0, 1, 2, 3, 4]
    log = LogDir("faulty://logs")
    log.poll()
    assert sorted(log.runs) == sorted([".", "x_a", "x_b/c", odd.rpartition("/")[2]])
