"""The local folder that holds the event files of a run in an object store until they are there.

Under ``TBNOTEBOOK_SPOOL``, else in the user's cache, each store has a folder, and in it each writer one of its own.
A writer keeps a lock on its own, with the children that it forks: a folder without a lock was left by a process that
was killed, and what it holds is still to be uploaded.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from contextlib import suppress

_LOCK = ".lock"
_CAN_LOCK = sys.platform != "win32"  # there an open file cannot be removed, and nothing is taken over


class Spool:
    """A writer's folder, locked.

    Attributes
    ----------
    path
        The folder, absolute.
    """

    def __init__(self, path: str, lock: int | None) -> None:
        self.path = path
        self._lock = lock
        self._owner = os.getpid()

    @property
    def token(self) -> str:
        """What sets the names of this writer's files apart from all others that are given to the same store."""
        return os.path.basename(self.path)

    def names(self) -> list[str]:
        """Return the names of the event files, sorted."""
        try:
            return sorted(name for name in os.listdir(self.path) if name != _LOCK)
        except FileNotFoundError:
            return []

    def remove(self, names: list[str]) -> None:
        """Remove files, and the folder if nothing is left in it and it is not a parent's."""
        for name in names:
            os.unlink(os.path.join(self.path, name))
        if self._owner != os.getpid() or self.names():
            return
        with suppress(FileNotFoundError):  # the second time
            os.unlink(os.path.join(self.path, _LOCK))
        with suppress(FileNotFoundError):
            os.rmdir(self.path)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def new_spool(url: str) -> Spool:
    """Make the folder of a new writer.

    Raises
    ------
    OSError
        The folder cannot be made.
    """
    while True:
        path = os.path.join(_folder_of(url), secrets.token_hex(4))
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        try:
            os.mkdir(path, 0o700)
        except FileExistsError:
            continue
        if not _CAN_LOCK:
            return Spool(path, None)
        lock = _lock(path)
        if lock is not None:  # another process may have taken it for left behind, and removes it
            return Spool(path, lock)


def left_behind(url: str) -> list[Spool]:
    """Return the folders for a store whose processes were killed. They are locked now, for whoever asked."""
    folder = _folder_of(url)
    found = []
    for name in sorted(os.listdir(folder)) if _CAN_LOCK and os.path.isdir(folder) else []:
        path = os.path.join(folder, name)
        lock = _lock(path)
        if lock is not None:
            found.append(Spool(path, lock))
    return found


def _folder_of(url: str) -> str:
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    root = os.environ.get("TBNOTEBOOK_SPOOL") or os.path.join(cache, "tbnotebook", "spool")
    return os.path.join(os.path.abspath(root), hashlib.sha256(url.encode()).hexdigest()[:16])


def _lock(path: str) -> int | None:
    """Lock a folder; None if another process has it, or it is gone."""
    import fcntl

    try:
        lock = os.open(os.path.join(path, _LOCK), os.O_RDWR | os.O_CREAT, 0o600)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.stat(os.path.join(path, _LOCK)), os.fstat(lock)):
            return lock
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(lock)
    return None
