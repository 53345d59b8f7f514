"""A list of safeguards as a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.safeguards.safeguard import Safeguard


@dataclass(frozen=True)
class Page:
    """Where the page of a room's safeguards lies, and how it begins."""

    room: str
    path: Path

    def made_of(self, outcomes: Iterable[tuple[Safeguard, bool]]) -> str:
        """Return the page: each safeguard with whether its test fails without it."""
        rows = [
            f"| {safeguard.name} | `{safeguard.test.partition('::')[2]}` | {'yes' if fails else '**no**'} |\n"
            for safeguard, fails in outcomes
        ]
        return self._head + "".join(rows)

    def names_on(self, page: str) -> list[str]:
        """Return the safeguards that a page names, in its order."""
        return [row.split(" | ")[0].removeprefix("| ") for row in page.removeprefix(self._head).splitlines()]

    @property
    def _head(self) -> str:
        return f"""# The safeguards of the {self.room}

Each is a few lines of the package. `make safeguards` takes out one at a time and runs the test beside it, which must
fail then; it makes this page.

| safeguard | test | fails without it |
|---|---|---|
"""
