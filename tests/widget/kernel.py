"""A real kernel that runs cells as a front end asks it to, with the cell's identity, and collects their outputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel


@dataclass
class Ran:
    """What a cell sent until the kernel was idle again."""

    messages: list[dict[str, Any]] = field(default_factory=list)

    def messages_of(self, kind: str) -> list[dict[str, Any]]:
        return [m for m in self.messages if m["msg_type"] == kind]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [m["content"] for m in self.messages_of(kind)]

    @property
    def text(self) -> str:
        return "".join(content["text"] for content in self.of("stream"))

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The data of all outputs that were displayed, not those that were only updated."""
        return [content["data"] for kind in ("display_data", "execute_result") for content in self.of(kind)]

    @property
    def complaint(self) -> str:
        """What a magic that was used wrongly says; IPython prints a UsageError without a traceback."""
        return self.text or self.error or ""

    @property
    def error(self) -> str | None:
        return next((f"{c['ename']}: {c['evalue']}" for c in self.of("error")), None)


class Kernel:
    def __init__(self, client: BlockingKernelClient) -> None:
        self._client = client

    def run(
        self,
        code: str,
        *,
        cell: str | None = None,
        jupyterlab: bool = False,
        on_message: Callable[[dict[str, Any]], None] = lambda message: None,
    ) -> Ran:
        """Run a cell, and tell of each message that comes meanwhile.

        `cell` is the identity that a front end gives the cell, `jupyterlab` adds what only JupyterLab says.
        """
        message = self._client.session.msg(
            "execute_request",
            {
                "code": code,
                "silent": False,
                "store_history": True,
                "user_expressions": {},
                "allow_stdin": False,
                "stop_on_error": True,
            },
            metadata={**({"cellId": cell} if cell else {}), **({"deletedCells": []} if jupyterlab else {})},
        )
        self._client.shell_channel.send(message)
        ran = Ran()
        while True:
            got = self._client.get_iopub_msg(timeout=60)
            if got["msg_type"] == "status" and got["content"]["execution_state"] == "idle":
                if got["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                    return ran
            else:
                ran.messages.append(got)
                on_message(got)

    def control(self, kind: str, content: dict[str, Any]) -> None:
        """Send a request over the control channel."""
        self._client.control_channel.send(self._client.session.msg(kind, content))

    def control_reply(self) -> dict[str, Any]:
        """Wait for the reply to the oldest of such requests that has none."""
        reply: dict[str, Any] = self._client.get_control_msg(timeout=10)["content"]
        return reply


@contextmanager
def kernel_in(folder: Path) -> Iterator[Kernel]:
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(folder))
    try:
        yield Kernel(client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
