"""What of a log is in its picture."""

from __future__ import annotations

from tbnotebook.still.log_picture import picture_of
from tbnotebook.wire import DEFAULTS, Colors
from tests.wire.fakes import Log, Run


def picture(hidden=()):
    train, key = Run(), Run(parent="train", keys={"loss": "a"})
    train.grow("acc", [1.0, 2.0])
    key.grow("loss", [3.0, 4.0])
    log = Log({"train": train, "train/loss_a": key, "other": Run()})
    options = {**DEFAULTS, "hidden": list(hidden)}
    return picture_of(log, options, colors=Colors(), title="logs", note="", view_id="v")


def test_the_keys_of_add_scalars_are_drawn_and_not_listed_as_runs():
    made = picture()
    assert {chart.title: len(chart.lines) for chart in made.charts} == {"acc": 1, "loss": 1}
    assert [legend.name for legend in made.runs] == ["train", "other"]
    assert made.more_runs == 0


def test_a_hidden_run_hides_its_keys():
    assert picture(["train"]).charts == []
