"""Batches on their way into the event file, through whatever the disk does."""

from __future__ import annotations

import time
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tbnotebook.events import schema
from tbnotebook.events.loss import Loss, encode_loss, together
from tbnotebook.events.record import count_whole, frame
from tbnotebook.writer.encoder import Batch
from tbnotebook.writer.event_file import begin_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tbnotebook.writer.event_file import Begin, EventFile
    from tbnotebook.writer.health import Tally

# What waits for a disk that takes nothing; beyond it events are dropped and counted. About 800,000 scalars. It leaves
# room for the entries that come meanwhile (see `Backlog`).
LIMIT = 40 << 20
_DELETED = "the event file was deleted under the writer"


class Outbox:
    """The event file of one writer and the batches that are not in it yet.

    Not safe for threads: the scribe's lock guards it. A failed write keeps its batches and is tried again with
    the next one, from the very byte where it stopped. A file that was deleted is followed by a new one.

    Attributes
    ----------
    directory : str
        The folder of the run; the file lies there, or in ``child`` below it.
    path : str
        The file being written, or written last.
    size : int
        Bytes of all that is still to be written.
    last_taken : float
        When the disk last took a byte, on the monotonic clock.
    begin : callable
        Makes a new file; `begin_file` unless another is set.
    """

    def __init__(self, directory: str, suffix: str, tally: Tally, child: str = "") -> None:
        self.directory = directory
        self.path = ""
        self.begin: Begin = begin_file
        self._child = child
        self._notes: dict[bytes, bytes] = {}
        self._suffix = suffix
        self._tally = tally
        self._file: EventFile | None = None
        self._waiting: deque[Batch] = deque()
        self._in_file: Loss | None = None  # what would be lost with the open file
        self.size = 0
        self.last_taken = 0.0
        self._head_written = 0

    @property
    def opened(self) -> bool:
        """Whether a file is open."""
        return self._file is not None

    @property
    def waiting(self) -> bool:
        """Whether anything is still to be written."""
        return bool(self._waiting)

    @property
    def unwritten(self) -> int:
        """Events of the user's that are still to be written. Safe from any thread."""
        return sum(batch.count for batch in list(self._waiting))

    def open(self) -> None:
        """Open a file of its own unless one is open.

        Raises
        ------
        OSError
            The folder or the file cannot be created.
        """
        if self._file is None:
            self._file = self.begin(self.directory, self._child, self._suffix, b"".join(self._notes.values()))
            self.path = self._file.path
            self._in_file = None

    def introduce(self, notes: Iterable[bytes]) -> None:
        """See to it that these payloads, which tell what the file is, stand in it and in any that follows it."""
        for note in notes:
            if note not in self._notes:
                self._notes[note] = frame(note)
                if self.opened:
                    self.append(Batch(self._notes[note], 0, None))

    def append(self, batch: Batch) -> None:
        """Take a batch, which is written next."""
        self._waiting.append(batch)
        self.size += len(batch.data)

    def write(self, *, tell_all: bool = False) -> bool:
        """Append what waits, and after it what was lost. Returns whether all of it is in the file."""
        try:
            self._write_waiting()
            if self.opened:  # no file is begun only to tell of a loss
                for loss in self._tally.take_untold(everything=tell_all):
                    self.append(_told(loss))
                self._write_waiting()
        except OSError as problem:
            where = self.path or self.directory
            problem.filename = problem.filename or where
            self._tally.retry(problem)
            self._tally.warn("disk", f"cannot write to {where}: {problem}. Events are kept and tried again")
            return False
        return True

    def sync(self) -> bool:
        """Put what was written on the disk. Returns whether that worked."""
        try:
            if self._file is not None:
                self._file.sync()
        except OSError as problem:
            self._tally.warn("fsync", f"cannot sync {self.path}: {problem}")
            return False
        return True

    def rest(self) -> None:
        """Give the file's descriptor back until it is needed again."""
        if self._file is not None:
            with self._told_of_closing(self._file):
                self._file.rest()

    def close(self) -> None:
        """Close the file. What could not be written is dropped and counted."""
        in_file = self._head_written
        for batch in self._waiting:
            survived = count_whole(batch.data[:in_file]) if batch.count else 0
            self._tally.wrote(survived)
            if survived < batch.count:
                reason = "the disk took nothing until the writer was closed"
                self._tally.drop(Loss(batch.count - survived, batch.steps, reason))
            in_file = 0
        self.abandon()

    def abandon(self) -> None:
        """Forget file and batches: in a forked child they are the parent's."""
        self._waiting.clear()
        self.size = self._head_written = 0
        self._close_file()

    def _close_file(self) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            with self._told_of_closing(file):
                file.close()

    @contextmanager
    def _told_of_closing(self, file: EventFile) -> Iterator[None]:
        try:
            yield
        except OSError as problem:  # network file systems report a failed write here
            self._tally.warn("close", f"closing {file.path} failed: {problem}")

    def _write_waiting(self) -> None:
        if not self._waiting:
            return
        if self._file is not None and not self._file.in_place():
            self._leave_deleted_file()
        self.open()
        assert self._file is not None
        while self._waiting:
            head = self._waiting[0]
            rest = memoryview(head.data)[self._head_written :]
            self._head_written += self._file.append(rest)
            self.last_taken = time.monotonic()
            if self._head_written == len(head.data):
                self._waiting.popleft()
                self.size -= len(head.data)
                self._head_written = 0
                self._tally.wrote(head.count)
                if head.count:
                    self._in_file = together(self._in_file, Loss(head.count, head.steps, _DELETED))

    def _leave_deleted_file(self) -> None:
        assert self._file is not None
        message = f"{self.path} was deleted or replaced under the writer; events go on in a new file"
        self._tally.warn("deleted", message)
        if self._in_file is not None and self._file.is_gone():
            self._tally.unwrite(self._in_file)
        self._head_written = 0  # the part that was written went with the file
        self._close_file()


def _told(loss: Loss) -> Batch:
    message = schema.LogMessage(level=schema.LogLevel.WARN, message=encode_loss(loss))
    event = schema.Event(wall_time=time.time(), log_message=message)
    return Batch(frame(event.SerializeToString()), 0, None)
