"""The list of safeguards as a page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.writer.safeguards.safeguard import Safeguard

PAGE = Path(__file__).with_name("README.md")
_HEAD = """# The safeguards of the writer

Each is a few lines of the package. `make safeguards` takes out one at a time and runs the test beside it, which must
fail then; it makes this page.

| safeguard | test | fails without it |
|---|---|---|
"""


def made_of(outcomes: Iterable[tuple[Safeguard, bool]]) -> str:
    """Return the page: each safeguard with whether its test fails without it."""
    rows = [
        f"| {safeguard.name} | `{safeguard.test.partition('::')[2]}` | {'yes' if fails else '**no**'} |\n"
        for safeguard, fails in outcomes
    ]
    return _HEAD + "".join(rows)


def names_on(page: str) -> list[str]:
    """Return the safeguards that a page names, in its order."""
    return [row.split(" | ")[0].removeprefix("| ") for row in page.removeprefix(_HEAD).splitlines()]
