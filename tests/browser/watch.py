"""What a page does that it should not: errors, dialogs, requests to elsewhere."""

from __future__ import annotations

import re

from playwright.sync_api import ConsoleMessage, Dialog, Error, Page, Request

# What JupyterLab logs by itself of a kernel that was restarted while the page asked it for the debugger's state.
DEBUGGER = re.compile("Could not restore the debugger state")


class Watch:
    """Listens to a page from its first request on.

    Attributes
    ----------
    errors : list of str
        Console errors and uncaught exceptions, JupyterLab's own included: the pages of these tests have none but the
        debugger's.
    dialogs : list of str
        Texts of alert, confirm and prompt boxes; they are dismissed.
    requests : list of tuple
        Address and resource type ("image", "fetch", …) of each request, in order.
    """

    def __init__(self, page: Page, home: str) -> None:
        self.errors: list[str] = []
        self.dialogs: list[str] = []
        self.requests: list[tuple[str, str]] = []
        self._home = home
        page.on("console", self._on_console)
        page.on("pageerror", self._on_page_error)
        page.on("dialog", self._on_dialog)
        page.on("request", self._on_request)

    @property
    def outside(self) -> list[str]:
        """The addresses outside the server that the page asked for."""
        inside = (self._home, "blob:", "data:")
        return [address for address, _ in self.requests if not address.startswith(inside)]

    def check(self) -> None:
        """Assert that nothing went wrong since the last check."""
        errors, dialogs, outside = self.errors, self.dialogs, self.outside
        self.errors, self.dialogs, self.requests = [], [], []
        assert errors == [], f"the page logged errors: {errors}"
        assert dialogs == [], "the page opened dialogs"
        assert outside == [], "the page asked for something elsewhere"

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and DEBUGGER.search(message.text) is None:
            place = message.location.get("url", "") if message.location else ""
            self.errors.append(f"{message.text} ({place})")

    def _on_page_error(self, error: Error) -> None:
        self.errors.append(f"uncaught: {error.stack or error.message}")

    def _on_dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":  # the browser's question whether to leave a notebook that is not saved
            dialog.accept()
            return
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _on_request(self, request: Request) -> None:
        self.requests.append((request.url, request.resource_type))
