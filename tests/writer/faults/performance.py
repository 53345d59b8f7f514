"""An act in a process of its own, and what it leaves."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.child import Child


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


class Performance(Child):
    """A running act; a context that leaves no process behind.

    Attributes
    ----------
    seen
        What the driver measures.
    """

    def __init__(self, act: str, module: str, folder: Path, *arguments: object) -> None:
        self.folder = folder
        self.seen: dict[str, float] = {}
        super().__init__("tests.writer.faults.acts", act, module, folder, *arguments)

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
        exit_code = self.ended(seconds)
        files = {path.name: path.read_bytes() for path in self.files()}
        return Remains(self.told, files, exit_code, self.errors, self.seen)
