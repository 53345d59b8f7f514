"""Calls that may never return: they run in a thread of their own, and are waited for so long and no longer."""

from __future__ import annotations

import errno
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotDone
from threading import Lock, Thread
from typing import TypeVar

_T = TypeVar("_T")

PATIENCE = 30.0  # seconds
_MOST_HANGING = 16

_hanging: set[Future[object]] = set()
_lock = Lock()


def begin(function: Callable[[], _T]) -> Future[_T]:
    """Call a function in a thread that keeps no process alive."""
    future: Future[_T] = Future()

    def run() -> None:
        try:
            future.set_result(function())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, name="tbnotebook-store", daemon=True).start()
    return future


def within_patience(function: Callable[[], _T]) -> _T:
    """Return what a function returns, or raise what it raises.

    Raises
    ------
    TimeoutError
        There is no answer after `PATIENCE` seconds; or so many earlier calls still have none that this one was not
        made.
    """
    with _lock:
        _hanging.difference_update([call for call in _hanging if call.done()])
        if len(_hanging) >= _MOST_HANGING:
            raise no_answer(f"{_MOST_HANGING} earlier calls have none yet")
    future = begin(function)
    try:
        return future.result(PATIENCE)
    except NotDone:
        if future.done():  # the function's own
            raise
        with _lock:
            _hanging.add(future)  # type: ignore[arg-type]
        raise no_answer(f"waited {PATIENCE:g} s") from None


def no_answer(why: str) -> TimeoutError:
    """Return the error for a call that has not answered."""
    return TimeoutError(errno.ETIMEDOUT, f"no answer from the store: {why}")
