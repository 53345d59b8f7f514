"""Logs in object stores: what is asked of the store, what changes there, and stores that fail or hang."""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from tbnotebook import SummaryWriter
from tbnotebook.reader import LogDir, patience
from tests.reader.files import NAME, points, read, records, scalar, steps, version, write


class Counting(MemoryFileSystem):
    """``counting://``: a memory of its own that counts what it is asked; what it is told to raise, it raises."""

    protocol = "counting"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    asked: ClassVar[Counter[str]] = Counter()
    failures: ClassVar[dict[str, Exception]] = {}

    @classmethod
    def _strip_protocol(cls, path):
        return MemoryFileSystem._strip_protocol(path.removeprefix("counting://"))

    def _ask(self, what):
        self.asked[what] += 1
        if what in self.failures:
            raise self.failures[what]

    def find(self, *args, **kwargs):
        self._ask("find")
        kwargs.pop("on_error", None)
        return super().find(*args, **kwargs)

    def cat_file(self, path, start=None, end=None, **kwargs):
        self._ask("cat_file")
        return super().cat_file(path, start, end, **kwargs)


fsspec.register_implementation("counting", Counting, clobber=True)


@pytest.fixture
def store():
    for item in (Counting.store, Counting.asked, Counting.failures):
        item.clear()
    return fsspec.filesystem("counting")


def put(store, run, *payloads):
    store.pipe_file(f"/logs/{run}/{NAME}", records(version(), *payloads))


def test_what_the_writer_uploads_is_what_the_log_shows(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with SummaryWriter("memory://round-trip/run") as writer:
        for step in range(100):
            writer.add_scalar("loss", step / 2, step)
            if step == 50:
                writer.flush(fsync=True)
    log = read("memory://round-trip")
    assert log.runs["run"].scalars["loss"].value.tolist() == [step / 2 for step in range(100)]
    assert (log.path, log.problems, log.runs["run"].ended) == ("memory://round-trip", [], True)


def test_a_local_folder_by_url_is_that_folder(tmp_path):
    write(tmp_path, version(), scalar("loss", 1))
    assert points(read(f"file://{tmp_path}")) == points(read(tmp_path))


def test_a_hundred_files_cost_about_a_request_each_and_idle_polls_none(store):
    for run in range(100):
        put(store, f"run{run}", scalar("loss", run))
    log = LogDir("counting://logs")
    log.poll()
    first = Counting.asked.copy()
    assert (first["find"], first["cat_file"] <= 110) == (1, True)
    for _ in range(20):
        assert not log.poll(0.1)
    assert Counting.asked == first
    log.poll()
    assert Counting.asked == {"find": 2, "cat_file": first["cat_file"]}


def test_objects_that_grow_change_and_vanish_are_noticed(store):
    put(store, "a", scalar("loss", 1))
    put(store, "b", scalar("loss", 1))
    log = read("counting://logs")
    before = log.runs["a"].scalars["loss"].generation
    put(store, "a", scalar("loss", 1), scalar("loss", 2))
    put(store, "b", scalar("loss", 7))
    log.poll()
    assert steps(log.runs["a"].scalars) == {"loss": [1, 2]}
    assert log.runs["a"].scalars["loss"].generation == before
    assert steps(log.runs["b"].scalars) == {"loss": [7]}
    store.rm_file(f"/logs/b/{NAME}")
    assert log.poll().gone == {"b"}
    store.rm_file(f"/logs/a/{NAME}")
    assert (log.poll().gone, log.state) == ({"a"}, "missing")


def test_an_object_put_anew_with_the_same_size_and_ends_is_noticed(store):
    put(store, "a", *(scalar("loss", step) for step in range(10)))
    log = read("counting://logs")
    put(store, "a", *(scalar("loss", step, 0.5 if step == 5 else step) for step in range(10)))
    log.poll()
    assert log.runs["a"].scalars["loss"].value[5] == 0.5


@pytest.mark.parametrize("what", ["find", "cat_file"])
def test_a_store_that_fails_loses_no_run_says_why_and_is_asked_again(store, what):
    put(store, "a", scalar("loss", 1))
    log = read("counting://logs")
    put(store, "a", scalar("loss", 1), scalar("loss", 2))
    Counting.failures[what] = RuntimeError("503 Slow Down")
    log.poll()
    assert steps(log.runs["a"].scalars) == {"loss": [1]}
    (problem,) = log.problems
    assert (problem.kind, "RuntimeError: 503 Slow Down" in problem.reason) == ("unreadable", True)
    before = Counting.asked.copy()
    for _ in range(5):
        log.poll(0.1)
    assert Counting.asked == before
    Counting.failures.clear()
    log.poll()
    assert steps(log.runs["a"].scalars) == {"loss": [1, 2]}
    assert (list(log.runs), log.problems) == (["a"], [])


def test_an_answer_that_does_not_come_is_not_waited_for_for_ever(store, monkeypatch):
    from threading import Event

    gate = Event()
    put(store, "a", scalar("loss", 1))
    monkeypatch.setattr(patience, "PATIENCE", 0.1)
    monkeypatch.setattr(Counting, "_ask", lambda self, what: gate.wait())
    log = LogDir("counting://logs")
    log.poll()
    assert "no answer from the store" in log.problems[0].reason
    gate.set()
    log.poll()
    log.poll()
    assert steps(log.runs["a"].scalars) == {"loss": [1]}


def test_calls_that_never_return_hold_a_bounded_number_of_threads(monkeypatch):
    from threading import Event, active_count

    gate, before = Event(), active_count()
    monkeypatch.setattr(patience, "PATIENCE", 0.001)
    try:
        for _ in range(100):
            with pytest.raises(TimeoutError, match="no answer from the store"):
                patience.within_patience(gate.wait)
        assert active_count() - before <= 16
    finally:
        gate.set()


def test_a_store_whose_package_is_missing_is_an_import_error():
    with pytest.raises(ValueError, match="fsspec knows no protocol 'nowhere'"):
        LogDir("nowhere://logs")
