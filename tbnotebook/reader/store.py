"""Object stores, and all else that fsspec knows, as a storage.

A store is asked in two ways only: for a listing of all that lies below the root, and for ranges of an object. What a
listing tells of an object holds until the next one. Whatever a store's package raises becomes an ``OSError``.
"""

from __future__ import annotations

import asyncio
import errno
import os
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tbnotebook.reader import patience
from tbnotebook.reader.storage import Entry, Folder, Source

PAUSE = 5.0  # seconds between two listings, at least, where polls have a budget
READ_AHEAD = 1 << 16  # bytes; twice as many with each request that goes on where the last one ended
_MOST_AHEAD = 1 << 23
_KEPT = 1 << 10
_LOOK = 0.02

# What stores call an object's version, and the time when it was written.
_VERSIONS = ("ETag", "etag", "e_tag", "generation", "md5", "md5Hash", "content_md5", "ino")
_TIMES = ("LastModified", "last_modified", "updated", "mtime", "modified", "created")


@dataclass(frozen=True)
class _Object:
    """An object as a listing tells of it; ``key`` is its name for the file system."""

    key: str
    entry: Entry


@dataclass(frozen=True)
class _Listing:
    """All objects below a root, by URL, and the folders that they make."""

    objects: dict[str, _Object] = field(default_factory=dict)
    folders: tuple[Folder, ...] = ()


class Store:
    """A place that fsspec knows, as ``"s3://bucket/logs"``; paths are URLs.

    Parameters
    ----------
    **options
        For fsspec's file system, e.g. ``anon=True``.

    Examples
    --------
    >>> log = LogDir("s3://bucket/logs", storage=Store(anon=True))

    Notes
    -----
    No call is waited for longer than `tbnotebook.reader.patience.PATIENCE`; then it is an ``OSError``. Pickled, it
    takes along what it knows of the objects.
    """

    pause = PAUSE

    def __init__(self, **options: Any) -> None:
        self._options = options
        self._known = _Listing()
        self._asked: Future[_Listing] | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {"_options": self._options, "_known": self._known, "_asked": None}

    def walk(self, root: str) -> Iterator[Folder | None]:
        """Yield the root and every folder that has files; None while the store has not answered.

        If it fails, the root bears the error, and the other folders are those of the last listing.
        """
        begun = time.monotonic()
        try:
            if self._asked is None:
                self._asked = patience.begin(lambda: self._list(root))
            while not self._asked.done():
                if time.monotonic() > begun + patience.PATIENCE:
                    raise patience.no_answer(f"waited {patience.PATIENCE:g} s for a listing")
                wait([self._asked], _LOOK)
                yield None
            answered, self._asked = self._asked, None
            self._known = answered.result()
        except FileNotFoundError as error:
            self._known = _Listing()
            yield Folder(root, ".", error=error)
        except (OSError, RuntimeError) as error:  # no thread can be started
            yield Folder(root, ".", error=_os_error(error, root))
            yield from (folder for folder in self._known.folders if folder.name != ".")
        else:
            yield from self._known.folders

    def stat(self, path: str) -> Entry:
        """Return what the last listing told of an object."""
        return self._object(path).entry

    @contextmanager
    def open(self, path: str) -> Iterator[Source]:
        """Open an object: nothing is asked for before the first read."""
        found = self._known.objects.get(path)
        with _errors_of(path):
            system, key = self._system(path)
            if found is None:  # of a storage that has listed nothing
                found = _object(key, patience.within_patience(lambda: system.info(key)), None)
        try:
            yield _Reading(system, path, found)
        except FileNotFoundError:
            self._known.objects.pop(path, None)
            raise

    def part(self, paths: Iterable[str]) -> Store:
        """Return a store that knows of these objects only: for a process that is to read them."""
        part = Store(**self._options)
        known = self._known.objects
        part._known = _Listing({path: known[path] for path in paths if path in known})
        return part

    def _object(self, path: str) -> _Object:
        try:
            return self._known.objects[path]
        except KeyError:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path) from None

    def _system(self, url: str) -> tuple[Any, str]:
        from fsspec.core import url_to_fs

        system, key = url_to_fs(url, **self._options)
        return system, str(key).rstrip("/")

    def _list(self, root: str) -> _Listing:
        with _errors_of(root):
            system, top = self._system(root)
            system.invalidate_cache()  # another machine may have put what fsspec has not listed
            found = _find(system, top)
            if not found and not system.exists(top):
                raise FileNotFoundError(root)
        before = self._known.objects
        objects: dict[str, _Object] = {}
        events: dict[str, list[str]] = {"": []}
        others: dict[str, int] = {}
        for key, info in sorted(found.items()):
            if key == top:
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), root)
            if key.endswith("/"):  # some tools put an empty object for a folder
                continue
            name = key.removeprefix(top).strip("/")
            folder, _, base = name.rpartition("/")
            if "tfevents" in base:
                url = _join(root, name)
                objects[url] = _object(key, info, before.get(url))
                events.setdefault(folder, []).append(url)
            else:
                events.setdefault(folder, [])
                others[folder] = others.get(folder, 0) + 1
        folders = (
            Folder(_join(root, name), name or ".", tuple(urls), others.get(name, 0)) for name, urls in events.items()
        )
        return _Listing(objects, tuple(folders))


