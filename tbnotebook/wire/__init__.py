"""Columns → keyframes, deltas, snapshots. Pure: no ipywidgets, no thread."""

from tbnotebook.wire.feed import Feed
from tbnotebook.wire.frame import Message
from tbnotebook.wire.palette import Colors
from tbnotebook.wire.smooth import smooth
from tbnotebook.wire.snapshot import MIME, content_key, decode, snapshot_of

__all__ = ["MIME", "Colors", "Feed", "Message", "content_key", "decode", "smooth", "snapshot_of"]
