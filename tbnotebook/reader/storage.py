"""Where event files lie: the one seam between the reader and a file system.

Everything that the reader does to a storage is here: walk the folders below a root, stat a file, read a range of
it. `LocalStorage` is the machine's own file system; another storage has the same three methods (`Store`: fsspec's).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager
from operator import attrgetter
from typing import NamedTuple, Protocol

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: a link between folders that Windows has besides
_NAME = attrgetter("name")


class Entry(NamedTuple):
    """A file as its storage knows it.

    Attributes
    ----------
    size : int
        Bytes.
    modified : float
        Seconds since the epoch.
    identity : Hashable
        Another identity under the same path is another file: device and inode.
    version : Hashable
        Where a store tells: its etag, its generation, when it was written. Another version that is no longer than the
        one before is another file; one that is longer may have been written on.
    """

    size: int
    modified: float
    identity: Hashable
    version: Hashable = None


class Folder(NamedTuple):
    """One folder below the root.

    Attributes
    ----------
    path : str
        For `Storage.stat` and `Storage.open`, joined with a name of ``event_files``.
    name : str
        Relative to the root, ``"/"`` between its parts on every system; ``"."`` for the root itself.
    event_files : tuple of str
        Paths of the files whose name contains ``tfevents``, in name order.
    other_files : int
        How many files it has besides.
    error : OSError or None
        Why the folder could not be listed.
    """

    path: str
    name: str
    event_files: tuple[str, ...] = ()
    other_files: int = 0
    error: OSError | None = None


class Source(Protocol):
    """An open file."""

    @property
    def entry(self) -> Entry:
        """The file as it was when it was opened."""
        ...

    def read(self, offset: int, length: int) -> bytes:
        """Return the bytes from ``offset`` on: ``length`` of them, or fewer at the end of the file."""
        ...


class Storage(Protocol):
    """A tree of folders and files. Its methods raise ``OSError`` for what the system refuses.

    A storage may say by a float ``pause`` how many seconds to leave between two walks, and before another try to read
    what it refused, where polls have a budget.
    """

    def walk(self, root: str) -> Iterator[Folder | None]:
        """Yield the root and every folder below it, each once; what cannot be listed bears its error.

        None stands for a moment in which no answer came.
        """
        ...

    def stat(self, path: str) -> Entry:
        """Return what is known of a file without opening it."""
        ...

    def open(self, path: str) -> AbstractContextManager[Source]:
        """Open a file for reading, until the context is left."""
        ...


class LocalStorage:
    """The file system of this machine."""

    def walk(self, root: str) -> Iterator[Folder]:
        """Yield the root and every folder below it.

        Links are followed, but each folder comes once, under its own name if it has one below the root: loops end,
        and folders full of links to each other do not multiply.
        """
        own, linked = [(root, ".")], list[tuple[str, str]]()
        visited: list[str] = []
        seen: set[Hashable] = set()
        followed = False
        while own or linked:
            try:
                if own:
                    path, name = own.pop()
                else:  # only where there are links it matters which folders these are
                    seen.update(map(_identity, visited))
                    visited.clear()
                    path, name = linked.pop()
                    followed = True
                # What lies in a folder that a link led to may be the root itself.
                if followed and _identity(path) in seen:
                    continue
                visited.append(path)
                with os.scandir(path) as scan:
                    items = sorted(scan, key=_NAME)
            except OSError as error:
                yield Folder(path, name, error=error)
                continue
            files = 0
            events = []
            for item in items:
                if _is_folder(item):
                    inner = item.name if name == "." else f"{name}/{item.name}"
                    (linked if _is_link(item) else own).append((item.path, inner))
                elif "tfevents" not in item.name:
                    files += 1
                elif _is_regular(item):
                    events.append(item.path)
            yield Folder(path, name, tuple(events), files)

    def stat(self, path: str) -> Entry:
        """Return size, time of change and identity of a file."""
        return _entry(os.stat(path))

    def open(self, path: str) -> AbstractContextManager[Source]:
        """Open a file for reading."""
        return _LocalSource(path)


class _LocalSource:
    def __init__(self, path: str) -> None:
        # Without a buffer, and read where the record is: half the time of a file object's.
        self._file = os.open(path, _FLAGS)
        self.entry = _entry(os.fstat(self._file))

    def __enter__(self) -> _LocalSource:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    def read(self, offset: int, length: int) -> bytes:
        part = _read_at(self._file, length, offset)
        if len(part) == length:
            return part
        parts = [part]
        offset, length = offset + len(part), length - len(part)
        while length > 0 and (part := _read_at(self._file, length, offset)):
            parts.append(part)
            offset += len(part)
            length -= len(part)
        return b"".join(parts)


def _sought(file: int, length: int, offset: int) -> bytes:
    os.lseek(file, offset, os.SEEK_SET)
    return os.read(file, length)


_read_at: Callable[[int, int, int], bytes] = getattr(os, "pread", _sought)


def _entry(status: os.stat_result) -> Entry:
    return Entry(status.st_size, status.st_mtime, (status.st_dev, status.st_ino))


def _is_folder(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_dir()
    except OSError:  # a link whose target cannot be reached
        return False


def _is_link(item: os.DirEntry[str]) -> bool:
    if os.name == "nt" and getattr(item.stat(follow_symlinks=False), "st_reparse_tag", 0) == _JUNCTION:
        return True
    return item.is_symlink()


def _is_regular(item: os.DirEntry[str]) -> bool:
    """Whether it may be opened: a pipe would block, a device be without an end. What cannot be told is tried."""
    try:
        return item.is_file()
    except OSError:
        return True


def _identity(path: str) -> Hashable:
    """What a folder is, whatever path leads to it; None once it is gone."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(path)
