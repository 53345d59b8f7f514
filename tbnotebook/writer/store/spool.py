"""Folders of this machine where event files wait for their upload, each owned by one process."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import suppress

_LOCK = "lock"
_TRIES = 3


class Spool:
    """A spool folder that this process has locked; nobody else uploads or removes it until it ends.

    Attributes
    ----------
    folder : str
        Its absolute path.
    """

    def __init__(self, folder: str, lock: int) -> None:
        self.folder = folder
        self._lock = lock

    def files(self) -> list[str]:
        """Return the paths of its event files and of those in folders below it, in name order."""
        found = [os.path.join(folder, name) for folder, _, names in os.walk(self.folder) for name in names]
        return sorted(path for path in found if "tfevents" in os.path.basename(path))

    def remove(self) -> None:
        """Remove it and all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.release()
        with suppress(OSError):
            os.rmdir(os.path.dirname(self.folder))  # if it was the last one for its URL

    def release(self) -> None:
        """Leave it to whoever writes to the same URL next. In a forked child: the parent keeps it."""
        with suppress(OSError):
            os.close(self._lock)


def create(url: str) -> Spool:
    """Make a new spool for what goes to ``url``.

    Raises
    ------
    OSError
        No folder can be made, neither in the user's cache nor among the temporary files.
    """
    problem = OSError("no locks")
    for home in _homes(url):
        try:
            for _ in range(_TRIES):
                os.makedirs(home, mode=0o700, exist_ok=True)
                folder = tempfile.mkdtemp(prefix="", dir=home)
                spool = _lock(folder, os.O_CREAT)
                # Another process may have taken the new folder for one left behind, and have removed it.
                if spool is not None and os.path.exists(os.path.join(folder, _LOCK)):
                    return spool
                shutil.rmtree(folder, ignore_errors=True)
        except OSError as failed:
            problem = failed
    raise OSError(f"{url} needs a folder to spool in, and there is none among {_homes(url)}: {problem}")


def left_behind(url: str) -> Iterator[Spool]:
    """Yield the spools for ``url`` whose processes are gone, locked for this one."""
    for home in _homes(url):
        with suppress(OSError):
            for name in sorted(os.listdir(home)):
                spool = _lock(os.path.join(home, name), 0)
                if spool is not None:
                    yield spool


def _homes(url: str) -> list[str]:
    """Where the spools for ``url`` may be: first in the user's cache, which outlives a restart of the machine.

    A home in the network may take no locks; the machine's own temporary files do. Or its locks hold on one machine
    only, so that machines must not see each other's.
    """
    place = f"{socket.gethostname()} {url}"
    key = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    temporary = os.path.join(tempfile.gettempdir(), f"tbnotebook-{user}")
    return [os.path.join(folder, "spool", key) for folder in (os.path.join(cache, "tbnotebook"), temporary)]


def _lock(folder: str, create: int) -> Spool | None:
    """The spool, locked; None if another process has it, if it is gone, or if its file system has no locks."""
    try:
        lock = os.open(os.path.join(folder, _LOCK), os.O_RDWR | create, 0o600)
    except OSError:
        return None
    try:
        _lock_file(lock)
    except OSError:
        os.close(lock)
        return None
    return Spool(folder, lock)


def _lock_file(descriptor: int) -> None:
    """Lock an open file until it is closed everywhere, as at the end of the process; OSError if it is locked."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
