"""The points behind what was thinned."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tbnotebook.wire import Colors, Feed, Message
from tbnotebook.wire.columns import TICK
from tbnotebook.wire.fill import Fill, Wish
from tbnotebook.wire.ranges import Ranges
from tests.wire.fakes import Attempt, Log, Run, Series, series
from tests.wire.full_page import FullPage

CHUNK = 4000  # bytes


def long_series(points: int, seed: int = 0, generation: int = 0) -> Series:
    step = np.arange(points, dtype=np.int64)
    return Series(step, 1e9 + step * 0.5, np.random.default_rng(seed).random(points), generation)


def log_of(points: int, *, runs: int = 1, tags: int = 1) -> Log:
    log = Log()
    for run in range(runs):
        made = {f"tag{tag}": long_series(points, run * tags + tag) for tag in range(tags)}
        for one in made.values():
            one.wall_time = one.wall_time + run * 1e6
        log.runs[f"run{run}"] = Run([Attempt(dict(made))])
    return log


def chunks(feed: Feed, size: int = CHUNK) -> list[Message]:
    found = []
    while (message := feed.fill.chunk(0.0, size)) is not None:
        found.append(message)
    return found


def opened(log: Log, budget: int = 2000, most: int | None = None) -> tuple[Feed, FullPage]:
    feed, page = Feed(log, Colors(), budget=budget), FullPage()
    if most is not None:
        feed.fill = Fill(feed._contents, feed.stream, most=most)
    for message in feed.frames(0.0, 0.2):
        page.receive(message)
    return feed, page


def test_the_points_behind_a_thinned_key_follow_in_chunks_that_keep_their_size() -> None:
    feed, page = opened(log_of(3000, runs=2))
    assert page.missing == page.coming == 6000
    sent = chunks(feed)
    assert all(len(message.buffer) <= CHUNK for message in sent)
    assert len(sent) <= 6000 * 20 / CHUNK * 1.3
    for message in sent:
        page.receive(message)
    assert (page.missing, page.coming) == (0, 0)
    for name, run in feed.log.runs.items():
        assert page.values(name, "tag0") == run.attempts[0].scalars["tag0"].value.tolist()


def test_what_is_in_sight_comes_first_then_the_newest_run_and_its_newest_points() -> None:
    feed, _ = opened(log_of(1000, runs=2, tags=2))
    feed.fill.look_at(["tag1"])
    seen = [(part["run"], part["tag"], part["from"]) for message in chunks(feed) for part in message.content["series"]]
    series_seen = list(dict.fromkeys((run, tag) for run, tag, _ in seen))
    assert series_seen[:2] == [(1, "tag1"), (0, "tag1")]
    assert {tag for _, tag in series_seen[2:]} == {"tag0"}
    starts = [start for run, tag, start in seen if (run, tag) == (1, "tag1")]
    assert starts == sorted(starts, reverse=True)


def test_a_short_log_is_owed_nothing() -> None:
    feed, page = opened(log_of(50))
    assert (page.missing, page.coming, chunks(feed)) == (0, 0, [])


def test_of_more_points_than_a_page_may_have_each_series_gets_its_share_with_its_exact_peak() -> None:
    log = log_of(40_000, runs=2)
    log.runs["run0"].attempts[0].scalars["tag0"].value[12_345] = 77.0
    log.runs["short"] = Run([Attempt({"tag0": long_series(300)})])
    feed, page = opened(log, most=20_000)
    for message in chunks(feed):
        page.receive(message)
    held = [len(one.points) for one in page.series.values()]
    assert sum(held) <= 21_000
    assert min(held[:2]) > 5000
    assert 77.0 in page.values("run0", "tag0")
    assert page.values("short", "tag0") == log.runs["short"].attempts[0].scalars["tag0"].value.tolist()
    assert page.missing == page.staying == 80_000
    assert page.wishes == []


def test_points_of_a_part_that_stays_thinned_are_sent_where_a_page_looks_closely_and_still_count_as_thinned() -> None:
    log = log_of(40_000, runs=2)
    feed, page = opened(log, most=20_000)
    for message in chunks(feed):
        page.receive(message)
    first = Wish(0, 0, "tag0", 0, 5000, 5700)
    feed.fill.detail([first])
    senseless = [Wish(1, 0, "tag0", 3, 0, 50), Wish(9, 0, "x", 0, 0, 9)]
    feed.fill.detail([first, Wish(1, 0, "tag0", 0, 39_990, 50_000), *senseless])
    assert (feed.fill.waiting, feed.fill.coming) == (True, 0)
    sent = chunks(feed)
    assert all(message.content["detail"] and len(message.buffer) <= CHUNK for message in sent)
    for message in sent:
        page.receive(message)
    assert [len(held.whole) for held in page.series.values()] == [700, 10]
    held = [page.series[0, 0, "tag0"].points[place][2] for place in range(5000, 5700)]
    assert held == log.runs["run0"].attempts[0].scalars["tag0"].value[5000:5700].tolist()
    assert page.staying == 80_000
    assert not feed.fill.waiting
    feed.fill.detail([Wish(0, 0, "tag0", 0, 0, 10_000_000), Wish(0, 0, "tag0", 0, 0, 10)])
    assert [message.content["series"][0]["count"] for message in chunks(feed)] == [10], "too large ones are passed over"


def test_a_page_that_comes_anew_is_owed_all_that_its_key_leaves_out() -> None:
    feed, _ = opened(log_of(2000))
    chunks(feed)
    late = FullPage()
    for message in feed.frames(0.0, 0.2, key=feed.budget, anew=True):
        late.receive(message)
    for message in chunks(feed):
        late.receive(message)
    assert late.values("run0", "tag0") == feed.log.runs["run0"].attempts[0].scalars["tag0"].value.tolist()


def test_chunks_of_a_series_that_was_purged_are_not_sent_any_more() -> None:
    log = log_of(3000)
    feed, page = opened(log)
    log.runs["run0"].attempts[0].scalars["tag0"] = long_series(1500, seed=5, generation=1)
    assert chunks(feed) == []
    for message in [*feed.frames(0.0, 0.2), *chunks(feed)]:
        page.receive(message)
    assert page.values("run0", "tag0") == log.runs["run0"].attempts[0].scalars["tag0"].value.tolist()


def test_what_a_page_says_is_believed_only_where_it_makes_sense() -> None:
    feed, _ = opened(log_of(50))
    good = {"run": 0, "attempt": 0, "tag": "tag0", "gen": 0, "from": 10, "to": 20}
    wrong = [
        {**good, "run": "0"}, {**good, "to": None}, {**good, "tag": 3}, {**good, "from": True}, "x", None, {},
    ]  # fmt: skip
    assert [Wish.of(one) for one in wrong] == [None] * len(wrong)
    wish = Wish.of(good)
    assert wish is not None
    feed.fill.want([wish._replace(run=7), wish._replace(attempt=-1), wish._replace(generation=9)])
    feed.fill.want([wish._replace(start=60, stop=70), wish._replace(start=20, stop=10)])
    assert feed.fill.coming == 0
    feed.fill.want([wish, wish, wish._replace(start=-5, stop=12)])
    assert feed.fill.coming == 20


happenings = st.lists(
    st.tuples(
        st.sampled_from(["grow", "grow", "burst", "purge", "attempt", "gone", "key", "anew", "fill", "fill", "ask"]),
        st.sampled_from(["a", "b"]),
        st.sampled_from(["x", "y"]),
        st.booleans(),
    ),
    max_size=40,
)


@settings(deadline=None)
@given(happenings, st.randoms(use_true_random=False))
def test_whatever_is_lost_or_late_the_page_ends_with_exactly_the_points_of_the_log(happened, random) -> None:  # type: ignore[no-untyped-def]
    log = Log({"a": Run()})
    feed, page = Feed(log, Colors(), budget=2000), FullPage()
    late: list[Message] = []
    for generation, (action, name, tag, lost) in enumerate(happened, 1):
        run = log.runs.setdefault(name, Run())
        scalars = run.attempts[-1].scalars
        if action in ("grow", "burst"):
            # A series that comes anew bears a number that none has borne before.
            scalars.setdefault(tag, series([], generation=generation))
            run.grow(tag, np.random.default_rng(generation).random(3 if action == "grow" else 300).tolist())
        elif action == "attempt":
            run.attempts.append(Attempt())
        elif action == "gone":
            del log.runs[name]
        elif action == "purge" and tag in scalars:
            scalars[tag] = series(scalars[tag].value[:7].tolist(), generation=generation)
        sent: list[Message] = []
        if action in ("key", "anew"):
            sent = feed.frames(0.0, 0.2, key=feed.budget if action == "anew" else 700, anew=action == "anew")
        elif action == "fill":
            sent = [message for message in [feed.fill.chunk(0.0, CHUNK)] if message is not None]
        elif action == "ask":
            feed.fill.want(page.wishes)
        else:
            sent = feed.frames(0.0, 0.2)
        for message in sent:
            if not lost:
                page.receive(message)
            elif message.content["type"] == "fill" and random.random() < 0.5:
                late.append(message)
    random.shuffle(late)
    for message in late:
        page.receive(message)
    for message in feed.frames(0.0, 0.2, key=feed.budget):
        page.receive(message)
    for _ in range(2):
        for chunk in chunks(feed):
            page.receive(chunk)
        feed.fill.want(page.wishes)
    assert (page.missing, page.coming) == (0, 0)
    assert sorted(page.runs.values()) == sorted(log.runs)
    for name, run in log.runs.items():
        for index, attempt in enumerate(run.attempts):
            for tag, scalars_of in attempt.scalars.items():
                assert page.values(name, tag, index) == scalars_of.value.tolist()


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30), st.integers(0, 30))))
def test_ranges_hold_what_a_set_of_their_indices_would(changes: list[tuple[bool, int, int]]) -> None:
    ranges, indices = Ranges(), set[int]()
    for added, start, stop in changes:
        if added:
            ranges.add(start, stop)
            indices |= set(range(start, stop))
        else:
            ranges.remove(start, stop)
            indices -= set(range(start, stop))
        assert ranges.size == len(indices)
        assert ranges.end == max(indices, default=-1) + 1
        start, stop = ranges.last
        assert indices >= set(range(start, stop))
        assert all(ranges.touches(place, place + 1) == (place in indices) for place in range(31))


def test_points_of_regular_wall_times_and_float32_values_take_six_bytes_where_they_took_twelve() -> None:
    log = log_of(20_000)
    one = log.runs["run0"].attempts[0].scalars["tag0"]
    distances = np.random.default_rng(1).integers(0, 60_000, 20_000)
    one.wall_time = 1.7e9 + np.cumsum(distances) * TICK
    one.value = one.value.astype(np.float32).astype(np.float64)
    feed, page = opened(log)
    sent = chunks(feed, 64_000)
    for message in sent:
        page.receive(message)
    assert page.missing == 0
    assert sum(len(message.buffer) for message in sent) < 6.1 * 20_000
    assert len(sent) <= 3


def test_a_chunk_keeps_its_size_where_the_points_before_took_less() -> None:
    log = log_of(20_000)
    one = log.runs["run0"].attempts[0].scalars["tag0"]
    step, chance = np.arange(20_000), np.random.default_rng(2).random(20_000)
    one.wall_time = np.where(step % 10_000 < 5000, 1e9 + step, chance)
    feed, page = opened(log)
    for message in (sent := chunks(feed, 32_000)):
        page.receive(message)
    assert page.missing == 0
    assert all(len(message.buffer) <= 32_000 for message in sent)
