"""Restarts: what SessionLog START makes void, and where a new attempt begins."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from tbnotebook.reader import LogDir
from tbnotebook.reader.attempts import plan
from tbnotebook.reader.content import Content
from tbnotebook.reader.decode import decode
from tbnotebook.reader.frames import split
from tests.reader.files import append, points, read, records, scalar, start, steps, version, write


def runs_of(folder, *files):
    """Write several event files, in name order, and return the log."""
    for index, payloads in enumerate(files):
        write(folder, *payloads, name=f"events.out.tfevents.{index:010d}")
    return read(folder)


def attempts(log):
    return [steps(attempt.scalars) for attempt in log.run.attempts]


def line(tag, begin, end, wall_time=None):
    return [scalar(tag, step, wall_time=wall_time) for step in range(begin, end)]


def test_a_cell_run_again_in_the_same_folder_is_a_new_attempt(tmp_path):
    log = runs_of(tmp_path, [version(), *line("loss", 0, 5)], [version(), *line("loss", 0, 3)])
    assert attempts(log) == [{"loss": [0, 1, 2, 3, 4]}, {"loss": [0, 1, 2]}]
    assert steps(log.run.scalars) == {"loss": [0, 1, 2]}
    assert [attempt.index for attempt in log.run.attempts] == [0, 1]


def test_a_run_that_goes_on_in_a_second_file_is_one_attempt(tmp_path):
    log = runs_of(tmp_path, [version(), *line("loss", 0, 3)], [version(), *line("loss", 3, 5)])
    assert attempts(log) == [{"loss": [0, 1, 2, 3, 4]}]


def test_the_same_last_step_again_is_no_step_back(tmp_path):
    log = runs_of(tmp_path, [version(), scalar("loss", 0)], [version(), scalar("loss", 0)])
    assert attempts(log) == [{"loss": [0, 0]}]


def test_files_of_different_tags_are_one_attempt(tmp_path):
    log = runs_of(tmp_path, [version(), *line("train", 5, 9)], [version(), *line("eval", 0, 2)])
    assert attempts(log) == [{"eval": [0, 1], "train": [5, 6, 7, 8]}]


def test_steps_that_go_back_within_a_file_begin_no_attempt(tmp_path):
    log = runs_of(tmp_path, [version(), scalar("loss", 5), scalar("loss", 2), scalar("loss", 9)])
    assert attempts(log) == [{"loss": [5, 2, 9]}]


def test_the_first_start_of_a_run_purges_too(tmp_path):
    """TensorBoard's Python loader ignores it, so that the first resume with purge_step purges nothing there."""
    log = runs_of(tmp_path, [version(), *line("loss", 0, 6)], [version(), start(3), *line("loss", 3, 5)])
    assert attempts(log) == [{"loss": [0, 1, 2, 3, 4]}]


def test_a_start_purges_all_tags_in_its_own_file_and_before(tmp_path):
    log = runs_of(
        tmp_path,
        [version(), *line("a", 0, 4), *line("b", 2, 5)],
        [version(), *line("a", 4, 8), start(3), *line("b", 7, 8)],
    )
    assert attempts(log) == [{"a": [0, 1, 2], "b": [2, 7]}]


def test_a_start_spares_points_that_are_later_by_the_clock(tmp_path):
    log = runs_of(
        tmp_path,
        [version(), *line("loss", 0, 3, wall_time=10.0), *line("loss", 3, 5, wall_time=99.0)],
        [version(), start(1, wall_time=50.0)],
    )
    assert attempts(log) == [{"loss": [0, 3, 4]}]


def test_a_start_spares_points_of_which_the_clock_says_nothing(tmp_path):
    write(tmp_path, version(), scalar("loss", 5, 5, float("nan")), scalar("loss", 6), start(5), scalar("loss", 7))
    assert steps(read(tmp_path).run.scalars) == {"loss": [5, 7]}


def test_a_start_that_purges_everything_leaves_one_attempt(tmp_path):
    log = runs_of(tmp_path, [version(), *line("loss", 0, 6)], [version(), start(0), *line("loss", 0, 2)])
    assert attempts(log) == [{"loss": [0, 1]}]


