"""What the process under test does: one function a fault, for any package with a ``SummaryWriter``.

``python -m tests.writer.faults.acts NAME MODULE FOLDER`` runs one. It tells what it does in lines of JSON, and where
the world around it is to change it waits for a line. The steps of each tag count from 0, and ``logged`` tells how many
of them were given to the writer.
"""

from __future__ import annotations

import copy
import os
import pickle
import shutil
import signal
import sys
import time
import warnings
from functools import partial
from importlib import import_module
from pathlib import Path
from statistics import fmean
from typing import Any

from tests.writer.faults.stage import (
    OpenWriter,
    await_change,
    await_start_of_a_second,
    become_nobody,
    clock,
    ends,
    finish,
    log,
    logged,
    tell,
)


def train(open_writer: OpenWriter, folder: Path) -> None:
    """Log at 10 ms a step until somebody ends it."""
    writer = open_writer()
    while True:
        log(writer, 1)
        tell(logged=logged)
        time.sleep(0.01)


def kill_after_flush(open_writer: OpenWriter, folder: Path) -> None:
    writer = open_writer()
    log(writer, 1000)
    writer.flush()
    tell(logged=logged)
    os.kill(os.getpid(), signal.SIGKILL)


def exit_without_close(open_writer: OpenWriter, folder: Path) -> None:
    log(open_writer(), 1000)


def fill_disk(open_writer: OpenWriter, folder: Path, bound: int = 0) -> None:
    """Log until the disk is full, on while it is, in silence while it becomes larger, and on."""
    if bound:
        vars(import_module("tbnotebook.writer.outbox"))["LIMIT"] = bound
    writer = open_writer()
    while os.statvfs(folder).f_bavail:
        log(writer, 200)
        time.sleep(0.002)  # a step of training: else the writers' threads are far behind
    tell(full=True)
    log(writer, 1000, 0.001)
    log(writer, 40_000 if bound else 0)
    if bound:
        writer.flush()
    await_change("full")
    log(writer, 100, 0.001)
    finish(writer)


def log_for_a_second(open_writer: OpenWriter, folder: Path) -> None:
    """Log, after something was arranged for the event file."""
    writer = open_writer()
    await_change("opened")
    log(writer, 600, 0.002)
    finish(writer)


