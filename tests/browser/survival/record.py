"""What was seen of each state, kept in ``build/survival.json``, and the README's table of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.browser.survival.states import FILE, HOSTS, STATES

ROOT = Path(__file__).parents[3]
FILE_NAME = ROOT / "build" / "survival.json"
README = ROOT / "README.md"
BEGIN, END = "<!-- survival -->\n", "<!-- /survival -->\n"
PANELS = ("curve", "diagram")

# By state, host and panel: what the view was ("kind") and how it told its age ("words").
Seen = dict[str, dict[str, dict[str, dict[str, str]]]]


class Record:
    """Collects what the tests have seen, and how long it took."""

    def __init__(self) -> None:
        self.seen: Seen = {}
        self.figures: dict[str, Any] = {}

    def add(self, state: str, host: str, panel: str, kind: str, words: str) -> None:
        """Keep what was seen of a panel."""
        self.seen.setdefault(state, {}).setdefault(host, {})[panel] = {"kind": kind, "words": words}

    def is_complete(self) -> bool:
        """Return whether every state was seen in every host that knows it."""
        return all(
            set(self.seen.get(state.name, {}).get(host, {})) == set(PANELS) for state in STATES for host in state.kinds
        )

    def write(self) -> None:
        """Write the file, over what an earlier run has left."""
        FILE_NAME.parent.mkdir(exist_ok=True)
        FILE_NAME.write_text(json.dumps({"seen": self.seen, "figures": self.figures}, indent=1) + "\n", "utf-8")


def table(seen: Seen) -> str:
    """Return the README's table: a state a line, and what curve and diagram were there."""
    names = [host for host in HOSTS if host != FILE]
    lines = [["what happens", *names, "and says"], ["---"] * (len(names) + 2)]
    for state in STATES:
        hosts = seen[state.name]
        cells = [_cell(hosts.get(host) or hosts.get(FILE) or {}) for host in names]
        first = next(iter(hosts.values()))
        lines.append([state.name, *cells, f"“{first['curve']['words']}”"])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def readme_table() -> str:
    """Return the table that the README has.

    Raises
    ------
    ValueError
        If the README has no place for it.
    """
    _, begun, rest = README.read_text("utf-8").partition(BEGIN)
    found, ended, _ = rest.partition(END)
    if not begun or not ended:
        raise ValueError(f"{README} has no lines {BEGIN.strip()} and {END.strip()}, between which the table stands")
    return found


def main() -> None:
    """Write the last run's table into the README."""
    seen = json.loads(FILE_NAME.read_text("utf-8"))["seen"]
    text = README.read_text("utf-8")
    README.write_text(text.replace(BEGIN + readme_table() + END, BEGIN + table(seen) + END), "utf-8")


def _cell(panels: dict[str, dict[str, str]]) -> str:
    """One word where curve and diagram are alike."""
    kinds = [panels[panel]["kind"] for panel in PANELS]
    return kinds[0] if kinds[0] == kinds[1] else f"curve {kinds[0]}, diagram {kinds[1]}"


if __name__ == "__main__":
    main()
