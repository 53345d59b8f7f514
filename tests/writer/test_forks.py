"""A fork at the worst moment: some other thread holds a lock, and is not there in the child to give it back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.events.reading import files, scalars_in
from tests.writer.programs import run

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="fork")

# The child logs a bad value, a good one and a histogram; if it hangs, an alarm ends it.
FORK_WHILE_HELD = """
import os, signal, sys, threading, warnings
warnings.simplefilter("ignore")
import numpy as np
from tbnotebook import SummaryWriter
from tbnotebook.writer.staging import staging
writer = SummaryWriter(sys.argv[1])
writer.add_scalar("parent", 1.0, 1)
scribe = writer._scribe
held, done = threading.Event(), threading.Event()

def hold():
    with {lock}:
        held.set()
        done.wait()

threading.Thread(target=hold).start()
held.wait()
child = os.fork()
if not child:
    signal.alarm(5)
    writer.add_scalar("child", "bad", 1)
    writer.add_scalar("child", 1.0, 2)
    writer.add_histogram("weights", np.zeros(1 << 18), 2)
    writer.close()
    assert (writer.health.written, writer.health.dropped) == (2, 1)
    os._exit(0)
_, status = os.waitpid(child, 0)
done.set()
writer.close()
assert status == 0, status
"""
LOCKS = {
    "the disk's": "scribe._io",
    "the duty's": "scribe._duty",
    "the backlog's": "scribe._backlog._lock",
    "the tally's": "scribe.tally._lock",
    "that of the memory for copies": "staging._lock",
}


@pytest.mark.parametrize("lock", list(LOCKS))
def test_a_child_that_is_forked_while_a_lock_is_held_logs_all_the_same(tmp_path: Path, lock: str) -> None:
    run(FORK_WHILE_HELD.format(lock=LOCKS[lock]), tmp_path)
    assert sorted(scalars_in(tmp_path)) == [(b"child", 2, 1.0), (b"parent", 1, 1.0)]
    assert len(files(tmp_path)) == 2