def log_slowly(open_writer: OpenWriter, folder: Path) -> None:
    """Log for four seconds at 10 ms a step and tell how long the calls took."""
    writer = open_writer()
    await_change("opened")
    log(writer, 1)
    calls: list[float] = []
    end = time.monotonic() + 4
    while time.monotonic() < end:
        begin = time.perf_counter()
        log(writer, 1)
        calls.append(time.perf_counter() - begin)
        time.sleep(0.01)
    calls.sort()
    tell(p99=calls[len(calls) * 99 // 100], slowest=calls[-1])
    finish(writer)


def _log_and_delete(writer: Any, folder: Path) -> None:
    log(writer, 100, tag="before")
    writer.flush()
    time.sleep(0.5)  # some packages write behind flush()
    shutil.rmtree(folder)
    del logged["before"]  # gone with the folder, and no writer could help it


def delete_folder(open_writer: OpenWriter, folder: Path) -> None:
    """Log after the folder was deleted."""
    writer = open_writer()
    _log_and_delete(writer, folder)
    log(writer, 1000, 0.001)
    finish(writer)


def replace_folder_by_file(open_writer: OpenWriter, folder: Path) -> None:
    """Log while and after the folder's place is taken by a file."""
    writer = open_writer()
    _log_and_delete(writer, folder)
    folder.write_text("in the way")
    log(writer, 500, 0.002)
    folder.unlink()
    log(writer, 500, 0.002)
    finish(writer)


def lock_folder(open_writer: OpenWriter, folder: Path) -> None:
    """Log before, while and after nobody may enter the folder."""
    become_nobody(open_writer, folder)
    writer = open_writer()
    log(writer, 100)
    writer.flush()
    folder.chmod(0o000)
    log(writer, 500, 0.002)
    folder.chmod(0o755)
    log(writer, 500, 0.002)
    finish(writer)


def open_in_read_only_folder(open_writer: OpenWriter, folder: Path) -> None:
    become_nobody(open_writer, folder)
    folder.chmod(0o555)
    try:
        writer = open_writer()
    except OSError as problem:
        tell(constructor=type(problem).__name__, message=str(problem))
        return
    log(writer, 100)
    finish(writer)


def fork_and_log(open_writer: OpenWriter, folder: Path) -> None:
    """Log before a fork, in the child, and afterwards in the parent; a child that hangs is killed after 5 s."""
    writer = open_writer()
    log(writer, 500)
    child = os.fork()
    if child == 0:
        log(writer, 500, tag="child")
        writer.flush()
        os._exit(0)
    logged["child"] = 500
    tell(child_hung=not ends(child, 5))
    log(writer, 500)
    finish(writer)


def fork_silently(open_writer: OpenWriter, folder: Path) -> None:
    """Log before and after a child that logs nothing and exits as programs do."""
    writer = open_writer()
    log(writer, 500)
    child = os.fork()
    if child == 0:
        sys.exit(0)
    tell(child_hung=not ends(child, 5))
    log(writer, 500)
    finish(writer)


def open_two(open_writer: OpenWriter, folder: Path) -> None:
    """Log with two writers that were opened within one second."""
    await_start_of_a_second()
    both = {"one": open_writer(), "two": open_writer()}
    for tag, writer in both.items():
        log(writer, 100, tag=tag)
    for writer in both.values():
        finish(writer)


def write_after_close(open_writer: OpenWriter, folder: Path) -> None:
    await_start_of_a_second()
    writer = open_writer()
    log(writer, 100)
    writer.close()
    log(writer, 100)
    finish(writer)


def copy_writer(open_writer: OpenWriter, folder: Path) -> None:
    """Log with a writer, its pickled copy and its deep copy."""
    writer = open_writer()
    log(writer, 100)
    try:
        copies = {"pickled": pickle.loads(pickle.dumps(writer)), "copied": copy.deepcopy(writer)}
    except Exception as problem:
        tell(raised=type(problem).__name__)
        copies = {}
    for tag, other in copies.items():
        log(other, 100, tag=tag)
        finish(other)
    finish(writer)


def set_clock_back(open_writer: OpenWriter, folder: Path) -> None:
    """Log at 50 ms a step, after one second by a clock that is an hour slow, until somebody ends it.

    So slowly that no buffer fills: what is written is written because it is time.
    """
    writer = open_writer(flush_secs=1)
    while True:
        if logged["x"] == 20:
            clock.append(-3600.0)
        log(writer, 1)
        tell(logged=logged)
        time.sleep(0.05)


def time_calls(open_writer: OpenWriter, folder: Path) -> None:
    """Tell how long calls took, in microseconds: of five half seconds of them the one that was disturbed least."""
    writer = open_writer()
    rounds = [_time_for_half_a_second(writer) for _ in range(5)]
    tell(calls=sum(map(len, rounds)))
    calls = sorted(min(rounds, key=fmean))
    tell(mean=fmean(calls), p99=calls[len(calls) * 99 // 100])
    finish(writer)


def _time_for_half_a_second(writer: Any) -> list[float]:
    """So long that what the writer does in the background falls into it."""
    calls: list[float] = []
    end = begin = time.perf_counter()
    while end - begin < 0.5:
        before = time.perf_counter()
        writer.add_scalar("x", 1.0, len(calls))
        end = time.perf_counter()
        calls.append((end - before) * 1e6)
    return calls


def main(name: str, module: str, folder: str, *arguments: str) -> None:
    """Run one act."""
    machine_time = time.time
    time.time = lambda: machine_time() + clock[-1]  # before the package may take the function for its own
    open_writer = partial(import_module(module).SummaryWriter, folder)
    tell(started=True)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        globals()[name](open_writer, Path(folder), *map(int, arguments))
    own = [str(warning.message) for warning in warned if warning.category.__name__ == "WriterWarning"]
    tell(warned=own, logged=logged, ended=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
