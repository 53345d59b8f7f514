"""The checksum of event files: CRC32C, masked as TFRecord prescribes."""

from __future__ import annotations

import google_crc32c

# A CRC over data that itself holds CRCs is weak; TFRecord therefore rotates and adds this constant.
MASK_DELTA = 0xA282EAD8


def mask(crc: int) -> int:
    """Mask a plain CRC32C: rotate right by 15 bits and add `MASK_DELTA`, modulo 2**32."""
    return (((crc >> 15) | (crc << 17)) + MASK_DELTA) & 0xFFFFFFFF


def masked_crc32c(data: bytes) -> int:
    """Return the masked CRC32C of ``data``.

    Parameters
    ----------
    data
        ``bytes``, or a contiguous numpy array of ``uint8``. (google-crc32c takes no memoryview.)

    Returns
    -------
    int
        Unsigned, below 2**32, as it stands (little-endian) in an event file.
    """
    return mask(google_crc32c.value(data))
