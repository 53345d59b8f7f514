"""Behind damage: where is the next sound record?

If the damaged record's header is sound and a sound record begins where it says, that one. Else the first offset at
which a header with the right checksum begins a record with the right checksum. Nothing else is looked at, so the
answer depends on the file's bytes alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tbnotebook.events.record import HEADER_SIZE
from tbnotebook.reader.frames import OVERHEAD, Finding, Verdict, examine
from tbnotebook.reader.headers import headers
from tbnotebook.reader.storage import Source

WINDOW = 1 << 18

# A forged file may hold a header at every 12th byte, each of a record to the file's end: checking them all would
# take quadratic time. Honest damage needs a small part of this.
CRC_WORK = 8
_MOST_OPEN = 1024


@dataclass
class Effort:
    """Bytes checksummed in searches of one file, bounded by `CRC_WORK` times its size."""

    spent: int = 0

    def allows(self, length: int, size: int) -> bool:
        """Book a checksum of ``length`` bytes, unless it is too much for a file of ``size``."""
        if self.spent + length > CRC_WORK * size:
            return False
        self.spent += length
        return True


@dataclass
class Search:
    """A search in progress: it goes on where it stopped when the file has grown.

    Attributes
    ----------
    damaged : int
        Offset of the damaged record.
    finding : Finding
        What is wrong with it.
    open : dict of int to int
        Offsets where a record soundly begins, or may begin, that the file does not hold wholly yet, and the size
        that the file needs to tell. One of them, completed, takes precedence over a sound record behind it.
    gave_up : bool
        The effort allowed is used up: what follows the damage stays unread until the file has grown.
    """

    damaged: int
    finding: Finding
    open: dict[int, int] = field(default_factory=dict)
    gave_up: bool = False
    _at: int = 0

    def __post_init__(self) -> None:
        self._at = self.damaged + 1
        if self.finding.end is not None:
            self.open[self.finding.end] = self.finding.end + OVERHEAD

    def step(self, source: Source, size: int, effort: Effort) -> int | None:
        """Search one window further and return the next sound record's offset, or None if there is none so far."""
        self.gave_up = False  # the file may have grown, and more be allowed
        # The damaged record's own end comes first: it was the first to be noted.
        for offset in [offset for offset, needed in self.open.items() if needed <= size]:
            if self._judge(source, offset, size, effort):
                return offset
        wanted = min(WINDOW, size - self._at)
        window = source.read(self._at, wanted)
        indices, lengths = (column.tolist() for column in headers(window))
        for index, length in zip(indices, lengths):
            offset = self._at + int(index)
            if offset + OVERHEAD + length <= size:
                if self._judge(source, offset, size, effort):
                    return offset
                if self.gave_up:
                    self._at = offset + 1
                    return None
            elif len(self.open) < _MOST_OPEN:
                self.open[offset] = offset + OVERHEAD + length
        if len(window) < wanted:  # the file shrank meanwhile
            self._at = size
        else:  # the last bytes may be the beginning of a header
            self._at += max(len(window) - HEADER_SIZE + 1, 0)
        return None

    def more(self, size: int) -> bool:
        """Whether there are offsets that have not been looked at."""
        return not self.gave_up and self._at + HEADER_SIZE <= size

    def _judge(self, source: Source, at: int, size: int, effort: Effort) -> bool:
        """Whether a sound record begins at an offset; what cannot be told yet is noted as open."""
        if self.gave_up:
            return False
        self.open.pop(at, None)
        finding = examine(source, at, size)
        if finding.verdict is Verdict.CUT:
            self.open[at] = finding.end or size + 1
        elif finding.end is not None and not effort.allows(finding.end - at, size):
            self.gave_up = True
            if finding.verdict is not Verdict.VALID:
                self.open[at] = size + 1
        return finding.verdict is Verdict.VALID
