"""The folder: its states, its runs and their names, what cannot be read, and many threads."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from tbnotebook.events.loss import Loss, encode_loss
from tbnotebook.events.schema import Event
from tbnotebook.reader import LogDir
from tbnotebook.reader.storage import Entry, Folder
from tests.reader.files import NAME, append, read, records, scalar, steps, version, write

ROOT = Path(__file__).parents[2]


def test_making_one_touches_no_disk_and_fixes_the_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.stat", lambda *args, **kwargs: pytest.fail("touched the disk"))
    log = LogDir("logs")
    monkeypatch.undo()
    assert log.path == str(tmp_path / "logs")


def test_a_folder_that_comes_into_being_goes_through_its_states(tmp_path):
    log = LogDir(tmp_path / "logs")
    log.poll()
    assert (log.state, log.file_count, dict(log.runs)) == ("missing", 0, {})
    (tmp_path / "logs" / "deep").mkdir(parents=True)
    log.poll()
    assert (log.state, log.file_count) == ("empty", 0)
    (tmp_path / "logs" / "deep" / "notes.txt").write_text("hello")
    log.poll()
    assert (log.state, log.file_count) == ("foreign", 1)
    write(tmp_path / "logs", version(), scalar("loss", 1))
    assert log.poll().runs == {"."}
    assert (log.state, log.file_count) == ("ok", 2)


def test_runs_are_named_by_their_folders_in_natural_order(tmp_path):
    for name in ("run10", "run2", ".", "b/c/d", "run2/eval"):
        write(tmp_path / name, version(), scalar("loss", 1))
    log = read(tmp_path)
    assert list(log.runs) == [".", "b/c/d", "run2", "run2/eval", "run10"]
    assert [run.name for run in log.runs.values()] == list(log.runs)


def test_the_only_run_is_given_and_otherwise_the_choices_are_named(tmp_path):
    with pytest.raises(ValueError, match="no run in"):
        _ = read(tmp_path).run
    write(tmp_path / "a", version(), scalar("loss", 1))
    assert read(tmp_path).run.name == "a"
    write(tmp_path / "b", version(), scalar("loss", 1))
    with pytest.raises(ValueError, match=r"2 runs, choose one of log\.runs: 'a', 'b'"):
        _ = read(tmp_path).run


def test_a_poll_says_what_is_new(tmp_path):
    path = write(tmp_path / "a", version(), scalar("loss", 1), scalar("accuracy", 1))
    write(tmp_path / "b", version(), scalar("loss", 1))
    log = LogDir(tmp_path)
    first = log.poll()
    assert (first.runs, first.tags["a"], first.more) == ({"a", "b"}, {"loss", "accuracy"}, False)
    assert not log.poll()
    append(path, scalar("loss", 2))
    second = log.poll()
    assert (second.runs, second.tags) == ({"a"}, {"a": {"loss"}})
    with open(path, "ab") as file:
        file.write(b"torn" + records(scalar("loss", 3)))
    assert [problem.run for problem in log.poll().problems] == ["a"]


def test_a_budget_spreads_a_first_load_over_several_polls(tmp_path):
    for run in range(5):
        payloads = [scalar("loss", step) for step in range(20_000)]
        write(tmp_path / f"run{run}", version(), *payloads)
    log = LogDir(tmp_path)
    polls = 1
    while log.poll(0.001).more:
        polls += 1
    assert polls > 2
    assert log.bytes_read == log.bytes_total
    assert {name: len(run.scalars["loss"]) for name, run in log.runs.items()} == {
        f"run{run}": 20_000 for run in range(5)
    }


def test_a_budget_spreads_a_long_file_over_several_polls(tmp_path):
    write(tmp_path, version(), *(scalar("x" * (step % 50), step) for step in range(20_000)))
    log = LogDir(tmp_path)
    read_so_far = []
    while log.poll(0.0).more:
        read_so_far.append(log.bytes_read)
    assert len(read_so_far) > 2
    assert 0 < read_so_far[0] < read_so_far[1] < log.bytes_total == log.bytes_read


def test_polls_with_a_budget_see_new_points_files_and_runs_at_once_in_a_small_log(tmp_path):
    path = write(tmp_path, version(), scalar("loss", 1))
    log = LogDir(tmp_path)
    log.poll(0.1)
    append(path, scalar("loss", 2))
    threading.Event().wait(0.1)
    assert log.poll(0.1).tags == {".": {"loss"}}
    write(tmp_path / "new", version(), scalar("loss", 1))
    threading.Event().wait(0.1)
    assert log.poll(0.1).runs == {"new"}


def test_links_in_a_circle_give_each_folder_once(tmp_path):
    write(tmp_path / "logs" / "run", version(), scalar("loss", 1))
    (tmp_path / "logs" / "run" / "up").symlink_to(tmp_path / "logs")
    (tmp_path / "logs" / "latest").symlink_to("run")
    (tmp_path / "logs" / "self").symlink_to("self")
    (tmp_path / "logs" / "z").symlink_to("run")
    (tmp_path / "logs" / "broken").symlink_to("nowhere")
    (tmp_path / "logs" / "run" / "above").symlink_to("../..")
    assert list(read(tmp_path / "logs").runs) == ["run"]


def test_a_link_to_a_folder_elsewhere_is_followed(tmp_path):
    write(tmp_path / "elsewhere", version(), scalar("loss", 1))
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "run").symlink_to(tmp_path / "elsewhere")
    assert steps(read(tmp_path / "logs").runs["run"].scalars) == {"loss": [1]}


def test_a_mesh_of_links_between_folders_ends(tmp_path):
    names = [f"run{i}" for i in range(12)]
    for name in names:
        write(tmp_path / name, version(), scalar("loss", 1))
    for name in names:
        for other in names:
            (tmp_path / name / f"to-{other}").symlink_to(tmp_path / other)
    assert len(read(tmp_path).runs) == 12


def test_a_pipe_with_the_name_of_an_event_file_is_left_alone(tmp_path):
    os.mkfifo(tmp_path / "pipe.tfevents")
    log = read(tmp_path)
    assert (log.state, dict(log.runs)) == ("empty", {})


def test_an_event_file_that_is_a_folder_is_a_folder(tmp_path):
    write(tmp_path / "x.tfevents", version(), scalar("loss", 1))
    assert list(read(tmp_path).runs) == ["x.tfevents"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="drops from root to another user")
def test_what_the_system_refuses_is_shown_with_the_reason(tmp_path):
    write(tmp_path / "open", version(), scalar("loss", 1))
    write(tmp_path / "shut", version(), scalar("loss", 1))
    secret = write(tmp_path / "file", version(), scalar("loss", 1))
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if folder.stat().st_uid == 0 and folder != Path("/tmp"):
            folder.chmod(0o755)
    (tmp_path / "shut").chmod(0)
    secret.chmod(0)
    script = f"""
