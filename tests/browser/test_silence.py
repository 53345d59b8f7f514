"""A kernel that cannot be heard is called silent, soon, and nothing is called live until it is heard again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tests.browser.ink import FIRST_RUN, ink
from tests.browser.notebook import Notebook, wait_painted
from tests.browser.states import changes, record_states

SOON = 2.5  # seconds
HOLD = 4

# A library that is called through PyDLL keeps the GIL: no other thread of the kernel runs meanwhile.
LOOP = f"""
import ctypes
library, held = ctypes.PyDLL(None), []
writer = SummaryWriter("held")
writer.show()
for step in range(120):
    writer.add_scalar("loss", 1.0, step)
    time.sleep(0.05)
    if step in (40, 80):
        held.append(time.time())
        library.sleep({HOLD})
        held.append(time.time())
json.dump(held, open("held.json", "w"))
writer.close()
"""


@pytest.fixture
def notebook(imported: Notebook) -> Iterator[Notebook]:
    yield imported
    imported.watch.check()


def test_while_a_call_holds_the_gil_the_view_says_so_within_2_5_s_and_never_live(notebook: Notebook) -> None:
    cell = notebook.add(LOOP)
    record_states(notebook.page)
    notebook.run(cell, wait=False)
    status = notebook.view(cell).locator(".tbn-status")
    plot = notebook.card(cell, "loss").locator(".tbn-plot")
    wait_painted(notebook.card(cell, "loss"), 10)
    expect(status).to_have_attribute("data-state", "live")
    assert hole(plot) <= 3
    expect(status).to_have_attribute("data-state", "silent")
    assert hole(plot) >= 4
    notebook.wait_ended()
    expect(status).to_have_attribute("data-state", "ended")

    seen = changes(notebook.page)
    times = json.loads((notebook.folder / "held.json").read_text())
    for begin, end in zip(times[::2], times[1::2], strict=True):
        silent = next(change.at for change in seen if change.at > begin and change.state == "silent")
        print(f"silent {silent - begin:.2f} s after the hold's begin")
        assert silent - begin <= SOON
        assert [change.state for change in seen if silent < change.at < end and change.state != "silent"] == []
    silences = [later for before, later in pairwise(seen) if later.state == "silent" != before.state]
    assert len(silences) == 2, "called silent while nothing was held"


def hole(plot: Locator) -> int:
    """Return the pixels between a flat line's end and the next that has its colour: what its head leaves free."""
    marks = ink(plot, FIRST_RUN["light"])
    columns = np.flatnonzero(marks[marks.sum(axis=1).argmax()])
    free = np.diff(columns) - 1
    return int(free[free > 0][-1])
