from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from tbnotebook.writer import uploader
from tests.writer.object_store.stores import FaultyStore
from tests.writer.programs import ENVIRONMENT


@pytest.fixture(autouse=True)
def spools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the spools are."""
    monkeypatch.setenv("TBNOTEBOOK_SPOOL", str(tmp_path / "spools"))
    monkeypatch.setitem(ENVIRONMENT, "TBNOTEBOOK_SPOOL", str(tmp_path / "spools"))
    monkeypatch.setattr(uploader, "_LOOK", 0.02)
    return tmp_path / "spools"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FaultyStore]]:
    """An empty store under ``faulty://``."""
    fsspec.register_implementation("faulty", FaultyStore, clobber=True)
    for name, value in (("store", {}), ("pseudo_dirs", [""]), ("puts", [])):
        monkeypatch.setattr(FaultyStore, name, value)
    monkeypatch.setattr(FaultyStore, "before", FaultyStore.before)
    monkeypatch.setattr(FaultyStore, "after", FaultyStore.after)
    yield FaultyStore
    for each in list(uploader._existing):
        each.end(10)
    uploader._existing.clear()
