"""Payloads as a snapshot keeps them, kept from one save to the next: what has not changed is not made again."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from tbnotebook.wire.blob import Blob, read_blob
from tbnotebook.wire.media import MediaSeries
from tbnotebook.wire.scaled import scaled

_ITEM, _PART = 110, 8  # about the characters that an item takes, and one of its parts, but for what they hold
_PACKED = frozenset({"images", "audio"})  # what their bytes hold is no shorter for being compressed


class Place(NamedTuple):
    """What an offer is made of: a payload as it is, or where there is a share a picture in so many bytes."""

    name: str
    kind: str
    attempt: int
    tag: str
    generation: int
    at: int
    share: int

    @classmethod
    def of(cls, series: MediaSeries, at: int, share: int = 0) -> Place:
        """Return the place of a series' record."""
        return cls(series.name, series.kind, series.attempt, series.tag, series.places.generation, at, share)


@dataclass(frozen=True, slots=True)
class Offer:
    """A payload as it may be kept.

    Attributes
    ----------
    place : Place
    blob : Blob or None
        None where it can be had no smaller, or had no room when it was last made.
    size : float
        About the characters that it adds to a snapshot; infinite for what cannot be kept.
    """

    place: Place
    blob: Blob | None
    size: float

    @property
    def packs(self) -> bool:
        """Together with its like it takes less than alone."""
        return self.place.kind not in _PACKED


class Shelf:
    """Lives as long as the digest of its log; holds what the last snapshots were made of and little more."""

    def __init__(self) -> None:
        self._offers: dict[Place, Offer] = {}
        self._asked: set[Place] = set()

    def known(self, series: MediaSeries, at: int, room: float, share: int = 0) -> Offer | None:
        """What was made of a record, if that says whether it fits into `room`."""
        place = Place.of(series, at, share)
        offer = self._offers.get(place)
        if offer is None or (offer.blob is None and offer.size <= room):
            return None
        self._asked.add(place)
        if offer.blob is None or offer.blob.facts["run"] == series.run:
            return offer
        return replace(offer, blob=replace(offer.blob, facts={**offer.blob.facts, "run": series.run}))

    def make(self, series: MediaSeries, at: int, share: int = 0) -> Offer:
        """Read a record, and scale it where it has a share."""
        place = Place.of(series, at, share)
        blob: Blob | None = read_blob(series, at)
        if share and blob is not None:
            blob = _scaled(blob, share)
        offer = self._offers[place] = Offer(place, blob, float("inf") if blob is None else _size(blob))
        self._asked.add(place)
        return offer

    def last(self, series: MediaSeries, share: int) -> int:
        """The newest record of a series of which there is a picture of this share; -1 if there is none."""
        place = Place.of(series, 0, share)
        alike = (each.at for each, offer in self._offers.items() if offer.blob and each._replace(at=0) == place)
        return max(alike, default=-1)

    def tidy(self, kept: Iterable[Place]) -> None:
        """Let go of what was not asked for since the last time; of what was not kept only the size stays."""
        chosen = set(kept)
        self._offers = {
            place: offer if place in chosen else replace(offer, blob=None)
            for place, offer in self._offers.items()
            if place in self._asked
        }
        self._asked = set()


def most_of(series: MediaSeries) -> int:
    """About the characters that all of a series would add as it is."""
    return int(series.places.length.sum()) * 4 // 3 + _ITEM * len(series)


def packed_size(text: str) -> int:
    """About the characters that a text adds to a snapshot."""
    return len(zlib.compress(text.encode(), 1)) * 4 // 3


def _size(blob: Blob) -> int:
    body = blob.body if blob.facts["kind"] in _PACKED else zlib.compress(blob.body, 1)
    return len(body) * 4 // 3 + _ITEM + _PART * len(blob.facts.get("parts", ()))


def _scaled(blob: Blob, share: int) -> Blob | None:
    """The pictures of a step in so many bytes; what makes no sense stays as it is."""
    if "error" in blob.facts:
        return blob
    parts = blob.facts["parts"]
    body, places = bytearray(), []
    for start, length in parts:
        data = scaled(blob.body[start : start + length], share // len(parts))
        if data is None:
            return None
        places.append([len(body), len(data)])
        body += data
    return Blob({**blob.facts, "parts": places, "scaled": True}, bytes(body))
