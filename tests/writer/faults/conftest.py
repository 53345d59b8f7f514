"""The faults as tests meet them: played with our writer."""

from __future__ import annotations

import os

import pytest

from tests.needs import ForbiddenError
from tests.writer.faults.performance import Remains
from tests.writer.faults.scenarios import SCENARIOS, remains_of
from tests.writer.faults.tmpfs import check_mounting


@pytest.fixture(scope="session")
def mounting() -> None:
    """A machine on which a disk can be mounted; skips the test where it is none."""
    try:
        check_mounting()
    except ForbiddenError as problem:
        pytest.skip(str(problem))


@pytest.fixture
def attempts(request: pytest.FixtureRequest) -> list[Remains]:
    """What is left of the scenario that names the test as its proof."""
    if os.name == "nt":
        pytest.skip("signals and fork")
    proof = f"{request.path.name}::{request.function.__name__}"
    (scenario,) = (scenario for scenario in SCENARIOS if scenario.proof == proof)
    if scenario.needs:
        request.getfixturevalue(scenario.needs)
    return remains_of(scenario, "tbnotebook")


@pytest.fixture
def remains(attempts: list[Remains]) -> Remains:
    """What is left of a scenario that is played once."""
    (only,) = attempts
    return only
