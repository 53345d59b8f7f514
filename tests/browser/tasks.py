"""What a page's main thread computes at a stretch: by the browser's own trace, which tells work from waiting."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
TASKS = ("RunTask", "ThreadControllerImpl::RunTask")


@contextmanager
def main_thread_tasks(page: Page) -> Iterator[list[float]]:
    """Fill a list with the processor's milliseconds of each task meanwhile: others' work does not make them longer."""
    browser = page.context.browser
    assert browser is not None
    found: list[float] = []
    browser.start_tracing(page=page, categories=CATEGORIES)
    try:
        yield found
    finally:
        events = json.loads(browser.stop_tracing())["traceEvents"]
    named = [event for event in events if event["name"] == "thread_name"]
    mains = {(event["pid"], event["tid"]) for event in named if event["args"]["name"] == "CrRendererMain"}
    tasks = [event for event in events if event["name"] in TASKS and (event["pid"], event["tid"]) in mains]
    found += [event["tdur"] / 1000 for event in tasks if "tdur" in event]
