"""Object stores with faults, as fsspec knows them under ``faulty://``, and what they hold as local files."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import fsspec
from fsspec.implementations.memory import MemoryFileSystem


class FaultyStore(MemoryFileSystem):
    """A store in memory that notes what is put into it.

    Attributes
    ----------
    before, after
        Called with the name before and after an object is taken; what they raise, the store raises.
    puts
        Name and size of each object as it was taken, in order.
    """

    protocol = "faulty"
    cachable = False
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    before: ClassVar[Callable[[str], None]] = staticmethod(lambda name: None)
    after: ClassVar[Callable[[str], None]] = staticmethod(lambda name: None)
    puts: ClassVar[list[tuple[str, int]]] = []

    def pipe_file(self, path: str, value: bytes, **options: Any) -> None:
        type(self).before(path)
        super().pipe_file(path, value, **options)
        self.puts.append((path.rpartition("/")[2], len(value)))
        type(self).after(path)


class Failing:
    """Raises at the first ``times`` calls."""

    def __init__(self, times: float) -> None:
        self.left = times

    def __call__(self, name: str) -> None:
        if self.left > 0:
            self.left -= 1
            raise ConnectionError("the store is away")


class Hanging:
    """Does not return before it is told to."""

    def __init__(self) -> None:
        self.free = threading.Event()

    def __call__(self, name: str) -> None:
        self.free.wait(60)


def download(url: str, folder: Path) -> Path:
    """Copy the objects under a URL into a folder, which is returned."""
    file_system, root = fsspec.core.url_to_fs(url)
    folder.mkdir(exist_ok=True)
    for path in file_system.ls(root, detail=False):
        (folder / path.rpartition("/")[2]).write_bytes(file_system.cat_file(path))
    return folder
