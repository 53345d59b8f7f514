"""Fixtures for all rooms."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora that lies beside the repository; TBNOTEBOOK_SHARED names another place."""
    place = Path(os.environ.get("TBNOTEBOOK_SHARED", REPOSITORY.parent / "shared"))
    if not place.is_dir():
        message = f"no corpora: {place} is no folder; set TBNOTEBOOK_SHARED"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return place
