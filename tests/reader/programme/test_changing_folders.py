"""Files that move, go, or are refused between one look and the next, and what only bears the name of an event file."""

from __future__ import annotations

import os
import shutil
import sys

import pytest

from tbnotebook.reader import LogDir, logdir, storage, tail
from tbnotebook.reader.storage import LocalStorage
from tests.reader.files import NAME, append, points, read, records, scalar, steps, version, write

LINKS = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and devices")


class Between(LocalStorage):
    """Does something to a path right before it is looked at or opened."""

    def __init__(self, *, stat=lambda path: None, open=lambda path: None):
        self._before_stat, self._before_open = stat, open

    def stat(self, path):
        self._before_stat(path)
        return super().stat(path)

    def open(self, path):
        self._before_open(path)
        return super().open(path)


def test_a_file_that_is_rotated_goes_on_under_its_new_name_beside_its_successor(tmp_path):
    path = write(tmp_path, version(), *(scalar("loss", step) for step in range(5)))
    log = read(tmp_path)
    path.rename(f"{path}.1")
    write(tmp_path, version(), scalar("loss", 5), scalar("loss", 6))
    append(f"{path}.1", scalar("late", 1))
    log.poll()
    assert points(log) == points(read(tmp_path))
    found = [steps(attempt.scalars) for attempt in log.run.attempts]
    assert found == [{"loss": [5, 6]}, {"late": [1], "loss": [0, 1, 2, 3, 4]}]  # in name order


def test_two_files_that_swap_their_names_are_read_anew(tmp_path):
    first = write(tmp_path / "a", version(), scalar("loss", 1))
    second = write(tmp_path / "b", version(), scalar("loss", 2))
    log = read(tmp_path)
    first.rename(tmp_path / "free")
    second.rename(first)
    (tmp_path / "free").rename(second)
    log.poll()
    assert {name: steps(run.scalars) for name, run in log.runs.items()} == {"a": {"loss": [2]}, "b": {"loss": [1]}}


@pytest.mark.parametrize("budget", [None, 1.0])
def test_a_file_that_goes_before_it_is_looked_at_is_gone_and_no_exception(tmp_path, budget):
    path = write(tmp_path / "goes", version(), scalar("loss", 1))
    write(tmp_path / "stays", version(), scalar("loss", 1))
    log = LogDir(tmp_path, storage=Between(stat=lambda found: path.unlink(missing_ok=True)))
    for _ in range(3):
        log.poll(budget)
    log.poll()
    assert {name: steps(run.scalars) for name, run in log.runs.items()} == {"stays": {"loss": [1]}}


def test_a_file_that_goes_before_it_is_opened_is_gone_and_no_exception(tmp_path):
    path = write(tmp_path / "goes", version(), scalar("loss", 1))
    write(tmp_path / "stays", version(), scalar("loss", 1))
    log = LogDir(tmp_path, storage=Between(open=lambda found: path.unlink(missing_ok=True)))
    log.poll()
    log.poll()
    assert {name: steps(run.scalars) for name, run in log.runs.items()} == {"stays": {"loss": [1]}}


@pytest.mark.parametrize("many", [2, 1000], ids=["read together", "read one by one"])
@pytest.mark.parametrize("what", ["stat", "open"])
def test_a_file_that_is_refused_keeps_what_was_read_and_costs_no_other(tmp_path, monkeypatch, many, what):
    monkeypatch.setattr(logdir, "_MANY", many)
    for run in ("a", "b", "shut"):
        write(tmp_path / run, version(), scalar("loss", 1))
    shut = ["shut"]

    def refuse(path):
        if any(part in path for part in shut):
            raise PermissionError(13, "Permission denied", path)

    log = LogDir(tmp_path, storage=Between(**{what: refuse}))
    log.poll(1.0 if what == "stat" else None)
    log.poll()
    assert {name: len(run.scalars) for name, run in log.runs.items()}["a"] == 1
    refused = [(p.run, p.kind, p.reason) for p in log.problems]
    assert refused == [("shut", "unreadable", "cannot be read: Permission denied")]
    shut.clear()
    log.poll()
    assert (log.problems, steps(log.runs["shut"].scalars)) == ([], {"loss": [1]})


@LINKS
def test_links_to_themselves_devices_and_pipes_are_no_event_files(tmp_path):
    (tmp_path / "self.tfevents").symlink_to("self.tfevents")
    (tmp_path / "zero.tfevents").symlink_to("/dev/zero")
    (tmp_path / "none.tfevents").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.tfevents")
    write(tmp_path / "run", version(), scalar("loss", 1))
    log = read(tmp_path)
    assert steps(log.runs["run"].scalars) == {"loss": [1]}
    assert [(os.path.basename(p.path), p.kind) for p in log.problems] == [("self.tfevents", "unreadable")]


@LINKS
def test_a_folder_that_goes_amid_a_walk_is_gone_and_no_exception(tmp_path):
    write(tmp_path / "a", version())
    write(tmp_path / "b", version())
    (tmp_path / "link").symlink_to("b")
    walk = LocalStorage().walk(str(tmp_path))
    found = [next(walk).name for _ in range(3)]
    shutil.rmtree(tmp_path / "a")
    shutil.rmtree(tmp_path / "b")
    found += [folder.name for folder in walk if folder.error is None]
    assert sorted(found) == [".", "a", "b"]


def test_a_system_that_gives_few_bytes_at_a_time_gives_all_of_them(tmp_path, monkeypatch):
    write(tmp_path, version(), *(scalar("loss", step) for step in range(50)))
    whole = points(read(tmp_path))
    given = storage._read_at
    monkeypatch.setattr(storage, "_read_at", lambda file, length, offset: given(file, min(length, 7), offset))
    log = read(tmp_path)
    assert points(log) == whole
    assert log.problems == []


def test_a_budget_of_nothing_is_kept_in_a_walk_and_known_files_are_read_beside_it(tmp_path):
    for run in range(20):
        write(tmp_path / f"run{run}", version(), scalar("loss", run))
    log = LogDir(tmp_path)
    seen = []
    while log.poll(0.0).more:
        seen.append(sum(len(run.scalars) for run in log.runs.values()))
    assert len(seen) > 20
    assert 0 < seen[10] < 20
    assert all(steps(run.scalars) for run in log.runs.values())


def test_bytes_at_the_end_wait_by_the_readers_clock_too_where_the_files_is_ahead(tmp_path, monkeypatch):
    path = write(tmp_path, version(), scalar("loss", 1))
    with open(path, "ab") as file:
        file.write(records(scalar("loss", 2))[:-5])
    ahead = 2 * path.stat().st_mtime
    os.utime(path, (ahead, ahead))
    log = read(tmp_path)
    assert log.problems == []
    later = tail.time.monotonic() + 2 * tail.STILL_SECONDS
    monkeypatch.setattr(tail.time, "monotonic", lambda: later)
    log.poll()
    assert [problem.kind for problem in log.problems] == ["damaged"]


def test_a_run_whose_file_comes_back_is_read_anew(tmp_path):
    path = write(tmp_path / "run", version(), scalar("loss", 1), name=NAME)
    log = read(tmp_path)
    path.unlink()
    assert log.poll().gone == {"run"}
    write(tmp_path / "run", version(), scalar("loss", 2), name=NAME)
    log.poll()
    assert steps(log.runs["run"].scalars) == {"loss": [2]}
