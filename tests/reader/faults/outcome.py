"""What a reader made of a fault, in figures and in a few words. Pure functions."""

from __future__ import annotations

import signal
from collections import Counter
from dataclasses import dataclass
from typing import Any

from tests.reader.faults.logs import Points
from tests.reader.faults.play import Seen

_RAISED = {
    "ServerEndedError": "server dies",
    "ServerSilentError": "server does not answer",
    "LoaderEndedError": "reading panics",
}


@dataclass(frozen=True)
class Outcome:
    """What a reader made of a fault.

    Attributes
    ----------
    right
        Points shown of those that are to be shown, of which there are ``wanted``.
    former
        Points shown that were logged and are not to be shown, or no longer.
    wrong
        Points shown that nobody logged.
    runs
        Runs shown, where ``runs_wanted`` are there.
    late
        Of the ``late_wanted`` points that were appended afterwards those that are shown.
    raised
        What reading raised first; empty if nothing was.
    hung
        It had to be ended.
    died
        What ended it; empty if nothing did.
    marked
        What it says it could not read, by kind.
    """

    right: int = 0
    wanted: int = 0
    former: int = 0
    wrong: int = 0
    runs: int = 0
    runs_wanted: int = 0
    late: int = 0
    late_wanted: int = 0
    raised: str = ""
    hung: bool = False
    died: str = ""
    marked: tuple[tuple[str, int], ...] = ()


def points_of(curves: dict[str, dict[str, Points]]) -> dict[str, Counter[tuple[int, float]]]:
    """Return step and value of each point of a run, whatever its tag."""
    return {
        run: Counter((step, value) for points in tags.values() for step, value in points)
        for run, tags in curves.items()
    }


def outcome_of(seen: Seen) -> Outcome:
    """Judge what a reader showed by what the files hold."""
    log, late, looks = seen.log, seen.late, seen.looks
    complete = len(looks) == seen.wanted
    ended: dict[str, Any] = {
        "hung": not complete and seen.exit is None,
        "died": "" if complete or seen.exit is None else _end(seen),
        "raised": next((look["raised"] for look in looks if look["raised"]), ""),
        "wanted": sum(map(len, log.points.values())),
        "late_wanted": len(late),
    }
    if seen.at_fault is None:
        return Outcome(**ended)
    shown = points_of(seen.at_fault["curves"])
    right = former = wrong = 0
    for run in shown.keys() & log.points.keys():
        sound = Counter(log.points[run])
        rest = shown[run] - sound
        right += (shown[run] & sound).total()
        former += (rest & Counter(log.former.get(run, []))).total()
        wrong += (rest - Counter(log.former.get(run, []))).total()
    last = points_of(looks[-1]["curves"]) if complete else {}
    return Outcome(
        **ended,
        right=right,
        former=former,
        wrong=wrong,
        runs=len(shown),
        runs_wanted=len(log.points),
        late=(Counter(late) & sum(last.values(), Counter())).total() if late else 0,
        marked=tuple(sorted(Counter(kind for kind, *_ in looks[-1]["problems"]).items())),
    )


def all_of(count: int, *, late: int = 100, runs: int = 1, marked: tuple[tuple[str, int], ...] = ()) -> Outcome:
    """Return the outcome of a reader that shows all points there are, and nothing else."""
    return Outcome(count, count, runs=runs, runs_wanted=runs, late=late, late_wanted=late, marked=marked)


def words_of(outcome: Outcome, former: str = "outdated") -> str:
    """Say an outcome in a few words, one of them for what a former point is."""
    words = ["no end within 20 s"] * outcome.hung
    words += [f"dies of {outcome.died}"] * bool(outcome.died)
    words += [_RAISED.get(outcome.raised, f"raises {outcome.raised}")] * bool(outcome.raised)
    if not (outcome.hung or outcome.died):  # else nothing was told of what it shows
        words += [f"**{outcome.right}** of {outcome.wanted}"]
        words += [f"{outcome.former} {former}"] * bool(outcome.former)
        words += [f"{outcome.wrong} wrong"] * bool(outcome.wrong)
        if outcome.runs and outcome.runs != outcome.runs_wanted:
            words += [f"{outcome.runs} run{'s' * (outcome.runs > 1)} instead of {outcome.runs_wanted}"]
        words += [f"later {outcome.late} of {outcome.late_wanted}"] * bool(outcome.late_wanted)
    words += [f"marks {count} {kind}" for kind, count in outcome.marked]
    return ", ".join(words)


def _end(seen: Seen) -> str:
    assert seen.exit is not None
    if seen.exit < 0:
        return signal.Signals(-seen.exit).name
    lines = seen.errors.strip().splitlines() or ["an error that it does not tell"]
    return lines[-1].partition(":")[0]
