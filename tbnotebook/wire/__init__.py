"""Columns → keyframes, deltas, snapshots. Pure: no ipywidgets, no thread."""

from tbnotebook.wire.colors import Colors
from tbnotebook.wire.feed import Feed, last_step, run_color
from tbnotebook.wire.frame import Message, Points
from tbnotebook.wire.live_text import LIVE_TEXT, is_live_text
from tbnotebook.wire.smooth import smooth
from tbnotebook.wire.snapshot import DEFAULTS, MIME, content_key, decode, snapshot_of
from tbnotebook.wire.thin import thin

__all__ = [
    "DEFAULTS",
    "LIVE_TEXT",
    "MIME",
    "Colors",
    "Feed",
    "Message",
    "Points",
    "content_key",
    "decode",
    "is_live_text",
    "last_step",
    "run_color",
    "smooth",
    "snapshot_of",
    "thin",
]
