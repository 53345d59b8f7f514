"""The outbox of a run and those of its children, as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tbnotebook.events.loss import Loss
from tbnotebook.events.record import frame
from tbnotebook.writer import outbox
from tbnotebook.writer.encoder import Batch
from tbnotebook.writer.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tbnotebook.writer.event_file import Begin
    from tbnotebook.writer.health import Tally

MOST_OPEN: Final = 32
"""Files of children that are open at once; the others are opened again for each write."""
_CHILDRENS_SHARE: Final = 0.5  # so that children whose folders cannot be made leave room for the run itself


class Outboxes:
    """One outbox for each folder that a writer writes to.

    Not safe for threads: the scribe's lock guards it. A folder that takes nothing holds up no other one.

    Attributes
    ----------
    own : Outbox
        That of the run itself.
    purge : sequence of bytes
        Payloads that come first in what is written for a child: they make void what its folder has.
    """

    def __init__(self, directory: str, suffix: str, tally: Tally) -> None:
        self.own = Outbox(directory, suffix, tally)
        self.purge: Sequence[bytes] = ()
        self._suffix = suffix
        self._tally = tally
        self._children: dict[str, Outbox] = {}
        self._awake: dict[str, Outbox] = {}  # those whose files have a descriptor, the one last written to behind
        self._unwritten: dict[str, Outbox] = {}
        self._held = 0  # bytes that wait in children's

    @property
    def directory(self) -> str:
        """The run's folder."""
        return self.own.directory

    @property
    def path(self) -> str:
        """The run's own file being written, or written last."""
        return self.own.path

    @property
    def begin(self) -> Begin:
        """How files are begun; what is set holds for the children, too."""
        return self.own.begin

    @begin.setter
    def begin(self, begin: Begin) -> None:
        for box in self._all():
            box.begin = begin

    @property
    def size(self) -> int:
        """Bytes of all that is still to be written."""
        return self.own.size + self._held

    @property
    def opened(self) -> bool:
        """Whether any file is open."""
        return any(box.opened for box in self._all())

    @property
    def waiting(self) -> bool:
        """Whether anything is still to be written."""
        return self.own.waiting or bool(self._unwritten)

    @property
    def unwritten(self) -> int:
        """Events of the user's that are still to be written. Safe from any thread."""
        return sum(box.unwritten for box in list(self._all()))

    @property
    def last_taken(self) -> float:
        """When the disk last took a byte, on the monotonic clock."""
        return max(box.last_taken for box in list(self._all()))

    def open(self) -> None:
        """Open the run's own file; see `Outbox.open`."""
        self.own.open()

    def has_room(self, batch: Batch) -> bool:
        """Whether `put` takes a batch without writing first."""
        if batch.folder and self._held + len(batch.data) > _CHILDRENS_SHARE * outbox.LIMIT:
            return False
        return self.size + len(batch.data) <= outbox.LIMIT

    def put(self, batch: Batch) -> None:
        """Take a batch. Drops it, counted, where too much waits and its own folder takes nothing."""
        box = self._box(batch.folder)
        if not self.has_room(batch):
            self.write()
            if box.waiting and not self.has_room(batch):
                self._tally.drop(Loss(batch.count, batch.steps, "the disk takes nothing and the buffer is full"))
                return
        if box is self.own:
            box.append(batch)
            return
        self._unwritten[batch.folder] = box
        before = box.size
        box.introduce(batch.notes)
        box.append(batch)
        self._held += box.size - before

    def write(self, *, tell_all: bool = False) -> bool:
        """Append what waits, and after it what was lost. Returns whether all of it is in the files."""
        worked = self.own.write(tell_all=tell_all)
        for folder, box in list(self._unwritten.items()):
            before = box.size
            worked = box.write() and worked
            self._held += box.size - before
            if not box.waiting:
                del self._unwritten[folder]
            self._keep_awake(folder, box)
        return worked

    def sync(self) -> bool:
        """Put what was written on the disk. Returns whether that worked."""
        worked = self.own.sync()
        for folder, box in self._children.items():
            worked = box.sync() and worked
            self._keep_awake(folder, box)
        return worked

    def end(self, batch: Batch) -> None:
        """Put what ends a session behind all that was written, in each file."""
        if self.own.opened or self.own.waiting:
            self.own.append(batch)
        for folder, box in self._children.items():
            if box.opened or box.waiting:
                self._held += len(batch.data)
                self._unwritten[folder] = box
                box.append(batch)

    def close(self) -> None:
        """Close the files. What could not be written is dropped and counted."""
        for box in self._all():
            box.close()
        self._rest_of_none()

    def abandon(self) -> None:
        """Forget files and batches: in a forked child they are the parent's."""
        for box in self._all():
            box.abandon()
        self._rest_of_none()

    def _rest_of_none(self) -> None:
        self._awake.clear()
        self._unwritten.clear()
        self._held = 0

    def _all(self) -> Iterator[Outbox]:
        yield self.own
        yield from list(self._children.values())

    def _box(self, folder: str) -> Outbox:
        if not folder:
            return self.own
        if folder in self._children:
            return self._children[folder]
        box = self._children[folder] = Outbox(self.directory, self._suffix, self._tally, folder)
        box.begin = self.begin
        for payload in self.purge:
            box.append(Batch(frame(payload), 0, None))
        self._held += box.size
        return box

    def _keep_awake(self, folder: str, box: Outbox) -> None:
        self._awake.pop(folder, None)
        if box.opened:
            self._awake[folder] = box
        while len(self._awake) > MOST_OPEN:
            self._awake.pop(next(iter(self._awake))).rest()
