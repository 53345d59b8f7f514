"""strace, as the tests use it: it meets the calls that were meant, and harms no program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.writer.programs import start
from tests.writer.strace import attached, run_under_strace

pytestmark = pytest.mark.usefixtures("tracing")


def test_a_call_fails_from_the_start_of_a_program(tmp_path: Path) -> None:
    program = """
        import os, sys
        try:
            os.fsync(os.open(sys.argv[1], os.O_RDONLY))
        except OSError as problem:
            print(problem.strerror)
    """
    done = run_under_strace(program, ["fsync:error=ENOSPC"], tmp_path)
    assert (done.stdout, done.stderr, done.returncode) == ("No space left on device\n", "", 0)


def test_in_a_running_program_only_the_files_that_were_meant_fail_and_only_while_attached(tmp_path: Path) -> None:
    meant, other = tmp_path / "meant", tmp_path / "other"
    process = start(
        """
        import os, sys
        files = [os.open(path, os.O_WRONLY | os.O_CREAT) for path in sys.argv[1:]]
        for line in sys.stdin:
            for file in files:
                try:
                    os.write(file, line.encode())
                except OSError as problem:
                    print(problem.errno, end=" ")
            print("done", flush=True)
        """,
        meant,
        other,
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def told(line: str) -> str:
        process.stdin.write(line + "\n")
        process.stdin.flush()
        return process.stdout.readline()

    assert told("a") == "done\n"
    with attached(process.pid, ["write:error=EIO:when=2"], meant):
        assert [told(line) for line in "bcd"] == ["done\n", "5 done\n", "done\n"]
    assert told("e") == "done\n"
    process.communicate()
    assert process.returncode == 0
    assert meant.read_text().split() == ["a", "b", "d", "e"]
    assert other.read_text().split() == ["a", "b", "c", "d", "e"]
