"""Small programs in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

REPOSITORY = Path(__file__).parents[2]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(REPOSITORY)}


def command(program: str | Path, *arguments: object) -> list[str]:
    """Return the command that runs a Python program, given as text or as a file."""
    source = [str(program)] if isinstance(program, Path) else ["-c", dedent(program)]
    return [sys.executable, *source, *map(str, arguments)]


def start(program: str | Path, *arguments: object) -> subprocess.Popen[str]:
    """Start a Python program, given as text or as a file; the caller waits for it or kills it."""
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command(program, *arguments), env=ENVIRONMENT, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )


def run(program: str | Path, *arguments: object, silent: bool = True) -> str:
    """Run a Python program that must succeed and, if `silent`, say nothing on stderr; returns its output."""
    process = start(program, *arguments)
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert errors == "" or not silent, errors
    return output
