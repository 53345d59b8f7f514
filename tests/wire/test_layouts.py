"""The layouts of custom scalars and the keys of add_scalars, as facts of frames."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.reader.chart_layout import Category, Chart, Margin
from tbnotebook.wire import Colors, snapshot_of
from tbnotebook.wire.feed import Feed
from tbnotebook.wire.layouts import ROOM
from tbnotebook.wire.snapshot import decode
from tests.wire.fakes import Log, Run

LAYOUT = (Category("losses", (Chart("both", ("loss", "val/.*")), Chart("band", (), (Margin("a", "b", "c"),))), True),)
PLAIN = {
    "title": "losses",
    "closed": True,
    "charts": [
        {"title": "both", "tags": ["loss", "val/.*"], "margins": []},
        {"title": "band", "tags": [], "margins": [["a", "b", "c"]]},
    ],
}


def layout(title: str, size: int = 0) -> tuple[Category, ...]:
    return (Category(title, (Chart("x" * size, ("loss",)),)),)


def frames(feed: Feed, **options: Any) -> list[dict[str, Any]]:
    return [message.content for message in feed.frames(0.0, 0.2, **options)]


def test_a_layout_is_told_when_it_comes_changes_or_goes_and_in_each_key() -> None:
    run = Run()
    feed = Feed(Log({"a": run, "b": Run()}), Colors())
    (key,) = frames(feed)
    assert "layouts" not in key
    run.layout = LAYOUT
    (delta,) = frames(feed)
    assert delta["kind"] == "delta"
    assert delta["layouts"] == {"count": 1, "items": [[PLAIN]]}
    run.grow("loss", [1.0])
    delta, key = frames(feed, key=feed.budget)
    assert "layouts" not in delta
    assert key["layouts"] == {"count": 1, "items": [[PLAIN]]}
    assert frames(feed) == []
    run.layout = ()
    (delta,) = frames(feed)
    assert delta["layouts"] == {"count": 0, "items": []}
    (key,) = frames(feed, key=feed.budget)
    assert key["layouts"] == {"count": 0, "items": []}


def test_runs_of_one_layout_tell_it_once() -> None:
    runs = {f"run{number}": Run(layout=layout("two" if number == 7 else "one")) for number in range(1000)}
    (key,) = frames(Feed(Log(runs), Colors()))
    assert [item[0]["title"] for item in key["layouts"]["items"]] == ["one", "two"]


def test_what_there_is_no_room_for_is_counted() -> None:
    runs = {f"run{number}": Run(layout=layout(str(number), 10_000)) for number in range(50)}
    (key,) = frames(Feed(Log(runs), Colors()))
    assert key["layouts"]["count"] == 50
    assert 1 < len(key["layouts"]["items"]) < 10
    assert len(json.dumps(key["layouts"]["items"])) < ROOM + 1000


def test_a_small_keyframe_leaves_large_layouts_to_the_next_large_one() -> None:
    feed = Feed(Log({"a": Run(layout=layout("one", 5000)), "b": Run(layout=LAYOUT)}), Colors())
    frames(feed)
    (small,) = frames(feed, key=10_000)
    (large,) = frames(feed, key=100_000)
    assert "layouts" not in small
    assert large["layouts"]["count"] == 2


def test_a_snapshot_keeps_layouts_and_keys() -> None:
    run, key = Run(layout=LAYOUT), Run(parent="a", keys={"__proto__": "k", "loss": ""})
    key.grow("loss", [1.0])
    log = Log({"a": run, "a/loss_": key})
    frame = decode(snapshot_of(log))[0]["frame"]
    assert frame["layouts"] == {"count": 1, "items": [[PLAIN]]}
    own, part = frame["runs"]
    assert "keys" not in own
    assert (part["parent"], part["keys"]) == (own["id"], [["__proto__", "k"], ["loss", ""]])
    assert "layouts" not in decode(snapshot_of(Log({"a": Run()})))[0]["frame"]


def test_what_a_writer_wrote_comes_to_the_page_as_facts(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "seed") as writer:
        writer.add_scalars("train/loss", {"a/b": 1.0}, 1)
        writer.add_custom_scalars_multilinechart(["train/.*"], "losses", "both")
        writer.add_custom_scalars_marginchart(["a", "b", "c"], "losses", "band")
    log = LogDir(tmp_path)
    log.poll()
    (key,) = frames(Feed(log, Colors()))
    assert [(info["name"], info["parent"], info.get("keys")) for info in key["runs"]] == [
        ("seed", None, None),
        ("seed/train_loss_a/b", key["runs"][0]["id"], [["train/loss", "a/b"]]),
    ]
    ((category,),) = key["layouts"]["items"]  # the last one counts
    assert category["charts"] == [{"title": "band", "tags": [], "margins": [["a", "b", "c"]]}]
