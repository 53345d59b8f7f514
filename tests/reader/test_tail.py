"""A file that changes while it is followed: the log is always what reading it at once would give."""

from __future__ import annotations

import os
import shutil

import pytest

from tbnotebook.reader import LogDir
from tbnotebook.reader.tail import WINDOW
from tests.reader.files import NAME, append, points, read, records, scalar, start, steps, version, write


def grow(path, data, cuts, log):
    """Write ``data`` up to one cut after the other, polling between."""
    with open(path, "wb", buffering=0) as file:
        begin = 0
        for cut in [*cuts, len(data)]:
            file.write(data[begin:cut])
            begin = cut
            log.poll()


DATA = records(
    version(),
    *(scalar(tag, step) for step in range(3) for tag in ("a", "b")),
    start(2),
    scalar("a", 2, 20.0),
    b"\xff no event",
    scalar("a", 3),
)
DAMAGED = bytearray(DATA)
DAMAGED[len(DATA) // 2] ^= 4


@pytest.mark.parametrize("data", [DATA, bytes(DAMAGED)], ids=["sound", "damaged"])
def test_reading_at_every_split_point_equals_reading_at_once(tmp_path, data):
    path = write(tmp_path / "whole")
    path.write_bytes(data)
    expected = read(tmp_path / "whole")
    path = tmp_path / "grown" / NAME
    path.parent.mkdir()
    for cut in range(len(data) + 1):
        log = LogDir(path.parent)
        grow(path, data, [cut], log)
        assert points(log) == points(expected), cut
        assert [(p.offset, p.reason) for p in log.problems] == [(p.offset, p.reason) for p in expected.problems]


def test_reading_byte_by_byte_equals_reading_at_once(tmp_path):
    path = write(tmp_path / "whole")
    path.write_bytes(DAMAGED)
    log = LogDir(tmp_path / "grown")
    (tmp_path / "grown").mkdir()
    grow(tmp_path / "grown" / NAME, bytes(DAMAGED), range(len(DAMAGED)), log)
    assert points(log) == points(read(tmp_path / "whole"))


def test_records_are_whole_across_windows_and_larger_than_one(tmp_path):
    long = [scalar("t" * (WINDOW // 3 + step), step) for step in range(8)]
    write(tmp_path, version(), *long, scalar("x" * (3 * WINDOW), 8), scalar("loss", 9))
    log = read(tmp_path)
    assert sorted(series.step.tolist() for series in log.run.scalars.values()) == [[step] for step in range(10)]
    assert log.problems == []


def test_damage_in_a_record_larger_than_a_window_costs_that_record(tmp_path):
    path = write(tmp_path, version(), scalar("x" * (3 * WINDOW), 1), scalar("loss", 2))
    data = bytearray(path.read_bytes())
    data[2 * WINDOW] ^= 1
    path.write_bytes(data)
    log = read(tmp_path)
    assert steps(log.run.scalars) == {"loss": [2]}
    assert len(log.problems) == 1


def test_appending_keeps_the_generation_and_earlier_views(tmp_path):
    path = write(tmp_path, version(), *(scalar("loss", step) for step in range(10)))
    log = read(tmp_path)
    before = log.run.scalars["loss"]
    view = before.value
    append(path, *(scalar("loss", step, 7.0) for step in range(10, 1000)))
    log.poll()
    after = log.run.scalars["loss"]
    assert after.generation == before.generation
    assert (len(before), len(after)) == (10, 1000)
    assert view.tolist() == [float(step) for step in range(10)]
    with pytest.raises(ValueError, match="read-only"):
        after.value[0] = 1.0


def changed(log, action):
    """Do something to the files; return (generation before, generation after, steps after)."""
    before = log.run.scalars["loss"].generation
    action()
    log.poll()
    series = log.run.scalars["loss"]
    return before, series.generation, series.step.tolist()


def test_a_file_rewritten_shorter_is_read_anew(tmp_path):
    path = write(tmp_path, version(), *(scalar("loss", step) for step in range(100)))
    log = read(tmp_path)
    before, after, now = changed(log, lambda: write(tmp_path, version(), scalar("loss", 7)))
    assert (now, after > before) == ([7], True)
    assert path.stat().st_size == log.bytes_total


def test_a_file_rewritten_longer_under_the_same_inode_is_read_anew(tmp_path):
    path = write(tmp_path, version(), *(scalar("loss", step) for step in range(10)))
    inode = path.stat().st_ino
    log = read(tmp_path)
    before, after, now = changed(
        log, lambda: write(tmp_path, version(wall_time=3.0), *(scalar("loss", s) for s in range(50, 90)))
    )
    assert path.stat().st_ino == inode
    assert (now, after > before) == (list(range(50, 90)), True)


def test_a_file_with_the_same_beginning_but_another_middle_is_read_anew(tmp_path):
    write(tmp_path, version(), *(scalar("loss", step) for step in range(10)))
    log = read(tmp_path)
    other = [*range(5), *range(50, 70)]
    _, _, now = changed(log, lambda: write(tmp_path, version(), *(scalar("loss", s) for s in other)))
    assert now == other


def test_a_file_replaced_by_another_inode_of_the_same_size_is_read_anew(tmp_path):
    path = write(tmp_path, version(), *(scalar("loss", step) for step in range(20, 30)))
    log = read(tmp_path)

    def replace():
        other = write(tmp_path / "other", version(), *(scalar("loss", step) for step in range(10, 20)))
        assert other.stat().st_size == path.stat().st_size
        os.replace(other, path)
        (tmp_path / "other").rmdir()

    before, after, now = changed(log, replace)
    assert (now, after > before) == (list(range(10, 20)), True)


def test_a_copy_with_another_middle_under_another_inode_is_read_anew(tmp_path):
    path = write(tmp_path, version(), *(scalar("loss", step) for step in range(10)))
    log = read(tmp_path)

    def replace():
        values = [scalar("loss", step, 0.5 if step == 4 else step) for step in range(10)]
        os.replace(write(tmp_path, version(), *values, name="copy"), path)

    before, after, _ = changed(log, replace)
    assert after > before
    assert log.run.scalars["loss"].value[4] == 0.5


def test_a_file_with_another_first_record_under_the_same_inode_is_read_anew(tmp_path):
    write(tmp_path, *(scalar("loss", step) for step in range(10)))
    log = read(tmp_path)
    values = [scalar("loss", step, step or 0.5) for step in range(11)]
    before, after, _ = changed(log, lambda: write(tmp_path, *values))
    assert after > before
    assert log.run.scalars["loss"].value[0] == 0.5


def test_a_torn_tail_cut_off_by_its_writer_and_written_on_is_no_damage(tmp_path):
    path = write(tmp_path, version(), scalar("loss", 1))
    sound = path.stat().st_size
    with open(path, "ab") as file:
        file.write(records(scalar("loss", 2))[:-9])
    log = read(tmp_path)
    os.truncate(path, sound)
    append(path, scalar("other", 3), scalar("loss", 4))
    log.poll()
    assert steps(log.run.scalars) == {"loss": [1, 4], "other": [3]}
    assert log.problems == []


def test_garbage_at_the_end_replaced_by_records_is_no_damage(tmp_path):
    path = write(tmp_path, version(), scalar("loss", 1))
    sound = path.stat().st_size
    with open(path, "ab") as file:
        file.write(b"garbage" * 9)
    log = read(tmp_path)
    os.truncate(path, sound)
    append(path, *(scalar("loss", step) for step in range(2, 9)))
    log.poll()
    assert steps(log.run.scalars) == {"loss": list(range(1, 9))}
    assert log.problems == []


def test_a_deleted_folder_is_gone_and_comes_back(tmp_path):
    write(tmp_path / "run", version(), scalar("loss", 1))
    log = read(tmp_path)
    first = log.runs["run"].scalars["loss"].generation
    shutil.rmtree(tmp_path / "run")
    changes = log.poll()
    assert (changes.gone, dict(log.runs), log.state) == ({"run"}, {}, "empty")
    write(tmp_path / "run", version(), scalar("loss", 5))
    assert log.poll().runs == {"run"}
    series = log.runs["run"].scalars["loss"]
    assert series.step.tolist() == [5]
    assert series.generation > first


def test_a_late_append_to_an_older_file_is_shown_in_its_place(tmp_path):
    older = write(tmp_path, version(), scalar("loss", 1), scalar("only", 1), name="events.tfevents.1")
    write(tmp_path, version(), scalar("loss", 8), name="events.tfevents.2")
    log = read(tmp_path)
    kept = log.run.scalars["only"].generation
    before, after, now = changed(log, lambda: append(older, scalar("loss", 2), scalar("only", 2)))
    assert (now, after > before) == ([1, 2, 8], True)
    assert log.run.scalars["only"].step.tolist() == [1, 2]
    assert log.run.scalars["only"].generation == kept


def test_appends_to_the_newest_of_several_files_only_append(tmp_path):
    write(tmp_path, version(), scalar("loss", 1), name="events.tfevents.1")
    newer = write(tmp_path, version(), scalar("loss", 2), name="events.tfevents.2")
    log = read(tmp_path)
    before, after, now = changed(log, lambda: append(newer, scalar("loss", 3)))
    assert (now, after) == ([1, 2, 3], before)
    before, after, now = changed(
        log, lambda: write(tmp_path, version(), scalar("loss", 4), name="events.tfevents.3")
    )
    assert (now, after) == ([1, 2, 3, 4], before)


def test_no_file_stays_open_between_polls(tmp_path):
    for run in range(30):
        write(tmp_path / f"run{run}", version(), scalar("loss", 1))
    before = set(os.listdir("/proc/self/fd"))
    log = read(tmp_path)
    log.poll()
    assert set(os.listdir("/proc/self/fd")) == before


def test_an_idle_poll_opens_nothing(tmp_path, monkeypatch):
    write(tmp_path, version(), scalar("loss", 1))
    log = read(tmp_path)
    monkeypatch.setattr("builtins.open", lambda *args, **kwargs: pytest.fail(f"opened {args}"))
    assert not log.poll()
    assert not log.poll(0.1)
