"""The vectors of the page's percentile bands are what TensorBoard makes of the same bins."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tensorboard.plugins.distribution.compressor import compress_histogram

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "distribution-bands.json").read_text("utf-8"))


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_the_bands_of_the_page_are_those_of_tensorboard(case: dict[str, Any]) -> None:
    left, right = list(case["left"]), list(case["right"])
    if "min" in case:  # TensorBoard puts them in the place of the outermost edges
        left[0], right[-1] = case["min"], case["max"]
    bins = [list(row) for row in zip(left, right, case["count"], strict=True)]
    bands = [value for _, value in compress_histogram(bins)]
    assert case["bands"] == pytest.approx(bands, rel=VECTORS["tolerance"])
