"""Fixtures for the writer's room."""

from __future__ import annotations

import pytest

from tests.needs import ForbiddenError, unmet
from tests.writer.strace import MissingStraceError, check_tracing


@pytest.fixture(scope="session")
def tracing() -> None:
    """A machine on which strace may tamper with system calls; skips the test where it is none."""
    try:
        check_tracing()
    except MissingStraceError as problem:
        unmet(str(problem))
    except ForbiddenError as problem:
        pytest.skip(str(problem))
