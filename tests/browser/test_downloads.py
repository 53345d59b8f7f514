"""What a person takes out of a view: points as files, a card as a picture."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tbnotebook import LogDir, SummaryWriter
from tests.browser.lone import LoneView
from tests.browser.notebook import wait_painted

PASTED = """async () => {
  const [item] = await navigator.clipboard.read();
  const bytes = new Uint8Array(await (await item.getType("image/png")).arrayBuffer());
  return [...bytes];
}"""


@pytest.fixture
def log(tmp_path: Path) -> LogDir:
    """Two runs, one with a name that a spreadsheet would compute, of fifty steps and two tags."""
    for name in ("a", "=1+1"):
        with SummaryWriter(tmp_path / name) as writer:
            for step in range(50):
                writer.add_scalar("train/loss", step / 4, step)
                writer.add_scalar("train/lr", 0.5, step)
    return LogDir(tmp_path)


def saved(lone: LoneView, menu: str, entry: str) -> tuple[str, str]:
    """Choose an entry and return the name and the content of the file that it saves."""
    with lone.page.expect_download() as download:
        lone.choose(menu, entry)
    return download.value.suggested_filename, download.value.path().read_text("utf-8")


def test_a_card_is_saved_as_csv_that_computes_nothing(lone: LoneView, log: LogDir) -> None:
    lone.open(log, smoothing=0.9)
    wait_painted(lone.card("train/loss"), 49)
    name, text = saved(lone, "Options of train/loss", "Download CSV")
    assert name == "train_loss.csv"
    head, *rows = csv.reader(io.StringIO(text))
    assert head == ["run", "attempt", "tag", "step", "wall_time", "value"]
    assert {row[0] for row in rows} == {"a", "'=1+1"}
    assert [float(row[5]) for row in rows if row[0] == "a"] == [step / 4 for step in range(50)]


def test_all_cards_are_saved_as_json_but_for_hidden_runs(lone: LoneView, log: LogDir) -> None:
    lone.open(log, hidden=["a"])
    wait_painted(lone.card("train/loss"), 49)
    name, text = saved(lone, "More options", "Download JSON of all cards")
    assert name == f"{Path(log.path).name}.json"
    assert {(one["run"], one["tag"], len(one["value"])) for one in json.loads(text)} == {
        ("=1+1", "train/loss", 50),
        ("=1+1", "train/lr", 50),
    }


def test_points_that_the_page_lacks_are_told(lone: LoneView, tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        for step, value in enumerate(np.random.default_rng(0).random(100_000)):
            writer.add_scalar("loss", value, step)
    lone.open(LogDir(tmp_path))
    wait_painted(lone.card("loss"), 99_000)
    lone.view.get_by_role("button", name="Options of loss").click()
    entry = lone.page.locator("[role=menuitem]", has_text="Download CSV").inner_text()
    assert "of 100\u202f000 points" in entry


def test_a_card_can_be_copied_as_a_picture(lone: LoneView, log: LogDir) -> None:
    lone.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lone.open(log)
    wait_painted(lone.card("train/loss"), 49)
    lone.choose("Options of train/loss", "Copy as image")
    lone.page.wait_for_timeout(500)
    picture = Image.open(io.BytesIO(bytes(lone.page.evaluate(PASTED))))
    assert (picture.format, picture.size) == ("PNG", (1440, 880))
