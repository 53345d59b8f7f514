"""What runs were given, as frames tell it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from tbnotebook.events.hparams import PLUGIN
from tbnotebook.wire.source import RunSource

MOST, LONGEST = 1000, 1000  # hyperparameters of a run, and characters of each
_RUN, _VALUE = 40, 28  # about the bytes of a run and of each of its values as JSON


class HParamsFacts:
    """The hyperparameters of a log's runs: read from the files only where they have changed."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[object, dict[str, Any] | None]] = {}

    def of(self, name: str, number: int, run: RunSource) -> dict[str, Any] | None:
        """Return what the newest attempt was given; None if nothing says so."""
        attempt = run.attempts[-1] if run.attempts else None
        if attempt is None or PLUGIN not in attempt.kinds:
            self._known.pop(name, None)
            return None
        version = number, {tag: (one.generation, len(one)) for tag, one in attempt.located(PLUGIN).items()}
        known = self._known.get(name)
        if known is None or known[0] != version:
            given = attempt.hparams
            facts = None
            if given is not None:
                pairs = list(given.values.items())[:MOST]
                values = [[_clipped(key), _plain(value)] for key, value in pairs]
                facts = {"run": number, "values": values, "metrics": list(given.metrics)[:MOST]}
            known = self._known[name] = version, facts
        return known[1]


def nothing_given(run: int) -> dict[str, Any]:
    """The facts of a run that no longer says what it was given."""
    return {"run": run, "values": [], "metrics": []}


def given_size(facts: Iterable[dict[str, Any] | None]) -> int:
    """About the bytes as JSON of what runs were given."""
    return sum(_RUN + _VALUE * (len(each["values"]) + len(each["metrics"])) for each in facts if each is not None)


def _plain(value: Any) -> Any:
    """A value as JSON has it: what is no finite number goes by its name."""
    if isinstance(value, str):
        return _clipped(value)
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"}
    return value


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
