"""``python -m tests.writer.safeguards``: take out each safeguard, see its test fail, make the page.

Words after it choose the safeguards whose names hold one of them; the page is left as it is then.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.writer.safeguards.page import PAGE, made_of
from tests.writer.safeguards.table import SAFEGUARDS
from tests.writer.safeguards.trial import PATIENCE, Trial


def main(words: list[str]) -> int:
    """Return a process's exit code: 1 where some test passes without its safeguard, or fails with it."""
    chosen = [each for each in SAFEGUARDS if not words or any(word in each.name for word in words)]
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder))
        failure = trial.failures(sorted({each.test for each in chosen}), PATIENCE)
        if failure:
            print(f"With all safeguards in place: {failure}", file=sys.stderr)
            return 1
        outcomes = []
        for safeguard in chosen:
            failure = trial.without(safeguard)
            outcomes.append((safeguard, bool(failure)))
            print(f"{safeguard.name}: {failure or 'PASSES WITHOUT IT'}", file=sys.stderr, flush=True)
    page = made_of(outcomes)
    print(page)
    if not words:
        PAGE.write_text(page, encoding="utf-8")
    return int(not all(fails for _, fails in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
