"""What became of the events of an act, in figures and in a few words. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tbnotebook.events.loss import Loss, parse_loss
from tbnotebook.events.schema import Event
from tests.events.reading import sound_start
from tests.writer.faults.performance import Remains


@dataclass(frozen=True)
class Outcome:
    """What a fault cost.

    Attributes
    ----------
    logged
        Events that were given to the writer.
    missing
        The steps of each tag that are in no file.
    repeated
        Events that are in the files more than once.
    torn
        Bytes at the files' ends, or behind damage, that no plain reader can use.
    raised
        The exception that came out of the constructor, of the training or of ``close()``; empty if none did.
    hung
        What did not end: ``"child"``, ``"training"``, ``"close()"``.
    died_of
        The exception that ended the whole program; empty if none did.
    warnings
        What the writer warned of.
    told
        What the files themselves tell of losses.
    """

    logged: int
    missing: dict[str, list[int]]
    repeated: int
    torn: int
    raised: str
    hung: tuple[str, ...]
    died_of: str
    warnings: list[str]
    told: list[Loss]

    @property
    def lost(self) -> int:
        """Events that are in no file."""
        return sum(map(len, self.missing.values()))


def outcome_of(remains: Remains) -> Outcome:
    """Judge what is left of an act by what it was to log."""
    told = remains.told
    starts = [sound_start(data) for data in remains.files.values()]
    events = [Event.FromString(payload) for payloads, _ in starts for payload in payloads]
    found = Counter((value.tag.decode(), event.step) for event in events for value in event.summary.value)
    logged: dict[str, int] = told.get("logged", {})
    losses = [parse_loss(event.log_message.message) for event in events if event.HasField("log_message")]
    return Outcome(
        logged=sum(logged.values()),
        missing={tag: [step for step in range(count) if (tag, step) not in found] for tag, count in logged.items()},
        repeated=sum(count - 1 for count in found.values()),
        torn=sum(rest for _, rest in starts),
        raised=told.get("constructor", told.get("raised", "")),
        hung=_hung(remains),
        died_of=_last_error(remains.errors) if remains.exit and remains.exit > 0 else "",
        warnings=told.get("warned", []),
        told=[loss for loss in losses if loss is not None],
    )


def median(outcomes: Sequence[Outcome]) -> Outcome:
    """Return the outcome that is in the middle by what was lost."""
    return sorted(outcomes, key=lambda outcome: outcome.lost)[len(outcomes) // 2]


def words_of(outcome: Outcome) -> str:
    """Say an outcome in a few words."""
    words = [f"{who} deadlocks" for who in outcome.hung]
    words += [f"raises {outcome.raised}"] * bool(outcome.raised)
    words += [f"dies of {outcome.died_of}"] * bool(outcome.died_of)
    if outcome.logged and not set(outcome.hung) - {"child"}:  # else nobody knows what was to come
        words += [f"{outcome.lost} of {outcome.logged} lost"]
        words += [f"{outcome.repeated} repeated"] * bool(outcome.repeated)
        words += ["file torn"] * bool(outcome.torn)
    count = len(outcome.warnings)
    words += [f"{count} warning{'s' * (count > 1)}"] * bool(count)
    return ", ".join(words)


def _hung(remains: Remains) -> tuple[str, ...]:
    child = ("child",) * bool(remains.told.get("child_hung"))
    if remains.exit is not None:
        return child
    return (*child, "close()" if "closing" in remains.told else "training")


def _last_error(errors: str) -> str:
    lines = errors.strip().splitlines() or ["an error that it does not tell"]
    return lines[-1].partition(":")[0]
