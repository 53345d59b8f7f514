"""Many small files read together give what each gives by itself."""

from __future__ import annotations

import gc
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbnotebook.events.record import frame
from tbnotebook.events.schema import Event
from tbnotebook.reader import LogDir, logdir
from tbnotebook.reader.bulk import LONGEST, Known, read_together
from tests.reader.files import NAME, age, append, points, records, scalar, start, stop, version, write
from tests.reader.test_located import image, plugin


@pytest.fixture(scope="module", autouse=True)
def few_are_many():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logdir, "_MANY", 2)
        patch.setattr("tbnotebook.reader.medley._FEW", 2)
        yield


def seen(folder):
    """All that a log shows of its runs."""
    log = LogDir(folder)
    log.poll()
    curves = points(log)
    return log, {
        name: (
            curves[name],
            [(p.kind, p.offset, p.reason) for p in run.problems],
            (run.ended, run.ended_by, run.first_wall_time, run.last_wall_time, run.lost, run.graph_version),
            [(kind, tag, at.offset.tolist()) for kind in run.kinds for tag, at in run.located(kind).items()],
            {tag: curve.display_name for tag, curve in run.scalars.items()},
            {tag: void.step.tolist() for tag, void in run.purged.items()},
        )
        for name, run in log.runs.items()
    }


def by_itself(folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logdir, "_MANY", math.inf)
        return seen(folder)


SORTS = {
    "scalars": [version(), *(scalar("loss", n) for n in range(20))],
    "two tags": [version(), *(scalar(tag, n) for n in range(20) for tag in ("a", "longer/tag"))],
    "ended": [version(), *(scalar("loss", n) for n in range(20)), stop(message=b"closed")],
    "restarted at once": [version(), start(5), *(scalar("loss", n) for n in range(20))],
    "restarted amid": [version(), *(scalar("loss", n) for n in range(20)), start(5), scalar("loss", 5)],
    "no version": [scalar("loss", n) for n in (0, 1, 2, 1, 2, 3)],
    "only a version": [version()],
    "nothing": [],
    "another version": [version(b"brain.Event:1"), *(scalar("loss", n) for n in (0, 1, 2, 1, 2))],
    "a picture amid": [version(), *(scalar("loss", n) for n in range(9)), image(b"p", 1), scalar("loss", 9)],
    "a picture last": [version(), *(scalar("loss", n) for n in range(9)), image(b"p", 1)],
    "described": [version(), plugin(b"loss", 0, b"scalars", simple_value=1.0), *(scalar("loss", n) for n in range(9))],
    "odd times": [version(), *(scalar("loss", n, n, t) for n, t in enumerate((1.0, math.nan, math.inf, 4.0)))],
    "no time is finite": [version(), *(scalar("loss", n, n, math.nan) for n in range(4))],
    "an event that is none": [version(), *(scalar("loss", n) for n in range(9)), b"no event"],
    "a graph": [
        version(),
        Event(wall_time=1.0, graph_def=b"").SerializeToString(),
        *(scalar("a", n) for n in range(9)),
    ],
    "negative steps": [version(), *(scalar("loss", n) for n in range(-9, 9))],
    "large": [version(), *(scalar("loss", n) for n in range(LONGEST // 30))],
}


def test_every_sort_of_file_gives_what_it_gives_by_itself(tmp_path):
    for name, payloads in SORTS.items():
        for copy in range(3):
            write(tmp_path, *payloads, name=f"{name} {copy}/{NAME}")
    assert seen(tmp_path)[1] == by_itself(tmp_path)[1]


def test_the_plain_sorts_are_read_together():
    names = ["scalars", "two tags", "ended", "restarted at once", "odd times"]
    files = [records(*SORTS[name]) for name in names] * 3
    assert [(read.number, read.records) for read in read_together(files, Known())] == [
        (number, len(SORTS[name])) for number, name in enumerate(names * 3)
    ]


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_damage_anywhere_is_told_and_costs_no_other_file_anything(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("runs")
    for run in range(4):
        path = write(folder, *SORTS["two tags"], name=f"run{run}/{NAME}")
        bytes_ = bytearray(path.read_bytes())
        if data.draw(st.booleans()):
            bytes_[data.draw(st.integers(0, len(bytes_) - 1))] ^= data.draw(st.integers(1, 255))
        if data.draw(st.booleans()):
            del bytes_[data.draw(st.integers(0, len(bytes_))) :]
        path.write_bytes(bytes_)
        age(path)
    assert seen(folder)[1] == by_itself(folder)[1]


def test_a_file_that_was_read_with_others_is_read_on_by_itself(tmp_path):
    paths = [write(tmp_path, *SORTS["scalars"], name=f"run{run}/{NAME}") for run in range(4)]
    log, _ = seen(tmp_path)
    torn = frame(scalar("loss", 21))
    with open(paths[1], "ab") as file:
        file.write(frame(scalar("loss", 20)) + torn[:30])
    paths[2].write_bytes(records(version(), scalar("other", 7)))
    changes = log.poll()
    assert {name: set(tags) for name, tags in changes.tags.items()} == {"run1": {"loss"}, "run2": {"loss", "other"}}
    assert log.runs["run1"].scalars["loss"].step.tolist() == list(range(21))
    assert log.runs["run2"].scalars["other"].step.tolist() == [7]
    with open(paths[1], "ab") as file:
        file.write(torn[30:])
    append(paths[3], stop())
    log.poll()
    assert log.runs["run1"].scalars["loss"].step.tolist() == list(range(22))
    assert log.runs["run3"].ended
    assert log.problems == []


def test_the_collector_of_garbage_works_again_after_a_poll_and_stays_off_where_it_was(tmp_path):
    write(tmp_path, *SORTS["scalars"])
    LogDir(tmp_path).poll()
    assert gc.isenabled()
    gc.disable()
    try:
        LogDir(tmp_path).poll()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_small_files_of_one_run_tell_the_tags_of_all_of_them(tmp_path):
    for number in range(3):
        write(tmp_path, version(), *(scalar(f"tag{number}", n) for n in range(1, 9)), name=f"run/{number}.tfevents")
    changes = LogDir(tmp_path).poll()
    assert dict(changes.tags) == {"run": {"tag0", "tag1", "tag2"}}