def test_a_start_seen_late_in_the_same_file_changes_the_generation(tmp_path):
    log = runs_of(tmp_path, [version(), *line("loss", 0, 6)])
    before = log.run.scalars["loss"].generation
    (path,) = tmp_path.iterdir()
    append(path, start(4), *line("loss", 4, 9))
    log.poll()
    assert steps(log.run.scalars) == {"loss": list(range(9))}
    assert log.run.scalars["loss"].generation > before


def test_a_start_seen_late_changes_the_generation_of_what_it_purges(tmp_path):
    log = runs_of(tmp_path, [version(), *line("loss", 0, 6), *line("short", 0, 2)])
    before = {tag: series.generation for tag, series in log.run.scalars.items()}
    write(tmp_path, version(), start(4), name="events.out.tfevents.0000000001")
    log.poll()
    after = {tag: series.generation for tag, series in log.run.scalars.items()}
    assert steps(log.run.scalars) == {"loss": [0, 1, 2, 3], "short": [0, 1]}
    assert after["loss"] > before["loss"]
    assert after["short"] == before["short"]
    append(tmp_path / "events.out.tfevents.0000000001", *line("loss", 4, 6))
    log.poll()
    assert log.run.scalars["loss"].generation == after["loss"]
    assert steps(log.run.scalars)["loss"] == [0, 1, 2, 3, 4, 5]


def test_files_without_a_version_purge_a_tag_when_it_steps_back(tmp_path):
    written = [("a", 5), ("b", 5), ("a", 7), ("a", 5), ("b", 5), ("b", 6), ("a", 6)]
    log = runs_of(tmp_path, [scalar(tag, step) for tag, step in written])
    assert attempts(log) == [{"a": [5, 6], "b": [5, 5, 6]}]


def test_files_without_a_version_purge_the_same_whenever_they_are_polled(tmp_path):
    payloads = [scalar("a", step) for step in (1, 2, 3, 2, 2, 1, 4, 3)]
    expected = runs_of(tmp_path / "whole", payloads)
    path = write(tmp_path / "grown")
    log = LogDir(tmp_path / "grown")
    for payload in payloads:
        append(path, payload)
        log.poll()
    assert steps(log.run.scalars) == steps(expected.run.scalars) == {"a": [1, 3]}


def content_of(payloads):
    data, content = records(*payloads), Content()
    spans, _ = split(data)
    content.add(decode(data, spans, content.metadata), 0)
    return content


def simple_plan(files):
    """The rules once more, point by point and without any index: (attempt → tag → steps)."""
    log = []
    for number, file in enumerate(files):
        for kind, tag, step, wall_time in file:
            if kind == "start":
                log = [p for p in log if not (p[2] >= step and p[3] <= wall_time)]
            else:
                log.append((number, tag, step, wall_time))
    made = [{}]
    for number in range(len(files)):
        mine = [p for p in log if p[0] == number]
        if any(p[2] < max(made[-1].get(p[1], [p[2]])) for p in mine):
            made.append({})
        for _, tag, step, _ in mine:
            made[-1].setdefault(tag, []).append(step)
    return made


event = st.tuples(
    st.sampled_from(["point", "point", "point", "start"]), st.sampled_from("ab"), st.integers(0, 6), st.integers(0, 6)
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(event, max_size=8), min_size=1, max_size=5))
def test_attempts_are_those_of_the_rules_applied_point_by_point(files):
    contents = [
        content_of(
            [version()]
            + [
                start(step, float(wall)) if kind == "start" else scalar(tag, step, wall_time=float(wall))
                for kind, tag, step, wall in file
            ]
        )
        for file in files
    ]
    expected = simple_plan(files)
    planned = plan(contents)
    assert [set(attempt.series) for attempt in planned] == [
        {tag.encode() for tag in attempt} for attempt in expected
    ]
    assert sorted(itertools.chain(*(attempt.files for attempt in planned))) == list(range(len(files)))


