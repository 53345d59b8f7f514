"""Moving pictures, as a GIF."""

from __future__ import annotations

import io
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tbnotebook.writer.summaries.image import as_bytes
from tbnotebook.writer.values import BadValue

_AXES: Final = "NTCHW"


def check_video(shape: tuple[int, ...], dataformats: str, fps: Any) -> None:
    """Check that an array of this shape is a video.

    Raises
    ------
    BadValue
        It has not the five axes N, T, C, H and W in some order, not 1, 3 or 4 channels, or nothing in it; or the rate
        is not positive.
    """
    axes = dataformats.upper() if isinstance(dataformats, str) else ""
    if sorted(axes) != sorted(_AXES) or len(shape) != len(_AXES):
        raise BadValue(f"a video has five axes, as 'NTCHW'; got the shape {shape} as {dataformats!r}")
    if shape[axes.index("C")] not in (1, 3, 4) or 0 in shape:
        raise BadValue(f"a video has frames of 1, 3 or 4 channels; got the shape {shape} as {dataformats!r}")
    if not (isinstance(fps, (int, float)) and fps > 0):
        raise BadValue(f"fps is a number of frames a second; got {fps!r}")


def add_video(summary: Any, tag: bytes, array: NDArray[Any], dataformats: str, fps: float) -> None:
    """Add a video to a summary; several of them beside each other, as torch lays them out."""
    axes = dataformats.upper()
    frames = as_bytes(_laid_out(array.transpose([axes.index(axis) for axis in _AXES])))
    _, height, width, channels = frames.shape
    image = summary.value.add(tag=tag).image
    image.height, image.width, image.colorspace = height, width, channels
    image.encoded_image_string = _gif(frames, fps)


def _laid_out(videos: NDArray[Any]) -> NDArray[Any]:
    """Lay (N, T, C, H, W) out as frames of shape (T, rows × H, columns × W, C); N is filled up to a power of two."""
    count, length, channels, height, width = videos.shape
    filled = 1 << (count - 1).bit_length()
    canvas = np.zeros((filled, *videos.shape[1:]), videos.dtype)
    canvas[:count] = videos
    rows = 1 << (filled.bit_length() - 1) // 2
    canvas = canvas.reshape(rows, -1, length, channels, height, width).transpose(2, 0, 4, 1, 5, 3)
    frames: NDArray[Any] = canvas.reshape(length, rows * height, -1, channels)
    return frames


def _gif(frames: NDArray[np.uint8], fps: float) -> bytes:
    from PIL import Image

    images = [Image.fromarray(frame[:, :, 0] if frame.shape[2] == 1 else frame) for frame in frames]
    file = io.BytesIO()
    duration = max(round(1000 / fps), 10)  # milliseconds; a GIF counts in hundredths
    images[0].save(file, "GIF", save_all=True, append_images=images[1:], duration=duration, loop=0)
    return file.getvalue()
