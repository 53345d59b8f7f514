"""The layouts of custom scalars that the runs of a log have, as a fact of its frames."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tbnotebook.wire.source import CategorySource, LogSource

ROOM = 1 << 16  # bytes as JSON; so many charts nobody looks at


class Layouts:
    """Each layout once, whatever the number of runs that have it; lives as long as what frames are made of."""

    def __init__(self, log: LogSource) -> None:
        self._log = log
        self._seen: list[Sequence[CategorySource]] = []
        self._facts: dict[str, Any] | None = None

    def facts(self) -> dict[str, Any] | None:
        """How many layouts there are and those that there is room for; the same object while nothing has changed.

        None as long as no run has had one.
        """
        layouts = [run.layout for run in self._log.runs.values() if run.layout]
        if layouts != self._seen:
            self._seen = layouts
            different = list(dict.fromkeys(tuple(layout) for layout in layouts))
            self._facts = {"count": len(different), "items": _fitting([_plain(layout) for layout in different])}
        return self._facts


def size_of(facts: dict[str, Any]) -> int:
    """Bytes as JSON."""
    return len(json.dumps(facts, separators=(",", ":")))


def _plain(layout: Sequence[CategorySource]) -> list[dict[str, Any]]:
    return [
        {
            "title": category.title,
            "closed": category.closed,
            "charts": [
                {
                    "title": chart.title,
                    "tags": list(chart.tags),
                    "margins": [[margin.value, margin.lower, margin.upper] for margin in chart.margins],
                }
                for chart in category.charts
            ],
        }
        for category in layout
    ]


def _fitting(layouts: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    kept, room = [], ROOM
    for layout in layouts:
        size = len(json.dumps(layout, separators=(",", ":")))
        if size <= room:
            kept.append(layout)
            room -= size
    return kept
