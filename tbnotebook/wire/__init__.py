"""Columns → keyframes, deltas, snapshots. Pure: no ipywidgets, no thread."""

from tbnotebook.wire.colors import Colors
from tbnotebook.wire.feed import Feed, last_step, run_color
from tbnotebook.wire.frame import Message, Points
from tbnotebook.wire.smooth import smooth
from tbnotebook.wire.snapshot import DEFAULTS, MIME, content_key, decode, snapshot_of
from tbnotebook.wire.thin import thin

__all__ = [
    "DEFAULTS",
    "MIME",
    "Colors",
    "Feed",
    "Message",
    "Points",
    "content_key",
    "decode",
    "last_step",
    "run_color",
    "smooth",
    "snapshot_of",
    "thin",
]
