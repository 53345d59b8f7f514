"""P6: a record that stands inside another is never taken for one of the file's."""

from __future__ import annotations

import pytest

from tbnotebook.events.schema import Event
from tbnotebook.reader import LogDir
from tests.reader.files import NAME, damage, points, read, records, scalar, steps, version, write


def test_a_record_inside_a_sound_record_is_never_taken_for_one(tmp_path):
    inner = records(scalar("smuggled", 1))
    outer = Event(wall_time=1.0, step=3)
    outer.summary.value.add(tag=b"note").metadata.plugin_data.content = inner
    path = write(tmp_path, version(), scalar("loss", 1), outer.SerializeToString(), scalar("loss", 2))
    assert steps(read(tmp_path).run.scalars) == {"loss": [1, 2]}
    # Even where its outer record is damaged: its own header tells where the next one begins.
    damage(path, len(records(version(), scalar("loss", 1))) + 14)
    log = read(tmp_path)
    assert steps(log.run.scalars) == {"loss": [1, 2]}
    assert len(log.problems) == 1


@pytest.mark.parametrize("damaged", [(0,), (9,), (14,), (0, 14)], ids=["length", "its checksum", "data", "both"])
def test_a_record_in_a_text_is_not_taken_for_one_where_the_record_before_it_is_damaged(tmp_path, damaged):
    outer = Event(wall_time=1.0, step=3)
    outer.summary.value.add(tag=b"note").metadata.plugin_data.content = records(scalar("smuggled", 1))
    before = records(version())
    path = write(tmp_path, version(), scalar("loss", 1), outer.SerializeToString(), scalar("loss", 2))
    for place in damaged:
        damage(path, len(before) + place)
    log = read(tmp_path)
    assert steps(log.run.scalars) == {"loss": [2]}
    assert [problem.offset for problem in log.problems] == [len(before)]


def test_what_is_salvaged_from_a_record_whose_length_is_lost_is_marked_with_where_it_begins(tmp_path):
    outer = Event(wall_time=1.0, step=3)
    inner = records(scalar("smuggled", 1))
    outer.summary.value.add(tag=b"note").metadata.plugin_data.content = inner
    path = write(tmp_path, version(), outer.SerializeToString(), scalar("loss", 2))
    begin = len(records(version()))
    damage(path, begin)
    log = read(tmp_path)
    assert steps(log.run.scalars) == {"loss": [2], "smuggled": [1]}
    first, second = log.problems
    assert first.offset == begin
    assert f"reading goes on at {path.read_bytes().index(inner)}" in first.reason
    assert second.offset == path.read_bytes().index(inner) + len(inner)


def test_a_record_taken_from_a_half_written_one_is_given_back_when_that_one_is_whole(tmp_path):
    outer = Event(wall_time=1.0, step=3)
    outer.summary.value.add(tag=b"note").metadata.plugin_data.content = records(scalar("smuggled", 1)) + b"x" * 99
    data = records(version(), scalar("loss", 1), outer.SerializeToString(), scalar("loss", 2))
    path = tmp_path / NAME
    log = LogDir(tmp_path)
    for size in range(0, len(data) + 1, 7):
        path.write_bytes(data[:size])
        log.poll()
        assert points(log) == points(read(tmp_path)), size
    path.write_bytes(data)
    log.poll()
    assert steps(log.run.scalars) == {"loss": [1, 2]}
    assert log.problems == []


def test_an_unfinished_record_among_damage_is_taken_when_it_is_whole(tmp_path):
    outer = Event(wall_time=1.0, step=3)
    outer.summary.value.add(tag=b"note").metadata.plugin_data.content = records(scalar("smuggled", 1)) + b"x" * 99
    path = tmp_path / NAME
    data = records(version()) + b"torn by a crash" + records(outer.SerializeToString(), scalar("loss", 2))
    path.write_bytes(data[:-90])
    log = read(tmp_path)
    assert steps(log.run.scalars) == {"smuggled": [1]}
    path.write_bytes(data)
    log.poll()
    assert steps(log.run.scalars) == {"loss": [2]}
    assert points(log) == points(read(tmp_path))
