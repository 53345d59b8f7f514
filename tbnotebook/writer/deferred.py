"""A summary that the writer's thread makes: a picture is compressed there, and not in the training loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Deferred:
    """Stands in place of the tag of an entry whose value is what a summary is to be made from.

    Attributes
    ----------
    tag
        As it was given.
    fill
        Called with the ``Summary``, the tag's bytes and the entry's value; adds the values to the summary. What it
        raises costs the event, which is counted.
    size
        Bytes of what it is made from.
    """

    tag: Any
    fill: Callable[[Any, bytes, Any], None]
    size: int
