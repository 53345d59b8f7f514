"""Pictures: whatever shape they come in, as bytes of red, green and blue."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tbnotebook.writer.summaries.png import encode_png
from tbnotebook.writer.values import BadValue

_AXES = "NCHW"
_COLUMNS = 8  # of a grid, as torch lays it out


def check_formats(shape: tuple[int, ...], dataformats: str) -> None:
    """Check that a picture of this shape can be laid out as ``dataformats`` says.

    Raises
    ------
    BadValue
        It names an axis twice, one that is none of N, C, H and W, or not as many as there are; or there are not 1,
        3 or 4 channels, or no pixels.
    """
    axes = dataformats.upper() if isinstance(dataformats, str) else ""
    if not {"H", "W"} <= set(axes) <= set(_AXES) or len(set(axes)) != len(axes):
        raise BadValue(f"dataformats has H, W and perhaps N and C, each once, as 'CHW'; got {dataformats!r}")
    if len(axes) != len(shape):
        raise BadValue(f"dataformats={dataformats!r} has {len(axes)} axes, and the picture {len(shape)}: {shape}")
    channels = shape[axes.index("C")] if "C" in axes else 1
    if channels not in (1, 3, 4):
        raise BadValue(f"a picture has 1, 3 or 4 channels; got {channels} in {shape} as {dataformats!r}")
    if 0 in shape:
        raise BadValue(f"a picture has pixels; got the shape {shape}")


def pixels_of(array: NDArray[Any], dataformats: str) -> NDArray[np.uint8]:
    """Return one picture, of several a grid, of shape (height, width, channels).

    ``uint8`` is taken as it is. Floats are 0 to 1, what lies beyond is clipped, and no number is black. Of any other
    whole numbers 0 to 255 are taken, or 0 and 1 where there is nothing above; of ``uint16`` with anything above 255,
    0 to 65535.
    """
    return as_bytes(grid(lay_out(array, dataformats.upper())))


def lay_out(array: NDArray[Any], axes: str) -> NDArray[Any]:
    """Return a picture or several of them as (N, H, W, C)."""
    order = [axes.index(axis) for axis in "NHWC" if axis in axes]
    missing = tuple(place for place, axis in enumerate("NHWC") if axis not in axes)
    return np.expand_dims(array.transpose(order), missing)


def grid(images: NDArray[Any]) -> NDArray[Any]:
    """Lay (N, H, W, C) out in rows of eight."""
    count, height, width, channels = images.shape
    if count == 1:
        first: NDArray[Any] = images[0]
        return first
    columns = min(count, _COLUMNS)
    rows = -(-count // columns)
    canvas = np.zeros((rows * columns, height, width, channels), images.dtype)
    canvas[:count] = images
    canvas = canvas.reshape(rows, columns, height, width, channels).swapaxes(1, 2)
    laid_out: NDArray[Any] = canvas.reshape(rows * height, columns * width, channels)
    return laid_out


def as_bytes(array: NDArray[Any]) -> NDArray[np.uint8]:
    """Return the intensities of 0 to 255."""
    if array.dtype == np.uint8:
        return array
    if array.dtype.kind == "f":
        shades = np.nan_to_num(array.astype(np.float32), nan=0.0).clip(0, 1)
        return (shades * np.float32(255)).astype(np.uint8)
    if array.dtype.kind == "b" or array.max(initial=0) <= 1:
        return array.clip(0, 1).astype(np.uint8) * np.uint8(255)
    if array.dtype == np.uint16 and array.max() > 255:
        return (array >> 8).astype(np.uint8)
    return array.clip(0, 255).astype(np.uint8)


def rescaled(pixels: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    """Return a picture scaled by a factor, by Pillow's Lanczos filter."""
    from PIL import Image

    height, width, channels = pixels.shape
    size = max(int(width * factor), 1), max(int(height * factor), 1)
    image = Image.fromarray(pixels[:, :, 0] if channels == 1 else pixels).resize(size, Image.Resampling.LANCZOS)
    return np.asarray(image).reshape(size[1], size[0], channels)


def add_picture(summary: Any, tag: bytes, pixels: NDArray[np.uint8]) -> None:
    """Add a picture of shape (height, width, channels) to a summary."""
    height, width, channels = pixels.shape
    image = summary.value.add(tag=tag).image
    image.height, image.width, image.colorspace = height, width, channels
    image.encoded_image_string = encode_png(pixels)
