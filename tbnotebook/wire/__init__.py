"""Columns → keyframes, deltas, snapshots. Pure: no ipywidgets, no thread."""

from tbnotebook.reader.breath import breathe
from tbnotebook.wire.band import Band, band
from tbnotebook.wire.blobs import ITEM_BYTES, Blobs, Wanted
from tbnotebook.wire.colors import Colors
from tbnotebook.wire.contents import last_step, run_color
from tbnotebook.wire.curves import AXES, Curve, curves_of
from tbnotebook.wire.digest import Digest
from tbnotebook.wire.feed import Feed
from tbnotebook.wire.fill import Fill, Wish
from tbnotebook.wire.fit import BUDGET
from tbnotebook.wire.frame import Message, Points
from tbnotebook.wire.grouping import Grouping
from tbnotebook.wire.live_text import LIVE_TEXT, is_live_text
from tbnotebook.wire.media import PANELS, media_counts
from tbnotebook.wire.seeds import Seeds, seeds_of
from tbnotebook.wire.smooth import smooth, smooth_at
from tbnotebook.wire.snapshot import DEFAULTS, MIME, content_key, decode, snapshot_of
from tbnotebook.wire.thin import thin

__all__ = [
    "AXES",
    "BUDGET",
    "DEFAULTS",
    "ITEM_BYTES",
    "LIVE_TEXT",
    "MIME",
    "PANELS",
    "Band",
    "Blobs",
    "Colors",
    "Curve",
    "Digest",
    "Feed",
    "Fill",
    "Grouping",
    "Message",
    "Points",
    "Seeds",
    "Wanted",
    "Wish",
    "band",
    "breathe",
    "content_key",
    "curves_of",
    "decode",
    "is_live_text",
    "last_step",
    "media_counts",
    "run_color",
    "seeds_of",
    "smooth",
    "smooth_at",
    "snapshot_of",
    "thin",
]
