"""The page of faults: its text from what was told of each scenario. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.faults_page import table
from tests.reader.faults.scenarios import Scenario

PAGE = Path(__file__).with_name("README.md")
READERS = {
    "tensorboard": "TensorBoard (Python)",
    "rustboard": "RustBoard",
    "tbparse": "tbparse",
    "tbnotebook": "tbnotebook",
}


def page(scenarios: Sequence[Scenario], told: Mapping[tuple[str, str], str], versions: str) -> str:
    """Return the page.

    Parameters
    ----------
    told
        By a scenario's fault and a reader's name what it showed, in a few words.
    versions
        Of the packages.
    """
    rows = [(each.fault, [told[each.fault, reader] for reader in READERS], each.proof) for each in scenarios]
    return f"""# What a fault costs a reader

{table(list(READERS.values()), rows)}

`make faults` made this page: event files are made with a fault in them, on a disk in memory where there is one, or \
changed under a reader that has looked once, and each reader looks at them in a fresh process. A file has 1000 points \
and the fault stands at the 500th where nothing else is said. **500** of 999 means that 999 points are sound and on \
the disk, and 500 of them are shown. *Later 0 of 100* tells whether what is appended afterwards comes to be shown. \
*Wrong* is a point that nobody logged, *outdated* one that was logged and is void or no longer there; *marks* is what \
the reader itself says it could not read, where it has a place for that: TensorBoard and RustBoard have only their \
console. A reader that has not done after 20 s is ended.

TensorBoard (Python) is the loader behind `tensorboard --load_fast=false`, and its thread ends with what the reading \
raises; RustBoard (tensorboard-data-server) is what `tensorboard` starts where it is installed, as a server of its own \
that reads again each second; tbparse reads once, so it begins anew for each look. Memory is what comes on top of the \
loaded package, for RustBoard the whole server's, as are its 512 MiB; open files include the standard streams and the \
one by which they are counted; times are of one run on one machine.

Versions: {versions}.
"""
