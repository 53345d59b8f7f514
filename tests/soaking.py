"""How much a test does: enough for every day, or all that half an hour has room for (`make soak`)."""

from __future__ import annotations

import os

SOAK = os.environ.get("TBNOTEBOOK_SOAK") == "1"


def scaled(every_day: int, soaking: int) -> int:
    """Return how many examples or attempts a test marked ``scales`` makes."""
    return soaking if SOAK else every_day
