"""What a test needs of its machine."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


class ForbiddenError(RuntimeError):
    """The system does not allow what a test needs, and nothing that could be installed would change that."""


def unmet(need: str) -> NoReturn:
    """Skip the test for what the machine lacks. Where ``CI`` is true it fails: there all is to be tested."""
    if os.environ.get("CI") == "true":
        pytest.fail(need)
    pytest.skip(need)
