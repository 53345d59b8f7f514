"""A writer that is stopped amid a record: its beginning is no damage, and its end is read when it comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tbnotebook.events.record import frame
from tests.reader.files import NAME, read, scalar, version, write

WRITER = """
import os, signal, sys
path, at = sys.argv[1], int(sys.argv[2])
data = sys.stdin.buffer.read()
with open(path, "ab", buffering=0) as file:
    file.write(data[:at])
    os.kill(os.getpid(), signal.SIGSTOP)
    file.write(data[at:])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process can be stopped here")
@pytest.mark.parametrize("at", [1, 8, 12, 20, -4, -1])
def test_a_record_whose_writer_is_stopped_amid_it_is_waited_for(tmp_path, at):
    path = write(tmp_path, version(), scalar("loss", 1), name=NAME)
    record = frame(scalar("loss", 2))
    command = [sys.executable, "-c", WRITER, str(path), str(at % len(record))]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as writer:
        assert writer.stdin is not None
        writer.stdin.write(record)
        writer.stdin.close()
        _, status = os.waitpid(writer.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        log = read(tmp_path)
        for _ in range(3):
            log.poll()
        assert log.run.scalars["loss"].step.tolist() == [1]
        assert log.problems == []
        writer.send_signal(signal.SIGCONT)
        assert writer.wait(20) == 0
    log.poll()
    assert log.run.scalars["loss"].step.tolist() == [1, 2]
    assert log.problems == []
