"""Several processes, writers or files where one is expected."""

from __future__ import annotations

from tbnotebook.events.schema import Event
from tests.events.reading import sound_start
from tests.writer.faults.outcome import outcome_of
from tests.writer.faults.performance import Remains


def check_every_event_once(remains: Remains, logged: dict[str, int]) -> None:
    assert (remains.exit, remains.errors) == (0, "")
    assert remains.told["logged"] == logged
    outcome = outcome_of(remains)
    assert outcome.missing == {tag: [] for tag in logged}
    assert (outcome.repeated, outcome.torn, outcome.raised, outcome.hung, outcome.warnings) == (0, 0, "", (), [])


def tags_by_file(remains: Remains) -> list[set[str]]:
    """The tags of each file."""
    found = []
    for data in remains.files.values():
        events = map(Event.FromString, sound_start(data)[0])
        found.append({value.tag.decode() for event in events for value in event.summary.value})
    return sorted(found, key=str)


def test_a_forked_child_writes_to_a_file_of_its_own(remains: Remains) -> None:
    check_every_event_once(remains, {"x": 1000, "child": 500})
    assert tags_by_file(remains) == [{"child"}, {"x"}]


def test_a_forked_child_that_is_silent_writes_nothing(remains: Remains) -> None:
    check_every_event_once(remains, {"x": 1000})
    assert tags_by_file(remains) == [{"x"}]


def test_two_writers_of_one_folder_and_second_write_every_event_once(remains: Remains) -> None:
    check_every_event_once(remains, {"one": 100, "two": 100})
    assert tags_by_file(remains) == [{"one"}, {"two"}]


def test_a_write_after_close_opens_a_second_file(remains: Remains) -> None:
    check_every_event_once(remains, {"x": 200})
    assert tags_by_file(remains) == [{"x"}, {"x"}]


def test_a_writer_and_its_copies_have_a_file_each(remains: Remains) -> None:
    check_every_event_once(remains, {"x": 100, "pickled": 100, "copied": 100})
    assert tags_by_file(remains) == [{"copied"}, {"pickled"}, {"x"}]
