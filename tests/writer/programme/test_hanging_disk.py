"""A disk that hangs when the writer ends: nobody waits for ever, and what is lost is told."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.events.reading import files, scalars_in
from tests.writer.programs import start

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals")

# From `hang.set()` on no write to an event file of the folder "hanging" returns.
HANGING = """
import os, sys, threading, time
from tbnotebook import SummaryWriter
from tbnotebook.writer import farewell, scribe

farewell.PATIENCE = 1.0
hang, write = threading.Event(), os.write

def hanging_write(descriptor, data):
    if hang.is_set() and "/hanging/" in os.readlink(f"/proc/self/fd/{descriptor}"):
        print("hangs", flush=True)
        threading.Event().wait()
    return write(descriptor, data)

os.write = hanging_write
writer = SummaryWriter(sys.argv[1] + "/hanging")
other = SummaryWriter(sys.argv[1] + "/sound")
for step in range(100):
    writer.add_scalar("x", step, step)
    other.add_scalar("x", step, step)
writer.flush()
hang.set()
"""
ENDINGS = {
    "the thread hangs": "writer.add_scalar('x', 100, 100); writer.add_scalar('x', 101, 101); time.sleep(0.3)",
    "the last write hangs": "writer.add_scalar('x', 100, 100); writer.add_scalar('x', 101, 101)",
    "a worker process": """
import multiprocessing
worker = multiprocessing.get_context("fork").Process(target=lambda: writer.add_scalar("x", 100, 100))
worker.start()
worker.join(30)
assert not worker.is_alive()
writer.add_scalar('x', 100, 100); writer.add_scalar('x', 101, 101)
""",
}
needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="tells a descriptor's file by /proc")


@needs_proc
@pytest.mark.parametrize("ending", list(ENDINGS))
def test_a_process_ends_beside_a_disk_that_hangs_and_tells_what_is_lost(tmp_path: Path, ending: str) -> None:
    begin = time.monotonic()
    process = start(HANGING + ENDINGS[ending], tmp_path)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert time.monotonic() - begin < 20
    assert "had taken nothing for 1 s when the process ended; 2 events are lost" in errors
    first = files(tmp_path / "hanging")[0]
    assert str(first) in errors
    assert len(scalars_in(tmp_path / "hanging")) == 100
    assert len(scalars_in(tmp_path / "sound")) == 100


@needs_proc
@pytest.mark.parametrize("call", ["writer.flush()", "writer.close()"])
def test_a_call_that_waits_for_a_hanging_disk_is_left_by_an_interrupt(tmp_path: Path, call: str) -> None:
    program = (
        HANGING
        + f"""
try:
    writer.add_scalar("x", 100, 100)
    {call}
except KeyboardInterrupt:
    print("interrupted", flush=True)
    os._exit(3)
"""
    )
    process = start(program, tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "hangs\n"
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:  # as a person does, who presses it again
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        time.sleep(0.9)
    process.kill()
    output, errors = process.communicate()
    assert (process.returncode, output) == (3, "interrupted\n"), errors


@needs_proc
def test_a_slow_disk_is_waited_for_as_long_as_it_takes_something(tmp_path: Path) -> None:
    program = (
        HANGING.replace("threading.Event().wait()", "time.sleep(0.2); data = data[:1000]")
        + """
for step in range(100, 400):
    writer.add_scalar("x", step, step)
"""
    )
    process = start(program, tmp_path)
    output, errors = process.communicate(timeout=60)
    assert errors == ""
    assert output.count("hangs") * 0.2 > 2, "longer than the patience"
    assert len(scalars_in(tmp_path / "hanging")) == 400
