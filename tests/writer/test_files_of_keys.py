"""The files of `add_scalars`' keys: they tell whose they are, few are open at a time, and each fares for itself."""

from __future__ import annotations

import copy
import os
import pickle
import threading
from pathlib import Path

import pytest

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.events.kinship import parse_kinship
from tbnotebook.events.schema import SessionStatus
from tbnotebook.writer import WriterWarning, outbox, outboxes
from tests.events.reading import events, events_in, files, scalars_in
from tests.writer.programs import run


def test_each_file_tells_once_and_before_its_values_whose_child_it_is(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    for step in range(3):
        writer.add_scalars("train/loss", {"a/b": step}, step)
    writer.close()
    writer.add_scalars("train/loss", {"a/b": 3.0}, 3)
    writer.close()
    child = tmp_path / "train_loss_a" / "b"
    assert len(files(child)) == 2
    for file in files(child):
        kinds = [event.WhichOneof("what") for event in events(file.read_bytes())]
        assert kinds[:3] == ["file_version", "log_message", "summary"]
        assert kinds.count("log_message") == 1
        told = parse_kinship(events(file.read_bytes())[1].log_message.message)
        assert told is not None
        assert (told.tag, told.key, told.up) == ("train/loss", "a/b", 2)


def test_two_main_tags_that_share_a_folder_are_both_told(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalars("a", {"b_c": 1.0}, 1)
        writer.flush()
        writer.add_scalars("a_b", {"c": 2.0}, 1)
    told = [parse_kinship(e.log_message.message) for e in events_in(tmp_path / "a_b_c") if e.HasField("log_message")]
    assert [(one.tag, one.key) for one in told if one is not None] == [("a", "b_c"), ("a_b", "c")]
    assert scalars_in(tmp_path / "a_b_c") == [(b"a", 1, 1.0), (b"a_b", 1, 2.0)]


def test_close_ends_each_file_and_flush_writes_each(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    writer.add_scalars("x", {"a": 1.0, "b": 1.0}, 1)
    assert writer.flush(fsync=True)
    assert [len(scalars_in(tmp_path / name)) for name in ("x_a", "x_b")] == [1, 1]
    writer.close()
    assert all(events_in(tmp_path / name)[-1].session_log.status == SessionStatus.STOP for name in (".", "x_a", "x_b"))
    read = LogDir(tmp_path)
    read.poll()
    assert all(run.ended for run in read.runs.values())


def open_files(root: Path) -> int:
    links = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    return sum(os.path.realpath(link).startswith(str(root)) for link in links if os.path.exists(link))


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="needs Linux's /proc")
def test_many_keys_take_a_bounded_number_of_open_files_and_threads(tmp_path: Path) -> None:
    threads = threading.active_count()
    writer = SummaryWriter(tmp_path)
    keys = [f"k{number}" for number in range(3 * outboxes.MOST_OPEN)]
    for step in range(5):
        writer.add_scalars("x", dict.fromkeys(keys, step), step)
        assert writer.flush(fsync=step == 3)
        assert open_files(tmp_path) <= outboxes.MOST_OPEN + 1
        assert threading.active_count() <= threads + 2
    writer.close()
    assert open_files(tmp_path) == 0
    for key in keys:
        assert len(files(tmp_path / f"x_{key}")) == 1
        assert [step for _, step, _ in scalars_in(tmp_path / f"x_{key}")] == [0, 1, 2, 3, 4]
        assert events_in(tmp_path / f"x_{key}")[-1].session_log.status == SessionStatus.STOP


def test_a_file_that_was_replaced_while_it_was_not_open_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outboxes, "MOST_OPEN", 1)
    writer = SummaryWriter(tmp_path)
    writer.add_scalars("x", {"a": 1.0, "b": 1.0, "c": 1.0}, 1)
    writer.flush()
    (first,), (second,) = files(tmp_path / "x_a"), files(tmp_path / "x_b")
    first.unlink()
    first.write_bytes(b"somebody else's")
    second.unlink()
    writer.add_scalars("x", {"a": 2.0, "b": 2.0, "c": 2.0}, 2)
    with pytest.warns(WriterWarning, match="deleted or replaced"):
        writer.close()
    assert first.read_bytes() == b"somebody else's"
    first.unlink()
    for name in ("x_a", "x_b"):
        assert scalars_in(tmp_path / name) == [(b"x", 2, 2.0)]
        assert parse_kinship(events_in(tmp_path / name)[1].log_message.message) is not None
    assert scalars_in(tmp_path / "x_c") == [(b"x", 1, 1.0), (b"x", 2, 2.0)]
    assert writer.health.dropped == 2  # what was in the two files


def test_a_folder_that_cannot_be_made_costs_the_others_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "LIMIT", 1 << 17)
    (tmp_path / "x_a").write_text("a file where a folder should be")
    writer = SummaryWriter(tmp_path)
    with pytest.warns(WriterWarning, match="cannot write to"):
        log_beside_a_folder_that_fails(writer)
    assert len(scalars_in(tmp_path)) == len(scalars_in(tmp_path / "x_b")) == 3000
    assert writer.health.written == 6000
    assert writer.health.dropped == 3000


def log_beside_a_folder_that_fails(writer: SummaryWriter) -> None:
    for step in range(3000):
        writer.add_scalars("x", {"a": step, "b": step}, step)
        writer.add_scalar("own", step, step)
        if step % 100 == 0:
            assert not writer.flush()
    writer.close()


FORKED = """
    import os, sys
    from tbnotebook import SummaryWriter
    writer = SummaryWriter(sys.argv[1])
    writer.add_scalars("x", {"a": 1.0}, 1)
    if os.fork() == 0:
        writer.add_scalars("x", {"a": 2.0}, 2)
        writer.close()
        os._exit(0)
    os.wait()
    writer.add_scalars("x", {"a": 3.0}, 3)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_writes_files_of_its_own(tmp_path: Path) -> None:
    run(FORKED, tmp_path)
    found = [sorted(step for _, step, _ in scalars_of(file)) for file in files(tmp_path / "x_a")]
    assert sorted(found) == [[1, 3], [2]]


def scalars_of(file: Path) -> list[tuple[bytes, int, float]]:
    summaries = [(event.step, event.summary) for event in events(file.read_bytes())]
    return [(value.tag, step, value.simple_value) for step, summary in summaries for value in summary.value]


def test_a_copy_or_a_writer_that_writes_nothing_can_be_called(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "none", write_to_disk=False) as silent:
        silent.add_scalars("x", {"a": 1.0}, 1)
    assert not (tmp_path / "none").exists()
    writer = SummaryWriter(tmp_path)
    writer.add_scalars("x", {"a": 1.0}, 1)
    for other in (copy.deepcopy(writer), pickle.loads(pickle.dumps(writer))):
        other.add_scalars("x", {"a": 2.0}, 2)
        other.close()
    writer.close()
    assert len(files(tmp_path / "x_a")) == 3
    assert list(writer.all_writers) == [str(tmp_path)]
