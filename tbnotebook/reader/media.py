"""Pictures, sounds, texts, histograms, tensors and curves of a classifier, decoded from what a file holds.

Each is the payload of a ``Summary.Value``: an old one with a field of its own, or a tensor whose plugin says what it
is. A function returns the same of both. What it cannot make sense of raises ValueError.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tbnotebook.events import schema
from tbnotebook.reader.names import text
from tbnotebook.reader.tensor import array_of

MESH_PARTS = ("VERTEX", "FACE", "COLOR")
"""Of the content types 1, 2, 3."""


@dataclass(frozen=True, eq=False)
class Images:
    """The pictures of one step.

    Attributes
    ----------
    width, height : int
        Pixels, as the writer told them.
    encoded : tuple of bytes
        PNG, GIF or whatever was written, as it stands in the file.
    """

    width: int
    height: int
    encoded: tuple[bytes, ...]


@dataclass(frozen=True, eq=False)
class Audio:
    """The sounds of one step.

    Attributes
    ----------
    encoded : tuple of bytes
        WAV or whatever was written, as it stands in the file.
    labels : tuple of str
        One for each; empty where there is none.
    """

    encoded: tuple[bytes, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Histogram:
    """How values were distributed at one step.

    Attributes
    ----------
    left, right, count : float64 array
        The edges of each bin, and how many values it has.
    min, max : float or None
        The least and the greatest value, where the file tells them.
    """

    left: NDArray[np.float64]
    right: NDArray[np.float64]
    count: NDArray[np.float64]
    min: float | None = None
    max: float | None = None


@dataclass(frozen=True, eq=False)
class PrCurve:
    """Precision and recall by threshold: float64 arrays of one length, threshold k being k / (length - 1)."""

    true_positives: NDArray[np.float64]
    false_positives: NDArray[np.float64]
    true_negatives: NDArray[np.float64]
    false_negatives: NDArray[np.float64]
    precision: NDArray[np.float64]
    recall: NDArray[np.float64]

    @property
    def thresholds(self) -> NDArray[np.float64]:
        """From 0 to 1."""
        return np.linspace(0.0, 1.0, len(self.precision))


def images_of(payload: bytes) -> Images:
    """Decode the pictures of a step."""
    value = _value(payload)
    if value.HasField("image"):
        image = value.image
        return Images(image.width, image.height, (image.encoded_image_string,))
    width, height, *encoded = _strings(value, "pictures")
    try:
        return Images(int(width), int(height), tuple(encoded))
    except ValueError as problem:
        raise ValueError(f"pictures begin with width and height; got {width[:20]!r}, {height[:20]!r}") from problem


def audio_of(payload: bytes) -> Audio:
    """Decode the sounds of a step."""
    value = _value(payload)
    if value.HasField("audio"):
        return Audio((value.audio.encoded_audio_string,), ("",))
    pairs = array_of(value.tensor)
    if pairs.dtype != object or pairs.ndim != 2 or pairs.shape[1] not in (1, 2):
        raise ValueError(f"sounds are pairs of sound and label; got a tensor of shape {pairs.shape}")
    labels = tuple(text(row[1]) if len(row) == 2 else "" for row in pairs)
    return Audio(tuple(row[0] for row in pairs), labels)


def histogram_of(payload: bytes) -> Histogram:
    """Decode the histogram of a step.

    An old one tells the upper edge of each bin: a bin begins where the one before ends, the first at the least value,
    if that lies below. An edge that bounds an empty first bin is only told where the second begins.
    """
    value = _value(payload)
    if not value.HasField("histo"):
        bins = array_of(value.tensor)
        if bins.dtype == object or bins.ndim != 2 or (bins.size and bins.shape[1] != 3):
            raise ValueError(f"a histogram has rows of left, right and count; got a tensor of shape {bins.shape}")
        left, right, count = bins.reshape(-1, 3).astype(np.float64).T
        return Histogram(left, right, count)
    histo = value.histo
    if len(histo.bucket_limit) != len(histo.bucket):
        raise ValueError(
            f"a histogram has as many limits as counts; got {len(histo.bucket_limit)}, {len(histo.bucket)}"
        )
    right, count = np.array(histo.bucket_limit, np.float64), np.array(histo.bucket, np.float64)
    if not len(right):
        return Histogram(right, right, count)
    left = np.concatenate([[min(histo.min, right[0])], right[:-1]])
    first = 1 if len(right) > 1 and count[0] == 0 else 0
    return Histogram(left[first:], right[first:], count[first:], histo.min, histo.max)


def texts_of(payload: bytes) -> NDArray[Any]:
    """Decode the texts of a step: an array of str, of the shape in which they were written."""
    texts = array_of(_value(payload).tensor)
    if texts.dtype != object:
        raise ValueError(f"texts are a tensor of strings; got one of {texts.dtype}")
    found = np.empty(texts.shape, object)
    found.reshape(-1)[:] = [text(each) for each in texts.reshape(-1)]
    return found


def tensor_of(payload: bytes) -> NDArray[Any]:
    """Decode the tensor of a step; strings are bytes."""
    return array_of(_value(payload).tensor)


def mesh_name_of(payload: bytes) -> str:
    """Return which part of which mesh a payload is, as ``<name>_VERTEX``: what its plugin's data say, not its tag."""
    value = _value(payload)
    try:
        known = schema.MeshPluginData.FromString(value.metadata.plugin_data.content)
    except Exception as problem:  # as in _value
        raise ValueError("a mesh of which nothing is said") from problem
    if not 1 <= known.content_type <= len(MESH_PARTS):
        raise ValueError(f"a part of a mesh is of the types 1 to {len(MESH_PARTS)}; got {known.content_type}")
    return f"{text(known.name)}_{MESH_PARTS[known.content_type - 1]}"


def pr_curve_of(payload: bytes) -> PrCurve:
    """Decode the precision and recall of a step."""
    rows = array_of(_value(payload).tensor)
    if rows.dtype == object or rows.ndim != 2 or len(rows) != 6:
        raise ValueError(f"precision and recall have six rows; got a tensor of shape {rows.shape}")
    return PrCurve(*rows.astype(np.float64))


def _value(payload: bytes) -> Any:
    try:
        return schema.SummaryValue.FromString(payload)
    except Exception as problem:  # protobuf's own, of another class in each version
        raise ValueError(f"{len(payload)} bytes that are no Summary.Value") from problem


def _strings(value: Any, what: str) -> list[bytes]:
    strings = array_of(value.tensor)
    if strings.dtype != object or strings.ndim != 1 or len(strings) < 2:
        raise ValueError(f"{what} are a row of strings; got a tensor of shape {strings.shape}")
    return list(strings)
