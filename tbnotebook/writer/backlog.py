"""The entries that the thread has not yet taken, and the bound on their memory."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final

from tbnotebook.events.loss import Loss
from tbnotebook.writer.deferred import Deferred
from tbnotebook.writer.encoder import FIELDS, RAW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tbnotebook.writer.health import Tally

TOO_SLOW: Final = "the disk does not keep up and the buffer is full"
LIMIT = 54 << 20  # bytes of all that waits, encoded or not; with what encoding takes in passing it stays below 64 MB
_ENTRY_SIZE: Final = 120  # bytes of an entry: its four places in the list, value, step and wall time; no tag
_BLOCK: Final = 4 * 8192 * FIELDS  # elements taken at once: what stays behind in the list is moved each time
_HEAVY: Final = 1 << 20  # bytes of whole events that are taken at once, and the last of them
_SAMPLE: Final = 100  # entries whose tags are looked at
_LEAST: Final = 4096 * FIELDS  # elements that have room beside a payload of any size
_PAUSE = 0.0005  # seconds a caller stands back for the encoder; with the system's own delay below 1 ms
_TURN = 0.002  # seconds between two looks whether a large entry has room
_PATIENCE = 30.0  # seconds that it is waited for
_STALL = 0.1  # seconds; a write that takes longer is the disk's fault, and nobody stands back for it


class Backlog:
    """The flat list of one writer's entries.

    There are three ways in. `grow` is the list's own ``extend``: it asks nothing and costs nothing. `admit` keeps the
    bound; it is to be used where much waits and while a write may never return. `admit_payloads` is for entries that
    hold whole events, or what such are to be made from. None of them waits for a lock that is held during I/O.

    Attributes
    ----------
    grow
        Takes entries.
    writing_since : float or None
        When the write began that has not returned, on the monotonic clock.
    """

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._entries: list[Any] = []
        self.grow = self._entries.extend
        self.clear()

    def clear(self) -> None:
        """Forget all, the lock included: after a fork some other thread may have held it."""
        self._entries.clear()
        self._lock = threading.Lock()
        self._entry_size = _ENTRY_SIZE
        self._payloads = self._in_hand = self._encoded = 0  # bytes
        self.writing_since: float | None = None
        self._reckon()

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def crowded(self) -> bool:
        """Whether so much waits that whoever adds should use `admit`."""
        return len(self._entries) * 4 > self._full * 3 or self._payloads * 4 > LIMIT

    def begin_write(self) -> None:
        """Note that a write begins, which may never return."""
        self.writing_since = time.monotonic()

    def end_write(self, left: int) -> None:
        """Note that the write has returned and that ``left`` encoded bytes wait for the next."""
        self.writing_since = None
        with self._lock:
            self._encoded = left
            self._reckon()

    def admit(self, entries: Sequence[Any]) -> None:
        """Take entries if there is room; else drop them, counted.

        Where it is the encoder that is behind, nothing is dropped: the caller stands back for half a millisecond, in
        which the encoder gets far ahead of it. For a disk nobody waits.
        """
        if len(self._entries) < self._easy or self._finds_room(entries, or_paced=True):
            self._entries.extend(entries)

    def admit_payloads(self, entries: Sequence[Any]) -> None:
        """`admit`, where some entries are whole events. As these may be large they are dropped in either case.

        For what events are to be made from the caller stands back as long as it is the encoder that is behind: many
        large arrays at once, as of all weights of a network, are what people log.
        """
        if any(type(tag) is Deferred for tag in entries[::FIELDS]):
            self._stand_back(_payload_size(entries))
        if (self._room > 0 and len(self._entries) < self._easy) or self._finds_room(entries, or_paced=False):
            with self._lock:
                self._payloads += _payload_size(entries)
                self._reckon()
            self._entries.extend(entries)

    def _stand_back(self, size: int) -> None:
        """Wait until so much more keeps within the bound, or nothing waits; not where a disk hangs."""
        deadline = time.monotonic() + _PATIENCE
        while self._room < size and self._payloads and (now := time.monotonic()) < deadline:
            since = self.writing_since
            if since is not None and now - since >= _STALL:
                return
            time.sleep(_TURN)

    def take(self, most: int) -> list[Any]:
        """Remove and return the foremost elements, whole entries and no more than ``most``.

        They count towards the bound until the next call.
        """
        # From the front, as extend is atomic and the list only grows behind.
        count = min(most, _BLOCK)
        if self._payloads:
            count = self._light(count)
        taken = self._entries[:count]
        del self._entries[:count]
        with self._lock:
            self._entry_size = _ENTRY_SIZE + _tag_size(taken[0 : _SAMPLE * FIELDS : FIELDS])
            payloads = _payload_size(taken) if self._payloads else 0
            self._payloads -= payloads
            self._in_hand = len(taken) // FIELDS * self._entry_size + payloads
            self._reckon()
        return taken

    def _light(self, most: int) -> int:
        """Return how many elements to take so that encoding, which copies them, has little to copy at once."""
        size = 0
        for at in range(0, most, FIELDS):
            size += _payload_size(self._entries[at : at + FIELDS])
            if size > _HEAVY:
                return at + FIELDS
        return most

    def _reckon(self) -> None:
        self._room = LIMIT - self._encoded - self._in_hand - self._payloads
        self._full = max(self._room // self._entry_size * FIELDS, _LEAST)  # elements
        self._easy = self._full // 16 * 15

    def _finds_room(self, entries: Sequence[Any], *, or_paced: bool) -> bool:
        since = self.writing_since
        paced = since is None or time.monotonic() - since < _STALL
        if paced:
            time.sleep(_PAUSE)
        if paced and or_paced:
            return True
        if len(self._entries) < self._full and (self._room > 0 or or_paced):
            return True
        steps = [step for step in entries[2::FIELDS] if type(step) is int]
        span = (min(steps), max(steps)) if steps else None
        self._tally.drop(Loss(len(entries) // FIELDS, span, TOO_SLOW))
        return False


def _tag_size(tags: list[Any]) -> int:
    """Return what a tag adds to an entry: nothing where the tags are a few objects that come again and again."""
    different = {id(tag): tag for tag in tags}
    many = 2 * len(different) > len(tags) > 1
    return sum(map(sys.getsizeof, different.values())) // len(tags) if many else 0


def _payload_size(entries: Sequence[Any]) -> int:
    size = 0
    for at in range(0, len(entries), FIELDS):
        tag = entries[at]
        if tag is RAW:
            size += len(entries[at + 1])
        elif type(tag) is Deferred:
            size += tag.size
    return size
