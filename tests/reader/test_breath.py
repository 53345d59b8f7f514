"""Work beside a training: it rests while it is to, and only in the thread that is to."""

from __future__ import annotations

import threading

import pytest

from tbnotebook.reader import breath
from tbnotebook.reader.breath import beside_others, breathe


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the threads that rested, once each time."""
    rested: list[str] = []
    monkeypatch.setattr(breath, "WORK", 0.0)
    monkeypatch.setattr(breath.time, "sleep", lambda _: rested.append(threading.current_thread().name))
    return rested


def test_a_thread_rests_while_it_works_beside_others_and_no_longer(rests: list[str]) -> None:
    breathe()
    assert rests == []
    busy = True
    with beside_others(lambda: busy):
        breathe()
        breathe()
        assert len(rests) == 2
        busy = False
        breathe()
        assert len(rests) == 2
        busy = True
        breathe()
        assert len(rests) == 3
    breathe()
    assert len(rests) == 3


def test_other_threads_do_not_rest_meanwhile(rests: list[str]) -> None:
    with beside_others(lambda: True):
        other = threading.Thread(target=breathe, name="other")
        other.start()
        other.join()
        breathe()
    assert rests == [threading.current_thread().name]


def test_a_moment_of_work_needs_no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breath, "WORK", 60.0)
    monkeypatch.setattr(breath.time, "sleep", lambda _: pytest.fail("rested"))
    with beside_others(lambda: True):
        for _ in range(100):
            breathe()
