"""What stays in the notebook: one keyframe, small, and the same bytes as long as nothing changed.

A snapshot is ``{"format": 1, "created": ISO time, "package": version, "gzip": base64}``. The gzip holds a u32 (LE)
header length, a JSON header ``{"id", "frame", "options"}`` padded with spaces so that what follows is 8-aligned, and
the frame's buffer. A reader accepts every older format.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import struct
from datetime import UTC, datetime
from typing import Any

import tbnotebook
from tbnotebook.wire.colors import Colors
from tbnotebook.wire.feed import LEAST_POINTS, POINT_BYTES, Feed
from tbnotebook.wire.frame import Message
from tbnotebook.wire.source import LogSource
from tbnotebook.wire.thin import FEWEST

MIME = "application/vnd.tbnotebook.v1+json"
FORMAT = 1
BUDGET = 240_000  # base64 characters: with the picture beside it a saved view stays below 300 kB
_MOST_COLUMNS, _LEAST_COLUMNS = 1_000_000, 20_000  # bytes of columns to try first, and before the fewest points

DEFAULTS: dict[str, Any] = {
    "panel": "curves",
    "smoothing": 0.6,
    "x": "step",
    "log_y": False,
    "outliers": True,
    "tags": "",
    "hidden": [],
    "height": None,
}


def snapshot_of(
    log: LogSource,
    *,
    options: dict[str, Any] | None = None,
    view_id: str = "log",
    colors: Colors | None = None,
    partial: bool = False,
) -> dict[str, Any]:
    """Return the snapshot of a log as its MIME type's JSON, at most `BUDGET` characters of data.

    Parameters
    ----------
    log : LogSource
        The folder as far as it has been read.
    options : dict, optional
        The view's state; what is missing has its default.
    view_id : str
        Names the view in the notebook: the page hides the picture of that name while the view is alive.
    colors : Colors, optional
        The colours of the notebook's runs.
    partial : bool
        The log could not be read to its end in the time there was.

    Notes
    -----
    Series are thinned, their peaks kept, until the whole fits; the frame says which. Where there are so many series
    that even a few points of each are too much, the first tags are kept, and the frame says how many were left out.
    """
    state = {**DEFAULTS, **(options or {})}
    newest = max((run.last_wall_time or 0.0 for run in log.runs.values()), default=0.0)
    tags = list(dict.fromkeys(tag for run in log.runs.values() for a in run.attempts for tag in a.scalars))
    kept, budget = len(tags), _MOST_COLUMNS
    while True:
        least = LEAST_POINTS if budget else FEWEST
        feed = Feed(log, colors or Colors(), budget=budget, least=least, tags=set(tags[:kept]))
        (message,) = feed.frames(newest, 0.0)
        _forget_process(message)
        if partial or kept < len(tags):
            message.content["partial"] = True
        if kept < len(tags):
            message.content["left_out"] = {"tags": len(tags) - kept}
        packed = encode(message, state, view_id)
        if len(packed) <= BUDGET or not kept:
            break
        # Each try reads the whole log: aim at once for what will fit, with a margin, for fewer points pack less well.
        share = min(0.75 * BUDGET / len(packed), 0.6)
        floor = max(_LEAST_COLUMNS, len(message.content["series"]) * LEAST_POINTS * POINT_BYTES)
        if budget:
            budget = max(int(budget * share), floor) if budget > floor else 0
        else:
            kept = int(kept * share)
    return {
        "format": FORMAT,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "package": tbnotebook.__version__,
        "gzip": packed,
    }


def _forget_process(message: Message) -> None:
    """Take out what differs between two looks at the same files: the stream's name and the generations."""
    message.content["stream"] = "saved"
    for part in message.content["series"]:
        part["gen"] = 0


def encode(message: Message, options: dict[str, Any], view_id: str) -> str:
    """Pack a keyframe, the view's state and its id into the snapshot's base64 text."""
    header = json.dumps(
        {"id": view_id, "frame": message.content, "options": options}, separators=(",", ":"), sort_keys=True
    ).encode()
    header += b" " * (-(len(header) + 4) % 8)
    body = struct.pack("<I", len(header)) + header + message.buffer
    return base64.b64encode(gzip.compress(body, 9, mtime=0)).decode()


def decode(snapshot: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return a snapshot's header (``id``, ``frame``, ``options``) and its frame's buffer.

    Raises
    ------
    ValueError
        If it is no snapshot, or of a format newer than this package reads.
    """
    version = snapshot.get("format")
    if not isinstance(version, int) or version < 1:
        raise ValueError(f"no tbnotebook snapshot: its format is {version!r}, and would be a number from 1 on")
    if version > FORMAT:
        raise ValueError(f"a snapshot of format {version}; this tbnotebook reads up to {FORMAT}: upgrade it")
    try:
        body = gzip.decompress(base64.b64decode(snapshot["gzip"], validate=True))
        (length,) = struct.unpack_from("<I", body)
        header = json.loads(body[4 : 4 + length])
    except (KeyError, OSError, EOFError, struct.error, ValueError) as error:
        raise ValueError(f"a damaged tbnotebook snapshot: {error}") from error
    return header, body[4 + length :]


def content_key(snapshot: dict[str, Any]) -> str:
    """Return a hash of all in a snapshot but the time when it was made: equal as long as nothing changed."""
    return hashlib.sha256(f"{snapshot['format']} {snapshot['package']} {snapshot['gzip']}".encode()).hexdigest()
