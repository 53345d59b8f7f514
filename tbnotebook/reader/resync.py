"""Behind damage: where is the next sound record?

If the damaged record's header is sound and a sound record begins where it says, that one. Else the first offset at
which a header with the right checksum begins a record with the right checksum. Nothing else is looked at, so the
answer depends on the file's bytes alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import google_crc32c
import numpy as np
from numpy.typing import NDArray

from tbnotebook.events.crc import MASK_DELTA
from tbnotebook.events.record import HEADER_SIZE
from tbnotebook.reader.frames import OVERHEAD, Finding, Verdict, examine
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
        The effort allowed is used up: what follows the damage stays unread.
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
        # The damaged record's own end comes first: it was the first to be noted.
        for offset in [offset for offset, needed in self.open.items() if needed <= size]:
            if self._judge(source, offset, size, effort):
                return offset
        wanted = min(WINDOW, size - self._at)
        window = source.read(self._at, wanted)
        for index, length in headers(window):
            offset = self._at + index
            if offset + OVERHEAD + length <= size:
                if self._judge(source, offset, size, effort):
                    return offset
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
        self.gave_up = not effort.allows((finding.end or at) - at, size)
        if finding.verdict is Verdict.CUT:
            self.open[at] = finding.end or size + 1
        return finding.verdict is Verdict.VALID


def headers(window: bytes) -> list[tuple[int, int]]:
    """Return offset and stated length of every sound header in a window of a file, in order."""
    count = len(window) - HEADER_SIZE + 1
    if count <= 0:
        return []
    raw = np.frombuffer(window, np.uint8)
    # Lengths end below 2 GiB: four zero bytes behind them sort out nearly every offset.
    zero = raw == 0
    at = np.flatnonzero(zero[4 : 4 + count] & zero[5 : 5 + count] & zero[6 : 6 + count] & zero[7 : 7 + count])
    at = at[raw[at + 3] < 128]
    low = [raw[at + i] for i in range(4)]
    tables = _length_tables()
    crc = tables[0][low[0]] ^ tables[1][low[1]] ^ tables[2][low[2]] ^ tables[3][low[3]]
    masked = ((crc >> np.uint32(15)) | (crc << np.uint32(17))) + np.uint32(MASK_DELTA)
    stated = sum((raw[at + 8 + i].astype(np.uint32) << np.uint32(8 * i) for i in range(1, 4)), raw[at + 8])
    sound = at[masked == stated]
    return [(int(i), int.from_bytes(window[i : i + 8], "little")) for i in sound]


@cache
def _length_tables() -> list[NDArray[np.uint32]]:
    """Tables whose XOR is the CRC of a length's eight bytes (CRC32C is affine over GF(2)), high half zero."""
    zero = google_crc32c.value(bytes(8))
    return [
        np.array(
            [google_crc32c.value((byte << 8 * i).to_bytes(8, "little")) ^ (zero if i else 0) for byte in range(256)],
            np.uint32,
        )
        for i in range(4)
    ]
