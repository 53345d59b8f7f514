"""The thread that uploads the event files of a spool."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from typing import TYPE_CHECKING

from tbnotebook.writer import roll
from tbnotebook.writer.event_file import EventFile
from tbnotebook.writer.store import spool as spools
from tbnotebook.writer.store.objects import Objects
from tbnotebook.writer.store.pace import back_off, due
from tbnotebook.writer.store.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from tbnotebook.writer.health import Tally
    from tbnotebook.writer.store.spool import Spool

PATIENCE = 30.0  # seconds that close(), flush(fsync=True) and the end of the process wait for a store
_LOOK = 1.0  # seconds; between looks at what waits
_AGAIN = 0.5  # seconds; between tries while close() waits

_exit_arranged = False


class Uploader:
    """The spool of one writer, and the thread that uploads what is in it.

    All that is known of the writer are the event files. The thread alone talks to the store, so that a call that
    hangs keeps only that thread; it is there while a file is open or anything waits. Its lock is held for no I/O but
    the making of spool and file.

    Parameters
    ----------
    url
        The folder in the store.
    tally
        Where uploads are counted, and failures warned of.
    """

    def __init__(self, url: str, tally: Tally) -> None:
        self._url = url
        self._tally = tally
        self._spool: Spool | None = None
        self._left: list[Spool] | None = None  # what killed processes left; None until it was looked for
        self.forget_parent()
        roll.existing_uploaders.add(self)
        global _exit_arranged
        if not _exit_arranged:
            _exit_arranged = True
            roll.upload_at_exit()

    def forget_parent(self) -> None:
        """Begin afresh in a forked child: spool, thread and the connection to the store are the parent's."""
        for parents in (*(self._left or ()), *([self._spool] if self._spool is not None else ())):
            parents.release()
        self._process = os.getpid()
        self._changed = threading.Condition()
        self._spool = self._left = None
        self._objects: Objects | None = None
        self._files: dict[str, Progress] = {}
        self._open: set[str] = set()
        self._thread: threading.Thread | None = None
        self._began = time.monotonic()
        self._wanted = self._served = 0
        self._worked = True

    @property
    def folder(self) -> str:
        """The spool's folder; made if there is none."""
        with self._changed:
            if self._spool is None:
                self._spool = spools.create(self._url)
                roll.uploaders.add(self)
            return self._spool.folder

    def begin(self, _: str, child: str, suffix: str, opening: bytes) -> EventFile:
        """Begin an event file in the spool, or in a child's folder below it; for `Outbox.begin`."""
        with self._changed:
            folder = self.folder
            file = _SpooledFile(os.path.join(folder, child) if child else folder, suffix, opening, self._end)
            self._files[file.path] = Progress(file.path, folder)
            self._open.add(file.path)
            self._start_thread()
            return file

    def _end(self, path: str) -> None:
        if os.getpid() == self._process:  # else a child forgets the file of its parent, whose lock may be held
            with self._changed:
                self._open.discard(path)
                self._wanted += 1  # of a forgotten writer nobody else asks for the rest
                self._changed.notify_all()

    def _start_thread(self) -> bool:
        if self._thread is None and not roll.shutting_down():
            thread = threading.Thread(target=self._work, name="tbnotebook-upload", daemon=True)
            try:
                thread.start()
            except RuntimeError:  # no threads are left
                return False
            self._thread = thread
        return self._thread is not None

    def waiting(self) -> int:
        """Return how many bytes are in the spool and not in the store."""
        with self._changed:
            files = list(self._files.values())
        return sum(progress.waiting() for progress in files)

    def hurry(self) -> int:
        """Let what waits be uploaded now; returns the number of the pass over the files that will do it."""
        with self._changed:
            self._wanted += 1
            number = self._wanted
            self._changed.notify_all()
            if self._thread is None and not self.waiting():
                self._served, self._worked = number, True  # the thread has done it and gone: nobody else would say so
                return number
            served = self._start_thread()
        if not served:  # the interpreter is shutting down
            self._serve()
        return number

    def upload(self) -> bool:
        """Upload what is in the spool now. Returns whether that worked at once, after `PATIENCE` at the latest."""
        return self._upload(time.monotonic() + PATIENCE, persist=False)

    def _upload(self, deadline: float, *, persist: bool) -> bool:
        with self._changed:
            targets = [(progress, progress.offset + progress.waiting()) for progress in self._files.values()]

        def done() -> bool:
            return all(progress.offset >= end or not progress.waiting() for progress, end in targets)

        while not done():
            if not self._wait_for_pass(self.hurry(), deadline) or not (self._worked or persist):
                return False
            if not done():  # the store failed, or the end of a file was torn while another thread wrote to it
                if time.monotonic() + _AGAIN > deadline:
                    return False
                time.sleep(_AGAIN)
        return True

    def _wait_for_pass(self, number: int, deadline: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._served >= number, max(deadline - time.monotonic(), 0))

    def finish(self, deadline: float | None = None) -> bool:
        """Upload what is left and say so if that does not work within `PATIENCE`."""
        done = self._upload(time.monotonic() + PATIENCE if deadline is None else deadline, persist=True)
        if not done:
            message = f"{self.waiting()} bytes for {self._url} are not uploaded and stay in {self.folder}. "
            self._tally.warn("left", f"{message}The next writer to this URL on this machine uploads what is left there")
        return done

    def leave(self, since: float) -> None:
        """Finish at the end of the process, `PATIENCE` behind ``since`` at the latest, and clear up what is done."""
        deadline = since + PATIENCE
        if self.finish(deadline):
            roll.uploaders.discard(self)
            with self._changed:
                # What killed processes left may still be on its way.
                self._changed.wait_for(lambda: self._thread is None, max(deadline - time.monotonic(), 0))
                if self._spool is not None:
                    self._spool.remove()
                self._spool, self._files = None, {}

    def _work(self) -> None:
        tried = self._began
        failures = 0
        while True:
            with self._changed:
                wanted = self._wanted > self._served
            now = time.monotonic()
            if failures:
                timely = now - tried >= back_off(failures)
            else:
                timely = due(now - self._began, now - tried, self.waiting())
            if wanted or timely:
                failures = 0 if self._serve() else failures + 1
                tried = time.monotonic()
            with self._changed:
                waiting = self.waiting()
                self._tally.upload(0, waiting)
                if self._wanted > self._served:
                    continue
                if not (waiting or self._open or self._left):
                    self._thread = None
                    self._changed.notify_all()
                    return
                self._changed.wait(_LOOK)

    def _serve(self) -> bool:
        """Pass over all files once, for all who wanted it by now."""
        with self._changed:
            number = self._wanted
        worked = self._pass()
        with self._changed:
            self._served, self._worked = number, worked
            self._changed.notify_all()
        return worked

    def _pass(self) -> bool:
        try:
            if self._objects is None:
                self._objects = Objects(self._url)
            with self._changed:
                files = [(progress, path not in self._open) for path, progress in self._files.items()]
            for progress, ended in files:
                self._send(self._objects, progress, ended)
            self._adopt(self._objects)
        except (Exception, asyncio.CancelledError) as problem:
            self._tally.retry()
            where = self._spool.folder if self._spool is not None else "the spool"
            message = f"cannot upload to {self._url}: {problem!r}. Events stay in {where} and are tried again"
            self._tally.warn("upload", message)
            return False
        return True

    def _send(self, objects: Objects, progress: Progress, ended: bool) -> None:
        while True:
            try:
                segment = progress.segment(ended=ended)
            except FileNotFoundError:
                message = f"{progress.path} was deleted before all of it was uploaded to {self._url}"
                self._tally.warn("spool", message)
                with self._changed:
                    self._files.pop(progress.path, None)
                return
            if segment is None:
                return
            objects.put(segment.name, segment.data)
            before = progress.offset
            progress.done()
            self._tally.upload(progress.offset - before, self.waiting())

    def _adopt(self, objects: Objects) -> None:
        """Upload what killed processes left, and remove it."""
        if self._left is None:
            self._left = list(spools.left_behind(self._url))
        sizes: dict[str, dict[str, int]] = {}
        while self._left:
            for path in self._left[0].files():
                progress = Progress(path, self._left[0].folder)
                if progress.child not in sizes:
                    sizes[progress.child] = objects.sizes(progress.child)
                progress.resume(sizes[progress.child])
                self._send(objects, progress, ended=True)
            self._left.pop(0).remove()


class _SpooledFile(EventFile):
    """An event file that says when it is closed."""

    def __init__(self, directory: str, suffix: str, opening: bytes, ended: Callable[[str], None]) -> None:
        self._ended = ended
        super().__init__(directory, suffix, opening)

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._ended(self.path)
