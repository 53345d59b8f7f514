"""Fixtures for all rooms."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.needs import unmet

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora that lies beside the repository; TBNOTEBOOK_SHARED names another place."""
    place = Path(os.environ.get("TBNOTEBOOK_SHARED", REPOSITORY.parent / "shared"))
    if not place.is_dir():
        unmet(f"no corpora: {place} is no folder; set TBNOTEBOOK_SHARED")
    return place
