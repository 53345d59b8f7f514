"""The page names what is there; its figures are a machine's and are not compared."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.writer.faults.page import PAGE, WRITERS, page, rows_of
from tests.writer.faults.scenarios import SCENARIOS
from tests.writer.programs import REPOSITORY


def tests_in(file: Path) -> set[str]:
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return {node.name for node in body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_it_names_exactly_the_scenarios_there_are() -> None:
    assert rows_of(PAGE.read_text(encoding="utf-8")) == [(each.fault, each.proof) for each in SCENARIOS]


def test_its_rows_are_read_as_they_are_written() -> None:
    told = {(scenario.fault, module): f"{module}, 1 of 2 lost" for scenario in SCENARIOS for module in WRITERS}
    made = page(SCENARIOS, told, {"torch": "2.4"})
    assert rows_of(made) == [(scenario.fault, scenario.proof) for scenario in SCENARIOS]
    assert made.count("tensorboardX, 1 of 2 lost") == len(SCENARIOS)


@pytest.mark.parametrize("proof", [scenario.proof for scenario in SCENARIOS])
def test_each_test_it_names_exists_and_proves_one_fault(proof: str) -> None:
    file, _, name = proof.partition("::")
    assert name in tests_in(PAGE.parent / file)
    assert [scenario.proof for scenario in SCENARIOS].count(proof) == 1


def test_the_tests_that_the_readme_names_exist() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"\]\((tests/[\w/]+\.py) \"(test_\w+)\"\)", readme)
    promised = re.findall(r"^\| P(\d) \|.*\(tests/", readme, re.MULTILINE)
    assert promised == ["1", "2", "3", "4", "5"]
    for file, name in named:
        assert name in tests_in(REPOSITORY / file), name
