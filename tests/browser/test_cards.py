"""Cards: which stand first, how large they are."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tbnotebook import LogDir, SummaryWriter
from tests.browser.ink import ink
from tests.browser.lone import LoneView
from tests.browser.notebook import wait_painted

TAGS = ["train/loss", "train/accuracy", "val/loss", "val/accuracy"]


TEXT = (0x1F, 0x23, 0x28)


@pytest.fixture
def log(tmp_path: Path) -> LogDir:
    """Two runs of fifty steps with four curves each."""
    for number in range(2):
        with SummaryWriter(tmp_path / f"run{number}") as writer:
            for step in range(50):
                for shift, tag in enumerate(TAGS):
                    writer.add_scalar(tag, 2 + number + math.sin(step / 10 + shift), step)
    return LogDir(tmp_path)


def size(card: Locator) -> tuple[float, float]:
    """Width and height, CSS pixels."""
    box = card.bounding_box()
    assert box is not None
    return box["width"], box["height"]


def order(lone: LoneView) -> list[tuple[str, list[str]]]:
    """The groups and the tags of their cards, as they stand."""
    groups = lone.view.locator(".tbn-group").all()
    return [
        (
            " ".join(group.locator(".tbn-group-head").all_inner_texts()).split("\n")[0],
            group.locator(".tbn-card").evaluate_all("(cards) => cards.map((card) => card.dataset.tag)"),
        )
        for group in groups
    ]


def test_a_pinned_card_stands_above_the_others_and_stays_there(lone: LoneView, log: LogDir) -> None:
    lone.open(log)
    card = lone.card("val/loss")
    wait_painted(card, 49)
    card.hover()
    card.get_by_role("button", name="Pin above the others: val/loss").click()
    pinned = [("Pinned", ["val/loss"]), ("train", ["train/accuracy", "train/loss"]), ("val", ["val/accuracy"])]
    assert order(lone) == pinned
    wait_painted(lone.card("val/loss"), 49)
    assert lone.options["pins"] == ["val/loss"]
    lone.reload(log)
    expect(lone.view.locator(".tbn-card")).to_have_count(4)
    assert order(lone) == pinned
    lone.choose("Options of val/loss", "Pin above the others")
    assert lone.options["pins"] == []
    assert [name for name, _ in order(lone)] == ["train", "val"]


def test_pins_can_be_set_in_python_and_no_filter_hides_them(lone: LoneView, log: LogDir) -> None:
    lone.open(log, pins=["val/accuracy", "no such tag", "train/loss"], tags="nothing")
    expect(lone.view.locator(".tbn-card")).to_have_count(2)
    assert order(lone) == [("Pinned", ["val/accuracy", "train/loss"])]
    lone.change("pins", ["train/accuracy"])
    expect(lone.card("train/accuracy")).to_be_visible()
    expect(lone.view.locator(".tbn-card")).to_have_count(1)


def test_an_enlarged_card_takes_four_places_and_names_its_lines(lone: LoneView, log: LogDir) -> None:
    lone.open(log)
    card = lone.card("train/loss")
    wait_painted(card, 49)
    width, height = size(card)
    card.hover()
    card.get_by_role("button", name="Enlarge: train/loss").click()
    wait_painted(card, 49)
    assert size(card) == (pytest.approx(2 * width + 20, abs=1), 2 * height + 16)
    room = card.locator(".tbn-plot").evaluate("(plot) => plot.layout.margin.r")
    assert room > 80
    # The names stand right of the charted area.
    assert ink(card.locator(".tbn-plot"), TEXT)[:, -int(room) + 10 :].any()
    assert lone.options["ui"]["size"] == {"train/loss": "large"}
    lone.reload(log)
    wait_painted(card, 49)
    assert size(card)[0] == pytest.approx(2 * width + 20, abs=1)
    lone.choose("Options of train/loss", "Enlarge")
    wait_painted(card, 49)
    assert size(card) == (width, height)


def test_a_card_can_have_the_whole_width(lone: LoneView, log: LogDir) -> None:
    lone.open(log)
    wait_painted(lone.card("val/loss"), 49)
    lone.choose("Options of val/loss", "Full width")
    wait_painted(lone.card("val/loss"), 49)
    assert size(lone.card("val/loss"))[0] == pytest.approx(size(lone.view.locator(".tbn-cards").first)[0], abs=3)


def test_the_cards_of_a_view_can_be_small_or_large(lone: LoneView, log: LogDir) -> None:
    lone.open(log, tags="loss|accuracy", pins=TAGS)
    in_a_row = {}
    for entry in ("Small", "Usual", "Large", "One in a row"):
        lone.choose("More options", entry)
        expect(lone.view.locator(".tbn-card")).to_have_count(4)
        tops = lone.view.locator(".tbn-card").evaluate_all(
            "(cards) => cards.map((card) => card.getBoundingClientRect().top)"
        )
        in_a_row[entry] = tops.count(tops[0])
    assert in_a_row == {"Small": 4, "Usual": 3, "Large": 2, "One in a row": 1}
    assert lone.options["card_width"] == 2000
