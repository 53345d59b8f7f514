"""Plays every fault with every writer and writes the page (``make faults``); takes some minutes."""

from __future__ import annotations

import platform
from importlib.metadata import version

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
    versions = {package: version(package) for package in ("torch", "tensorboard", "tensorboardX", "tbnotebook")}
    versions |= {"Python": platform.python_version(), platform.system(): platform.release()}
    PAGE.write_text(page(SCENARIOS, told, versions), encoding="utf-8")


if __name__ == "__main__":
    main()
