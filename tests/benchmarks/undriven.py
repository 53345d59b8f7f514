"""A Chromium that its driver leaves while something is measured.

A driver is told of each frame of the page's sockets, with all that is in it: a seventh of what a page costs that takes
a hundred megabytes (processor time of eight million points, seen on two cores). Nobody who looks at a notebook has one.
"""

from __future__ import annotations

import subprocess
import time
from contextlib import suppress
from tempfile import TemporaryDirectory
from types import TracebackType

from playwright.sync_api import Browser, Error, Page, Playwright

from tests.browser.chromium import LAUNCH_ARGS, VIEWPORT, chromium_path
from tests.browser.lab import free_port

START_TIMEOUT = 30.0  # seconds
# As a driver starts it: a window that nobody sees is drawn as if somebody did.
UNSEEN = [
    "--headless=new",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    f"--window-size={VIEWPORT['width']},{VIEWPORT['height']}",
]


class Undriven:
    """A running Chromium with one page; a context manager."""

    def __init__(self, playwright: Playwright) -> None:
        self._playwright = playwright
        self._driver: Browser | None = None
        self._profile = TemporaryDirectory(prefix="tbnotebook-profile-", ignore_cleanup_errors=True)
        port = free_port()
        self._address = f"http://127.0.0.1:{port}"
        where = [f"--remote-debugging-port={port}", f"--user-data-dir={self._profile.name}"]
        command = [chromium_path(), *LAUNCH_ARGS, *UNSEEN, *where, "about:blank"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self) -> Undriven:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()
        self._process.terminate()
        self._process.wait()
        self._profile.cleanup()

    def come(self) -> Page:
        """Drive its page, as it is."""
        deadline = time.monotonic() + START_TIMEOUT
        while self._driver is None:
            try:
                self._driver = self._playwright.chromium.connect_over_cdp(self._address)
            except Error:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        page = self._driver.contexts[0].pages[0]
        page.set_viewport_size(VIEWPORT)
        return page

    def leave(self) -> None:
        """Leave it alone; its page goes on."""
        if self._driver is not None:
            with suppress(Error):
                self._driver.close()
        self._driver = None
