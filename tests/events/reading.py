"""An event file to messages, in the plainest way: the reference that the tests compare with."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Any

from tbnotebook.events.crc import masked_crc32c
from tbnotebook.events.record import FOOTER_SIZE, HEADER_SIZE
from tbnotebook.events.schema import Event


def sound_start(data: bytes) -> tuple[list[bytes], int]:
    """The payloads of the whole, sound records before the first damage, and the bytes from there to the end."""
    found = []
    at = 0
    while at + HEADER_SIZE <= len(data):
        length, length_crc = struct.unpack_from("<QI", data, at)
        begin = at + HEADER_SIZE
        end = begin + length + FOOTER_SIZE
        if length_crc != masked_crc32c(data[at : at + 8]) or end > len(data):
            break
        payload = data[begin : begin + length]
        if struct.unpack_from("<I", data, begin + length) != (masked_crc32c(payload),):
            break
        found.append(payload)
        at = end
    return found, len(data) - at


def payloads(data: bytes) -> list[bytes]:
    """The payloads of whole, sound records; anything else fails the test."""
    found, rest = sound_start(data)
    assert rest == 0, f"{rest} bytes after record {len(found)} are no sound record"
    return found


def events(data: bytes) -> list[Any]:
    return [Event.FromString(payload) for payload in payloads(data)]


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*tfevents*"))


def runs(root: Path) -> dict[str, Path]:
    """The folders that have event files, by their names below the root."""
    folders = [Path(folder) for folder, _, _ in os.walk(root)]
    return {folder.relative_to(root).as_posix(): folder for folder in folders if files(folder)}


def events_in(folder: Path) -> list[Any]:
    """The events of all files of a folder, in the order of their names."""
    return [event for file in files(folder) for event in events(file.read_bytes())]


def scalars_in(folder: Path) -> list[tuple[bytes, int, float]]:
    """Tag, step and value of each simple value, in file order."""
    return [
        (value.tag, event.step, value.simple_value)
        for event in events_in(folder)
        for value in event.summary.value
        if value.WhichOneof("value") == "simple_value"
    ]
