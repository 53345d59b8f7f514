"""One browser and one JupyterLab for all tests of this folder, one page and kernel for each test or module.

The browser ends with the folder, not with the session: while Playwright's synchronous interface is open no other test
could run an event loop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.browser.cells import IMPORTS, WITHOUT_TORCH, quickstart
from tests.browser.chromium import LAUNCH_ARGS, VIEWPORT, chromium_path
from tests.browser.graphs import LoneGraph
from tests.browser.lab import Lab
from tests.browser.lone import LoneView
from tests.browser.notebook import Notebook, wait_painted
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
    pages = [value.page for value in getattr(item, "funcargs", {}).values() if hasattr(value, "page")]
    if report.when == "call" and report.failed and pages:
        SCREENS.mkdir(parents=True, exist_ok=True)
        pages[0].screenshot(path=SCREENS / f"{_file_name(item.name)}.png")
    return report


@pytest.fixture(scope="package")
def extended_lab() -> Iterator[Lab]:
    """A JupyterLab that has the labextension: modules whose `lab` it is say so."""
    with Lab(labextension=True) as lab:
        yield lab


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """For contexts of a test's own."""
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def lab() -> Iterator[Lab]:
    with Lab() as lab:
        yield lab


@pytest.fixture(scope="package")
def context(playwright: Playwright) -> Iterator[BrowserContext]:
    """What pages share: a profile on the disk, where a browser keeps scripts as it has compiled them."""
    with TemporaryDirectory(prefix="tbnotebook-profile-", ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=chromium_path(),
            args=LAUNCH_ARGS,
            viewport=VIEWPORT,
            timezone_id="UTC",
            locale="en-GB",
        )
        yield context
        context.close()


@pytest.fixture
def notebook(context: BrowserContext, lab: Lab, request: pytest.FixtureRequest) -> Iterator[Notebook]:
    """A notebook with a page, a kernel and a folder of its own."""
    with _opened(context, lab, _file_name(request.node.name)) as notebook:
        yield notebook
        notebook.watch.check()


@pytest.fixture(scope="module")
def module_notebook(context: BrowserContext, lab: Lab, request: pytest.FixtureRequest) -> Iterator[Notebook]:
    """A notebook for all tests of a module: each runs its cell again, which makes a new view. The test checks."""
    with _opened(context, lab, _file_name(request.node.name)) as notebook:
        yield notebook


@pytest.fixture(scope="module")
def imported(module_notebook: Notebook) -> Notebook:
    """The module's notebook, its first cell run: tests add cells and folders of their own."""
    module_notebook.open([WITHOUT_TORCH])
    module_notebook.run(0)
    return module_notebook


@pytest.fixture(scope="module")
def ran(module_notebook: Notebook) -> Notebook:
    """A notebook that has run the quickstart in its cell 1."""
    module_notebook.open([IMPORTS, quickstart(points=100)])
    module_notebook.run_all()
    wait_painted(module_notebook.card(1, "data/sin"), 99)
    return module_notebook


@pytest.fixture
def lone(context: BrowserContext) -> Iterator[LoneView]:
    """A view in a page of its own, for what needs no notebook."""
    page = context.new_page()
    lone = LoneView(page)
    yield lone
    lone.watch.check()
    page.close()


@pytest.fixture
def diagram(context: BrowserContext) -> Iterator[LoneGraph]:
    """A diagram in a page of its own."""
    page = context.new_page()
    diagram = LoneGraph(page)
    yield diagram
    diagram.watch.check()
    page.close()


@contextmanager
def _opened(context: BrowserContext, lab: Lab, name: str) -> Iterator[Notebook]:
    page = context.new_page()
    notebook = Notebook(page, lab, Watch(page, lab.url), name)
    yield notebook
    notebook.end_kernel()
    page.close()


def _file_name(test: str) -> str:
    return re.sub(r"[^\w.-]+", "-", test).strip("-")[:80]
