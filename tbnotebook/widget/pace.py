"""How fast bulk goes to a page: as fast as it answers, and slowly where no answer can be heard.

All that a kernel sends shares one connection, and nobody tells how wide it is. So a page acknowledges each chunk: with
two on their way, or more on a wide connection, it is never idle and never full. A kernel that runs a cell hears no
page; it then goes at half of what the connection was last seen to carry, in chunks that are soon through, so that the
live points and the cell's own prints do not wait behind them.
"""

from __future__ import annotations

from dataclasses import dataclass

LEAST, MOST = 64_000, 1_000_000  # bytes of a chunk
IN_FLIGHT, MOST_IN_FLIGHT = 2, 6  # chunks; more than two only where the connection is through with them in `SPAN`
SPAN = 0.25  # seconds that the connection needs for a chunk
UNKNOWN = 1_000_000  # bytes a second that any connection carries
HEARD_WITHIN = 3.0  # seconds in which a page acknowledges, if a kernel that runs a cell can hear it
DRAWN_WITHIN = 10.0  # seconds in which a page acknowledges that is busy with drawing
YIELD = 0.002  # seconds after its turn that a view leaves to the others
SHARE = 100  # while a cell runs, making and sending chunks takes at most one part in so many of the time


@dataclass
class Line:
    """What all views of a kernel share: the connection to their pages.

    Attributes
    ----------
    rate : float or None
        Bytes a second, as last acknowledged; None if nothing was.
    free_at : float
        When the next chunk may go that no answer is waited for.
    """

    rate: float | None = None
    free_at: float = 0.0

    @property
    def half(self) -> float:
        """Bytes a second that leave as much for others."""
        return (self.rate or UNKNOWN) / 2


class Pace:
    """When the next chunk of one view may go and how large it may be; times are monotonic seconds.

    Attributes
    ----------
    hears : bool
        A page acknowledges chunks.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self.hears = False
        self._flying: dict[int, tuple[float, int, int]] = {}  # when it was sent, its bytes, and with those before it
        self._answered_at = 0.0
        self._turn = 0.0
        self._rest = 0.0

    @property
    def size(self) -> int:
        """Bytes of columns that the next chunk may have."""
        return int(min(max(self._line.half * SPAN, LEAST), MOST))

    def due(self, now: float, *, busy: bool) -> float:
        """Return when the next chunk may go."""
        patience = HEARD_WITHIN if busy else DRAWN_WITHIN
        if self.hears and any(now - at > patience for at, *_ in self._flying.values()):
            self.hears = False
        if not self.hears:
            # The first chunk asks how wide the connection is: a kernel that runs no cell hears the answer soon.
            asks = not busy and not self._flying
            return self._rest if asks else max(self._line.free_at, self._turn, self._rest)
        rest = self._rest if busy else 0.0
        flying = sum(size for _, size, _ in self._flying.values())
        wide = flying + self.size <= (self._line.rate or 0) * SPAN
        if len(self._flying) < (MOST_IN_FLIGHT if wide else IN_FLIGHT):
            return rest
        return max(rest, patience + 0.1 + min(at for at, *_ in self._flying.values()))

    def others(self, now: float, size: int) -> None:
        """Take note of bytes that are no chunk's: where no page can be heard, the next chunk waits for them, too."""
        self._line.free_at = max(self._line.free_at, now) + size / self._line.half

    def sent(self, number: int, now: float, size: int, *, took: float) -> None:
        """Take note of a chunk of so many bytes, which took so many seconds of work."""
        self._flying = {n: one for n, one in self._flying.items() if now - one[0] <= DRAWN_WITHIN}
        self._flying[number] = now, size, size + sum(before for _, before, _ in self._flying.values())
        self._line.free_at = now + size / self._line.half
        self._turn = self._line.free_at + YIELD
        self._rest = now + SHARE * took

    def acknowledged(self, number: int, now: float) -> None:
        """Take note that a page has a chunk; an answer that was long on its way tells nothing of the connection."""
        at, size, queued = self._flying.get(number, (0.0, 0, 0))
        # What was sent before has come before, or never will.
        self._flying = {n: one for n, one in self._flying.items() if n > number}
        if not size or now - at > HEARD_WITHIN:
            return
        # Two answers that come at once say nothing of the time that the second chunk took.
        seen = min(size / max(now - max(at, self._answered_at), 0.001), queued / max(now - at, 0.001))
        known = self._line.rate
        # A page that was busy with something else looks like a thin connection; a wide one cannot be mistaken for it.
        self._line.rate = seen if known is None else max(seen, (known + seen) / 2)
        self._answered_at = now
        self.hears = True
