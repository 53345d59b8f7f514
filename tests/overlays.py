"""Packages in folders of their own, kept under ``build/overlays`` from one run to the next."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1] / "build" / "overlays"


def pip(*arguments: str, python: str | Path = sys.executable) -> str:
    """Run pip and return its output; a failure shows all that pip said."""
    command = [str(python), "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


def installed(name: str, requirements: list[str]) -> Path:
    """A folder for PYTHONPATH that holds just ``requirements``, without what these require."""
    folder = ROOT / name
    if not folder.is_dir():
        # Put in place when complete: an interrupted run must not leave half a package.
        unfinished = ROOT / f"{name}.{os.getpid()}"
        shutil.rmtree(unfinished, ignore_errors=True)
        pip("install", "--quiet", "--no-deps", "--target", str(unfinished), *requirements)
        unfinished.rename(folder)
    return folder


def environment(name: str, requirements: list[str]) -> Path:
    """The interpreter of a virtual environment that holds ``requirements`` and what these require."""
    folder = ROOT / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    complete = folder / "complete"
    if not complete.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip("install", "--quiet", *requirements, python=python)
        complete.touch()
    return python
