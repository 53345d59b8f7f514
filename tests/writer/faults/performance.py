"""An act in a process of its own, and what it leaves."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from tests.writer.programs import ENVIRONMENT

LOADING = 120.0  # seconds that a package may take to be imported on a busy machine


@dataclass(frozen=True)
class Remains:
    """What is left of an act.

    Attributes
    ----------
    told
        The facts it told; of those told more than once the last.
    files
        The event files by their name.
    exit
        Its exit code, negative if a signal ended it; None if it hung and was therefore killed.
    errors
        What stands on its stderr.
    seen
        What the driver measured.
    """

    told: dict[str, Any]
    files: dict[str, bytes]
    exit: int | None = 0
    errors: str = ""
    seen: dict[str, float] = field(default_factory=dict)


class Performance:
    """A running act; a context that leaves no process behind.

    Attributes
    ----------
    process
        Its process.
    seen
        What the driver measures.
    """

    def __init__(self, act: str, module: str, folder: Path, *arguments: object) -> None:
        self.folder = folder
        self.seen: dict[str, float] = {}
        self._told: dict[str, Any] = {}
        self._over = False
        self._progress = threading.Condition()
        pipe = subprocess.PIPE
        command = [sys.executable, "-m", "tests.writer.faults.acts", act, module, str(folder), *map(str, arguments)]
        self.process = subprocess.Popen(command, env=ENVIRONMENT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        self._errors = ""
        self._listeners = [threading.Thread(target=listen) for listen in (self._listen, self._read_errors)]
        for listener in self._listeners:
            listener.start()

    def __enter__(self) -> Self:
        if not self.wait_for("started", LOADING):
            self.end(0)
            raise RuntimeError(f"the act did not start: {self._errors}")
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.end(0)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._progress:
                if line.endswith("\n"):  # the last one of a killed process may be cut off
                    self._told.update(json.loads(line))
                self._progress.notify_all()
        with self._progress:
            self._over = True
            self._progress.notify_all()

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self._errors = self.process.stderr.read()

    def wait_for(self, fact: str, seconds: float) -> bool:
        """Wait until the act has told a fact or is over; returns whether it told it."""
        with self._progress:
            self._progress.wait_for(lambda: fact in self._told or self._over, seconds)
            return fact in self._told

    def go_on(self) -> None:
        """Let an act go on that waits for a change."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return  # it is over; its end tells how

    def files(self) -> list[Path]:
        """The event files that are there now."""
        return sorted(self.folder.glob("*tfevents*"))

    def wait_for_file(self, seconds: float = 5) -> Path:
        """Wait for the first event file: some packages make it a moment after their writer."""
        deadline = time.monotonic() + seconds
        while not self.files():
            assert time.monotonic() < deadline, f"no event file in {self.folder}"
            time.sleep(0.01)
        return self.files()[0]

    def end(self, seconds: float) -> Remains:
        """Wait for the end, make one if there is none within ``seconds``, and return what is left."""
        exit_code: int | None
        try:
            exit_code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            exit_code = None
        for listener in self._listeners:
            listener.join()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream is not None
            try:
                stream.close()
            except BrokenPipeError:
                continue
        files = {path.name: path.read_bytes() for path in self.files()}
        return Remains(self._told, files, exit_code, self._errors, self.seen)
