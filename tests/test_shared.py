"""The corpora that tests read lie beside the repository; a run of CI without them is no run."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.parametrize("part", ["corpus/files", "corpus/oracle", "zoo/zoo.py"])
def test_the_corpora_are_there(shared: Path, part: str) -> None:
    assert (shared / part).exists()
