"""The numbered parts that an event file comes in where nothing can be appended to, as in an object store.

Each part is an event file by itself: it begins with the record that opened the whole.
"""

from __future__ import annotations

import re

_NAME = re.compile(r"(.+)\.part([0-9]{6,})")


def part_name(whole: str, number: int) -> str:
    """Return the name of a part, counted from 1, of the event file ``whole``. Names sort as the parts do."""
    return f"{whole}.part{number:06d}"


def parse_part(name: str) -> tuple[str, int] | None:
    """Return of which event file a name is a part, and the how manieth; None for any other name."""
    found = _NAME.fullmatch(name)
    return (found[1], int(found[2])) if found else None


def continues(name: str, before: str) -> bool:
    """Return whether a file goes on with the event file that the file ``before`` is an earlier part of."""
    part, earlier = parse_part(name), parse_part(before)
    return part is not None and earlier is not None and part[0] == earlier[0] and part[1] > earlier[1]
