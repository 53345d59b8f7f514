"""The thread that turns what was added into bytes of an event file.

The way of an entry: ``add_*`` extends the scribe's flat list and returns. A daemon thread takes the list every
`TICK` seconds, encodes it in bulk and appends to the file. It goes off duty when nothing has come for a while,
and after ``close()``, at a fork, and before the first entry none is on duty. Who adds must therefore call the
function that the scribe last gave to its `arm` callbacks: while a thread is on duty the list's own ``extend``, or,
during a write and where much waits already, `Backlog.admit`, which keeps the bound; else `Scribe.wake`, which puts
one on duty.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tbnotebook.events import schema
from tbnotebook.events.loss import Loss
from tbnotebook.events.record import frame
from tbnotebook.writer import roll
from tbnotebook.writer.backlog import Backlog
from tbnotebook.writer.encoder import FIELDS, Batch, Encoder
from tbnotebook.writer.health import Tally
from tbnotebook.writer.outboxes import Outboxes
from tbnotebook.writer.staging import staging
from tbnotebook.writer.undisturbed import undisturbed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Extend = Callable[[Sequence[Any]], None]

TICK = 0.15  # seconds; with the time to encode and write, an event is in the file within 0.2 s
_LOOKS = 6  # in a tick, whether so much waits that it had better be written at once
_LOOKS_IF_FEW = 2  # as above while little waits: a loop that does nothing else cannot fill the list in half a tick
_OFF_DUTY_AFTER = 50  # ticks without an entry
_CHUNK = 8192 * FIELDS  # elements encoded at once: the arrays stay in the cache, the GIL is given up in between
_FEW = 500 * FIELDS  # elements; for more entries than these numpy gives up the GIL at each step
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
    disowned : bool
        Nobody is left who could add anything.
    """

    def __init__(self, directory: str, suffix: str, *, muted: bool = False) -> None:
        self._muted = muted
        self.ending = ""
        self.disowned = False
        self.tally = Tally()
        self.outbox = Outboxes(directory, suffix, self.tally)
        self._backlog = Backlog(self.tally)
        self._encoder = Encoder(self.tally)
        self._arms: list[Callable[[Extend], None]] = []
        self.extend: Extend = self.wake
        self._set_off_duty()
        roll.existing.add(self)

    def _set_off_duty(self) -> None:
        self._io = threading.RLock()
        self._duty = threading.Lock()
        self._off_duty = threading.Event()
        self._off_duty.set()
        self._guarded = False
        self._arm()

    def on_arm(self, arm: Callable[[Extend], None]) -> None:
        """Call ``arm`` now and at every change with the function that takes entries."""
        self._arms.append(arm)
        arm(self.extend)

    def _arm(self) -> None:
        on_duty = self._backlog.admit if self._guarded else self._backlog.grow
        self.extend = self.wake if self._off_duty.is_set() else on_duty
        for arm in self._arms:
            arm(self.extend)

    def _guard(self, guarded: bool) -> None:
        if guarded != self._guarded:
            with self._duty:
                self._guarded = guarded
                self._arm()

    @contextmanager
    def _at_the_disk(self) -> Iterator[None]:
        """Keep the bound on the entries meanwhile: whatever is called here may never return."""
        self._guard(True)
        self._backlog.begin_write()
        try:
            yield
        finally:
            self._backlog.end_write(self.outbox.size)
            self._guard(self._backlog.crowded)

    def open(self, payloads: Sequence[bytes] = ()) -> None:
        """Open the file now and not with the first entry.

        ``payloads`` are the writer's own events to open it, and later the first file of each child.

        Raises
        ------
        OSError
            The folder or the file cannot be created.
        """
        if self._muted:
            return
        roll.close_disowned()
        with self._duty:
            roll.active.add(self)
        with self._io, self._at_the_disk():
            self.outbox.open()
            self.outbox.purge = payloads or self.outbox.purge
            for payload in payloads:
                self.outbox.put(Batch(frame(payload), 0, None))
            self.outbox.write()

    def add(self, entries: Sequence[Any]) -> None:
        """Take entries that are whole events."""
        if self._off_duty.is_set():
            self.wake(entries)
        else:
            self._backlog.admit_payloads(entries)

    def wake(self, entries: Sequence[Any]) -> None:
        """Take entries and put a thread on duty."""
        if self._muted:
            return
        self._backlog.admit_payloads(entries)
        with self._duty:
            roll.active.add(self)
            on_duty = not self._off_duty.is_set() or self._start_thread()
        if on_duty:
            roll.close_in_worker_process()
        else:
            self.flush()

    def _start_thread(self) -> bool:
        if roll.shutting_down():
            return False  # a thread might start, and would be stopped before it wrote
        off_duty = threading.Event()
        thread = threading.Thread(target=self._work, args=(off_duty,), name="tbnotebook-writer", daemon=True)
        try:
            thread.start()
        except RuntimeError:  # no threads are left
            return False
        self._off_duty = off_duty
        self._arm()
        return True

    def _work(self, off_duty: threading.Event) -> None:
        try:
            quiet = 0
            while quiet < _OFF_DUTY_AFTER and not self._dismissed_within_a_tick(off_duty):
                quiet = 0 if self._backlog or self.outbox.waiting else quiet + 1
                self._drain_and_look()
                if self.disowned:
                    self._close()
        finally:
            staging.clear()
            with self._duty:
                dismissed = off_duty.is_set()
                if not dismissed:
                    off_duty.set()
                    self._arm()
        if not dismissed:
            # A caller may have fetched the list's extend just before it was replaced.
            time.sleep(TICK)
            self._drain()

    def _dismissed_within_a_tick(self, off_duty: threading.Event) -> bool:
        # All writers' threads wake at the same moments: what the first did, the processor then has at hand. And a view
        # that looks right behind them sees what is new.
        ends = (time.monotonic() // TICK + 1) * TICK
        while (now := time.monotonic()) < ends:
            step = TICK / (_LOOKS_IF_FEW if len(self._backlog) <= _FEW else _LOOKS)
            time.sleep(step - now % step)  # half the work of waiting for the event, and nobody waits for this thread
            if off_duty.is_set():
                return True
            if self._backlog.crowded:
                break
        return False

    def _drain_and_look(self) -> None:
        """Drain, and keep the bound meanwhile, however long it takes.

        Beside a tight loop the encoder has the GIL back 5 ms after it gave it up. More than a few entries are therefore
        encoded by a thread of their own, and this one looks how the list grows.
        """
        if len(self._backlog) <= _FEW and self._io.acquire(blocking=False):
            try:
                self._drain()
            finally:
                self._io.release()
            return
        self._guard(self._backlog.crowded)
        draining = threading.Thread(target=self._drain, name="tbnotebook-drain", daemon=True)
        try:
            draining.start()
        except RuntimeError:  # the interpreter is shutting down, or no threads are left
            self._drain()
            return
        while draining.is_alive():
            draining.join(TICK / _LOOKS)
            if self._backlog.crowded:
                self._guard(True)

    def _drain(self) -> bool:
        with self._io:
            left = len(self._backlog)
            while True:
                left -= self._encode_block(left)
                with self._at_the_disk():
                    written = self.outbox.write()
                if not left:
                    return written

    def _encode_block(self, most: int) -> int:
        entries = self._backlog.take(most)
        for start in range(0, len(entries), _CHUNK):
            for batch in self._encoder.encode(entries[start : start + _CHUNK]):
                if self.outbox.has_room(batch):
                    self.outbox.put(batch)
                else:
                    with self._at_the_disk():
                        self.outbox.put(batch)
        return len(entries)

    def flush(self, *, fsync: bool = False) -> bool:
        """Write all that was added before. Returns whether that worked; never raises for the disk's sake."""
        return undisturbed(self._drain_and_sync if fsync else self._drain)

    def _drain_and_sync(self) -> bool:
        with self._io:
            written = self._drain()
            with self._at_the_disk():
                return self.outbox.sync() and written

    def close(self) -> None:
        """Write what is left and SessionLog STOP, and close the file. The next entry begins a new one."""
        undisturbed(self._close)

    def _close(self) -> bool:
        with self._duty:
            roll.active.discard(self)
            self._off_duty.set()
            self._arm()
        with self._io:
            self._drain()
            if not (self.outbox.opened or self.outbox.waiting):
                return True
            with self._at_the_disk():
                self.outbox.end(Batch(frame(_stop_payload(self.ending)), 0, None))
                self.ending = ""
                deadline = time.monotonic() + _CLOSING_TIME
                while not self.outbox.write(tell_all=True) and time.monotonic() < deadline:
                    time.sleep(TICK)
                self.outbox.close()
            staging.clear()
            return True

    @property
    def settled(self) -> bool:
        """Whether no file is open and nothing waits for one."""
        return not (self._backlog or self.outbox.opened or self.outbox.waiting)

    @property
    def hanging_since(self) -> float | None:
        """When the disk last took something, on the monotonic clock; None while nothing is asked of it."""
        since = self._backlog.writing_since
        return None if since is None else max(since, self.outbox.last_taken)

    def give_up(self, reason: str) -> None:
        """Count what is not in the file as lost, as the process ends and the disk may hang for ever."""
        left = len(self._backlog) // FIELDS + self.outbox.unwritten
        where = self.outbox.path or self.outbox.directory
        self.tally.drop(Loss(left, None, reason), f"{where}: {reason}; {left} events are lost")

    def disown(self) -> None:
        """Note that nobody is left who could add. Called at any moment by the garbage collector: takes no lock."""
        self.disowned = True

    def forget_parent(self) -> None:
        """Begin afresh in a forked child: entries and file are the parent's, and its threads are not here."""
        self._backlog.clear()
        self.tally.reset()
        self._set_off_duty()
        self.outbox.abandon()


def _stop_payload(ending: str) -> bytes:
    stop = schema.SessionLog(status=schema.SessionStatus.STOP, msg=ending.encode())
    payload: bytes = schema.Event(wall_time=time.time(), session_log=stop).SerializeToString()
    return payload
