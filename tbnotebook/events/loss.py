"""Events that a writer lost, as it tells every reader about them in the event file itself.

The message is the text of an ``Event.log_message``: one JSON object, so that other readers show something
legible and ours needs no guess. Each message tells what was lost since the one before it.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass

_KEY = "tbnotebook_lost"


@dataclass(frozen=True)
class Loss:
    """How many events were lost, and why.

    Attributes
    ----------
    count
        Number of events.
    steps
        Least and greatest step among them; None if none of them had a step.
    reason
        For people, e.g. ``"No space left on device"``.
    """

    count: int
    steps: tuple[int, int] | None
    reason: str


def encode_loss(loss: Loss) -> bytes:
    """Return the text of the ``log_message`` that tells of ``loss``."""
    told = {"count": loss.count, "steps": loss.steps, "reason": loss.reason}
    return json.dumps({_KEY: told}).encode()


def parse_loss(message: bytes) -> Loss | None:
    """Return the loss that a ``log_message`` tells of, or None if the message is about anything else."""
    try:
        told = json.loads(message)[_KEY]
        steps = told["steps"]
        loss = Loss(
            count=int(told["count"]),
            steps=None if steps is None else (int(steps[0]), int(steps[1])),
            reason=str(told["reason"]),
        )
        # What is no 64-bit number was not counted by a writer, and Python refuses to print a very long one.
        struct.pack("<Q", loss.count)
        struct.pack("<2q", *(loss.steps or (0, 0)))
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError, struct.error):
        return None
    return loss


def together(first: Loss | None, second: Loss) -> Loss:
    """Return two losses as one, for the second's reason."""
    if first is None:
        return second
    spans = [span for span in (first.steps, second.steps) if span is not None]
    steps = (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None
    return Loss(first.count + second.count, steps, second.reason)
