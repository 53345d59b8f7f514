"""What the pages of faults have in common: a table whose rows name the test that proves ours. Pure functions."""

from __future__ import annotations

import ast
import platform
import re
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

_ROW = re.compile(r"^\| ([^|]+) \|(?: [^|]+ \|)+ \[`([^`|]+)`\]", re.MULTILINE)


def table(columns: Sequence[str], rows: Iterable[tuple[str, Sequence[str], str]]) -> str:
    """Return the table: of each row the fault, a cell a column, and the proof, ``"file.py::test"`` beside the page."""
    lines = [["fault", *columns, "the test that proves ours"]]
    lines += [["---"] * len(lines[0])]
    for fault, cells, proof in rows:
        file, _, test = proof.partition("::")
        lines.append([fault, *cells, f"[`{file}::{test}`]({file})"])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def rows_of(text: str) -> list[tuple[str, str]]:
    """Return fault and proof of each row of a page."""
    return _ROW.findall(text)


def versions(packages: Iterable[str]) -> str:
    """Tell the versions of packages, of Python and of the system."""
    known = {package: version(package) for package in packages}
    known |= {"Python": platform.python_version(), platform.system(): platform.release()}
    return ", ".join(f"{package} {number}" for package, number in known.items())


def names_of_tests(file: Path) -> set[str]:
    """Return the names of a file's tests."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return {node.name for node in body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
