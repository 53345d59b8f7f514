"""Sound, as a WAV file of 16 bits."""

from __future__ import annotations

import io
import wave
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tbnotebook.writer.values import BadValue

_MOST_CHANNELS: Final = 32
_FULL: Final = 32767


def check_sound(shape: tuple[int, ...], sample_rate: Any) -> None:
    """Check that an array of this shape is a sound.

    Raises
    ------
    BadValue
        It is neither of shape (frames,) nor (channels, frames), or empty; or the rate is no positive whole number.
    """
    sizes = [size for size in shape if size != 1] or [1]
    if len(sizes) > 2 or 0 in shape or (len(sizes) == 2 and sizes[0] > _MOST_CHANNELS):
        raise BadValue(f"a sound has the shape (frames,) or (channels, frames); got {shape}")
    try:
        positive = int(sample_rate) > 0
    except (TypeError, ValueError):
        positive = False
    if not positive:
        raise BadValue(f"a sample rate is a number of frames a second; got {sample_rate!r}")


def add_sound(summary: Any, tag: bytes, array: NDArray[Any], sample_rate: int) -> None:
    """Add a sound to a summary: floats of -1 to 1, clipped, or whole numbers that fill their dtype."""
    sizes = [size for size in array.shape if size != 1] or [1]
    channels = _as_int16(array).reshape(sizes if len(sizes) == 2 else (1, -1))
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(len(channels))
        written.setsampwidth(2)
        written.setframerate(sample_rate)
        written.writeframes(np.ascontiguousarray(channels.T).tobytes())
    audio = summary.value.add(tag=tag).audio
    audio.sample_rate, audio.num_channels, audio.length_frames = sample_rate, *channels.shape
    audio.encoded_audio_string, audio.content_type = file.getvalue(), b"audio/wav"


def _as_int16(array: NDArray[Any]) -> NDArray[np.int16]:
    if array.dtype.kind == "f":
        finite = np.nan_to_num(array.astype(np.float32), nan=0.0).clip(-1, 1)
        return (finite * np.float32(_FULL)).astype("<i2")
    if array.dtype.kind == "u":  # unsigned sound rests at the middle of its range
        bits = 8 * array.dtype.itemsize
        return ((array.astype(np.int64) - (1 << bits - 1)) * 2.0 ** (16 - bits)).astype("<i2")
    bits = 8 * array.dtype.itemsize
    return (array.astype(np.float64) * 2.0 ** (16 - bits)).clip(-_FULL - 1, _FULL).astype("<i2")
