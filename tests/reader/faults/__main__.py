"""Plays every fault with every reader and writes the page (``make faults``); takes some minutes."""

from __future__ import annotations

import os

from tests.faults_page import versions
from tests.reader.faults.outcome import outcome_of, words_of
from tests.reader.faults.page import PAGE, READERS, page
from tests.reader.faults.play import seen_by
from tests.reader.faults.scenarios import SCENARIOS, Scenario


def told_of(reader: str, scenario: Scenario) -> str:
    """Say in a few words what a reader made of a fault."""
    seen = seen_by(reader, scenario)
    words = [words_of(outcome_of(seen), scenario.former)]
    if seen.at_fault is not None:
        words.append(scenario.remark(seen.at_fault))
    return ", ".join(filter(None, words))


def main() -> None:
    """Write the page, and print what comes to stand there."""
    if os.getuid() != 0:
        raise SystemExit("make faults: run as root, which alone may drop rights and try what is forbidden then")
    told = {}
    for scenario in SCENARIOS:
        print(scenario.fault)
        for reader, name in READERS.items():
            told[scenario.fault, reader] = told_of(reader, scenario)
            print(f"    {name}: {told[scenario.fault, reader]}", flush=True)
    packages = ("tensorboard", "tensorboard-data-server", "tbparse", "tbnotebook")
    PAGE.write_text(page(SCENARIOS, told, versions(packages)), encoding="utf-8")


if __name__ == "__main__":
    main()
