"""The page of faults: its text from what was told of each scenario, and what it names. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.writer.faults.scenarios import Scenario

PAGE = Path(__file__).with_name("README.md")
WRITERS = {"torch.utils.tensorboard": "torch", "tensorboardX": "tensorboardX", "tbnotebook": "tbnotebook"}
_ROW = re.compile(r"^\| ([^|]+) \|(?: [^|]+ \|){3} \[`([^`|]+)`\]", re.MULTILINE)


def page(scenarios: Sequence[Scenario], told: Mapping[tuple[str, str], str], versions: Mapping[str, str]) -> str:
    """Return the page.

    Parameters
    ----------
    told
        By a scenario's fault and a writer's module what it left, in a few words.
    versions
        By package.
    """
    header = ["fault", *WRITERS.values(), "the test that proves ours"]
    rows = [header, ["---"] * len(header)]
    for scenario in scenarios:
        file, _, test = scenario.proof.partition("::")
        cells = [told[scenario.fault, module] for module in WRITERS]
        rows.append([scenario.fault, *cells, f"[`{file}::{test}`]({file})"])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    packages = ", ".join(f"{package} {version}" for package, version in versions.items())
    return f"""# What a fault costs

{table}

`make faults` made this page: the same small program (`acts.py`) runs in a fresh process with each package's \
`SummaryWriter`, something happens to it, and what stands in its event files is compared with what it logged. Where \
chance plays a part the median of several attempts is given, for the time of a call the best of five half seconds; a \
program without an end after 20 s is killed and said to deadlock, and a file with bytes that no plain reader passes is \
torn.

Versions: {packages}.
"""


def rows_of(text: str) -> list[tuple[str, str]]:
    """Return fault and proof of each row of a page."""
    return _ROW.findall(text)
