"""The page names what is there; its figures are a machine's and are not compared."""

from __future__ import annotations

import pytest

from tests.faults_page import names_of_tests, rows_of
from tests.reader.faults.page import PAGE, READERS, page
from tests.reader.faults.scenarios import SCENARIOS

ROWS = [(scenario.fault, scenario.proof) for scenario in SCENARIOS]


def test_it_names_exactly_the_scenarios_there_are() -> None:
    assert rows_of(PAGE.read_text(encoding="utf-8")) == ROWS


def test_its_rows_are_read_as_they_are_written() -> None:
    told = {(scenario.fault, reader): f"{reader}, **1** of 2" for scenario in SCENARIOS for reader in READERS}
    made = page(SCENARIOS, told, "tensorboard 2.20")
    assert rows_of(made) == ROWS
    assert made.count("rustboard, **1** of 2") == len(SCENARIOS)


@pytest.mark.parametrize("proof", {scenario.proof: None for scenario in SCENARIOS})
def test_each_test_it_names_exists(proof: str) -> None:
    file, _, name = proof.partition("::")
    assert name in names_of_tests(PAGE.parent / file)
