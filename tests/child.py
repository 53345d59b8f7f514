"""A Python program in a process of its own that tells what it does."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from typing import Any, Self

from tests.writer.programs import ENVIRONMENT

LOADING = 120.0  # seconds that a package may take to be imported on a busy machine


class Child:
    """A running module that tells facts in lines of JSON; a context that leaves no process behind.

    Attributes
    ----------
    process
        Its process.
    told
        The facts it told; of those told more than once the last.
    errors
        What stands on its stderr, once it has ended.
    """

    def __init__(self, module: str, *arguments: object) -> None:
        self.told: dict[str, Any] = {}
        self.errors = ""
        self._over = False
        self._progress = threading.Condition()
        pipe = subprocess.PIPE
        command = [sys.executable, "-m", module, *map(str, arguments)]
        self.process = subprocess.Popen(command, env=ENVIRONMENT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        self._listeners = [threading.Thread(target=listen) for listen in (self._listen, self._read_errors)]
        for listener in self._listeners:
            listener.start()

    def __enter__(self) -> Self:
        if not self.wait_for("started", LOADING):
            self.ended(0)
            raise RuntimeError(f"the program did not start: {self.errors}")
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.ended(0)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._progress:
                if line.endswith("\n"):  # the last one of a killed process may be cut off
                    self.told.update(json.loads(line))
                self._progress.notify_all()
        with self._progress:
            self._over = True
            self._progress.notify_all()

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self.errors = self.process.stderr.read()

    def wait_for(self, fact: str, seconds: float) -> bool:
        """Wait until a fact is told or the program is over; returns whether it was told."""
        with self._progress:
            self._progress.wait_for(lambda: fact in self.told or self._over, seconds)
            return fact in self.told

    def go_on(self) -> None:
        """Let a program go on that waits for a line."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return  # it is over; its end tells how

    def ended(self, seconds: float) -> int | None:
        """Wait for the end, or make one after ``seconds``; returns the exit code, None if one was made."""
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
        return exit_code