import os
from tbnotebook.reader import LogDir
import tbnotebook.events.schema
os.setgroups([]); os.setgid(65534); os.setuid(65534)
log = LogDir({str(tmp_path)!r})
log.poll()
assert log.poll().more is False
print({{n: list(r.scalars) for n, r in log.runs.items()}})
print([(p.run, p.kind, p.reason) for p in log.problems])
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    runs, problems = (ast.literal_eval(line) for line in done.stdout.splitlines())
    assert runs == {"file": [], "open": ["loss"], "shut": []}
    assert problems == [
        ("file", "unreadable", "cannot be read: Permission denied"),
        ("shut", "unreadable", "cannot be listed: Permission denied"),
    ]


def test_a_path_that_is_a_file_is_refused_with_the_reason(tmp_path):
    path = write(tmp_path, version(), scalar("loss", 1))
    log = read(path)
    assert [(p.kind, p.reason) for p in log.problems] == [("unreadable", "cannot be listed: Not a directory")]


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no UTF-8")
def test_hostile_folder_names_are_text_without_surrogates(tmp_path):
    names = ["<img src=x onerror=alert(1)>", "__proto__", "a\nb", "$x$", "C:\\x", os.fsdecode(b"caf\xe9")]
    for name in names:
        write(tmp_path / name, version(), scalar("loss", 1))
    log = read(tmp_path)
    assert set(log.runs) == {*names[:-1], "caf\\xe9"}
    assert all(run.scalars["loss"].step.tolist() == [1] for run in log.runs.values())
    with open(tmp_path / names[-1] / NAME, "ab") as file:
        file.write(b"torn" + records(scalar("loss", 2)))
    (problem,) = log.poll().problems
    assert "caf\\xe9" in problem.path.encode().decode()
    assert problem.run == "caf\\xe9"


def test_lost_events_are_told_as_the_writer_wrote_them(tmp_path):
    def note(loss):
        event = Event(wall_time=1.0)
        event.log_message.message = encode_loss(loss)
        return event.SerializeToString()

    path = write(tmp_path, version(), scalar("loss", 1))
    log = read(tmp_path)
    assert log.run.lost is None
    append(path, note(Loss(3, (4, 6), "No space left on device")), note(Loss(2, None, "File too large")))
    assert [p.kind for p in log.poll().problems] == ["lost", "lost"]
    assert log.run.lost == {"count": 5, "steps": [4, 6], "reason": "File too large"}


def test_threads_may_poll_and_look_at_once(tmp_path):
    paths = [write(tmp_path / f"run{i}", version()) for i in range(3)]
    log = LogDir(tmp_path)
    failures = []
    done = threading.Event()

    def look(budget):
        try:
            while not done.is_set():
                log.poll(budget)
                for run in log.runs.values():
                    for series in run.scalars.values():
                        assert len(series.step) == len(series.wall_time) == len(series.value)
                        assert series.step.tolist() == list(range(len(series)))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=look, args=(budget,)) for budget in (None, 0.001, 0.05)]
    for thread in threads:
        thread.start()
    for step in range(300):
        for path in paths:
            append(path, scalar("loss", step))
    done.set()
    for thread in threads:
        thread.join()
    log.poll()
    assert failures == []
    assert [len(run.scalars["loss"]) for run in log.runs.values()] == [300] * 3


class Memory:
    """A storage of one file; ``size`` is what it says, ``data`` what it has."""

    def __init__(self, data, size=None):
        self.data = data
        self.entry = Entry(len(data) if size is None else size, 0.0, "etag")

    def walk(self, root):
        yield Folder(root, ".")
        yield Folder(f"{root}/run", "run", (f"{root}/run/a.tfevents",))

    def stat(self, path):
        return self.entry

    @contextmanager
    def open(self, path):
        yield self

    def read(self, offset, length):
        return self.data[offset : offset + length]


def test_another_storage_needs_only_three_methods():
    log = LogDir("/bucket", storage=Memory(records(version(), scalar("loss", 1), scalar("loss", 2))))
    log.poll()
    assert steps(log.runs["run"].scalars) == {"loss": [1, 2]}


@pytest.mark.parametrize("tail", [b"", b"garbage", b"garbage" * 9, records(scalar("loss", 2))[:-3]])
def test_a_file_that_shrinks_while_it_is_read_gives_what_is_left(tail):
    data = records(version(), scalar("loss", 1)) + tail
    for size in range(len(data), len(data) + 200):
        log = LogDir("/bucket", storage=Memory(data, size))
        log.poll()
        assert steps(log.runs["run"].scalars) == {"loss": [1]}
