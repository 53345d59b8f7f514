"""Plays every fault with every writer and writes the page (``make faults``); takes some minutes."""

from __future__ import annotations

from tests.faults_page import versions
from tests.writer.faults.page import PAGE, WRITERS, page
from tests.writer.faults.scenarios import SCENARIOS, remains_of, told_of
from tests.writer.faults.tmpfs import check_mounting
from tests.writer.strace import check_tracing


def main() -> None:
    """Write the page, and print what comes to stand there."""
    check_mounting()
    check_tracing()
    told = {}
    for scenario in SCENARIOS:
        print(scenario.fault)
        for module, name in WRITERS.items():
            told[scenario.fault, module] = told_of(scenario, remains_of(scenario, module))
            print(f"    {name}: {told[scenario.fault, module]}", flush=True)
    packages = ("torch", "tensorboard", "tensorboardX", "tbnotebook")
    PAGE.write_text(page(SCENARIOS, told, versions(packages)), encoding="utf-8")


if __name__ == "__main__":
    main()
