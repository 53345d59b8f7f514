"""The page names what is there; its figures are a machine's and are not compared."""

from __future__ import annotations

import pytest

from tests.faults_page import names_of_tests, rows_of
from tests.writer.faults.page import PAGE, WRITERS, page
from tests.writer.faults.scenarios import SCENARIOS


def test_it_names_exactly_the_scenarios_there_are() -> None:
    assert rows_of(PAGE.read_text(encoding="utf-8")) == [(each.fault, each.proof) for each in SCENARIOS]


def test_its_rows_are_read_as_they_are_written() -> None:
    told = {(scenario.fault, module): f"{module}, 1 of 2 lost" for scenario in SCENARIOS for module in WRITERS}
    made = page(SCENARIOS, told, "torch 2.4")
    assert rows_of(made) == [(scenario.fault, scenario.proof) for scenario in SCENARIOS]
    assert made.count("tensorboardX, 1 of 2 lost") == len(SCENARIOS)


@pytest.mark.parametrize("proof", [scenario.proof for scenario in SCENARIOS])
def test_each_test_it_names_exists_and_proves_one_fault(proof: str) -> None:
    file, _, name = proof.partition("::")
    assert name in names_of_tests(PAGE.parent / file)
    assert [scenario.proof for scenario in SCENARIOS].count(proof) == 1
