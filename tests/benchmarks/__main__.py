"""``python -m tests.benchmarks``: ours beside the peers, as a table and as ``build/bench.json``.

Each module ``*_cases`` of this folder has a function ``cases() -> list[Row]``. Names given as arguments choose among
the modules: ``python -m tests.benchmarks reader view``.
"""

from __future__ import annotations

import json
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks.row import Row

RESULT = Path("build/bench.json")


def main(chosen: list[str]) -> None:
    """Run the cases and tell the result."""
    modules = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    rows: list[Row] = []
    for name in modules:
        room, _, kind = name.partition("_")
        if kind == "cases" and (not chosen or room in chosen):
            rows += import_module(f"tests.benchmarks.{name}").cases()
    print(table(rows))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps([as_json(row) for row in rows], indent=1) + "\n")


def as_json(row: Row) -> dict[str, object]:
    """Return a row as `bench.json` keeps it."""
    figures = {"ours": row.ours, "peer": row.peer, "ratio": row.ratio}
    rounded = {name: value if value is None else float(f"{value:.6g}") for name, value in figures.items()}
    return {"name": row.name, **rounded, "unit": row.unit}


def table(rows: list[Row]) -> str:
    """Return the rows as text in columns."""
    lines = [("", "ours", "peer", "ratio", "")]
    lines += [(row.name, number(row.ours), number(row.peer), number(row.ratio), row.unit) for row in rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join([name.ljust(widths[0]), *(text.rjust(width) for text, width in zip(figures, widths[1:4])), unit])
        for name, *figures, unit in lines
    )


def number(value: float | None) -> str:
    """Return a figure with three digits that count, a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    main(sys.argv[1:])
