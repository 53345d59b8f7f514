"""How much of a log has room in a frame: about what its parts take, and which share each series has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tbnotebook.wire.digest import Outline

POINT_BYTES = 20
THINNED_BYTES = 24  # of one that tells its place in the series
PART_BYTES = 220  # about what a part and a run's facts take as JSON, but for the names
RUN_BYTES = 240
SHORT = 64  # points up to which parts are packed together


@dataclass(frozen=True)
class RunGraph:
    """A graph of a run: its newest one, or under a name of its own one that it has besides."""

    run: int
    version: int
    outline: Outline
    name: str = ""

    @property
    def key(self) -> tuple[int, str]:
        """What tells it from all others."""
        return self.run, self.name

    @property
    def facts(self) -> dict[str, Any]:
        """As a frame has it, without the version."""
        named = {"name": self.name} if self.name else {}
        return {"run": self.run, "graph": self.outline.columns, **named}


def fitting(graphs: Sequence[RunGraph], room: int, measure: Callable[[Outline], int]) -> list[RunGraph]:
    """The first graphs that fit together, those that are too large cut to their outer boxes."""
    kept = []
    for graph in graphs:
        if (outline := graph.outline.within(room, measure)) is not None:
            kept.append(replace(graph, outline=outline))
            room -= measure(outline)
    return kept


def limit_of(lengths: list[int], budget: int, least: int, *, places: bool = False) -> int | None:
    """Points that each series may have so that a frame keeps within its bytes, or None where all fit.

    What short series leave of their share goes to the long ones. With `places` those that are thinned tell theirs.
    """
    if sum(lengths) <= budget // POINT_BYTES:
        return None
    room = budget // (THINNED_BYTES if places else POINT_BYTES)
    for index, length in enumerate(sorted(lengths)):
        share = room // (len(lengths) - index)
        if length > share:
            return max(share, least)
        room -= length
    return None
