"""``python -m tests.safeguards [writer|reader] [word …]``: take out each safeguard, see its test fail, make the page.

Words choose the safeguards whose names hold one of them; the pages are left as they are then.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.safeguards.lists import LISTS
from tests.safeguards.page import Page
from tests.safeguards.safeguard import Safeguard
from tests.safeguards.trial import PATIENCE, Trial


def try_all(trial: Trial, safeguards: list[Safeguard]) -> list[tuple[Safeguard, bool]]:
    """Return for each safeguard whether its test fails without it; with all of them in place each test must pass."""
    failure = trial.failures(sorted({each.test for each in safeguards}), PATIENCE)
    if failure:
        raise SystemExit(f"With all safeguards in place: {failure}")
    outcomes = []
    for safeguard in safeguards:
        failure = trial.without(safeguard)
        outcomes.append((safeguard, bool(failure)))
        print(f"{safeguard.name}: {failure or 'PASSES WITHOUT IT'}", file=sys.stderr, flush=True)
    return outcomes


def make(page: Page, safeguards: list[Safeguard], words: list[str]) -> bool:
    """Try a list, print its page and, without words, write it; return whether every test fails as it should."""
    chosen = [each for each in safeguards if not words or any(word in each.name for word in words)]
    if not chosen:
        return True
    with tempfile.TemporaryDirectory() as folder:
        outcomes = try_all(Trial(Path(folder)), chosen)
    made = page.made_of(outcomes)
    print(made)
    if not words:
        page.path.write_text(made, encoding="utf-8")
    return all(fails for _, fails in outcomes)


def main(words: list[str]) -> int:
    """Return a process's exit code: 1 where some test passes without its safeguard, or fails with it."""
    rooms = {page.room for page, _ in LISTS}
    named = {words[0]} if words and words[0] in rooms else rooms
    rest = words[1:] if named != rooms else words
    good = [make(page, safeguards, rest) for page, safeguards in LISTS if page.room in named]
    return int(not all(good))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
