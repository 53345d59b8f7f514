"""Calls that no KeyboardInterrupt cuts in two."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def undisturbed(call: Callable[[], bool]) -> bool:
    """Return ``call()``, made where no KeyboardInterrupt can strike.

    Python raises it in the main thread, between any two steps: bytes that were written and not yet counted would be
    written again. Interrupted, the caller is free at once and the call comes to its end.
    """
    if threading.current_thread() is not threading.main_thread():
        return call()
    result: list[bool] = []
    thread = threading.Thread(target=lambda: result.append(call()), name="tbnotebook-flush", daemon=True)
    try:
        thread.start()
    except RuntimeError:  # the interpreter is shutting down, or no threads are left
        return call()
    thread.join()
    return bool(result and result[0])
