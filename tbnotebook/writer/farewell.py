"""The end of a process: its writers are closed, and only for a disk that takes nothing nobody waits for ever."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tbnotebook.writer.scribe import Scribe

PATIENCE = 10.0  # seconds in which a disk takes no byte; a slow one that takes some is waited for
_LOOK = 0.1  # seconds


def close_all(scribes: Iterable[Scribe]) -> None:
    """Close scribes side by side. What a disk that hangs has not taken is given up, counted and warned of."""
    begin = time.monotonic()
    for scribe, thread in [(scribe, _start_closing(scribe)) for scribe in scribes if not scribe.settled]:
        while thread.is_alive():
            thread.join(_LOOK)
            since = scribe.hanging_since
            if since is not None and time.monotonic() - max(since, begin) > PATIENCE:
                scribe.give_up(f"the disk had taken nothing for {PATIENCE:.0f} s when the process ended")
                break


def _start_closing(scribe: Scribe) -> threading.Thread:
    # A daemon: the interpreter does not wait for it.
    thread = threading.Thread(target=scribe.close, name="tbnotebook-farewell", daemon=True)
    try:
        thread.start()
    except RuntimeError:  # Python 3.12.0 and 3.12.1 start none at the end; or none are left
        scribe.close()
    return thread
