"""The real TensorBoard as a server, asked as its page asks it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

_PATIENCE = 60.0  # seconds
_FAREWELL = 10.0  # seconds


class Server:
    """A running server."""

    def __init__(self, address: str) -> None:
        self._address = address

    def bytes(self, path: str, **query: object) -> bytes:
        """What it answers to ``/data/<path>``."""
        with urlopen(f"{self._address}data/{path}?{urlencode(query)}", timeout=_PATIENCE) as answer:
            found: bytes = answer.read()
        return found

    def json(self, path: str, **query: object) -> Any:
        return json.loads(self.bytes(path, **query))

    def post(self, path: str, wanted: object) -> Any:
        headers = {"Content-Type": "application/json"}
        request = Request(f"{self._address}data/{path}", json.dumps(wanted).encode(), headers)
        with urlopen(request, timeout=_PATIENCE) as answer:
            return json.loads(answer.read())

    def wait_for(self, path: str, run: str, tag: str) -> None:
        """Wait until a run's tag has been loaded."""
        deadline = time.monotonic() + _PATIENCE
        while tag not in self.json(path).get(run, ()):
            assert time.monotonic() < deadline, f"{tag} of {run} is not in {self.json(path)}"
            time.sleep(0.1)


@contextmanager
def serving(folder: Path, *, fast: bool) -> Iterator[Server]:
    """Let it serve a folder, with the data server written in Rust or with the loader in Python."""
    command = [sys.executable, "-m", "tensorboard.main", f"--logdir={folder}", "--host=127.0.0.1", "--port=0"]
    command.append(f"--load_fast={str(fast).lower()}")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            for line in process.stderr:
                if found := re.search(r"http://\S+/", line):
                    break
            else:
                raise RuntimeError("TensorBoard ended before it served anything")
            yield Server(found[0])
        finally:
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """End it, by force where asking does not help: one in hundreds was asked and stayed, and nothing is said of
    what it does then."""
    process.terminate()
    try:
        process.communicate(timeout=_FAREWELL)
    except subprocess.TimeoutExpired:
        process.kill()
