"""`show` where nothing draws: a script and a terminal get a line of text, not an error, a thread or a second shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tbnotebook import SummaryWriter

LINE = "tbnotebook: logs · 1 run · 1 tag · 3 points up to step 2"
SENTENCE = "A live view needs a notebook; from here view.save('view.html') writes the view as a page"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with SummaryWriter(tmp_path / "logs") as writer:
        for step in range(3):
            writer.add_scalar("loss", 1 / (step + 1), step)
    return tmp_path


def run(folder: Path, *arguments: str, code: str = "") -> str:
    environment = {**os.environ, "IPYTHONDIR": str(folder / "ipython")}
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, input=code, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_script_is_told_what_the_folder_holds_and_ends(folder: Path) -> None:
    code = """
import threading
from IPython.core.interactiveshell import InteractiveShell
from tbnotebook import show
view = show("logs")
print(len(view.figure("loss").data), len(threading.enumerate()), InteractiveShell.initialized())
view.save("view.html")
"""
    line, sentence, rest = run(folder, "-c", code).splitlines()
    assert line == LINE
    assert sentence.startswith(SENTENCE)
    assert rest == "2 1 False"
    assert (folder / "view.html").stat().st_size > 100_000


def test_a_writer_in_a_script_says_it_once(folder: Path) -> None:
    code = """
from tbnotebook import SummaryWriter
writer = SummaryWriter("logs/second")
writer.show()
writer.add_scalar("loss", 1.0, 1)
writer.close()
"""
    assert run(folder, "-c", code).count("tbnotebook: ") == 1


def test_a_terminal_gets_the_same_line_and_no_second_repr(folder: Path) -> None:
    code = "from tbnotebook import show\nshow('logs')\nexit\n"
    printed = run(folder, "-m", "IPython", "--no-banner", "--simple-prompt", "--colors=nocolor", code=code)
    assert printed.count(LINE) == printed.count(SENTENCE) == 1
    assert "<View" not in printed
