"""The runs and colours that a view's options choose are those of the page."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tbnotebook.wire import DEFAULTS
from tbnotebook.wire.look import chosen_colors, hidden_runs

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "run-colors.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_colours_of_runs_are_as_the_page_chooses_them(case: dict[str, Any]) -> None:
    own = {name: index for index, name in enumerate(case["runs"])}
    assert list(chosen_colors(own, case).values()) == case["expected"]


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [("", ["a/seed0", "a/seed1", "."]), ("SEED1", ["a/seed1"]), ("logs", ["."]), ("(", [])],
)
def test_a_run_shows_where_its_name_matches_and_it_is_not_hidden(pattern: str, shown: list[str]) -> None:
    log: Any = SimpleNamespace(path="/home/a/logs/", runs=dict.fromkeys(["a/seed0", "a/seed1", ".", "hidden"]))
    hidden = hidden_runs(log, {**DEFAULTS, "runs": pattern, "hidden": ["hidden"]})
    assert [name for name in log.runs if name not in hidden] == shown
