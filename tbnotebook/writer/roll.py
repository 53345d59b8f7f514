"""The scribes of this process, and what it owes them when it ends or forks."""

from __future__ import annotations

import atexit
import os
import sys
import threading
import time
import weakref
from typing import TYPE_CHECKING

from tbnotebook.writer.farewell import close_all

if TYPE_CHECKING:
    from tbnotebook.writer.scribe import Scribe
    from tbnotebook.writer.store.uploader import Uploader

# Those that have a file open or entries to write. Held here, so that what a forgotten writer was given is written.
active: set[Scribe] = set()
existing: weakref.WeakSet[Scribe] = weakref.WeakSet()
uploaders: set[Uploader] = set()  # those that have a spool folder
existing_uploaders: weakref.WeakSet[Uploader] = weakref.WeakSet()
_worker_process = 0
_shutting_down = False
_leaving_since = 0.0  # by the monotonic clock; the patience with stores is that of the whole end, however many they are


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


def upload_at_exit() -> None:
    """See to it that uploads come before the interpreter closes its thread pools, which is before atexit.

    The packages of most stores look a host's name up in such a pool, and fail without it.
    """
    register = getattr(threading, "_register_atexit", None)  # private, and the only thing that comes in time
    if register is not None:
        import concurrent.futures.thread  # noqa: F401  (it registers, too; the last to register is called first)

        register(_close_all_or_flush)


def _close_all_or_flush() -> None:
    others = [thread for thread in threading.enumerate() if not thread.daemon and thread is not threading.main_thread()]
    if not others:
        _close_all()
        return
    for scribe in list(active):  # those threads may go on adding
        scribe.flush()
    for uploader in list(uploaders):
        uploader.hurry()


def _shut_down() -> None:
    global _shutting_down
    _shutting_down = True
    _close_all()


def _close_all() -> None:
    close_all(list(existing))  # a closed one may have been given something at the last moment
    for uploader in list(uploaders):
        uploader.hurry()
    global _leaving_since
    _leaving_since = _leaving_since or time.monotonic()
    for uploader in list(uploaders):
        uploader.leave(_leaving_since)


def _forget_parent() -> None:
    active.clear()
    for scribe in list(existing):  # also those that are closed: another thread may have held their locks
        scribe.forget_parent()
    for uploader in list(existing_uploaders):
        uploader.forget_parent()
    uploaders.clear()


atexit.register(_shut_down)
if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_forget_parent)
