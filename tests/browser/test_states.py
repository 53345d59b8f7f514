"""Folders with nothing to draw, or with damage: the view says what it waits for and what it left out."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress

import numpy as np
import pytest
from playwright.sync_api import expect

from tbnotebook import SummaryWriter
from tbnotebook.events import schema
from tbnotebook.events.loss import Loss, encode_loss
from tbnotebook.events.record import frame
from tests.browser.cells import folder_with
from tests.browser.ink import FIRST_RUN, ink, pixels
from tests.browser.notebook import Notebook, wait_painted

GONE = (0xA3, 0x1B, 0x59)
TINTED = (248, 237, 242)  # that, at 8 % on white

FLIP_A_BYTE = """
import glob
[path] = glob.glob("damaged/*tfevents*")
data = bytearray(open(path, "rb").read())
data[len(data) // 2] ^= 0xFF
open(path, "wb").write(data)
"""


@pytest.fixture
def notebook(imported: Notebook) -> Iterator[Notebook]:
    yield imported
    imported.watch.check()


def test_a_folder_that_is_not_there_yet_is_waited_for(notebook: Notebook) -> None:
    cell = show(notebook, "nowhere")
    view = notebook.view(cell)
    expect(view).to_contain_text("nowhere does not exist yet")
    expect(view.locator(".tbn-status")).to_have_attribute("data-state", "waiting")
    run(notebook, folder_with(["loss"], folder="nowhere"))
    wait_painted(notebook.card(cell, "loss"), 49)
    expect(view).not_to_contain_text("does not exist yet")


def test_an_empty_folder_says_that_it_has_no_runs(notebook: Notebook) -> None:
    (notebook.folder / "empty").mkdir()
    view = notebook.view(show(notebook, "empty"))
    expect(view).to_contain_text("No runs in empty")
    expect(view.locator(".tbn-status")).to_contain_text("no runs yet")


def test_a_folder_of_other_files_says_how_many_it_saw(notebook: Notebook) -> None:
    foreign = notebook.folder / "foreign"
    foreign.mkdir()
    for name in ("weights.pt", "notes.txt", "config.yaml"):
        (foreign / name).write_text("not an event file")
    view = notebook.view(show(notebook, "foreign"))
    expect(view).to_contain_text("The folder holds 3 files, none of them an event file.")


def test_a_damaged_record_shows_a_badge_with_the_reason_and_the_rest_of_the_curve(notebook: Notebook) -> None:
    run(notebook, folder_with(["loss"], points=200, folder="damaged") + FLIP_A_BYTE)
    cell = show(notebook, "damaged")
    wait_painted(notebook.card(cell, "loss"), 199)
    badge = notebook.view(cell).locator(".tbn-problems")
    expect(badge).to_have_text("1 record skipped")
    badge.click()
    note = notebook.page.get_by_role("dialog").or_(notebook.page.locator(".tbn-note"))
    expect(note.first).to_contain_text("tfevents")
    expect(note.first).to_contain_text(re.compile("at byte [0-9]"))
    expect(notebook.card(cell, "loss")).to_have_attribute("data-points", "199")


def test_a_file_of_noise_is_a_badge_and_no_exception(notebook: Notebook) -> None:
    (notebook.folder / "noise").mkdir()
    file = notebook.folder / "noise" / "events.out.tfevents.1.host"
    file.write_bytes(bytes(range(256)) * 40)
    os.utime(file, (1, 1))  # bad bytes at the end of a file that was just written may be a record's beginning
    view = notebook.view(show(notebook, "noise"))
    expect(view.locator(".tbn-problems")).to_be_visible()


def test_where_an_exception_ended_a_run_stands_a_line_of_dashes(notebook: Notebook) -> None:
    with suppress(KeyboardInterrupt), SummaryWriter(notebook.folder / "stopped") as writer:
        for step in range(100):
            writer.add_scalar("loss", 1.0, step)
        raise KeyboardInterrupt
    cell = show(notebook, "stopped")
    wait_painted(notebook.card(cell, "loss"), 99)
    expect(notebook.view(cell).locator(".tbn-status")).to_have_text("ended by KeyboardInterrupt at step 99")
    plot = notebook.card(cell, "loss").locator(".tbn-plot")
    marks = ink(plot, GONE).sum(axis=0)
    assert marks.max() > 40
    assert (marks > 40).sum() <= 2


def test_lost_events_are_a_gap_in_their_curve_and_a_badge(notebook: Notebook) -> None:
    with SummaryWriter(notebook.folder / "lost") as writer:
        for step in [*range(100), *range(150, 200)]:
            writer.add_scalar("loss", 1.0, step)
    told = schema.Event(wall_time=time.time())
    told.log_message.message = encode_loss(Loss(50, (100, 149), "disk full"))
    [file] = (notebook.folder / "lost").iterdir()
    with file.open("ab") as end:
        end.write(frame(told.SerializeToString()))
    cell = show(notebook, "lost")
    wait_painted(notebook.card(cell, "loss"), 199)
    expect(notebook.view(cell).locator(".tbn-problems")).to_have_text("50 events dropped (disk full)")
    plot = notebook.card(cell, "loss").locator(".tbn-plot")
    tinted = (np.abs(pixels(plot).astype(int) - TINTED) <= 2).all(axis=2).sum(axis=0) > 40
    share = tinted.sum() / tinted.size
    assert 0.15 < share < 0.3
    assert not ink(plot, FIRST_RUN["light"])[:, tinted].any()


def show(notebook: Notebook, folder: str) -> int:
    """Show a folder under a new cell and return the cell's index."""
    return run(notebook, f"view = show({folder!r})")


def run(notebook: Notebook, source: str) -> int:
    cell = notebook.add(source)
    notebook.run(cell)
    return cell
