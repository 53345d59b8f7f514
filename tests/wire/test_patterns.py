"""The page's own regular expressions find what Python's find: the vectors that they are held to."""

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


@pytest.mark.parametrize("case", VECTORS["searches"], ids=lambda case: f"{case['pattern']!r} {case['ignore_case']}")
def test_the_vectors_are_what_re_search_finds(case: dict[str, object]) -> None:
    expression = re.compile(str(case["pattern"]), re.IGNORECASE if case["ignore_case"] else 0)
    found = [expression.search(name) for name in VECTORS["names"]]
    assert [match and [match.start(), match[0], list(match.groups())] for match in found] == case["found"]
