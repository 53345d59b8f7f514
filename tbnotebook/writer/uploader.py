"""The thread that brings a writer's event files into an object store.

It reads what the writer has put into the spool, as any reader would, and knows nothing of the writer. Nobody waits for
it but `Uploader.upload`, and that for a bounded time.
"""

from __future__ import annotations

import atexit
import concurrent.futures.thread
import os
import re
import threading
import time
from typing import TYPE_CHECKING, Any

from tbnotebook.writer import roll
from tbnotebook.writer.spool import Spool, left_behind, new_spool
from tbnotebook.writer.upload import Upload, size_of

if TYPE_CHECKING:
    from tbnotebook.writer.health import Tally

PATIENCE = 30.0  # seconds that flush(fsync=True), close() and the end of the process wait for the store
_LOOK = 0.5  # seconds between two looks at the spool
_IDLE = 60  # looks without anything to send, after which the thread ends
_LONGEST_PAUSE = 60.0  # seconds after a failure; at first one look, then twice as long each time


class Uploader:
    """Uploads the spool of one writer, and what killed processes left for the same store.

    Parameters
    ----------
    url
        The run's folder in the store, as fsspec takes it.
    suffix
        What the names of the writer's event files are to end in.
    tally
        The writer's; is told of failures and of how far the upload is.

    Attributes
    ----------
    folder
        Where the writer is to write: the spool.
    suffix
        What the names of the event files there must end in; no other writer's do.

    Raises
    ------
    ImportError
        fsspec, or what it needs for the store, is not installed.
    ValueError
        fsspec does not know the protocol.
    OSError
        The spool cannot be made.
    """

    def __init__(self, url: str, suffix: str, tally: Tally) -> None:
        _check(url)
        self.url = url
        self._tally = tally
        self._spool = new_spool(url)
        self.folder = self._spool.path
        self.suffix = f"{suffix}.{self._spool.token}"
        self._begin()
        _existing.add(self)

    def _begin(self) -> None:
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._urgent = 0
        self._done_since = 0.0  # when the last look began that sent all there was
        self._store: tuple[Any, str] | None = None
        self._uploads: dict[str, Upload] = {}
        self._left: list[Spool] | None = None
        # A child that was forked shares the folder; its files bear its own number.
        self._ours = re.compile(rf".*\.{os.getpid()}\.[0-9]+{re.escape(self.suffix)}", re.DOTALL)

    def wake(self) -> None:
        """See to it that what is in the spool is uploaded. Called at each write, and costs nothing while it is."""
        if self._thread is not None or not self._names():
            return
        with self._changed:
            if self._thread is None:
                thread = threading.Thread(target=self._work, name="tbnotebook-upload", daemon=True)
                try:
                    thread.start()
                except RuntimeError:  # the interpreter is shutting down, or no threads are left
                    return
                self._thread = thread

    def upload(self, patience: float | None = None) -> bool:
        """Wait until all that is in the spool now is in the store. Returns whether that worked within ``patience``."""
        asked = time.monotonic()
        if not self._waiting():
            return True
        self.wake()
        if self._thread is None:
            return self._look(everything=True)
        with self._changed:
            self._urgent += 1
            self._changed.notify_all()
            try:
                return self._changed.wait_for(
                    lambda: self._done_since >= asked, PATIENCE if patience is None else patience
                )
            finally:
                self._urgent -= 1

    def end(self, patience: float) -> None:
        """Upload what is left, as the process ends, and remove what was uploaded. What was not stays and is told."""
        if self.upload(patience):
            self._spool.remove(self._names())
        else:
            self._tally.warn(
                "left",
                f"{self._waiting()} bytes did not get to {self.url}. They stay in {self.folder}; the next writer to "
                "the same place uploads them",
            )

    def forget_parent(self) -> None:
        """Begin afresh in a forked child: thread, connection and files are the parent's."""
        self._begin()

    def _names(self) -> list[str]:
        return [name for name in self._spool.names() if self._ours.fullmatch(name)]

    def _waiting(self) -> int:
        known = list(self._uploads.values())
        new = [os.path.join(self.folder, name) for name in self._names() if name not in self._uploads]
        return sum(upload.waiting for upload in known) + sum(map(size_of, new))

    def _work(self) -> None:
        pause = _LOOK
        idle = 0
        while idle < _IDLE:
            with self._changed:
                urgent = self._changed.wait_for(lambda: self._urgent, pause)
            if self._look(everything=bool(urgent)):
                pause = _LOOK
                idle = 0 if self._waiting() else idle + 1
            elif urgent:
                time.sleep(_LOOK)
            else:
                pause = min(2 * pause, _LONGEST_PAUSE)
        self._thread = None
        self.wake()  # where something was written just now, and its writer saw the thread

    def _look(self, *, everything: bool) -> bool:
        """Send what is due, or all. Returns whether the store took it."""
        begun = time.monotonic()
        self._note()
        try:
            self._send(everything=everything)
        except Exception as problem:  # each store's client has errors of its own
            self._tally.retry_upload(f"cannot upload to {self.url}: {problem!r}. It is tried again from {self.folder}")
            return False
        finally:
            self._note()
        with self._changed:
            if everything:
                self._done_since = begun
                self._changed.notify_all()
        return True

    def _note(self) -> None:
        self._tally.note_upload(sum(upload.sent for upload in list(self._uploads.values())), self._waiting())

    def _send(self, *, everything: bool) -> None:
        file_system, root = self._store = self._store or _connect(self.url)
        for name in self._names():
            if name not in self._uploads:
                self._uploads[name] = Upload(file_system, root, os.path.join(self.folder, name))
            upload = self._uploads[name]
            while upload.waiting and (everything or upload.is_due()) and upload.send():
                pass
        if not everything:  # nobody waits
            self._send_left_behind(file_system, root)

    def _send_left_behind(self, file_system: Any, root: str) -> None:
        if self._left is None:
            self._left = left_behind(self.url)
        while self._left:
            spool = self._left[-1]
            for name in spool.names():
                upload = Upload(file_system, root, os.path.join(spool.path, name))
                upload.resume()
                while upload.send():
                    pass
                spool.remove([name])
            spool.remove([])
            self._left.pop()


def _check(url: str) -> None:
    try:
        from fsspec import get_filesystem_class
    except ImportError as problem:
        raise ImportError(f"{url}: pip install tbnotebook[fsspec] to write to an object store") from problem
    for link in url.split("::"):
        get_filesystem_class(link.partition("://")[0])  # says what to install


def _connect(url: str) -> tuple[Any, str]:
    """Return the file system and the folder in it. May wait for the network."""
    from fsspec import asyn, core

    file_system, root = core.url_to_fs(url)
    # Object stores have no folders to make (the call would make a bucket), and their clients are asynchronous.
    if not isinstance(file_system, asyn.AsyncFileSystem):
        file_system.makedirs(root, exist_ok=True)
    return file_system, root


_existing: set[Uploader] = set()


def _end_all() -> None:
    deadline = time.monotonic() + PATIENCE
    for uploader in list(_existing):
        uploader.end(max(0.0, deadline - time.monotonic()))


def _forget_parent() -> None:
    for uploader in _existing:
        uploader.forget_parent()


roll.at_end.append(_end_all)
if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_forget_parent)
# Many a client needs a pool of threads, and these are shut down before atexit begins, in the opposite order of their
# registration: that of `concurrent.futures`, at its import above, comes after ours.
assert concurrent.futures.thread
getattr(threading, "_register_atexit", atexit.register)(roll.end)
