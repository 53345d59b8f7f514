"""The page matches tags with the patterns of layouts as TensorBoard does in Python: the vectors that it is held to."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "patterns.json").read_text("utf-8"))


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: repr(case["pattern"]))
def test_the_vectors_are_what_re_match_says(case: dict[str, object]) -> None:
    expression = re.compile(str(case["pattern"]))
    assert [text for text in VECTORS["texts"] if expression.match(text)] == case["matches"]
