from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from tbnotebook.writer import roll
from tbnotebook.writer.store import uploader
from tests.writer import programs
from tests.writer.object_store.faulty import FaultyFileSystem


@pytest.fixture(autouse=True)
def spools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache of the test's own, clean stores, and uploads whose end a test need not wait half a minute for."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setitem(programs.ENVIRONMENT, "XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(uploader, "PATIENCE", 5.0)
    monkeypatch.setattr(uploader, "_LOOK", 0.02)
    monkeypatch.setattr(uploader, "_AGAIN", 0.02)
    fsspec.filesystem("memory").store.clear()
    FaultyFileSystem.reset()
    before = set(roll.uploaders)
    yield tmp_path / "cache" / "tbnotebook" / "spool"
    FaultyFileSystem.open_gate.set()
    roll.uploaders &= before  # their spools go with tmp_path
