"""Which pictures, histograms, texts and the like a snapshot has room for."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from tbnotebook.reader.breath import breathe
from tbnotebook.wire.blob import Blob
from tbnotebook.wire.media import PLUGINS, MediaSeries
from tbnotebook.wire.shelf import Offer, Shelf

_SMALL = ("texts", "histograms", "pr_curves")
_SMALL_SHARE = 0.5  # of the room for these, where there are pictures
_ONE = 4  # nothing but a picture takes more than one of so many parts of the room
_ITEM_BYTES = 100  # about what an item takes besides its body
_LEAST_SHARE, _MOST_SHARE = 600, 24_000  # bytes of a picture that is scaled: the next ones are to have room, too
_EARLIER_SHARE = 6_000  # of one that came before, where not all have room for more
_STEP = 1.25  # shares are powers of it, so that a picture is not scaled anew for a little more room
_MISSED = 40  # that had no room, after which no other is looked at
_FOR_A_SCALING = 2_000  # characters of room for which an earlier picture may be scaled: it takes some milliseconds
_DRAFT_SCALINGS, _DRAFT_READS = 6, 100
_HEAVY = 500_000  # bytes of a picture that is as much work as two
_TOGETHER = 0.5  # of what texts and numbers take one by one they take together, until a try tells
_MOST_PACKED = 8  # of what compresses best a character stands for about so many bytes


class MediaFit:
    """The choice for one snapshot: the newest of each tag, and then of what came before as much as fits.

    Parameters
    ----------
    media : sequence of MediaSeries
    newest : mapping
        Run → its newest attempt.
    room : int
        About the characters that there are for them.
    shelf : Shelf
    draft : bool
        It is soon replaced, and takes little work: a picture that has been scaled stands for a newer one.
    """

    def __init__(
        self, media: Sequence[MediaSeries], newest: Mapping[int, int], room: int, shelf: Shelf, *, draft: bool
    ) -> None:
        tags = {tag: number for number, tag in enumerate(dict.fromkeys(one.tag for one in media))}
        alike = sorted(media, key=lambda one: tags[one.tag])  # the first tags of all runs, as of curves
        now = [one for one in alike if one.attempt == newest[one.run]]
        self._now = {kind: [one for one in now if one.kind == kind] for kind in PLUGINS}
        self._before = [one for one in alike if one.attempt != newest[one.run]]
        self._shelf = shelf
        self._draft = draft
        pictures = len(self._now["images"])
        small = any(self._now[kind] for kind in _SMALL)
        self._for_small = (_SMALL_SHARE if pictures else 1.0) if small else 0.0
        left = _bytes(room * (1 - self._for_small))
        self._share = left / max(min(pictures, left // _LEAST_SHARE), 1) - _ITEM_BYTES
        self._space = self._room = room
        self._together = _TOGETHER
        self._reads = self._scalings = 0.0
        self._missed = 0
        self._kept: list[Offer] = []
        self.exhausted = False

    def chosen(self) -> list[Blob]:
        """Return what fits, series by series: what is alike lies together and packs well."""
        room = self._room = self._space
        self._missed, self._kept, self.exhausted = 0, [], False
        self._reads, self._scalings = _DRAFT_READS, _DRAFT_SCALINGS if self._draft else room // _FOR_A_SCALING
        small = [one for kind in _SMALL for one in self._now[kind]]
        self._take_newest(small, int(room * self._for_small), room // _ONE)
        for one in self._by_need(self._now["images"]):
            self._take(self._picture(one, len(one) - 1, self._share, newest=True), self._room)
        self._take_newest(self._now["audio"], self._room, room // _ONE)
        self._take_earlier()
        order = {kind: number for number, kind in enumerate(PLUGINS)}
        self._kept.sort(key=lambda offer: (order[offer.place.kind], offer.place))
        return [offer.blob for offer in self._kept if offer.blob is not None]

    def learn(self, taken: int) -> None:
        """Take how many characters the last choice took: for the next one that tells how well it packs together."""
        packed = sum(offer.size for offer in self._kept if offer.packs)
        others = sum(offer.size for offer in self._kept if not offer.packs)
        if packed:
            self._together = min(max(1.02 * (taken - others) / packed, 0.02), 1.0)
        if taken > self._space or not packed:
            self._space -= max(taken - self._space, self._space // 50)

    def tidy(self) -> None:
        """Let the shelf keep what was chosen last."""
        self._shelf.tidy(offer.place for offer in self._kept)

    def _take_newest(self, series: Sequence[MediaSeries], room: int, most: int) -> None:
        rest = self._room - room
        for one in series:
            self._take(self._offer(one, len(one) - 1), min(self._room - rest, most))

    def _take_earlier(self) -> None:
        """Keep what came before, of all in turn: what is small first, up to its share of the room."""
        series = [one for kind in PLUGINS for one in self._now[kind]]
        small = deque((one, _earlier(one)) for one in series if one.kind in _SMALL)
        used = sum(self._size(offer) for offer in self._kept if offer.place.kind in _SMALL)
        self._take_in_turn(small, self._room - int(self._space * self._for_small - used), 0.0)
        turns = deque((one, _earlier(one)) for one in series if one.kind not in _SMALL)
        turns.extend(small)
        turns.extend((one, chain([len(one) - 1], _earlier(one))) for one in self._before)
        count = sum(len(one) for one, _ in turns if one.kind == "images") - len(self._now["images"])
        self._take_in_turn(turns, 0, max(_EARLIER_SHARE, _bytes(self._room) / max(count, 1) - _ITEM_BYTES))
        self.exhausted = not turns

    def _take_in_turn(self, turns: deque[tuple[MediaSeries, Iterator[int]]], rest: int, share: float) -> None:
        """Keep of all in turn, pictures in `share` bytes, until there is room for no more but the `rest`."""
        self._missed = 0
        while turns and self._missed < _MISSED and self._reads > 0 and self._room > rest:
            one, places = turns.popleft()
            at = next(places, None)
            if at is not None:
                offer = self._picture(one, at, share) if one.kind == "images" else self._offer(one, at)
                self._take(offer, self._room - rest)
                turns.append((one, places))

    def _take(self, offer: Offer | None, room: float) -> None:
        size = 0.0 if offer is None else self._size(offer)
        if offer is None or offer.blob is None or size > min(room, self._room):
            self._missed += 1
        else:
            self._kept.append(offer)
            self._room -= int(size)

    def _size(self, offer: Offer) -> float:
        return offer.size * (self._together if offer.packs else 1)

    def _by_need(self, pictures: Sequence[MediaSeries]) -> Sequence[MediaSeries]:
        """In a draft those come first of which the shelf has the oldest picture, or none."""
        if not self._draft:
            return pictures
        return sorted(pictures, key=lambda one: self._shelf.last(one, _rounded(self._share)) - len(one))

    def _picture(self, series: MediaSeries, at: int, most: float, *, newest: bool = False) -> Offer | None:
        """A picture as it is if that takes at most so many bytes, else scaled."""
        length, share = int(series.places.length[at]), _rounded(most)
        if length <= most:
            return self._offer(series, at)
        if share < _LEAST_SHARE:
            return None
        work = 1 + length / _HEAVY
        known = self._shelf.known(series, at, self._room, share)
        if self._draft:
            if known is None and work > self._scalings:
                last = self._shelf.last(series, share)
                return self._shelf.known(series, last, self._room, share) if last >= 0 else None
            self._scalings -= work if known is None else 0
        elif not newest:  # whether or not they are known: what is chosen depends on the log alone
            if work > self._scalings:
                return None
            self._scalings -= work
        if known is None:
            breathe()
            known = self._shelf.make(series, at, share)
        return known

    def _offer(self, series: MediaSeries, at: int) -> Offer | None:
        """A payload as it is."""
        if int(series.places.length[at]) > _MOST_PACKED * self._room:
            return None
        known = self._shelf.known(series, at, self._room / self._together)
        if known is None:
            if self._reads <= 0:
                return None
            self._reads -= self._draft
            breathe()
            known = self._shelf.make(series, at)
        return known


def _bytes(room: float) -> float:
    """The bytes of which so many characters are made."""
    return room * 3 / 4


def _rounded(share: float) -> int:
    """The bytes of a scaled picture: a power of `_STEP`; 0 for what is no share."""
    return int(_STEP ** math.floor(math.log(min(share, _MOST_SHARE), _STEP))) if share >= 1 else 0


def _earlier(series: MediaSeries) -> Iterator[int]:
    """The places before the newest: of texts and sounds backwards; else spread, and the same while a series grows."""
    count = len(series) - 1
    if series.kind in ("texts", "audio"):
        yield from range(count - 1, -1, -1)
        return
    if count > 0:
        yield 0
    for power in range(count.bit_length() - 1, -1, -1):
        yield from range(1 << power, count, 2 << power)
