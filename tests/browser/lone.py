"""A live view in a page of its own: the bundle, a widget's model that the test holds, and no notebook around them."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, Route

from tbnotebook import LogDir
from tbnotebook.widget.bundle import bundle
from tbnotebook.wire import DEFAULTS, MIME, Colors, Digest, decode, snapshot_of
from tbnotebook.wire.blob import read_blob
from tbnotebook.wire.columns import Packer
from tbnotebook.wire.contents import Contents
from tbnotebook.wire.fit import BUDGET
from tests.browser.watch import Watch

A_MESSAGE = 200_000  # bytes of blobs in a message
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
    send: (question) => window.tbnTest.asked.push(question),
    on: (event, listener) => listeners.set(event, [...(listeners.get(event) ?? []), listener]),
  };
  const queue = { model, items: [], take: null, closed: false };
  const unpacked = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  window.tbnTest = {
    asked: [],
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

# What a report does with a snapshot.
MOUNT_SAVED = """async ([type, snapshot]) => {
  const { mountReport } = await import("/bundle.js");
  const place = document.getElementById("place");
  const script = document.createElement("script");
  Object.assign(script, { type, textContent: JSON.stringify(snapshot) });
  place.append(document.createElement("figure"));
  place.firstChild.className = "tbn-figure";
  place.firstChild.append(script);
  await mountReport(document);
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
        self._blobs = 0
        page.route(f"{HOME}**", _answer)

    def open(self, log: LogDir, *, dark: bool = False, blobs: bool = True, **options: Any) -> Locator:
        """Load the page and draw what the folder holds so far, with these options (and `ui`)."""
        self._load(dark=dark)
        self.page.evaluate(MOUNT, {**DEFAULTS, "ui": {}, **options})
        self.tell(log, blobs=blobs)
        self.page.evaluate("window.tbnTest.mount()")
        return self.view

    def open_saved(self, log: LogDir, *, dark: bool = False, budget: int = BUDGET, **options: Any) -> Locator:
        """Load the page and draw what is saved of the folder, as a report does: there is no kernel."""
        self._load(dark=dark)
        _read_on(log)
        snapshot = snapshot_of(log, options={"ui": {}, **options}, view_id="lone", budget=budget)
        self.page.evaluate(MOUNT_SAVED, [MIME, snapshot])
        return self.view

    def reload(self, log: LogDir) -> Locator:
        """Load the page anew, with the options as they were saved."""
        return self.open(log, **self.options)

    def tell(self, log: LogDir, *, blobs: bool = True) -> None:
        """Send what the folder holds by now; all pictures and the like too, unless they are to be on their way."""
        _read_on(log)
        header, buffer = decode(snapshot_of(log))
        self._seq += 1
        frame = {**header["frame"], "stream": "lone", "seq": self._seq, "kind": "key"}
        frame.pop("blobs", None)
        frame.get("left_out", {}).pop("media", None)
        self._send(frame, buffer)
        if blobs:
            self.send_blobs(log)

    def send_blobs(self, log: LogDir, asked: Iterable[Sequence[Any]] | None = None) -> None:
        """Send all pictures and the like, the newest first; or those of which the page has asked for in `asked`."""
        contents = Contents(log, Colors(), Digest(log))
        series = {one.key: one for run in contents.runs() for one in run.media}
        if asked is None:
            steps = range(1, max(map(len, series.values()), default=0) + 1)
            wanted = [(one, len(one) - back) for back in steps for one in series.values() if back <= len(one)]
        else:
            wanted = [(series[kind, run, attempt, tag], at) for kind, run, attempt, tag, _, at in asked]
        items: list[dict[str, Any]] = []
        packer = Packer()
        for number, (one, at) in enumerate(wanted):
            items.append({**read_blob(one, at).item(packer), "gen": 0})
            if packer.size > A_MESSAGE or number == len(wanted) - 1:
                self._blobs += 1
                message = {"type": "blobs", "v": 1, "stream": "lone", "n": self._blobs, "now": 0.0, "items": items}
                self._send(message, packer.bytes())
                items, packer = [], Packer()

    @property
    def asked(self) -> list[dict[str, Any]]:
        """All that the page has asked and told, in order."""
        questions: list[dict[str, Any]] = self.page.evaluate("window.tbnTest.asked")
        return questions

    def _load(self, *, dark: bool) -> None:
        self.page.goto(HOME)
        if dark:
            self.page.evaluate("document.body.dataset.jpThemeLight = 'false'")

    def _send(self, message: dict[str, Any], buffer: bytes) -> None:
        packed = base64.b64encode(buffer).decode()
        self.page.evaluate("([message, packed]) => window.tbnTest.send(message, packed)", [message, packed])

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


def _read_on(log: LogDir) -> None:
    while log.poll():
        pass


def _answer(route: Route) -> None:
    if route.request.url.endswith("/bundle.js"):
        route.fulfill(body=gzip.decompress(bundle().gzip), content_type="text/javascript")
    else:
        route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
