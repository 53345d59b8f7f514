"""How often to upload: soon for a run that has just begun, rarely for one that takes a week."""

from __future__ import annotations

SHORTEST, LONGEST = 5.0, 300.0  # seconds
SHARE = 50  # nothing waits for longer than a fiftieth of the run's age
_LONGEST_BACK_OFF = 60.0
MUCH = 8 << 20  # bytes that wait no longer


def due(age: float, since: float, waiting: int) -> bool:
    """Tell whether to upload now.

    Parameters
    ----------
    age, since
        Seconds since the run began, and since the last upload.
    waiting
        Bytes that are not uploaded.
    """
    return waiting >= MUCH or (waiting > 0 and since >= min(max(age / SHARE, SHORTEST), LONGEST))


def back_off(failures: int) -> float:
    """Return how many seconds to wait after so many failed uploads in a row."""
    return min(float(2 ** min(failures, 10)), _LONGEST_BACK_OFF)
