"""How fast bulk goes, under a clock that is turned by hand, over a connection of a given width."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from tbnotebook.widget import poller
from tbnotebook.widget.pace import LEAST, MOST, Line, Pace
from tbnotebook.writer import scribe


@dataclass
class Link:
    """A connection that lets so many bytes a second through, and a page behind it."""

    width: float
    took: float = 0.0
    pace: Pace = field(default_factory=lambda: Pace(Line()))
    now: float = 100.0
    number: int = 0
    queue: deque[tuple[float, int]] = field(default_factory=deque)  # when a chunk is through, its number
    free_at: float = 0.0
    longest_wait: float = 0.0

    def run(self, seconds: float, *, busy: bool, hears: bool) -> float:
        """Let time pass; return the bytes a second that were sent."""
        end, sent = self.now + seconds, 0
        while self.now < end:
            while self.queue and self.queue[0][0] <= self.now:
                _, number = self.queue.popleft()
                if hears:
                    self.pace.acknowledged(number, self.now)
            if self.pace.due(self.now, busy=busy) <= self.now:
                size = self.pace.size
                self.number += 1
                self.pace.sent(self.number, self.now, size, took=self.took)
                sent += size
                self.free_at = max(self.free_at, self.now) + size / self.width
                self.queue.append((self.free_at, self.number))
                self.longest_wait = max(self.longest_wait, self.free_at - self.now)
            self.now += 0.001
        return sent / seconds


def test_a_page_that_answers_gets_all_that_the_connection_carries_and_little_waits() -> None:
    for width in (1e6, 20e6):
        link = Link(width)
        assert link.run(20, busy=False, hears=True) > 0.9 * width
        assert link.longest_wait < 0.6


def test_while_no_answer_can_be_heard_bulk_takes_half_of_the_rate_last_acknowledged() -> None:
    link = Link(8e6)
    link.run(10, busy=False, hears=True)
    link.run(5, busy=True, hears=False)  # it takes a moment to notice
    assert 0.4 * 8e6 < link.run(20, busy=True, hears=False) < 0.55 * 8e6
    assert link.longest_wait < 0.6


def test_where_no_page_can_be_heard_chunks_leave_room_for_what_else_is_sent() -> None:
    pace = Pace(Line())
    pace.others(100.0, 1_000_000)
    assert 101.9 < pace.due(100.0, busy=True) < 102.1
    pace.sent(1, 100.0, 125_000, took=0.0)
    pace.acknowledged(1, 100.1)
    assert pace.due(100.2, busy=True) <= 100.2


def test_a_first_chunk_asks_how_wide_the_connection_is_and_no_second_one_before_the_answer() -> None:
    pace = Pace(Line())
    pace.others(100.0, 1_000_000)
    assert pace.due(100.0, busy=False) <= 100.0
    pace.sent(1, 100.0, 125_000, took=0.0)
    assert pace.due(100.0, busy=False) > 100.2
    pace.acknowledged(1, 100.1)
    assert pace.due(100.1, busy=False) <= 100.1


def test_where_no_page_was_ever_heard_a_megabyte_a_second_is_left_half_free() -> None:
    link = Link(1e6)
    assert 0.4e6 < link.run(30, busy=True, hears=False) < 0.55e6
    assert link.longest_wait < 0.3


def test_answers_that_come_when_a_cell_has_ended_tell_nothing_of_the_connection() -> None:
    link = Link(8e6)
    link.run(10, busy=False, hears=True)
    before = link.pace.size
    link.run(30, busy=True, hears=False)
    for number in range(link.number):
        link.pace.acknowledged(number, link.now + 20)
    assert link.pace.size == before
    assert link.run(5, busy=False, hears=True) > 4e6


def test_while_a_cell_runs_the_work_is_one_part_in_a_hundred_of_the_time() -> None:
    for hears in (True, False):
        link = Link(80e6, took=0.003)
        link.run(2, busy=False, hears=True)
        number = link.number
        link.run(30, busy=True, hears=hears)
        assert (link.number - number) * link.took <= 0.011 * 30


def test_chunks_have_a_size_that_one_message_bears() -> None:
    for width in (1e3, 1e9):
        link = Link(width)
        link.run(3, busy=False, hears=True)
        assert LEAST <= link.pace.size <= MOST


def test_views_that_cannot_be_answered_take_turns_on_what_one_would_take() -> None:
    line = Line()
    views, sent, now = [Pace(line), Pace(line)], [0, 0], 0.0
    while now < 30:
        for number, pace in enumerate(views):
            if pace.due(now, busy=True) <= now:
                pace.sent(1, now, pace.size, took=0.0)
                sent[number] += pace.size
        now += 0.001
    assert 0.4e6 < sum(sent) / 30 < 0.55e6
    assert 0.8 < sent[0] / sent[1] < 1.25


def test_what_one_view_has_learned_of_the_connection_holds_for_the_next() -> None:
    line = Line()
    link = Link(8e6, pace=Pace(line))
    link.run(5, busy=False, hears=True)
    assert Link(8e6, pace=Pace(line), now=link.now).run(10, busy=True, hears=False) > 3e6


def test_a_view_is_looked_at_in_the_rounds_in_which_writers_write() -> None:
    assert poller.ROUND == scribe.TICK
