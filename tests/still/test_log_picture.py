"""What of a log is in its picture."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.still import draw, draw_svg
from tbnotebook.still.log_picture import picture_of
from tbnotebook.still.sheet import BUDGET
from tbnotebook.wire import DEFAULTS, Colors
from tests.wire.fakes import Log, Places, Run


def picture(hidden=(), **options):
    train, key = Run(), Run(parent="train", keys={"loss": "a"})
    train.grow("acc", [1.0, 2.0])
    key.grow("loss", [3.0, 4.0])
    log = Log({"train": train, "train/loss_a": key, "other": Run()})
    options = {**DEFAULTS, "hidden": list(hidden), **options}
    return picture_of(log, options, colors=Colors(), title="logs", note="", view_id="v")


def test_the_keys_of_add_scalars_are_drawn_and_not_listed_as_runs():
    made = picture()
    assert {chart.title: len(chart.lines) for chart in made.charts} == {"acc": 1, "loss": 1}
    assert [legend.name for legend in made.runs] == ["train", "other"]
    assert made.more_runs == 0


def test_a_hidden_run_hides_its_keys():
    assert picture(["train"]).charts == []


def test_charts_of_several_tags_come_first_with_a_dash_for_each_tag_but_for_what_is_pinned():
    charts = [{"title": "", "tags": ["acc", "loss", "gone"]}, {"title": "both", "tags": ["gone"]}]
    several, *others = picture(charts=charts).charts
    assert (several.title, [line.dash for line in several.lines]) == ("acc, loss, gone", [0, 1])
    assert [chart.title for chart in others] == ["acc", "loss"]
    assert [chart.title for chart in picture(charts=charts, pins=["loss"], tags="acc").charts] == [
        *["loss", "acc, loss, gone", "acc"]
    ]
    assert picture(charts=charts, pins=['chart ["acc","loss","gone"]']).charts[0].title == "acc, loss, gone"


def test_steps_and_relative_times_may_be_logarithmic_the_time_of_day_not():
    assert [picture(log_x=True, x=x).charts[0].log_x for x in ("step", "relative", "wall")] == [True, True, False]


def test_what_no_picture_shows_is_said_in_words():
    run = Run()
    run.attempts[-1].media = {"images": {"a": Places([b""] * 3), "b": Places([b""])}, "text": {"note": Places([b""])}}
    made = picture_of(Log({"a": run}), DEFAULTS, colors=Colors(), title="logs", note="", view_id="v")
    assert made.besides == "4 pictures · 1 text"
    drawn = draw_svg(made)
    assert "4 pictures · 1 text" in drawn
    assert "nothing to draw" not in drawn


def test_a_log_of_pictures_alone_shows_the_newest_of_the_first_tags(tmp_path):
    with SummaryWriter(tmp_path) as writer:
        for step in (3, 4):
            for tag in range(8):
                writer.add_image(f"tag{tag}", np.full((3, 40, 40), 20 * tag + 40 * (step - 3), np.uint8), step)
    log = LogDir(tmp_path)
    log.poll()
    made = picture_of(log, {**DEFAULTS, "tags": "tag[1-9]"}, colors=Colors(), title="logs", note="", view_id="v")
    assert [(thumb.title, thumb.step) for thumb in made.thumbs] == [(f"tag{tag}", 4) for tag in range(1, 7)]
    drawn = Image.open(io.BytesIO(draw(made))).convert("RGB")
    assert (160, 160, 160) in {color for _, color in drawn.getcolors()}
    assert drawn.width == 1800
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("loss", 1.0, 0)
    log.poll()
    assert picture_of(log, DEFAULTS, colors=Colors(), title="logs", note="", view_id="v").thumbs == []


def test_pictures_that_weigh_too_much_are_fewer(tmp_path):
    random = np.random.default_rng(0)
    with SummaryWriter(tmp_path) as writer:
        for tag in range(6):
            writer.add_image(f"noise{tag}", random.integers(0, 255, (3, 200, 200), np.uint8), 0)
    log = LogDir(tmp_path)
    log.poll()
    made = picture_of(log, DEFAULTS, colors=Colors(), title="logs", note="", view_id="v")
    assert len(made.thumbs) == 6
    assert 10_000 < len(draw(made)) <= BUDGET
