"""The faults as tests meet them: played with our reader."""

from __future__ import annotations

import sys

import pytest

from tests.reader.faults.play import Seen, seen_by
from tests.reader.faults.scenarios import SCENARIOS


@pytest.fixture
def seen(request: pytest.FixtureRequest) -> Seen:
    """What ours showed of the scenario that names the test as its proof, after it ended as it should."""
    if sys.platform != "linux":
        pytest.skip("links, pipes, limits and /proc")
    proof = f"{request.path.name}::{request.function.__name__}"
    (scenario,) = (scenario for scenario in SCENARIOS if scenario.proof == proof)
    seen = seen_by("tbnotebook", scenario)
    assert (len(seen.looks), seen.errors) == (seen.wanted, "")
    assert [look["raised"] for look in seen.looks] == [""] * seen.wanted
    return seen
