"""What goes over a kernel's websocket, message by message.

Format: jupyter_server's ``v1.kernel.websocket.jupyter.org``: a count, offsets (u64, little endian), then channel,
header, parent header, metadata, content and buffers.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page, WebSocket

from tests.browser.cells import WITHOUT_TORCH, folder_with
from tests.browser.notebook import Notebook, wait_painted

COMM = ("comm_open", "comm_msg", "comm_close")
SETTLE = 1000  # milliseconds after which the first view's cell has nothing more to say
OUTPUT = ("display_data", "update_display_data", "execute_result", "stream", "clear_output")


@dataclass(frozen=True)
class Received:
    """A message from the kernel and its size on the wire in bytes."""

    kind: str
    content: dict[str, Any]
    size: int

    @property
    def custom(self) -> dict[str, Any]:
        """The content of a widget's custom message, empty for any other message."""
        data = self.content.get("data", {})
        return data.get("content", {}) if self.kind == "comm_msg" and data.get("method") == "custom" else {}

    @property
    def is_key(self) -> bool:
        """Whether it is a keyframe of ours."""
        return self.custom.get("type") == "frame" and self.custom.get("kind") == "key"


class Wire:
    """Listens to the kernels' websockets that a page opens from now on."""

    def __init__(self, page: Page) -> None:
        self.received: list[Received] = []
        page.on("websocket", self._on_socket)

    def take(self) -> list[Received]:
        """Return what has come since the last call."""
        taken, self.received = self.received, []
        return taken

    def _on_socket(self, socket: WebSocket) -> None:
        if "/api/kernels/" in socket.url:
            socket.on("framereceived", self._on_frame)

    def _on_frame(self, payload: str | bytes) -> None:
        if isinstance(payload, bytes):
            self.received.append(parse(payload))


@dataclass(frozen=True)
class Cost:
    """Bytes that a view sent until its curves were painted: apart from its keyframes, those, its saved output."""

    own: int
    key: int
    saved: int


def second_view(notebook: Notebook) -> Cost:
    """Show a folder of 2 × 1000 points twice in a notebook and return what the second view sent."""
    wire = Wire(notebook.page)
    prepare = WITHOUT_TORCH + folder_with(["loss", "accuracy"], points=1000)
    notebook.open([prepare, "one = show('logs')", "two = show('logs')"])
    for cell in range(2):
        notebook.run(cell)
    wait_painted(notebook.card(1, "loss"), 999)
    notebook.page.wait_for_timeout(SETTLE)
    wire.take()
    notebook.run(2)
    wait_painted(notebook.card(2, "loss"), 999)
    messages = wire.take()
    key = sum(message.size for message in messages if message.is_key)
    return Cost(total(messages, COMM) - key, key, total(messages, OUTPUT))


def total(messages: list[Received], kinds: tuple[str, ...]) -> int:
    """Return the bytes of the messages of these kinds."""
    return sum(message.size for message in messages if message.kind in kinds)


def parse(frame: bytes) -> Received:
    """Read a message of the protocol."""
    (count,) = struct.unpack_from("<Q", frame)
    offsets = struct.unpack_from(f"<{count}Q", frame, 8)
    parts = [frame[start:end] for start, end in pairwise(offsets)]
    header, content = json.loads(parts[1]), json.loads(parts[4])
    return Received(header["msg_type"], content, len(frame))
