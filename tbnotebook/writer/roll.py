"""The scribes of this process, and what it owes them when it ends or forks."""

from __future__ import annotations

import atexit
import os
import sys
import weakref
from typing import TYPE_CHECKING

from tbnotebook.writer.farewell import close_all

if TYPE_CHECKING:
    from tbnotebook.writer.scribe import Scribe

# Those that have a file open or entries to write. Held here, so that what a forgotten writer was given is written.
active: set[Scribe] = set()
existing: weakref.WeakSet[Scribe] = weakref.WeakSet()
_worker_process = 0
_shutting_down = False


def shutting_down() -> bool:
    """Whether the interpreter is about to stop all threads."""
    return _shutting_down


def close_disowned() -> None:
    """Close what was forgotten while no thread was on duty: a cell that is run again leaves no open file behind."""
    for scribe in list(active):
        if scribe.disowned:
            scribe.close()


def close_in_worker_process() -> None:
    """See to it that a child of multiprocessing closes its scribes at its end.

    It leaves by os._exit, which runs multiprocessing's finalizers but no atexit.
    """
    global _worker_process
    util = sys.modules.get("multiprocessing.util")
    if util is None or _worker_process == os.getpid():
        return
    _worker_process = os.getpid()
    if sys.modules["multiprocessing.process"].parent_process() is not None:
        util.Finalize(None, _close_all, exitpriority=0)


def _shut_down() -> None:
    global _shutting_down
    _shutting_down = True
    _close_all()


def _close_all() -> None:
    close_all(list(existing))  # a closed one may have been given something at the last moment


def _forget_parent() -> None:
    active.clear()
    for scribe in list(existing):  # also those that are closed: another thread may have held their locks
        scribe.forget_parent()


atexit.register(_shut_down)
if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_forget_parent)