class _Reading:
    """An object of which ranges are read, with a few requests for many small ones side by side."""

    def __init__(self, system: Any, path: str, found: _Object) -> None:
        self.entry = found.entry
        self._system = system
        self._path = path
        self._key = found.key
        self._head = b""
        self._begin = 0
        self._block = b""
        self._ahead = READ_AHEAD

    def read(self, offset: int, length: int) -> bytes:
        end = min(offset + length, self.entry.size)
        if end <= len(self._head):
            return self._head[offset:end]
        here = self._begin + len(self._block)
        if end > here or offset < self._begin:
            if self._begin <= offset <= here and self._block:
                self._ahead = min(2 * self._ahead, _MOST_AHEAD)
                kept = max(offset - _KEPT, self._begin)
                self._block = self._block[kept - self._begin :] + self._fetch(here, max(end, here + self._ahead))
                self._begin = kept
            else:
                self._block = self._fetch(offset, max(end, offset + self._ahead))
                self._begin = offset
        return self._block[offset - self._begin : max(end - self._begin, 0)]

    def _fetch(self, begin: int, end: int) -> bytes:
        end = min(end, self.entry.size)
        if begin >= end:
            return b""
        with _errors_of(self._path):
            data = bytes(patience.within_patience(lambda: self._system.cat_file(self._key, start=begin, end=end)))
        if begin == 0:
            self._head = data[:_KEPT]
        return data


def _find(system: Any, top: str) -> dict[str, dict[str, Any]]:
    """All files below a folder, with what is known of each."""
    from fsspec.asyn import AsyncFileSystem
    from fsspec.spec import AbstractFileSystem

    # Where a store has no listing of its own, fsspec goes from folder to folder and leaves out those that fail.
    own = getattr(type(system), "_find", None)
    walks = type(system).find is AbstractFileSystem.find if own is None else own is AsyncFileSystem._find
    try:
        found = system.find(top, detail=True, **({"on_error": "raise"} if walks else {}))
    except FileNotFoundError:
        return {}
    return {str(key): info for key, info in found.items() if info.get("type", "file") == "file"}


def _object(key: str, info: dict[str, Any], before: _Object | None) -> _Object:
    size = int(info.get("size") or 0)
    moments = [moment for name in _TIMES if (moment := _seconds(info.get(name))) is not None]
    version = (*(str(info[name]) for name in _VERSIONS if info.get(name) is not None), *moments)
    modified = moments[0] if moments else time.time()
    if not moments and before is not None and (before.entry.size, before.entry.version) == (size, version):
        modified = before.entry.modified
    return _Object(key, Entry(size, modified, key, version))


def _seconds(moment: Any) -> float | None:
    """A time as stores tell it, in seconds since the epoch."""
    try:
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment)
        return float(moment.timestamp() if isinstance(moment, datetime) else moment)
    except (TypeError, ValueError):
        return None


def _join(url: str, name: str) -> str:
    """The URL of what lies below another; of chained file systems the first that has a path leads there."""
    if not name:
        return url
    links = url.split("::")
    first = next(index for index, link in enumerate(links) if "://" in link)
    links[first] = f"{links[first].removesuffix('/')}/{name}"
    return "::".join(links)


@contextmanager
def _errors_of(path: str) -> Iterator[None]:
    """Turn whatever a store's package raises into an ``OSError`` that says what and where."""
    try:
        yield
    except (Exception, asyncio.CancelledError) as error:
        raise _os_error(error, path) from error


def _os_error(error: BaseException, path: str) -> OSError:
    if isinstance(error, FileNotFoundError):
        return FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    if isinstance(error, OSError) and error.strerror:
        return OSError(error.errno, error.strerror, path)
    number = errno.EACCES if isinstance(error, PermissionError) else errno.EIO
    return OSError(number, f"{type(error).__name__}: {error}" if str(error) else type(error).__name__, path)
