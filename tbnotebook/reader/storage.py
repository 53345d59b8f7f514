"""Where event files lie: the one seam between the reader and a file system.

Everything that the reader does to a storage is here: walk the folders below a root, stat a file, read a range of
it. `LocalStorage` is the machine's own file system; another storage has the same three methods.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import IO, Protocol


@dataclass(frozen=True)
class Entry:
    """A file as its storage knows it.

    Attributes
    ----------
    size : int
        Bytes.
    modified : float
        Seconds since the epoch.
    identity : Hashable
        Another identity under the same path is another file: device and inode, or an etag's stable part.
    """

    size: int
    modified: float
    identity: Hashable


@dataclass(frozen=True)
class Folder:
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
    """A tree of folders and files. Its methods raise ``OSError`` for what the system refuses."""

    def walk(self, root: str) -> Iterator[Folder]:
        """Yield the root and every folder below it, each once; what cannot be listed bears its error."""
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
        seen: set[Hashable] = set()
        own, linked = [(root, ".")], list[tuple[str, str]]()
        while own or linked:
            path, name = (own or linked).pop()
            try:
                status = os.stat(path)
                identity: Hashable = (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(path)
                if identity in seen:
                    continue
                seen.add(identity)
                with os.scandir(path) as scan:
                    items = sorted(scan, key=lambda item: item.name)
            except OSError as error:
                yield Folder(path, name, error=error)
                continue
            files = 0
            events = []
            for item in items:
                if _is_folder(item):
                    inner = item.name if name == "." else f"{name}/{item.name}"
                    (linked if item.is_symlink() else own).append((item.path, inner))
                elif "tfevents" not in item.name:
                    files += 1
                elif _is_regular(item.path):
                    events.append(item.path)
            yield Folder(path, name, tuple(events), files)

    def stat(self, path: str) -> Entry:
        """Return size, time of change and identity of a file."""
        return _entry(os.stat(path))

    @contextmanager
    def open(self, path: str) -> Iterator[Source]:
        """Open a file for reading."""
        with open(path, "rb", buffering=0) as file:
            yield _LocalSource(file)


class _LocalSource:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.entry = _entry(os.fstat(file.fileno()))

    def read(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        parts = []
        while length > 0 and (part := self._file.read(length)):
            parts.append(part)
            length -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)


def _entry(status: os.stat_result) -> Entry:
    return Entry(status.st_size, status.st_mtime, (status.st_dev, status.st_ino))


def _is_folder(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_dir()
    except OSError:  # a link whose target cannot be reached
        return False


def _is_regular(path: str) -> bool:
    """Whether it may be opened: a pipe would block, a device be without an end. What cannot be told is tried."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except FileNotFoundError:
        return False
    except OSError:
        return True
