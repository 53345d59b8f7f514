"""Folders with nothing to draw, or with damage: the view says what it waits for and what it left out."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.cells import IMPORTS, folder_with
from tests.browser.notebook import Notebook, wait_painted

FLIP = """
import glob
[path] = glob.glob("logs/*tfevents*")
data = bytearray(open(path, "rb").read())
data[len(data) // 2] ^= 0xFF
open(path, "wb").write(data)
"""


def test_a_folder_that_is_not_there_yet_is_waited_for(notebook: Notebook) -> None:
    notebook.open([IMPORTS, "view = show('nowhere')", folder_with(["loss"], folder="nowhere")])
    notebook.run(0)
    notebook.run(1)
    view = notebook.view(1)
    expect(view).to_contain_text("nowhere")
    expect(view).to_contain_text("does not exist yet")
    expect(view.locator(".tbn-status")).to_have_attribute("data-state", "waiting")
    notebook.run(2)
    wait_painted(notebook.card(1, "loss"), 49)
    expect(view).not_to_contain_text("does not exist yet")


def test_an_empty_folder_says_that_it_has_no_runs(notebook: Notebook) -> None:
    (notebook.folder / "empty").mkdir()
    notebook.open([IMPORTS, "view = show('empty')"])
    notebook.run_all()
    expect(notebook.view(1)).to_contain_text("No runs in empty")


def test_a_folder_of_other_files_says_how_many_it_saw(notebook: Notebook) -> None:
    foreign = notebook.folder / "foreign"
    foreign.mkdir()
    for name in ("weights.pt", "notes.txt", "config.yaml"):
        (foreign / name).write_text("not an event file")
    notebook.open([IMPORTS, "view = show('foreign')"])
    notebook.run_all()
    expect(notebook.view(1)).to_contain_text(re.compile("3 files, none of them an event file"))


def test_a_damaged_record_shows_a_badge_with_the_reason_and_the_rest_of_the_curve(notebook: Notebook) -> None:
    notebook.open([IMPORTS + folder_with(["loss"], points=200) + FLIP, "view = show('logs')"])
    notebook.run_all()
    wait_painted(notebook.card(1, "loss"), 199)
    badge = notebook.view(1).locator(".tbn-problems")
    expect(badge).to_be_visible()
    badge.locator("button").or_(badge).first.click()
    expect(notebook.view(1)).to_contain_text("tfevents")
    expect(notebook.view(1)).to_contain_text(re.compile(r"checksum|crc|length", re.IGNORECASE))


def test_no_view_is_an_error_of_the_cell(notebook: Notebook) -> None:
    (notebook.folder / "noise").mkdir()
    (notebook.folder / "noise" / "events.out.tfevents.1.host").write_bytes(bytes(range(256)) * 40)
    notebook.open([IMPORTS, "view = show('noise')"])
    notebook.run_all()
    expect(notebook.view(1).locator(".tbn-problems")).to_be_visible(timeout=15_000)
