"""What the README promises is proven by tests that it names."""

from __future__ import annotations

import re

from tests.faults_page import names_of_tests
from tests.writer.programs import REPOSITORY


def test_the_readme_has_a_test_that_exists_for_each_promise() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    promises = dict(re.findall(r"^- \*\*(P\d)\*\* (.*)$", readme, re.MULTILINE))
    assert list(promises) == ["P1", "P2", "P3", "P4", "P5", "P6"]
    for promise in promises.values():
        named = re.findall(r"\[`(test_\w+)`\]\((tests/[\w/]+\.py)\)", promise)
        assert named, promise
        assert [name for name, file in named if name not in names_of_tests(REPOSITORY / file)] == []
