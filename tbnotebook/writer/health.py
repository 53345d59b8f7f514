"""What became of the events given to a writer: counted, warned of once, told to the readers."""

from __future__ import annotations

import threading
import warnings
from dataclasses import dataclass, field

from tbnotebook.events.loss import Loss, together

BAD_VALUE = "a value, step or tag that no event can hold"


class WriterWarning(UserWarning):
    """Something kept events from being written. Each cause warns once a writer; `Health` has the numbers."""


@dataclass(frozen=True)
class Health:
    """What a writer did up to now.

    Attributes
    ----------
    written
        Events that are in the event files.
    dropped
        Events that were given to the writer and will never be in a file: bad values, and what a failing disk
        left no room for.
    retried
        Writes and uploads that failed and were tried again.
    reasons
        Why events were dropped: reason → number of events.
    uploaded, waiting_for_upload
        Bytes of event files that are in the object store, and that were not a second ago. Both 0 without a
        store.
    """

    written: int = 0
    dropped: int = 0
    retried: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    uploaded: int = 0
    waiting_for_upload: int = 0


class Tally:
    """Counts for one writer. Safe from any thread; its lock is never held during I/O."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget all, the lock included: after a fork some other thread may have held it."""
        self._lock = threading.Lock()
        self._written = 0
        self._retried = 0
        self._uploaded = self._waiting = 0
        self._dropped: dict[str, int] = {}
        self._untold: dict[str, Loss] = {}
        self._failing: OSError | None = None
        self._lost: Exception | None = None
        self._warned: set[str] = set()

    def health(self) -> Health:
        """Return the counts as they are now."""
        with self._lock:
            dropped = sum(self._dropped.values())
            reasons = dict(self._dropped)
            return Health(self._written, dropped, self._retried, reasons, self._uploaded, self._waiting)

    def wrote(self, count: int) -> None:
        """Count events that have reached the file."""
        with self._lock:
            self._written += count
            self._failing = None

    def retry(self, problem: OSError | None = None) -> None:
        """Count a write, which failed for ``problem``, or an upload that failed and will be tried again."""
        with self._lock:
            self._retried += 1
            self._failing = problem or self._failing

    def unwrite(self, loss: Loss) -> None:
        """Count events as lost that were counted as written: their file is gone. That it is, was warned of."""
        with self._lock:
            self._written -= loss.count
            self._count(loss)

    def upload(self, done: int, waiting: int) -> None:
        """Count bytes that were uploaded, and note how many wait."""
        with self._lock:
            self._uploaded += done
            self._waiting = waiting

    def drop(self, loss: Loss, detail: str = "", problem: Exception | None = None) -> None:
        """Count lost events; the first of each reason warns, with ``detail`` if the reason alone says too little.

        ``problem`` is what a strict writer raises on their account; by default an OSError.
        """
        message = f"{detail or loss.reason}. Such events are counted in writer.health"
        with self._lock:
            self._count(loss)
            self._lost = problem or OSError(message)
            self._failing = None  # what this loss tells already; the next write shows whether it fails still
        self.warn(loss.reason, message)

    def _count(self, loss: Loss) -> None:
        self._dropped[loss.reason] = self._dropped.get(loss.reason, 0) + loss.count
        self._untold[loss.reason] = together(self._untold.get(loss.reason), loss)

    def leave_out(self, what: str, problem: Exception) -> None:
        """Count one event that cannot be written because of what it was given."""
        self.drop(Loss(1, None, BAD_VALUE), f"left out {what}: {problem}", problem)

    def raise_trouble(self) -> None:
        """Raise why events were lost since the last call, or why none can be written now, if so.

        Raises
        ------
        OSError
            Events were dropped for want of room, or the last write failed and nothing was written since.
        BadValue
            An event could not be written because of what it was given.
        """
        with self._lock:
            trouble, self._lost = self._lost or self._failing, None
        if trouble is not None:
            raise trouble.with_traceback(None)

    def take_untold(self, *, everything: bool = False) -> list[Loss]:
        """Return the losses to tell the readers now, and take them as told.

        A reason is due when as much is untold as was told before: a bad value a step costs a dozen messages, not
        one each. ``everything`` takes the rest too.
        """
        with self._lock:
            due = [loss for loss in self._untold.values() if everything or 2 * loss.count >= self._dropped[loss.reason]]
            for loss in due:
                del self._untold[loss.reason]
            return due

    def warn(self, cause: str, message: str) -> None:
        """Warn, once for each cause. Never raises: ``-W error`` must not stop a training loop or the thread."""
        with self._lock:
            if cause in self._warned:
                return
            self._warned.add(cause)
        try:
            warnings.warn(f"tbnotebook: {message}", WriterWarning, stacklevel=3)
        except WriterWarning:
            return
