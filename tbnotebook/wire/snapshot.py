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
from tbnotebook.wire.contents import Contents
from tbnotebook.wire.digest import Digest
from tbnotebook.wire.fit import BUDGET, fitted
from tbnotebook.wire.frame import Message
from tbnotebook.wire.source import LogSource

MIME = "application/vnd.tbnotebook.v1+json"
FORMAT = 1
_LEVEL = 6  # 9 takes four times as long for half a percent
_DRAFT_LEVEL = 2

DEFAULTS: dict[str, Any] = {
    "panel": "curves",
    "smoothing": 0.6,
    "x": "step",
    "log_y": False,
    "log_x": False,
    "outliers": True,
    "tags": "",
    "hidden": [],
    "height": None,
    "groups": "",
    "average": "mean",
    "band": "std",
    "members": False,
    "baseline": "",
    "compare": "difference",
    "charts": [],
    "tooltip_sort": "value",
    "pins": [],
    "card_width": None,
    "runs": "",
    "colors": {},
    "color_by": "",
    "attempts": "all",
}


def snapshot_of(
    log: LogSource,
    *,
    options: dict[str, Any] | None = None,
    view_id: str = "log",
    colors: Colors | None = None,
    partial: bool = False,
    draft: bool = False,
    digest: Digest | None = None,
    budget: int = BUDGET,
) -> dict[str, Any]:
    """Return the snapshot of a log as its MIME type's JSON, within its budget.

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
    draft : bool
        It is soon replaced: fewer points do, and take a fraction of the work.
    digest : Digest, optional
        What others have worked out of the log already.
    budget : int
        Characters of `gzip` at most.
    """
    state = {**DEFAULTS, **(options or {})}
    contents = Contents(log, colors or Colors(), digest or Digest(log))
    level = _DRAFT_LEVEL if draft else _LEVEL

    def pack(message: Message) -> str:
        return encode(message, state, view_id, level)

    packed = fitted(contents, pack, partial=partial, draft=draft, budget=budget)
    return {
        "format": FORMAT,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "package": tbnotebook.__version__,
        "gzip": packed,
    }


def encode(message: Message, options: dict[str, Any], view_id: str, level: int = _LEVEL) -> str:
    """Pack a keyframe, the view's state and its id into the snapshot's base64 text."""
    header = json.dumps(
        {"id": view_id, "frame": message.content, "options": options}, separators=(",", ":"), sort_keys=True
    ).encode()
    header += b" " * (-(len(header) + 4) % 8)
    body = struct.pack("<I", len(header)) + header + message.buffer
    return base64.b64encode(gzip.compress(body, level, mtime=0)).decode()


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
