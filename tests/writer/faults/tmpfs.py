"""A disk of a given size, in memory."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.needs import ForbiddenError


@contextmanager
def tmpfs(folder: Path, size: str) -> Iterator[None]:
    """Mount a disk of ``size`` (as in ``"1m"``) on a folder.

    Raises
    ------
    ForbiddenError
        Nothing can be mounted here.
    """
    _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield
    finally:
        # Lazily: a process that was killed a moment ago may still hold a file.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def resize(folder: Path, size: str) -> None:
    """Give the disk on ``folder`` another size."""
    _mount("-o", f"remount,size={size}", str(folder))


def check_mounting() -> None:
    """Raise `ForbiddenError` unless a disk can be mounted here."""
    with tempfile.TemporaryDirectory() as folder, tmpfs(Path(folder), "1m"):
        resize(Path(folder), "2m")


def _mount(*arguments: str) -> None:
    try:
        done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    except OSError as problem:
        raise ForbiddenError(f"no disk can be mounted here: {problem}") from None
    if done.returncode != 0:
        reason, *_ = done.stderr.splitlines() or [f"mount ended with {done.returncode}"]
        raise ForbiddenError(f"no disk can be mounted here: {reason}")
