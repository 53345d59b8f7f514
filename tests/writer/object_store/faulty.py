"""File systems for the tests, registered with fsspec: one whose faults are switched on, one that processes share."""

from __future__ import annotations

import os
import threading
from collections import Counter
from typing import Any, ClassVar

import fsspec
from fsspec.implementations.local import LocalFileSystem
from fsspec.implementations.memory import MemoryFileSystem


class FaultyFileSystem(MemoryFileSystem):  # type: ignore[misc]
    """``faulty://``: a memory of its own that counts what it is asked, and fails as it is told."""

    protocol = "faulty"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    puts: ClassVar[Counter[str]] = Counter()
    sent: ClassVar[int] = 0
    failures: ClassVar[int] = 0  # so many puts fail
    torn: ClassVar[int] = 0  # so many puts leave half of their object and fail
    lost_answers: ClassVar[int] = 0  # so many puts work and fail
    open_gate: ClassVar[threading.Event] = threading.Event()  # puts hang while it is not set

    @classmethod
    def reset(cls) -> None:
        cls.open_gate.set()  # frees what hangs from the test before
        cls.store.clear()
        cls.pseudo_dirs[:] = [""]
        cls.puts.clear()
        cls.sent = cls.failures = cls.torn = cls.lost_answers = 0
        cls.open_gate = threading.Event()
        cls.open_gate.set()

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return MemoryFileSystem._strip_protocol(path.removeprefix("faulty://"))

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **kwargs: Any) -> None:
        cls = type(self)
        cls.open_gate.wait()
        cls.puts[path.rpartition("/")[2]] += 1
        if cls.failures:
            cls.failures -= 1
            raise ConnectionError("503 Slow Down")
        if cls.torn:
            cls.torn -= 1
            super().pipe_file(path, value[: len(value) // 2])
            raise ConnectionError("cut off")
        cls.sent += len(value)
        super().pipe_file(path, value, **kwargs)
        if cls.lost_answers:
            cls.lost_answers -= 1
            raise TimeoutError("the answer was lost")


class SharedFileSystem(LocalFileSystem):  # type: ignore[misc]
    """``shared:///folder``: a folder of this machine as a store that several processes see.

    Where SHARED_KILL is set, the process dies by that signal right after its first put.
    """

    protocol = "shared"

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(LocalFileSystem._strip_protocol(str(path).removeprefix("shared://")))

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **kwargs: Any) -> None:
        super().pipe_file(path, value, **kwargs)
        if "SHARED_KILL" in os.environ:
            os.kill(os.getpid(), int(os.environ["SHARED_KILL"]))


fsspec.register_implementation("faulty", FaultyFileSystem, clobber=True)
fsspec.register_implementation("shared", SharedFileSystem, clobber=True)
