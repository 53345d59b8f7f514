"""System calls that fail or take their time: strace on a program of the tests.

As a program (``make programs``) it installs Debian's where none is found and this may be done.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.needs import ForbiddenError
from tests.writer.programs import ENVIRONMENT, command


class MissingStraceError(RuntimeError):
    """No strace was found."""


def strace_path() -> str:
    """Return strace's executable.

    Raises
    ------
    MissingStraceError
        If there is none; the message says what to do.
    """
    found = shutil.which("strace")
    if found is None:
        raise MissingStraceError("no strace found: install it (on Debian: apt-get install strace)")
    return found


def check_tracing() -> None:
    """See whether a running program can be traced here.

    Raises
    ------
    MissingStraceError
        There is no strace.
    ForbiddenError
        The system forbids it to trace.
    """
    idle = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        with attached(idle.pid, ["fsync:error=EIO"]):
            pass
    finally:
        idle.kill()
        idle.communicate()


def options(injections: Sequence[str], *paths: object, trace: str | Path = os.devnull) -> list[str]:
    """Return a strace command up to the program or the ``-p`` that follows.

    Parameters
    ----------
    injections
        As after ``-e inject=``: ``"write:error=EIO:when=2"``, ``"write:delay_exit=200000"``. Each thread counts its
        own calls for ``when``.
    paths
        Only calls on these files are traced, counted and tampered with; by default on all.
    trace
        Where the calls are noted.
    """
    calls = ",".join(injection.partition(":")[0] for injection in injections)
    chosen = [word for injection in injections for word in ("-e", f"inject={injection}")]
    narrowed = [word for path in paths for word in ("-P", str(path))]
    return [strace_path(), "-f", "-o", str(trace), "-e", f"trace={calls}", *chosen, *narrowed]


def run_under_strace(
    program: str | Path, injections: Sequence[str], *arguments: object, trace: str | Path = os.devnull
) -> subprocess.CompletedProcess[str]:
    """Run a Python program, given as text or as a file, under strace from its first call to its end."""
    return subprocess.run(
        [*options(injections, trace=trace), *command(program, *arguments)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def attached(
    process_id: int, injections: Sequence[str], *paths: object, trace: str | Path = os.devnull
) -> Iterator[None]:
    """Tamper with the calls of a running process and its threads, from here to the end of the block or its own.

    So a file can be meant whose name is not known before the program made it.

    Raises
    ------
    MissingStraceError
        There is no strace.
    ForbiddenError
        The system forbids it to trace.
    """
    following = [*options(injections, *paths, trace=trace), "-p", str(process_id)]
    strace = subprocess.Popen(following, stderr=subprocess.PIPE, text=True)
    assert strace.stderr is not None
    try:
        said = strace.stderr.readline()  # comes when it is attached, or cannot be
        if " attached" not in said:
            raise ForbiddenError(f"strace may not trace here: {said.strip()}")
        yield
    finally:
        strace.terminate()  # lets the process go on unharmed
        strace.communicate()


def install() -> None:
    """Install Debian's strace, as root."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "strace"], check=True, env=environment
    )


def main() -> int:
    """Find strace, else install it; return a process's exit code."""
    if sys.platform != "linux":  # the tests that need it are Linux's
        return 0
    try:
        try:
            strace_path()
        except MissingStraceError:
            if os.geteuid() != 0 or not shutil.which("apt-get"):
                raise
            install()
            strace_path()
    except (MissingStraceError, subprocess.CalledProcessError) as error:
        print(f"Tests of failing system calls need strace and are skipped without it: {error}", file=sys.stderr)
        return int(os.environ.get("CI") == "true")
    return 0


if __name__ == "__main__":
    sys.exit(main())
