"""Fixtures for all rooms."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.needs import unmet
from tests.soaking import SOAK

REPOSITORY = Path(__file__).parents[1]
SOAKING = 900  # seconds that a test which scales may take where it does more


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what waits for a package index, and give tests that scale the time for what they do beyond every day.

    A file of few tests that wait long, begun last, would leave the other worker with nothing to do.
    """
    items.sort(key=lambda item: item.get_closest_marker("overlay") is None)
    for item in items:
        if SOAK and item.get_closest_marker("scales") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(SOAKING))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora that lies beside the repository; TBNOTEBOOK_SHARED names another place."""
    place = Path(os.environ.get("TBNOTEBOOK_SHARED", REPOSITORY.parent / "shared"))
    if not place.is_dir():
        unmet(f"no corpora: {place} is no folder; set TBNOTEBOOK_SHARED")
    return place