@settings(max_examples=60, deadline=None)
@given(
    files=st.lists(st.lists(event, max_size=6), min_size=1, max_size=4),
    order=st.randoms(use_true_random=False),
)
def test_the_result_depends_on_the_bytes_and_not_on_when_they_were_polled(tmp_path_factory, files, order):
    folder = tmp_path_factory.mktemp("log")
    log = LogDir(folder)
    waiting = [
        [version()]
        + [
            start(step, float(wall)) if kind == "start" else scalar(tag, step, wall_time=float(wall))
            for kind, tag, step, wall in file
        ]
        for file in files
    ]
    seen = {}
    while any(waiting):
        index = order.choice([index for index, rest in enumerate(waiting) if rest])
        path = folder / f"events.out.tfevents.{index}"
        append(path, waiting[index].pop(0))
        if order.random() < 0.6:
            log.poll()
            _check_increments(log, seen)
    log.poll()
    _check_increments(log, seen)
    assert points(log) == points(read(folder))
    if log.runs:
        assert [
            {tag: series.step.tolist() for tag, series in attempt.scalars.items()} for attempt in log.run.attempts
        ] == simple_plan(files)


def _check_increments(log, seen):
    """Whoever holds a generation and a length needs only what lies behind that length."""
    if not log.runs:
        return
    now = {(a.index, tag): series for a in log.run.attempts for tag, series in a.scalars.items()}
    for key, series in now.items():
        known = seen.get(key)
        if known is not None and known.generation == series.generation:
            assert series.step[: len(known)].tolist() == known.step.tolist()
            assert series.value[: len(known)].tolist() == known.value.tolist()
    seen.update(now)


def test_what_a_start_made_void_is_there_on_request(tmp_path):
    write(tmp_path, version(), *(scalar("loss", s, s) for s in range(5)), scalar("acc", 1), name="1.tfevents")
    write(tmp_path, version(), start(3), *(scalar("loss", s, 10 * s) for s in (3, 4)), start(4), name="2.tfevents")
    run = read(tmp_path).run
    assert steps(run.scalars) == {"loss": [0, 1, 2, 3], "acc": [1]}
    assert steps(run.purged) == {"loss": [3, 4, 4]}
    assert run.purged["loss"].value.tolist() == [3.0, 4.0, 40.0]
    assert not run.purged["loss"].value.flags.writeable


def test_what_a_smaller_step_made_void_in_an_old_file_is_there_on_request(tmp_path):
    write(tmp_path, *(scalar("loss", s) for s in (0, 1, 2, 1, 2)))
    run = read(tmp_path).run
    assert steps(run.scalars) == {"loss": [0, 1, 2]}
    assert steps(run.purged) == {"loss": [1, 2]}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), event), max_size=15))
def test_attempts_are_the_same_however_often_the_log_was_looked_at(tmp_path_factory, written):
    folder = tmp_path_factory.mktemp("grown")
    paths = [write(folder, version(), name=f"events.out.tfevents.{number:010d}") for number in range(3)]
    log = LogDir(folder)
    for file, (kind, tag, step, wall) in written:
        point = scalar(tag, step, wall_time=float(wall))
        append(paths[file], start(step, float(wall)) if kind == "start" else point)
        log.poll()
        assert points(log) == points(read(folder))


def test_points_behind_others_are_taken_in_without_planning_the_attempts_anew(tmp_path, monkeypatch):
    path = write(tmp_path, version(), *line("loss", 0, 5))
    log = read(tmp_path)
    assert attempts(log) == [{"loss": [0, 1, 2, 3, 4]}]
    planned = []
    monkeypatch.setattr("tbnotebook.reader.run.plan", lambda *args: planned.append(args) or plan(*args))
    append(path, *line("loss", 5, 7))
    log.poll()
    assert (attempts(log), len(planned)) == ([{"loss": [0, 1, 2, 3, 4, 5, 6]}], 0)
    append(path, *line("acc", 0, 2))
    log.poll()
    assert (attempts(log), len(planned)) == ([{"acc": [0, 1], "loss": [0, 1, 2, 3, 4, 5, 6]}], 1)


def test_a_run_has_another_revision_when_something_in_it_has_changed_and_only_then(tmp_path):
    path = write(tmp_path / "a", version(), *line("loss", 0, 5))
    write(tmp_path / "b", version(), *line("loss", 0, 5))
    log = read(tmp_path)
    first = {name: run.revision for name, run in log.runs.items()}
    log.poll()
    assert {name: run.revision for name, run in log.runs.items()} == first
    append(path, *line("loss", 5, 7))
    log.poll()
    assert log.runs["a"].revision > first["a"]
    assert log.runs["b"].revision == first["b"]
