"""One browser and one JupyterLab for all tests of this folder, one page and one kernel for each test.

The browser ends with the folder, not with the session: while Playwright's synchronous interface is open no other test
could run an event loop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.chromium import LAUNCH_ARGS, VIEWPORT, chromium_path
from tests.browser.lab import Lab
from tests.browser.notebook import Notebook
from tests.browser.watch import Watch

HERE = Path(__file__).parent
SCREENS = HERE.parents[1] / "build" / "screens"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder: they need Chromium."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Keep a picture of the page where a test failed."""
    report = yield
    if report.when == "call" and report.failed and "page" in getattr(item, "funcargs", {}):
        SCREENS.mkdir(parents=True, exist_ok=True)
        item.funcargs["page"].screenshot(path=SCREENS / f"{_file_name(item.name)}.png")
    return report


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def lab() -> Iterator[Lab]:
    with Lab() as lab:
        yield lab


@pytest.fixture(scope="package")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """What pages share: JupyterLab's own scripts are fetched once."""
    context = browser.new_context(viewport=VIEWPORT, timezone_id="UTC", locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    yield page
    page.close()


@pytest.fixture
def watch(page: Page, lab: Lab) -> Watch:
    return Watch(page, lab.url)


@pytest.fixture
def notebook(page: Page, lab: Lab, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Notebook]:
    """A notebook in a folder of its own; at its end nothing may have gone wrong in the page."""
    yield Notebook(page, lab, watch, _file_name(request.node.name))
    page.evaluate("window.jupyterapp?.serviceManager.sessions.shutdownAll()")
    assert watch.errors == [], "the page logged errors"
    assert watch.dialogs == [], "the page opened dialogs"
    assert watch.outside == [], "the page asked for something elsewhere"


def _file_name(test: str) -> str:
    return re.sub(r"[^\w.-]+", "-", test).strip("-")[:80]
