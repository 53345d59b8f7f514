"""Hosts that isolate outputs, as Colab and VS Code do: frames without an origin, their kernel this process.

What is real: ipywidgets' HTML manager, anywidget's front end, our modules and Python. What is not: the host around them
and the comm, which here goes through Playwright.
"""

from __future__ import annotations

import base64
import itertools
import subprocess
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import comm
import pytest
from playwright.sync_api import Frame, Page

from tbnotebook.widget import live_output, opener, session, view
from tbnotebook.widget.host import Host
from tbnotebook.widget.models import PageModel
from tests import overlays

HOME = "http://outputs.test/"
SCRIPT = Path(__file__).with_name("output_frame.js")
SANDBOX = '<iframe sandbox="allow-scripts" style="width: 900px; height: 430px; border: 0" srcdoc="{}"></iframe>'
OUTPUT = "<!doctype html><html {}><body {}></body></html>"


class Wire:
    """All comms of the process: what they sent and no frame has heard yet."""

    def __init__(self) -> None:
        self.sent: deque[tuple[str, dict[str, Any], list[str]]] = deque()
        self.heard: list[dict[str, Any]] = []
        self.comms: dict[str, _Comm] = {}

    def hear(self, message: dict[str, Any]) -> None:
        """Take a message of a page to its model."""
        self.heard.append(message)
        on_msg = self.comms[message["id"]].on_message
        on_msg({"content": {"data": message["data"]}, "buffers": []})

    @property
    def asked(self) -> list[str]:
        """What the pages asked for."""
        return [m["data"]["content"]["type"] for m in self.heard if m["data"].get("method") == "custom"]


class _Comm:
    def __init__(self, wire: Wire, number: int) -> None:
        self.comm_id = f"model-{number}"
        self.kernel = "this process"
        self._wire = wire

    def on_msg(self, callback: Any) -> None:
        self.on_message = callback

    def on_close(self, callback: Any) -> None: ...

    def send(self, data: dict[str, Any] | None = None, metadata: Any = None, buffers: Any = None) -> None:
        # From any thread; a page can be spoken to by its own only.
        texts = [base64.b64encode(buffer).decode() for buffer in buffers or []]
        self._wire.sent.append((self.comm_id, data or {}, texts))

    def close(self, *_: Any, **__: Any) -> None: ...


@contextmanager
def wired(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """This process as a kernel: views are live, and what they would display is drawn by `Outputs` alone."""
    wire = Wire()

    def create(**_: Any) -> _Comm:
        made = _Comm(wire, len(wire.comms))
        wire.comms[made.comm_id] = made
        return made

    monkeypatch.setattr(comm, "create_comm", create)
    monkeypatch.setattr(view, "find_host", lambda: Host.JUPYTER)
    monkeypatch.setattr(live_output, "publish_display_data", lambda *_, **__: None)
    monkeypatch.setattr(view.SavedOutput, "save", lambda *_, **__: True)
    cells = itertools.count()
    monkeypatch.setattr(opener, "current_cell", lambda: f"cell {next(cells)}")
    session.session.cache_clear()
    yield wire
    for one in list(session.session()._views.values()):
        one.close()
    session.session.cache_clear()


@dataclass
class Outputs:
    """A page of frames, each an output or several.

    Parameters
    ----------
    page : Page
    wire : Wire
    """

    page: Page
    wire: Wire

    def open(self, count: int, *, root: str = "", body: str = "") -> list[Frame]:
        """Make frames whose root and body bear these attributes, and bring them what a host has in each."""
        self.page.expose_function("kernelHears", self.wire.hear)
        frame = OUTPUT.format(root, body).replace('"', "&quot;")
        self.page.route(HOME, lambda route: route.fulfill(body=SANDBOX.format(frame) * count, content_type="text/html"))
        self.page.goto(HOME)
        frames = self.page.frames[1:]
        folder = _packed()
        anywidget = (files("anywidget") / "nbextension" / "index.js").read_text("utf-8")
        scripts = [
            (folder / "require.js").read_text("utf-8"),
            (folder / "dist" / "libembed-amd.js").read_text("utf-8"),
            anywidget.replace("define([", 'define("anywidget", [', 1),
            SCRIPT.read_text("utf-8"),
        ]
        for one in frames:
            for script in scripts:
                one.add_script_tag(content=script)
        return frames

    def draw(self, frame: Frame, shown: view.View) -> None:
        """Draw a view in a frame, which has missed all that was sent before."""
        self.wire.sent.clear()
        self.make(frame, shown.widget)
        # Drawn is it only once the kernel has answered.
        frame.evaluate("(id) => { void drawOutput(id); }", shown.widget.model_id)

    def make(self, frame: Frame, model: PageModel) -> None:
        """Make a model in a frame."""
        frame.evaluate("openModels", {one.model_id: one.get_state() for one in (model.layout, model)})

    def wait(self, frames: list[Frame], condition: str, timeout: float = 15) -> None:
        """Carry messages until a JavaScript condition holds in each frame."""
        for _ in range(int(timeout / 0.05)):
            while self.wire.sent:
                model, data, buffers = self.wire.sent.popleft()
                for frame in frames:
                    frame.evaluate("frameHears", {"id": model, "data": data, "buffers": buffers})
            if all(frame.evaluate(condition) for frame in frames):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"not within {timeout} s: {condition}")


def _packed() -> Path:
    """The folder of ipywidgets' HTML manager and its module loader, from npm, without what they require."""
    folder = overlays.ROOT / "html-manager"
    if not folder.is_dir():
        unfinished = overlays.ROOT / "html-manager.new"
        unfinished.mkdir(parents=True, exist_ok=True)
        packages = ("@jupyter-widgets/html-manager@1.0.15", "requirejs@2.3.7")
        subprocess.run(["npm", "pack", "--silent", *packages], cwd=unfinished, check=True, stdout=subprocess.DEVNULL)
        for archive in unfinished.glob("*.tgz"):
            subprocess.run(["tar", "xzf", archive.name, "--strip-components=1"], cwd=unfinished, check=True)
        unfinished.rename(folder)
    return folder
