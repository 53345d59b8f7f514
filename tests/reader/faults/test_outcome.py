"""The judge of the faults sees what is missing, void, wrong, late, dead or marked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reader.faults.logs import Log, Points
from tests.reader.faults.outcome import all_of, outcome_of, words_of
from tests.reader.faults.play import Seen

LOG = Log({".": [(1, 1.0), (2, 2.0)]}, {".": [(3, 3.0)]})
LATE: Points = [(9, 9.0)]


def look(*points: tuple[int, float], raised: str = "", problems: Any = (), **runs: Points) -> dict[str, Any]:
    curves = {".": {"x": list(points)}} | {run: {"x": shown} for run, shown in runs.items()}
    return {"curves": curves, "raised": raised, "problems": problems}


def seen(*looks: dict[str, Any], exit: int | None = None, errors: str = "") -> Seen:
    return Seen(LOG, LATE, list(looks), 2, exit, errors)


BOTH = ((1, 1.0), (2, 2.0))


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (seen(look(*BOTH), look(*BOTH, *LATE)), "**2** of 2, later 1 of 1"),
        (seen(look((1, 1.0)), look((1, 1.0))), "**1** of 2, later 0 of 1"),
        (seen(look(*BOTH, (2, 2.0)), look(*BOTH)), "**2** of 2, 1 wrong, later 0 of 1"),
        (seen(look((1, 1.0), (2, 2.5)), look(*LATE)), "**1** of 2, 1 wrong, later 1 of 1"),
        (seen(look(*BOTH, (3, 3.0)), look()), "**2** of 2, 1 outdated, later 0 of 1"),
        (seen(look(*BOTH, other=[(1, 1.0)]), look()), "**2** of 2, 2 runs instead of 1, later 0 of 1"),
        (seen(look(*BOTH, raised="KeyError"), look(raised="OSError")), "raises KeyError, **2** of 2, later 0 of 1"),
        (seen(look(raised="ServerEndedError"), look()), "server dies, **0** of 2, later 0 of 1"),
        (seen(look(*BOTH), look(problems=[("damaged", 7, "no")])), "**2** of 2, later 0 of 1, marks 1 damaged"),
        (seen(), "no end within 20 s"),
        (seen(exit=-9), "dies of SIGKILL"),
        (seen(exit=1, errors="Traceback\nKeyError: 1\n"), "dies of KeyError"),
    ],
)
def test_it_says_what_a_reader_did(what: Seen, words: str) -> None:
    assert words_of(outcome_of(what)) == words


def test_a_reader_that_shows_all_and_nothing_else_is_told_from_others() -> None:
    assert outcome_of(seen(look(*BOTH), look(*BOTH, *LATE))) == all_of(2, late=1)
    assert outcome_of(seen(look(*BOTH, (3, 3.0)), look(*BOTH, *LATE))) != all_of(2, late=1)
