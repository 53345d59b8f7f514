"""A channel that loses messages: what every page shows comes to what is on the disk, while the cell runs and after."""

from __future__ import annotations

import random
import re
import time

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute

from tbnotebook import LogDir
from tbnotebook.wire import MIME
from tests.browser.cells import WITHOUT_TORCH
from tests.browser.lab import Lab
from tests.browser.notebook import Notebook
from tests.browser.watch import Watch
from tests.browser.wire import Received, parse

LOST = 0.2  # share of the messages
LEAST = 5  # messages that each page is to have lost
WITHIN = 30.0  # seconds
TAGS = ["loss", "accuracy", "rate"]

LOOP = f"""
import os
writer = SummaryWriter("lossy")
writer.show()
for step in range(4000):
    for number, tag in enumerate({TAGS}):
        writer.add_scalar(tag, math.sin(step / 10 + number), step)
    time.sleep(0.05)
    if os.path.exists("enough"):
        break
writer.close()
"""

Truth = dict[str, tuple[int, int]]


def can_be_lost(message: Received) -> bool:
    """All that brings points: frames, signs of life, and what the kernel saves meanwhile."""
    saved = message.kind.endswith("display_data") and MIME in message.content["data"]
    return saved or message.custom.get("type") in ("frame", "beat")


@pytest.fixture(scope="module")
def lab(extended_lab: Lab) -> Lab:
    """A JupyterLab that has the labextension: without it a second tab cannot be live before the cell has ended."""
    return extended_lab


def test_two_tabs_of_a_lossy_channel_come_to_the_truth(notebook: Notebook, context: BrowserContext, lab: Lab) -> None:
    channel = LossyChannel(notebook.page)
    notebook.open([WITHOUT_TORCH, LOOP])
    notebook.run(0)
    notebook.run(1, wait=False)
    truth = await_truth(notebook, points=60)
    print(f"first tab: {converge(notebook, truth):.1f} s mid-cell")

    page = context.new_page()
    other = LossyChannel(page)
    second = notebook.second(page, Watch(page, lab.url))
    second.reload()
    print(f"second tab: {converge(second, read_truth(notebook)):.1f} s after its page was ready, mid-cell")
    await_lost(notebook, channel, other)
    print(f"first tab: {converge(notebook, read_truth(notebook)):.1f} s mid-cell")
    assert notebook.is_busy(1)

    (notebook.folder / "enough").touch()
    notebook.wait_ended()
    truth = read_truth(notebook)
    for name, tab in {"first": notebook, "second": second}.items():
        print(f"{name} tab: {converge(tab, truth):.1f} s after the cell's end")
        assert {tag: shown(tab, tag) for tag in TAGS} == truth
    print(f"lost {channel.lost} of {channel.seen} and {other.lost} of {other.seen} messages")
    second.watch.check()
    page.close()


class LossyChannel:
    """Loses a part of what the kernel sends to a page, from the page's next websocket on.

    Attributes
    ----------
    seen, lost : int
        Messages of the kind that can be lost, and those that were.
    """

    def __init__(self, page: Page) -> None:
        self.seen = self.lost = 0
        self._random = random.Random(4)
        page.route_web_socket(re.compile("/api/kernels/"), self._connect)

    def _connect(self, page_side: WebSocketRoute) -> None:
        kernel_side = page_side.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if isinstance(message, bytes) and can_be_lost(parse(message)):
                self.seen += 1
                if self._random.random() < LOST:
                    self.lost += 1
                    return
            page_side.send(message)

        kernel_side.on_message(pass_on)


def await_lost(notebook: Notebook, *channels: LossyChannel) -> None:
    """Wait until each channel has lost enough for the test to mean something."""
    deadline = time.monotonic() + 2 * WITHIN
    while min(channel.lost for channel in channels) < LEAST:
        assert time.monotonic() < deadline, [(channel.lost, channel.seen) for channel in channels]
        notebook.page.wait_for_timeout(100)


def read_truth(notebook: Notebook) -> Truth:
    """Return how many points of each tag are on the disk, and the last step."""
    log = LogDir(notebook.folder / "lossy")
    log.poll()
    return {tag: (len(series.step), int(series.step[-1])) for tag, series in log.run.scalars.items()}


def await_truth(notebook: Notebook, points: int) -> Truth:
    """Wait until the cell has written so many points of each tag."""
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        if (notebook.folder / "lossy").exists():
            truth = read_truth(notebook)
            if len(truth) == len(TAGS) and min(count for count, _ in truth.values()) >= points:
                return truth
        notebook.page.wait_for_timeout(200)
    raise AssertionError(f"the cell did not write {points} points in {WITHIN} s")


def converge(notebook: Notebook, truth: Truth) -> float:
    """Wait until a page shows all of `truth`, or more; return the seconds."""
    started = time.monotonic()
    while any(had < wanted for tag in TAGS for had, wanted in zip(shown(notebook, tag), truth[tag], strict=True)):
        assert time.monotonic() - started <= WITHIN, ({tag: shown(notebook, tag) for tag in TAGS}, truth)
        notebook.page.wait_for_timeout(100)
    return time.monotonic() - started


def shown(notebook: Notebook, tag: str) -> tuple[int, int]:
    """Return the points that a tag's card stands for and the last step that it has painted; −1 before."""
    cards = notebook.card(1, tag).filter(visible=True)
    found = cards.evaluate_all("(cards) => cards.map((card) => [card.dataset.points, card.dataset.paintedStep || -1])")
    return (int(found[0][0]), int(found[0][1])) if len(found) == 1 else (-1, -1)
