"""One payload on its way to a page: what it is as facts, what it holds as one body of bytes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tbnotebook.reader.media import audio_of, histogram_of, images_of, pr_curve_of, texts_of
from tbnotebook.wire.columns import Packer
from tbnotebook.wire.media import MediaSeries

MOST_BYTES = 16_000_000  # of a payload: a page holds 64 MB of them
MOST_PARTS = 1000  # pictures, sounds or texts of one step
LONGEST_LABEL = 1000  # characters


@dataclass(frozen=True, slots=True)
class Blob:
    """A payload as it travels.

    Attributes
    ----------
    facts : dict
        Its address, step and time, and what its kind has besides; `error` where it makes no sense.
    body : bytes
        Offsets in the facts are relative to its beginning.
    """

    facts: dict[str, Any]
    body: bytes = b""

    def item(self, packer: Packer) -> dict[str, Any]:
        """Return it as an item of a message or frame, its body packed."""
        return {**self.facts, **({} if "error" in self.facts else {"body": packer.body(self.body)})}

    def piece(self, packer: Packer, start: int, stop: int) -> dict[str, Any]:
        """Return a part of it as an item: the body's bytes from `start` to before `stop`."""
        return {**self.facts, "body": packer.body(self.body[start:stop]), "piece": [start, len(self.body)]}


def read_blob(series: MediaSeries, at: int) -> Blob:
    """Read the payload at a place of its series; what cannot be read or understood says why."""
    places = series.places
    wall = float(places.wall_time[at])
    facts = {
        **series.address,
        "at": at,
        "step": int(places.step[at]),
        "wall": wall if math.isfinite(wall) else None,
    }
    try:
        _check(int(places.length[at]))
        more, body = _PACK[series.kind](places.read(at))
        _check(len(body))
    except (OSError, ValueError) as problem:
        return Blob({**facts, "error": str(problem)})
    return Blob({**facts, **more}, body)


def _check(size: int) -> None:
    if size > MOST_BYTES:
        raise ValueError(f"{size / 1e6:.0f} MB at one step; up to {MOST_BYTES / 1e6:.0f} MB are shown")


def _images(payload: bytes) -> tuple[dict[str, Any], bytes]:
    images = images_of(payload)
    places, body = _joined(images.encoded, "pictures")
    return {"width": images.width, "height": images.height, "parts": places}, body


def _audio(payload: bytes) -> tuple[dict[str, Any], bytes]:
    audio = audio_of(payload)
    places, body = _joined(audio.encoded, "sounds")
    return {"parts": places, "labels": [_clipped(label) for label in audio.labels]}, body


def _texts(payload: bytes) -> tuple[dict[str, Any], bytes]:
    texts = texts_of(payload)
    places, body = _joined([text.encode() for text in texts.reshape(-1)], "texts")
    return {"parts": places, "shape": list(texts.shape)}, body


def _histogram(payload: bytes) -> tuple[dict[str, Any], bytes]:
    histogram = histogram_of(payload)
    facts, body = _columns({"left": histogram.left, "right": histogram.right, "count": histogram.count})
    ends = {"min": histogram.min, "max": histogram.max}
    told = {name: value for name, value in ends.items() if value is not None and math.isfinite(value)}
    return {**facts, **told}, body


def _pr_curve(payload: bytes) -> tuple[dict[str, Any], bytes]:
    curve = pr_curve_of(payload)
    return _columns(
        {
            "tp": curve.true_positives,
            "fp": curve.false_positives,
            "tn": curve.true_negatives,
            "fn": curve.false_negatives,
            "precision": curve.precision,
            "recall": curve.recall,
        }
    )


_PACK: dict[str, Callable[[bytes], tuple[dict[str, Any], bytes]]] = {
    "texts": _texts,
    "histograms": _histogram,
    "pr_curves": _pr_curve,
    "images": _images,
    "audio": _audio,
}


def _joined(parts: Sequence[bytes], what: str) -> tuple[list[list[int]], bytes]:
    """The parts one behind the other, and where each lies."""
    if len(parts) > MOST_PARTS:
        raise ValueError(f"{len(parts):,} {what} at one step; up to {MOST_PARTS:,} are shown")
    ends = np.cumsum([len(part) for part in parts], dtype=np.int64).tolist()
    return [[end - len(part), len(part)] for part, end in zip(parts, ends)], b"".join(parts)


def _columns(columns: dict[str, NDArray[np.float64]]) -> tuple[dict[str, Any], bytes]:
    packer = Packer()
    packed = {name: packer.floats(values) for name, values in columns.items()}
    count = len(next(iter(columns.values())))
    return {"count": count, "columns": packed}, packer.bytes()


def _clipped(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
