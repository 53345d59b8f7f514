"""Which runs a view's options show, and in which colours: as the page does it (`panels/run-colors.ts`)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from tbnotebook.wire.source import LogSource

Color = int | str
"""An index into the palette, or ``#rrggbb``."""

_UNGROUPED = 8  # the palette's slate: of runs that are in no group


def hidden_runs(log: LogSource, options: Mapping[str, Any]) -> set[str]:
    """Return the names of the runs that are hidden, or that the option `runs` does not match."""
    try:
        matches = re.compile(options["runs"], re.IGNORECASE).search
    except re.error:
        matches = re.compile(re.escape(options["runs"]), re.IGNORECASE).search
    folder = re.split(r"[/\\]", log.path.rstrip("/\\"))[-1]
    filtered = {name for name in log.runs if not matches(folder if name == "." else name)}
    return filtered | set(options["hidden"])


def chosen_colors(own: Mapping[str, int], options: Mapping[str, Any]) -> dict[str, Color]:
    """Return each run's colour: its own, its group's, or what a person chose.

    Parameters
    ----------
    own : mapping
        Run name → the index of its own colour, in the order in which groups take colours.
    options : mapping
        A view's; of them `colors` and `color_by`.
    """
    group_of = _grouper(options["color_by"])
    groups: dict[str, int] = {}
    found: dict[str, Color] = {}
    for name, index in own.items():
        usual: Color = index
        if group_of is not None:
            group = group_of(name)
            usual = _UNGROUPED if group is None else groups.setdefault(group, len(groups))
        found[name] = options["colors"].get(name, usual)
    return found


def _grouper(pattern: str) -> Callable[[str], str | None] | None:
    """What tells a run's group: the groups of the pattern in its name, or all that it matches."""
    if not pattern:
        return None
    try:
        expression = re.compile(pattern, re.IGNORECASE)
    except re.error:
        return None

    def group_of(name: str) -> str | None:
        match = expression.search(name)
        return None if match is None else json.dumps(match.groups() or match[0])

    return group_of
