"""The page of faults: its text from what was told of each scenario. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.faults_page import table
from tests.writer.faults.scenarios import Scenario

PAGE = Path(__file__).with_name("README.md")
WRITERS = {"torch.utils.tensorboard": "torch", "tensorboardX": "tensorboardX", "tbnotebook": "tbnotebook"}


def page(scenarios: Sequence[Scenario], told: Mapping[tuple[str, str], str], versions: str) -> str:
    """Return the page.

    Parameters
    ----------
    told
        By a scenario's fault and a writer's module what it left, in a few words.
    versions
        Of the packages.
    """
    rows = [(each.fault, [told[each.fault, module] for module in WRITERS], each.proof) for each in scenarios]
    return f"""# What a fault costs

{table(list(WRITERS.values()), rows)}

`make faults` made this page: the same small program (`acts.py`) runs in a fresh process with each package's \
`SummaryWriter`, something happens to it, and what stands in its event files is compared with what it logged. Where \
chance plays a part the median of several attempts is given, for the time of a call the best of five half seconds; a \
program without an end after 20 s is killed and said to deadlock, and a file with bytes that no plain reader passes is \
torn.

Versions: {versions}.
"""
