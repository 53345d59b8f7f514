"""What a page says while a cell runs: over the kernel's control channel, which ipykernel serves in a thread of its own.

Comm messages wait on the shell channel until the cell ends. A page therefore puts its word into a request that every
kernel knows and that changes no front end's idea of whether the kernel is busy; a kernel that we listen in says in its
reply that it has heard it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from IPython.core.getipython import get_ipython

REQUEST, REPLY = "comm_info_request", "comm_info_reply"
FIELD = "tbnotebook"  # of the request's content: {"view": its id, "word": what the page says}; of the reply's: true


def listen(hear: Callable[[str, dict[str, Any]], None]) -> None:
    """Have `hear` called with a view's id and each word of its page, in the control channel's thread.

    Does nothing in a kernel that is not ipykernel's.
    """
    kernel = getattr(get_ipython(), "kernel", None)
    handlers = getattr(kernel, "control_handlers", {})
    others = handlers.get(REQUEST)
    if kernel is None or others is None:
        return

    async def handle(stream: Any, identity: Any, request: dict[str, Any]) -> None:
        said = request["content"].get(FIELD)
        if said is None:
            answered = others(stream, identity, request)
            if inspect.isawaitable(answered):
                await answered
            return
        kernel.session.send(stream, REPLY, {"status": "ok", "comms": {}, FIELD: True}, request, identity)
        if isinstance(said, dict) and isinstance(said.get("view"), str) and isinstance(said.get("word"), dict):
            hear(said["view"], said["word"])

    handlers[REQUEST] = handle
