"""A live view in a page of its own: the bundle, a widget's model that the test holds, and no notebook around them."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

from playwright.sync_api import Locator, Page, Route

from tbnotebook import LogDir
from tbnotebook.widget.bundle import bundle
from tbnotebook.wire import DEFAULTS, decode, snapshot_of
from tests.browser.watch import Watch

HOME = "http://127.0.0.1:9/"  # nobody is asked there: the test answers

# The colours and the font of JupyterLab's themes, of which a view takes the ground and the font.
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A view</title><link rel="icon" href="data:,">
<style>
body { margin: 0; padding: 16px; background: var(--jp-layout-color0); --jp-layout-color0: #ffffff; }
body[data-jp-theme-light="false"] { --jp-layout-color0: #111111; }
</style></head>
<body data-jp-theme-light="true"><main id="place"></main></body></html>"""

# What anywidget gives a widget's module, as far as ours asks for it.
MOUNT = """async (options) => {
  const { mountWidget } = await import("/bundle.js");
  const values = { ...options, _view_id: "lone" };
  const listeners = new Map();
  const model = {
    get: (name) => values[name],
    set: (name, value) => { values[name] = structuredClone(value); },
    save_changes: () => undefined,
    send: () => undefined,
    on: (event, listener) => listeners.set(event, [...(listeners.get(event) ?? []), listener]),
  };
  const queue = { model, items: [], take: null, closed: false };
  const unpacked = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  window.tbnTest = {
    options: () => values,
    change: (name, value) => {
      values[name] = value;
      for (const listener of listeners.get(`change:${name}`) ?? []) listener();
    },
    receive: (message, buffers = []) => {
      if (queue.take === null) queue.items.push([message, buffers]);
      else queue.take(message, buffers);
    },
    send: (message, packed) => window.tbnTest.receive(message, [new DataView(unpacked(packed).buffer)]),
    mount: () => {
      const el = document.getElementById("place");
      return mountWidget({ model, el, queue, signal: new AbortController().signal });
    },
  };
}"""

# The page's own timer, longer than a dragged slider's saves are apart: a busy page runs it behind the save's.
SAVED = "() => new Promise((done) => setTimeout(() => done(JSON.stringify(window.tbnTest.options())), 200))"


class LoneView:
    """A view of a folder in a page; its kernel is busy for ever: it tells, and never answers.

    Attributes
    ----------
    page : Page
    watch : Watch
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.watch = Watch(page, HOME)
        self._seq = 0
        page.route(f"{HOME}**", _answer)

    def open(self, log: LogDir, *, dark: bool = False, **options: Any) -> Locator:
        """Load the page and draw what the folder holds so far, with these options (and `ui`)."""
        self.page.goto(HOME)
        if dark:
            self.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
        self.page.evaluate(MOUNT, {**DEFAULTS, "ui": {}, **options})
        self.tell(log)
        self.page.evaluate("window.tbnTest.mount()")
        return self.view

    def reload(self, log: LogDir) -> Locator:
        """Load the page anew, with the options as they were saved."""
        return self.open(log, **self.options)

    def tell(self, log: LogDir) -> None:
        """Send what the folder holds by now."""
        while log.poll():
            pass
        header, buffer = decode(snapshot_of(log))
        self._seq += 1
        frame = {**header["frame"], "stream": "lone", "seq": self._seq, "kind": "key"}
        self.page.evaluate(
            "([frame, packed]) => window.tbnTest.send(frame, packed)", [frame, base64.b64encode(buffer).decode()]
        )

    @property
    def options(self) -> dict[str, Any]:
        """What has been saved of what a person set."""
        saved = self.page.evaluate(SAVED)
        return {name: value for name, value in json.loads(saved).items() if name in DEFAULTS or name == "ui"}

    def change(self, name: str, value: Any) -> None:
        """Change an option as Python does."""
        self.page.evaluate("([name, value]) => window.tbnTest.change(name, value)", [name, value])

    @property
    def view(self) -> Locator:
        """The view."""
        return self.page.locator(".tbn-view")

    def card(self, tag: str) -> Locator:
        """Return a tag's card."""
        return self.view.locator(f".tbn-card[data-tag={json.dumps(tag)}]")

    def choose(self, menu: str, entry: str) -> None:
        """Open the menu of a name and choose an entry."""
        self.view.get_by_role("button", name=menu, exact=True).click()
        self.page.locator("[role^=menuitem]").get_by_text(entry, exact=True).click()


def _answer(route: Route) -> None:
    if route.request.url.endswith("/bundle.js"):
        route.fulfill(body=gzip.decompress(bundle().gzip), content_type="text/javascript")
    else:
        route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
