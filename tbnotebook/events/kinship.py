"""Whose child a run is, as our writer tells every reader in the event file itself.

A key of ``add_scalars`` has a folder, and so a run, of its own. That it is a part of the run above it says an
``Event.log_message`` before the first value. Readers that do not know it pass over it, and the values keep the very
bytes that torch writes: a mark in a value's ``SummaryMetadata`` is replaced where TensorBoard migrates old values, and
would be given once a tag and file where this is one record.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

_NAME = "tbnotebook_child"
_DEEPEST = 64
_LONGEST = 1000


@dataclass(frozen=True)
class Kinship:
    """One curve of a run that is a part of another run.

    Attributes
    ----------
    tag
        The curve's tag: the ``main_tag`` of ``add_scalars``.
    key
        The key that it was given under.
    up
        How many folders above its own the other run's lies: 1 or more.
    """

    tag: str
    key: str
    up: int


def encode_kinship(kinship: Kinship) -> bytes:
    """Return the text of the ``log_message`` that tells it."""
    return json.dumps({_NAME: {"tag": kinship.tag, "key": kinship.key, "up": kinship.up}}).encode()


def parse_kinship(message: bytes) -> Kinship | None:
    """Return what a ``log_message`` tells, or None if it is about anything else. A very long key is cut."""
    if not message.startswith(b'{"' + _NAME.encode()):
        return None
    try:
        told = json.loads(message)[_NAME]
        tag, key, up = told["tag"], told["key"], told["up"]
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    if not (isinstance(tag, str) and isinstance(key, str) and type(up) is int and 1 <= up <= _DEEPEST):
        return None
    return Kinship(_valid(tag), _valid(key if len(key) <= _LONGEST else key[: _LONGEST - 1] + "…"), up)


def _valid(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
