"""A copy of the package and its tests, from which safeguards are taken out one at a time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.safeguards.safeguard import Safeguard
from tests.writer.programs import REPOSITORY

PATIENCE = 45  # seconds for one test; one that hangs without its safeguard has failed


class Trial:
    """A copy below ``folder``. Its tests find it by the root of pytest, their child processes by that of the tests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        skipped = shutil.ignore_patterns("__pycache__", "static", "labextension")
        for name in ("tbnotebook", "tests"):
            shutil.copytree(REPOSITORY / name, folder / name, ignore=skipped)
        shutil.copy(REPOSITORY / "pyproject.toml", folder)

    def failures(self, tests: list[str], patience: float) -> str:
        """Run tests; return the last line that tells of a failure, or nothing where all of them passed."""
        command = [sys.executable, "-B", "-m", "pytest", "-x", "-p", "no:cacheprovider", "--tb=line"]
        chosen = [f"tests/{test}" for test in tests]
        timeout = f"--timeout={patience}"
        done = _run([*command, timeout, *chosen], self._folder, 20 * patience)
        if done.returncode == 0:
            if " passed" not in done.stdout or " skipped" in done.stdout:
                raise RuntimeError(f"{', '.join(tests)}: not all of it ran\n{done.stdout}")
            return ""
        if done.returncode != 1 and "Timeout" not in done.stdout + done.stderr:
            raise RuntimeError(f"{', '.join(tests)}: pytest ended with {done.returncode}\n{done.stdout}{done.stderr}")
        lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return lines[-1] if lines else "hangs"

    def without(self, safeguard: Safeguard) -> str:
        """Return how its test fails where a safeguard is taken out; nothing where it passes."""
        file = self._folder / "tbnotebook" / safeguard.file
        whole = file.read_text(encoding="utf-8")
        file.write_text(safeguard.taken_out_of(whole), encoding="utf-8")
        try:
            return self.failures([safeguard.test], PATIENCE)
        finally:
            file.write_text(whole, encoding="utf-8")


def _run(command: list[str], folder: Path, patience: float) -> subprocess.CompletedProcess[str]:
    """Run a command and end whatever it leaves running: without a safeguard a program may never end."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | {"COLUMNS": "1000"},  # pytest cuts off its last lines there
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        output, errors = process.communicate(timeout=patience)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return subprocess.CompletedProcess(command, process.returncode, output, errors)
