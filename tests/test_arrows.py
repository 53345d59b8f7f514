"""Who may know whom: the arrows of the house, held exactly."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "tbnotebook"
LONGEST_FILE = 400

# What a room's modules may import when they are imported.
MODULE_ARROWS = {
    "events": set(),
    "graph": {"events"},
    "tracer": {"graph", "events"},
    "writer": {"events"},
    "reader": {"graph", "events"},
    "wire": {"reader", "graph", "events"},
    "still": {"wire", "graph"},  # how a log becomes a picture; nobody below knows pictures
    "widget": {"wire", "still", "reader", "graph", "events"},
    "report": {"wire", "still", "reader", "graph", "events"},
    "": set(),  # the package itself: public names are imported when they are first used
}

# What functions may import besides, when they are called.
CALL_ARROWS = {
    "writer": {"tracer", "widget", "graph"},
    "tracer": {"widget"},
    "widget": {"report"},  # `view.save("x.html")` is a report of that one view
    "": {"widget"},  # load_ipython_extension registers the magics
}

# Packages that a room may import when it is imported, beyond the standard library; the heavy ones are named.
HEAVY = {"torch", "ipywidgets", "anywidget", "traitlets", "plotly", "PIL", "IPython", "nbconvert", "nbformat"} | {
    "nanoarrow",
    "pandas",
    "polars",
    "pyarrow",
}
HEAVY_ARROWS = {
    "tracer": {"torch"},
    "still": {"PIL"},
    "widget": {"ipywidgets", "anywidget", "traitlets", "IPython"},
    "report": {"nbconvert", "nbformat", "traitlets"},
}

FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path):
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def imports(path):
    """Yield (module, whether at import time, line) for every import of a file, but those for type checkers only."""
    module = ".".join(("tbnotebook", *path.relative_to(PACKAGE).with_suffix("").parts))
    pending = [(node, True) for node in ast.parse(path.read_text(encoding="utf-8")).body]
    while pending:
        node, at_import = pending.pop()
        if isinstance(node, ast.Import):
            yield from ((alias.name, at_import, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module.split(".")[: -node.level] if node.level else []
            origin = ".".join([*base, node.module] if node.module else base)
            # `from tbnotebook import writer` names a room only behind the import.
            names = [f"{origin}.{alias.name}" for alias in node.names] if origin == "tbnotebook" else [origin]
            yield from ((name, at_import, node.lineno) for name in names)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            pending += [(child, at_import) for child in node.orelse]
        else:
            inside = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            pending += [(child, at_import and not inside) for child in ast.iter_child_nodes(node)]


def test_the_rooms_are_those_that_have_arrows():
    assert {room_of(path) for path in FILES} == MODULE_ARROWS.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_file_imports_only_along_the_arrows(path):
    room = room_of(path)
    rooms = MODULE_ARROWS.keys() - {""}
    for name, at_import, line in imports(path):
        top, _, rest = name.partition(".")
        target = rest.partition(".")[0]
        if top == "tbnotebook" and target in rooms and target != room:
            allowed = MODULE_ARROWS[room] | (set() if at_import else CALL_ARROWS.get(room, set()))
            assert target in allowed, f"line {line}: {room or 'tbnotebook'} may not know {target}"
        elif at_import and top in HEAVY:
            assert top in HEAVY_ARROWS.get(room, set()), f"line {line}: importing {room} would import {top}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_torch_is_imported_in_the_tracer_and_in_the_writer_for_a_value_that_is_a_tensor(path):
    room = room_of(path)
    found = [
        line
        for name, at_import, line in imports(path)
        if name.partition(".")[0] == "torch" and (at_import or room != "writer")
    ]
    assert not found or room == "tracer", f"lines {found}: torch belongs to tracer/"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_file_is_short_enough_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST_FILE


@pytest.mark.parametrize(
    "statement", ["import tbnotebook", "from tbnotebook import SummaryWriter", "from tbnotebook import LogDir"]
)
def test_writing_and_reading_load_nothing_heavy(statement):
    script = f"{statement}\nimport sys\nprint(*sorted({HEAVY!r} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_the_walk_over_imports_sees_what_it_should(tmp_path, monkeypatch):
    sample = tmp_path / "reader" / "sample.py"
    sample.parent.mkdir()
    sample.write_text(
        "from typing import TYPE_CHECKING\n"
        "from tbnotebook import wire\n"
        "from ..writer import thing\n"
        "if TYPE_CHECKING:\n    import torch\n"
        "class A:\n    import PIL\n    def f(self):\n        from tbnotebook.widget import show\n"
        "try:\n    import plotly.io\nexcept ImportError:\n    pass\n"
    )
    monkeypatch.setattr("tests.test_arrows.PACKAGE", tmp_path)
    assert sorted(imports(sample), key=lambda found: found[2]) == [
        ("typing", True, 1),
        ("tbnotebook.wire", True, 2),
        ("tbnotebook.writer", True, 3),
        ("PIL", True, 7),
        ("tbnotebook.widget", False, 9),
        ("plotly.io", True, 11),
    ]
