"""The groups of a log's runs by one rule, and their colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tbnotebook.events.hparams import PLUGIN
from tbnotebook.wire.seeds import HPARAM, Given, Seeds, seeds_of
from tbnotebook.wire.source import LogSource


class Grouping:
    """Which runs of a log are one experiment by a rule (see `tbnotebook.wire.seeds_of`).

    Attributes
    ----------
    colors : dict
        By the name of a group the index of its colour: groups have colours of their own, in their order.
    """

    def __init__(self, log: LogSource, rule: str) -> None:
        self._rule = rule
        self._given = _given(log) if rule.startswith(HPARAM) else {}
        whole = [name for name, run in log.runs.items() if run.parent is None]
        self.colors = {group.name: number for number, group in enumerate(self.of(whole))}

    def of(self, names: Sequence[str]) -> list[Seeds]:
        """Return the groups of some of the runs."""
        return seeds_of(names, self._rule, self._given)


def _given(log: LogSource) -> Given:
    """What the runs were given.

    What `add_hparams` tells stands in a run of its own, a part of the one that called it. Of a run that called it more
    than once nothing can be said.
    """
    told: dict[str, list[Mapping[str, bool | float | str | None]]] = {}
    for name, run in log.runs.items():
        newest = run.attempts[-1] if run.attempts else None
        given = newest.hparams if newest is not None and PLUGIN in newest.kinds else None
        if given is not None and given.values:
            told.setdefault(run.parent or name, []).append(given.values)
    return {name: sessions[0] for name, sessions in told.items() if len(sessions) == 1}
