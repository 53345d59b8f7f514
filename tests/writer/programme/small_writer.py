"""The program of the sweep: add, flush, add, close, add again, close; a thread does all of it, so that strace counts
its calls to the system in one row. Prints what it saw as JSON."""

from __future__ import annotations

import faulthandler
import json
import socket
import sys
import threading
import time
import warnings
from types import SimpleNamespace

from tbnotebook import SummaryWriter
from tbnotebook.writer import WriterWarning, event_file, scribe

EVENTS = 9


def name_files_predictably() -> None:
    """Strace is told the names before they are made; the process's own id stays out of them."""
    event_file.os = SimpleNamespace(**vars(event_file.os) | {"getpid": lambda: 7})  # type: ignore[attr-defined]
    event_file.time = SimpleNamespace(time=lambda: 1.7e9)  # type: ignore[attr-defined]
    socket.gethostname = lambda: "host"


def leave_the_writing_to_flush_and_close() -> None:
    def wait(_: scribe.Scribe, off_duty: threading.Event) -> bool:
        return off_duty.wait(600)

    scribe.Scribe._dismissed_within_a_tick = wait  # type: ignore[method-assign]
    scribe._CLOSING_TIME = 0.25
    scribe.TICK = 0.05


def write(folder: str, seen: dict[str, object]) -> None:
    try:
        writer = SummaryWriter(folder)
    except OSError as problem:
        seen["refused"] = str(problem)
        return
    numbers = iter(range(EVENTS))
    for step in (next(numbers) for _ in range(3)):
        writer.add_scalar("x", step, step)
    seen["flushed"] = [writer.flush(fsync=True)]
    for step in (next(numbers) for _ in range(3)):
        writer.add_scalar("x", step, step)
        seen["flushed"].append(writer.flush())  # type: ignore[attr-defined]
    writer.close()
    for step in numbers:
        writer.add_scalar("x", step, step)
    seen["flushed"].append(writer.flush(fsync=True))  # type: ignore[attr-defined]
    writer.close()
    health = writer.health
    seen |= {"written": health.written, "dropped": health.dropped, "retried": health.retried}


def main() -> None:
    faulthandler.dump_traceback_later(60, exit=True)
    name_files_predictably()
    leave_the_writing_to_flush_and_close()
    seen: dict[str, object] = {}
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        begin = time.monotonic()
        thread = threading.Thread(target=write, args=(sys.argv[1], seen))
        thread.start()
        thread.join()
        seen["seconds"] = time.monotonic() - begin
        seen["warnings"] = [str(each.message) for each in warned if issubclass(each.category, WriterWarning)]
    print(json.dumps(seen))


main()
