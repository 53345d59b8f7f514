"""How many objects a run becomes."""

from __future__ import annotations

from tbnotebook.writer.store.pace import MUCH, back_off, due


def uploads(seconds: int, bytes_a_second: int) -> int:
    """How often a run uploads that is looked at every second."""
    count = last = waiting = 0
    for now in range(seconds):
        waiting += bytes_a_second
        if due(now, now - last, waiting):
            count, last, waiting = count + 1, now, 0
    return count


def test_a_short_run_is_seen_after_seconds_and_a_long_one_has_few_objects() -> None:
    assert uploads(60, 1000) == 11
    assert 60 < uploads(3600, 1000) < 250
    assert 1900 < uploads(7 * 86400, 1000) < 2500


def test_much_waits_for_no_pause_and_nothing_is_no_reason_to_upload() -> None:
    assert due(86400, 0.1, MUCH)
    assert not due(86400, 1e9, 0)
    assert uploads(600, MUCH) == 600


def test_tries_come_more_and_more_rarely_but_at_least_every_minute() -> None:
    pauses = [back_off(failures) for failures in range(1, 2000)]
    assert pauses == sorted(pauses)
    assert pauses[0] == 2
    assert pauses[-1] == 60
