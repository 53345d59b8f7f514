from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.widget.kernel import Kernel, kernel_in


@pytest.fixture
def kernel(tmp_path: Path) -> Iterator[Kernel]:
    with kernel_in(tmp_path) as running:
        yield running
