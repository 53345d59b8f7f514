"""What a page is told of pictures, texts and the like: which steps there are, and what runs were given."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tbnotebook.wire import Colors, Feed, Message
from tbnotebook.wire.columns import unpack
from tests.wire.fakes import Log, Places, Run


def steps(message: Message, tag: str) -> tuple[int, int, list[float]]:
    """Return `from`, `total` and the steps of a tag's entry."""
    (entry,) = (entry for entry in message.content["media"] if entry["tag"] == tag)
    return entry["from"], entry["total"], unpack(entry["step"], entry["count"], message.buffer).tolist()


def picture_log(*counts: int) -> tuple[Log, dict[str, Places]]:
    places = {f"tag{number}": Places([b"x"] * count) for number, count in enumerate(counts)}
    run = Run()
    run.attempts[-1].media["images"] = places
    return Log({"a": run}), places


def feed_of(log: Log, **options: Any) -> Feed:
    return Feed(log, Colors(), **options)


def test_a_key_names_all_steps_and_a_delta_what_has_come_since() -> None:
    log, places = picture_log(3, 1)
    feed = feed_of(log)
    (key,) = feed.frames(0.0, 0.2)
    entry = key.content["media"][0]
    assert (entry["kind"], entry["run"], entry["attempt"], entry["tag"], entry["gen"]) == ("images", 0, 0, "tag0", 0)
    assert (steps(key, "tag0"), steps(key, "tag1")) == ((0, 3, [0, 1, 2]), (0, 1, [0]))
    assert feed.frames(0.0, 0.2) == []
    places["tag0"] = Places([b"x"] * 5)
    (delta,) = feed.frames(0.0, 0.2)
    assert len(delta.content["media"]) == 1
    assert steps(delta, "tag0") == (3, 5, [3, 4])


def test_what_was_purged_comes_anew_and_what_is_left_of_nothing_comes_empty() -> None:
    log, places = picture_log(3, 2)
    feed = feed_of(log)
    feed.frames(0.0, 0.2)
    places["tag0"] = Places([b"x"], generation=7)
    del places["tag1"]
    (delta,) = feed.frames(0.0, 0.2)
    assert (steps(delta, "tag0"), steps(delta, "tag1")) == ((0, 1, [0]), (0, 0, []))
    assert delta.content["media"][0]["gen"] == 7
    (key,) = feed.frames(0.0, 0.2, key=10_000)
    assert [entry["tag"] for entry in key.content["media"]] == ["tag0"]


def test_a_key_without_room_has_the_newest_steps_of_each() -> None:
    log, places = picture_log(4000, 2)
    places["tag0"].step[:] = [step * step for step in range(4000)]  # no rule
    feed = feed_of(log)
    assert steps(feed.frames(0.0, 0.2)[0], "tag0")[:2] == (0, 4000)
    (key,) = feed.frames(0.0, 0.2, key=8000)
    start, total, known = steps(key, "tag0")
    assert (total, start + len(known), known[-1]) == (4000, 4000, 3999**2)
    assert 0 < len(known) < 1000
    assert steps(key, "tag1") == (0, 2, [0, 1])


def test_a_run_that_has_gone_is_told_once_with_all_that_it_had() -> None:
    log, _ = picture_log(3)
    log.runs["b"] = Run()
    feed = feed_of(log)
    feed.frames(0.0, 0.2)
    gone = log.runs.pop("a")
    (delta,) = feed.frames(0.0, 0.2)
    assert (delta.content["gone"], "media" in delta.content) == ([0], False)
    log.runs["a"] = gone
    (delta,) = feed.frames(0.0, 0.2)
    assert steps(delta, "tag0") == (0, 3, [0, 1, 2])


def test_what_runs_were_given_comes_when_it_changes_and_in_every_key() -> None:
    run = Run()
    log = Log({"a": run, "b": Run()})
    feed = feed_of(log)
    assert feed.frames(0.0, 0.2)[0].content["hparams"] == []
    attempt = run.attempts[-1]
    values = {"lr": 0.1, "on": True, "none": None, "name": "x", "odd": float("nan"), "less": float("-inf")}
    attempt.hparams = SimpleNamespace(values=values, metrics=("acc",))
    attempt.media["hparams"] = {"_hparams_/session_start_info": Places([b"x"])}
    (delta,) = feed.frames(0.0, 0.2)
    told = [["lr", 0.1], ["on", True], ["none", None], ["name", "x"]]
    odd = [["odd", {"number": "nan"}], ["less", {"number": "-inf"}]]
    given = {"run": 0, "values": [*told, *odd], "metrics": ["acc"]}
    assert delta.content["hparams"] == [given]
    assert feed.frames(0.0, 0.2) == []
    assert feed.frames(0.0, 0.2, key=10_000)[-1].content["hparams"] == [given]
    attempt.media.clear()
    assert feed.frames(0.0, 0.2)[0].content["hparams"] == [{"run": 0, "values": [], "metrics": []}]
