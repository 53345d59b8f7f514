"""The thread that turns what was added into bytes of an event file.

The way of an entry: ``add_*`` extends the scribe's flat list and returns. A daemon thread takes the list every
`TICK` seconds, encodes it in bulk and appends to the file. It goes off duty when nothing has come for a while,
and after ``close()``, at a fork, and before the first entry none is on duty. Who adds must therefore call the
function that the scribe last gave to its `arm` callbacks: the list's own ``extend`` while a thread is on duty,
else `Scribe.wake`, which puts one on duty.
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
import time
import weakref
from typing import TYPE_CHECKING, Any

from tbnotebook.events import schema
from tbnotebook.events.record import frame
from tbnotebook.writer.encoder import FIELDS, Batch, Encoder
from tbnotebook.writer.health import Tally
from tbnotebook.writer.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Extend = Callable[[Iterable[Any]], None]

TICK = 0.1  # seconds; with the time to encode and write, an event is in the file within 0.2 s
_OFF_DUTY_AFTER = 50  # ticks without an entry
_CHUNK = 8192 * FIELDS  # elements encoded at once: the arrays stay in the cache, the GIL is given up in between
_CLOSING_TIME = 1.0  # seconds that close() tries to write to a failing disk


class Scribe:
    """The entries of one writer, the thread on duty, and the file.

    Two locks, taken in this order and neither while a caller of ``add_*`` waits for the disk: `_io` guards encoder
    and outbox and is held during writes; `_duty` guards who is on duty and is held for no longer than it takes to
    start a thread.

    Parameters
    ----------
    directory, suffix
        As for `EventFile`.
    muted
        Take entries and write nothing.

    Attributes
    ----------
    ending : str
        What ended the session, for SessionLog STOP; empty where it ended as it should.
    """

    def __init__(self, directory: str, suffix: str, *, muted: bool = False) -> None:
        self._muted = muted
        self.ending = ""
        self.tally = Tally()
        self.outbox = Outbox(directory, suffix, self.tally)
        self._entries: list[Any] = []
        self._encoder = Encoder(self.tally)
        self._arms: list[Callable[[Extend], None]] = []
        self.extend: Extend = self.wake
        self._set_off_duty()
        _existing.add(self)

    def _set_off_duty(self) -> None:
        self._io = threading.RLock()
        self._duty = threading.Lock()
        self._off_duty = threading.Event()
        self._off_duty.set()
        self._arm(self.wake)

    def on_arm(self, arm: Callable[[Extend], None]) -> None:
        """Call ``arm`` now and at every change with the function that takes entries."""
        self._arms.append(arm)
        arm(self.extend)

    def _arm(self, extend: Extend) -> None:
        self.extend = extend
        for arm in self._arms:
            arm(extend)

    def open(self, payloads: Iterable[bytes] = ()) -> None:
        """Open the file now and not with the first entry; ``payloads`` are the writer's own events to open it.

        Raises
        ------
        OSError
            The folder or the file cannot be created.
        """
        if self._muted:
            return
        with self._duty:
            _active.add(self)
        with self._io:
            self.outbox.open()
            for payload in payloads:
                self.outbox.put(Batch(frame(payload), 0, None))
            self.outbox.write()

    def wake(self, entries: Iterable[Any]) -> None:
        """Take entries and put a thread on duty."""
        if self._muted:
            return
        self._entries.extend(entries)
        with self._duty:
            _active.add(self)
            on_duty = not self._off_duty.is_set() or self._start_thread()
        if on_duty:
            _close_in_worker_process()
        else:
            self.flush()

    def _start_thread(self) -> bool:
        if _shutting_down:
            return False  # a thread might start, and would be stopped before it wrote
        off_duty = threading.Event()
        thread = threading.Thread(target=self._work, args=(off_duty,), name="tbnotebook-writer", daemon=True)
        try:
            thread.start()
        except RuntimeError:  # no threads are left
            return False
        self._off_duty = off_duty
        self._arm(self._entries.extend)
        return True

    def _work(self, off_duty: threading.Event) -> None:
        try:
            quiet = 0
            while quiet < _OFF_DUTY_AFTER and not off_duty.wait(TICK):
                quiet = 0 if self._entries or self.outbox.waiting else quiet + 1
                self._drain()
        finally:
            with self._duty:
                dismissed = off_duty.is_set()
                if not dismissed:
                    off_duty.set()
                    self._arm(self.wake)
        if not dismissed:
            # A caller may have fetched the list's extend just before it was replaced.
            time.sleep(TICK)
            self._drain()

    def _drain(self) -> bool:
        with self._io:
            # Elements are taken from the front and in whole entries: extend is atomic, the list only grows behind.
            count = len(self._entries)
            entries = self._entries[:count]
            del self._entries[:count]
            for start in range(0, count, _CHUNK):
                self.outbox.put(self._encoder.encode(entries[start : start + _CHUNK]))
            return self.outbox.write()

    def flush(self, *, fsync: bool = False) -> bool:
        """Write all that was added before. Returns whether that worked; never raises for the disk's sake."""
        return _undisturbed(self._drain_and_sync if fsync else self._drain)

    def _drain_and_sync(self) -> bool:
        with self._io:
            written = self._drain()
            return self.outbox.sync() and written

    def close(self) -> None:
        """Write what is left and SessionLog STOP, and close the file. The next entry begins a new one."""
        _undisturbed(self._close)

    def _close(self) -> bool:
        with self._duty:
            _active.discard(self)
            self._off_duty.set()
            self._arm(self.wake)
        with self._io:
            self._drain()
            if not (self.outbox.opened or self.outbox.waiting):
                return True
            self.outbox.put(Batch(frame(_stop_payload(self.ending)), 0, None))
            self.ending = ""
            deadline = time.monotonic() + _CLOSING_TIME
            while not self.outbox.write(tell_all=True) and time.monotonic() < deadline:
                time.sleep(TICK)
            self.outbox.close()
            return True

    def forget_parent(self) -> None:
        """Begin afresh in a forked child: entries and file are the parent's, and its threads are not here."""
        self._entries.clear()
        self.tally.reset()
        self._set_off_duty()
        self.outbox.abandon()


def _undisturbed(call: Callable[[], bool]) -> bool:
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


def _stop_payload(ending: str) -> bytes:
    stop = schema.SessionLog(status=schema.SessionStatus.STOP, msg=ending.encode())
    payload: bytes = schema.Event(wall_time=time.time(), session_log=stop).SerializeToString()
    return payload


# Those that have a file open or entries to write. Held here, so that what a forgotten writer was given is written.
_active: set[Scribe] = set()
_existing: weakref.WeakSet[Scribe] = weakref.WeakSet()
_worker_process = 0
_shutting_down = False


def _shut_down() -> None:
    global _shutting_down
    _shutting_down = True
    _close_all()


def _close_all() -> None:
    for scribe in list(_existing):  # a closed one may have been given something at the last moment
        scribe.close()


def _forget_parent() -> None:
    _active.clear()
    for scribe in list(_existing):  # also those that are closed: another thread may have held their locks
        scribe.forget_parent()


def _close_in_worker_process() -> None:
    # A child of multiprocessing leaves by os._exit, which runs multiprocessing's finalizers but no atexit.
    global _worker_process
    util = sys.modules.get("multiprocessing.util")
    if util is None or _worker_process == os.getpid():
        return
    _worker_process = os.getpid()
    if sys.modules["multiprocessing.process"].parent_process() is not None:
        util.Finalize(None, _close_all, exitpriority=0)


atexit.register(_shut_down)
if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_forget_parent)
