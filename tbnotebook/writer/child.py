"""The folders that ``add_scalars`` writes to: one a key, each a run that is a part of the writer's."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from typing import Any, Final

from tbnotebook.events import schema
from tbnotebook.events.kinship import Kinship, encode_kinship

_LONGEST_PART: Final = 200  # bytes; file systems take 255 or a little less
_LONGEST: Final = 1000  # bytes; paths may have 4096
_DEEPEST: Final = 16
_CUT: Final = 100  # bytes of a name that cannot stay as it is
_DIGITS: Final = 12

_IMPOSSIBLE = re.compile("[\0\ud800-\udfff]")
# What Windows takes in no name, and some stores as more than a name.
_UNPORTABLE = re.compile(r'[\0-\x1f<>:"\\|?*#%\ud800-\udfff]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class ChildTag:
    """Stands in place of the tag of a scalar that goes into a child's file. There is one for a curve.

    Attributes
    ----------
    folder
        The child's, relative to the writer's, ``"/"`` between its parts.
    tag
        What else would stand in its place.
    note
        The event that tells readers whose child it is, serialized.
    """

    folder: str
    tag: Any
    note: bytes


def child_tag(main_tag: str, key: str, tag: Any, *, portable: bool) -> ChildTag:
    """Return what stands for a key's scalars; ``tag`` is what else would."""
    return tag_in_folder(child_folder(main_tag, key, portable=portable), main_tag, key, tag)


def tag_in_folder(folder: str, main_tag: str, key: str, tag: Any) -> ChildTag:
    """Return what stands for a key's values of a tag in a folder; ``tag`` is what else would."""
    told = encode_kinship(Kinship(main_tag, key, folder.count("/") + 1))
    message = schema.LogMessage(level=schema.LogLevel.INFO, message=told)
    return ChildTag(folder, tag, schema.Event(wall_time=time.time(), log_message=message).SerializeToString())


def child_folder(main_tag: str, key: str, *, portable: bool) -> str:
    """Return the folder of a key, relative to the run's: torch's wherever that can be, and never one outside.

    What cannot be a folder's name, or would lead elsewhere, gets one that resembles it and ends with a hash of both
    texts, so that two keys never share a folder on that account.

    Parameters
    ----------
    portable
        Windows and object stores must take the name, too.
    """
    return _folder(f"{main_tag.replace('/', '_')}_{key}", f"{len(main_tag)} {main_tag}/{key}", portable)


def run_folder(name: str, *, portable: bool) -> str:
    """Return the folder of a run within another: its name, or one that resembles it, as for `child_folder`."""
    return _folder(name, name, portable)


def _folder(name: str, whole: str, portable: bool) -> str:
    if _can_stay(name, portable):
        return name
    both = whole.encode("utf-8", "backslashreplace")
    similar = _UNPORTABLE.sub("_", name.replace("/", "_").replace("tfevents", "tf-events"))
    similar = similar.encode()[:_CUT].decode(errors="ignore")
    if _RESERVED.fullmatch(similar):
        similar = f"_{similar}"
    return f"{similar}-{hashlib.sha256(both).hexdigest()[:_DIGITS]}"


def _can_stay(name: str, portable: bool) -> bool:
    parts = name.split("/")
    if _IMPOSSIBLE.search(name) or len(name.encode()) > _LONGEST or len(parts) > _DEEPEST:
        return False
    if portable and (_UNPORTABLE.search(name) or any(_RESERVED.fullmatch(p) or p[-1:] in (".", " ") for p in parts)):
        return False
    # TensorBoard takes whatever has this in its name for an event file.
    return not any(p in ("", ".", "..") or "tfevents" in p or len(p.encode()) > _LONGEST_PART for p in parts)
