"""What a test needs of its machine."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def unmet(need: str) -> NoReturn:
    """Skip the test for what the machine lacks. Where ``CI`` is true it fails: there all is to be tested."""
    if os.environ.get("CI") == "true":
        pytest.fail(need)
    pytest.skip(need)
