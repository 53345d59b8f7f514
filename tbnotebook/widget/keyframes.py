"""When a view sends the keyframes that nobody has asked for."""

from __future__ import annotations

SMALL, LARGE = 24_000, 256_000  # bytes
SMALL_GAP = 3.0  # seconds between two small ones
FIRST, LARGE_SOON, LARGE_LATER = 60.0, 10.0, 30.0  # seconds between two large ones, in the first minute and then
SMALL_SHARE, LARGE_SHARE = 1000, 50  # making those of a kind takes at most one part in so many of the time
FIRST_PAUSE = 8.0  # seconds until the second small one at most: the first is made in the cold, and takes long


class Keyframes:
    """The schedule of one view: small ones so that a page without a base is soon live, large ones that show more.

    Small ones end where the facts of a log alone are so large that a large one comes sooner; large ones where all
    that there is fits a small one.

    Parameters
    ----------
    now : float
        Monotonic time at which the view was opened.
    """

    def __init__(self, now: float) -> None:
        self._opened = now
        self._small_at = self._large_at = now
        self._small_revision = self._large_revision = -1
        self._small_pause = self._large_pause = 0.0
        self._all_in_small = False

    def due(self, now: float, *, revision: int, busy: bool, least: int) -> int | None:
        """Return the bytes that the keyframe due now may hold, or None.

        Parameters
        ----------
        now : float
        revision : int
            Of the log: while a cell is idle only news make a keyframe due.
        busy : bool
            A cell runs, so that the kernel hears no page ask.
        least : int
            Bytes that a keyframe of this log takes at least; where they are more than it may hold it comes more
            seldom.
        """
        gap = LARGE_SOON if now - self._opened < FIRST else LARGE_LATER
        large = max(gap * max(1.0, least / LARGE), self._large_pause)
        small = max(SMALL_GAP * max(1.0, least / SMALL), self._small_pause)
        enough = self._all_in_small and small < large
        if now - self._large_at >= large and (busy or revision != self._large_revision) and not enough:
            return LARGE
        if small < large and now - self._small_at >= small and (busy or revision != self._small_revision):
            return SMALL
        return None

    def sent(self, now: float, budget: int, *, revision: int, took: float, whole: bool) -> None:
        """Take note of a keyframe.

        Parameters
        ----------
        now : float
        budget : int
            Bytes that it was allowed.
        revision : int
            Of the log that it shows.
        took : float
            Seconds of work to make it.
        whole : bool
            It held all points and graphs.
        """
        self._small_at, self._small_revision = now, revision
        if budget >= LARGE:
            self._large_at, self._large_revision = now, revision
        if budget == LARGE:  # what was asked for costs what it costs
            self._large_pause = LARGE_SHARE * took
        elif budget < LARGE:
            pause = SMALL_SHARE * took
            self._small_pause = pause if self._small_pause else min(pause, FIRST_PAUSE)
            self._all_in_small = whole
