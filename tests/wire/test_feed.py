from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.reader import Run as LogRun
from tbnotebook.wire import Colors, Feed
from tbnotebook.wire.columns import unpack
from tests.graph.build import decoder
from tests.wire.fakes import Attempt, Log, Page, Run, parts_in, series


def feed_of(log: Log, **options: Any) -> Feed:
    return Feed(log, Colors(), **options)


def test_the_first_frame_is_a_key_and_then_only_news_travel() -> None:
    run = Run()
    run.grow("loss", [1.0, 2.0])
    feed, page = feed_of(Log({"a": run})), Page()
    (first,) = feed.frames(0.0, 0.2)
    page.receive(first)
    assert first.content["kind"] == "key"
    assert feed.frames(0.0, 0.2) == []
    run.grow("loss", [3.0])
    (delta,) = feed.frames(0.0, 0.2)
    assert (delta.content["kind"], parts_in(delta.content)[0]["count"]) == ("delta", 1)
    page.receive(delta)
    assert page.values("a", "loss") == [1.0, 2.0, 3.0]


actions = st.lists(
    st.tuples(
        st.sampled_from(["grow", "run", "purge", "attempt", "gone", "key"]),
        st.sampled_from(["a", "b"]),
        st.sampled_from(["x", "y"]),
        st.booleans(),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(actions)
def test_a_page_that_loses_messages_has_the_truth_after_the_next_key(
    happenings: list[tuple[str, str, str, bool]],
) -> None:
    log = Log({"a": Run()})
    feed, page = feed_of(log), Page()
    for action, name, tag, lost in happenings:
        run = log.runs.get(name)
        if action == "run" or run is None:
            log.runs.setdefault(name, Run())
        elif action == "grow":
            run.grow(tag, [1.0, 2.0])
        elif action == "attempt":
            run.attempts.append(Attempt())
        elif action == "gone":
            del log.runs[name]
        elif action == "purge" and tag in run.attempts[-1].scalars:
            old = run.attempts[-1].scalars[tag]
            run.attempts[-1].scalars[tag] = series(old.value[:1].tolist(), generation=old.generation + 1)
        for message in feed.frames(0.0, 0.2, key=10_000 if action == "key" else None):
            if not lost:
                page.receive(message)
    for message in feed.frames(0.0, 0.2, key=10_000):
        page.receive(message)
    assert sorted(info["name"] for info in page.runs.values()) == sorted(log.runs)
    for name, run in log.runs.items():
        for index, attempt in enumerate(run.attempts):
            for tag, scalars in attempt.scalars.items():
                assert page.values(name, tag, index) == scalars.value.tolist()


def test_a_small_key_thins_without_making_a_whole_page_forget() -> None:
    run = Run()
    run.grow("loss", np.random.default_rng(0).random(5000).tolist())
    feed, page = feed_of(Log({"a": run})), Page()
    for message in [*feed.frames(0.0, 0.2), *feed.frames(0.0, 0.2, key=4000)]:
        page.receive(message)
    late = Page()
    (key,) = feed.frames(0.0, 0.2, key=4000)
    late.receive(key)
    assert len(page.values("a", "loss")) == 5000
    assert key.content["series"][0]["thinned"]
    assert len(key.buffer) <= 8000
    assert max(late.values("a", "loss")) == max(page.values("a", "loss"))
    run.grow("loss", [9.0])
    (delta,) = feed.frames(0.0, 0.2)
    for one in (page, late):
        one.receive(delta)
        assert one.values("a", "loss")[-1] == 9.0


def test_a_small_key_has_the_graph_that_fits_and_of_a_larger_one_the_outer_boxes() -> None:
    small_one, large_one = (Run(graph=graph, graph_version=1) for graph in (decoder(1, 2), decoder(3, 400)))
    feed = feed_of(Log({"small": small_one, "large": large_one}))
    (first,) = feed.frames(0.0, 0.2)
    whole = [len(entry["graph"]["names"]) for entry in first.content["graphs"]]
    (small,) = feed.frames(0.0, 0.2, key=12_000)
    assert len(json.dumps(small.content)) <= 12_000
    kept = [len(entry["graph"]["names"]) for entry in small.content["graphs"]]
    assert (kept[0], len(kept)) == (whole[0], 2)
    assert kept[1] < whole[1]
    assert not feed.whole
    assert feed.frames(0.0, 0.2) == []  # the page has been sent the whole graphs already


def test_a_run_has_its_models_besides_its_graph_and_one_alone_needs_no_name() -> None:
    both, alone = (Run(graph=graph, graph_version=graph is not None) for graph in (decoder(1, 2), None))
    for run in (both, alone):
        run.models["keras"] = [decoder(2, 1)]
    feed = feed_of(Log({"both": both, "alone": alone}))
    (first,) = feed.frames(0.0, 0.2)
    assert [(entry["run"], entry.get("name", "")) for entry in first.content["graphs"]] == [
        (0, ""),
        (0, "model keras"),
        (1, ""),
    ]
    assert feed.frames(0.0, 0.2) == []
    both.models["keras"].append(decoder(3, 1))
    (delta,) = feed.frames(0.0, 0.2)
    assert [entry.get("name") for entry in delta.content["graphs"]] == ["model keras"]


def test_what_fits_a_small_key_comes_whole_in_it() -> None:
    run = Run(graph=decoder(1, 2), graph_version=1)
    run.grow("loss", [1.0] * 200)
    feed = feed_of(Log({"a": run}))
    feed.frames(0.0, 0.2)
    (small,) = feed.frames(0.0, 0.2, key=24_000)
    assert feed.whole
    assert [part["thinned"] for part in small.content["series"]] == [False]


def test_short_series_leave_their_room_to_the_long_ones() -> None:
    run = Run()
    for tag in range(9):
        run.grow(f"short{tag}", [1.0, 2.0])
    run.grow("long", np.random.default_rng(0).random(5000).tolist())
    feed = feed_of(Log({"a": run}))
    feed.frames(0.0, 0.2)
    (small,) = feed.frames(0.0, 0.2, key=24_000)
    counts = {part["tag"]: part["count"] for part in small.content["series"]}
    assert counts["short3"] == 2
    assert counts["long"] > 550  # of the 21 kB that the facts leave, 24 bytes for two of three points of a bucket


def test_a_series_that_was_purged_is_thinned_by_its_new_points() -> None:
    run = Run()
    values = np.zeros(50_000)
    values[10] = 9.0
    run.grow("loss", values.tolist())
    feed = feed_of(Log({"a": run}))
    feed.frames(0.0, 0.2)
    feed.frames(0.0, 0.2, key=4000)
    run.attempts[0].scalars["loss"] = series([5.0] + [0.0] * 49_999, generation=1)
    page = Page()
    page.receive(feed.frames(0.0, 0.2, key=4000)[-1])
    assert max(page.values("a", "loss")) == 5.0


def test_a_burst_beyond_the_budget_comes_thinned_with_its_peak() -> None:
    run = Run()
    feed, page = feed_of(Log({"a": run}), budget=20_000), Page()
    for message in feed.frames(0.0, 0.2):
        page.receive(message)
    burst = np.zeros(100_000)
    burst[77_777] = 5.0
    run.grow("loss", burst.tolist())
    (delta,) = feed.frames(0.0, 0.2)
    page.receive(delta)
    assert len(delta.buffer) <= 20_000
    assert delta.content["series"][0]["total"] == 100_000
    assert 5.0 in page.values("a", "loss")


def test_the_same_run_directory_has_the_same_colour_in_every_view() -> None:
    colors = Colors()
    above = Log({"b": Run(), "a/x": Run()}, path="/logs")
    below = Log({"x": Run()}, path="/logs/a")
    (first,) = Feed(above, colors).frames(0.0, 0.2)
    (second,) = Feed(below, colors).frames(0.0, 0.2)
    by_name = {info["name"]: info["color"] for info in first.content["runs"]}
    assert second.content["runs"][0]["color"] == by_name["a/x"] != by_name["b"]


def test_problems_travel_when_they_appear_and_in_every_key() -> None:
    log = Log({"a": Run()})
    feed = feed_of(log)
    assert feed.frames(0.0, 0.2)[0].content["problems"] == {"count": 0, "items": []}
    log.problems.append(
        SimpleNamespace(run="a", path="/logs/a/f", offset=12, reason="bad checksum", kind="damaged")
    )
    (delta,) = feed.frames(0.0, 0.2)
    assert delta.content["problems"]["items"] == [
        {"run": 0, "path": "a/f", "offset": 12, "reason": "bad checksum", "kind": "damaged"}
    ]
    assert feed.frames(0.0, 0.2) == []


def test_names_that_are_no_unicode_and_times_that_are_no_number_survive_json() -> None:
    log = Log({"caf\udce9": Run(first_wall_time=float("nan"), last_wall_time=float("inf"))})
    (key,) = feed_of(log).frames(0.0, 0.2)
    info = key.content["runs"][0]
    assert (info["name"], info["first"], info["last"]) == ("caf\\udce9", None, None)


def test_a_run_in_which_nothing_has_changed_is_not_looked_through_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        with SummaryWriter(tmp_path / name) as writer:
            writer.add_scalar("loss", 0.5, 0)
    log = LogDir(tmp_path)
    log.poll()
    feed = Feed(log, Colors())
    feed.frames(0.0, 0.2)
    listed, all_scalars = [], LogRun.all_scalars_of

    def counting(run: LogRun, attempt: int) -> Any:
        listed.append(run.name)
        return all_scalars(run, attempt)

    monkeypatch.setattr(LogRun, "all_scalars_of", counting)
    with SummaryWriter(tmp_path / "b") as writer:
        writer.add_scalar("loss", 0.25, 1)
    log.poll()
    (delta,) = feed.frames(0.0, 0.2)
    assert [(part["run"], part["from"], part["count"]) for part in parts_in(delta.content)] == [(1, 1, 1)]
    assert listed == ["b"]


def test_short_parts_of_a_key_have_the_points_and_places_that_long_ones_would_have() -> None:
    log = Log({"a": Run()})
    log.runs["a"].grow("long", [float(value % 7) for value in range(3000)])
    log.runs["a"].grow("short", [1.0, 2.0])
    feed = feed_of(log)
    feed.frames(0.0, 0.2)
    key = feed.frames(0.0, 0.2, key=3000)[-1]
    long, short = key.content["series"]
    assert (short["count"], short["thinned"], "index" in short) == (2, False, False)
    assert (long["total"], long["thinned"]) == (3000, True)
    places = unpack(long["index"], long["count"], key.buffer)
    assert 8 <= len(places) <= 64
    assert unpack(long["step"], long["count"], key.buffer).tolist() == places.tolist()
    assert unpack(long["value"], long["count"], key.buffer).tolist() == (places % 7).tolist()
