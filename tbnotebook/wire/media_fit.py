"""Which pictures, histograms, texts and the like a snapshot has room for."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence

from tbnotebook.reader.breath import breathe
from tbnotebook.wire.blob import Blob, read_blob
from tbnotebook.wire.media import MediaSeries

STEP_ROOM = 20_000  # bytes of the steps that a snapshot tells there are
_MISSED = 40  # payloads that had no room, after which no other is looked at


def chosen(media: Sequence[MediaSeries], room: int) -> list[Blob]:
    """Return what fits into about `room` characters: the newest of each tag, then what came before, step by step."""
    kept, missed = [], 0
    for series, at in _in_order(media):
        breathe()
        blob = read_blob(series, at)
        size = _size(blob)
        if size <= room:
            kept.append(blob)
            room -= size
        elif (missed := missed + 1) > _MISSED:
            break
    return kept


def _in_order(media: Sequence[MediaSeries]) -> Iterator[tuple[MediaSeries, int]]:
    for back in range(1, max(map(len, media), default=0) + 1):
        for series in media:
            if back <= len(series):
                yield series, len(series) - back


def _size(blob: Blob) -> int:
    """About the characters that it adds to a snapshot."""
    return (len(zlib.compress(blob.body, 1)) + len(zlib.compress(json.dumps(blob.facts).encode(), 1))) * 4 // 3
