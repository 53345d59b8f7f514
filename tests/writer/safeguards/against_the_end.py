"""Safeguards at the end of a writer, of a process, and of a disk's patience."""

from __future__ import annotations

from typing import Final

from tests.safeguards.safeguard import Safeguard

_FAREWELL = "writer/farewell.py"
_ROLL = "writer/roll.py"
_SCRIBE = "writer/scribe.py"
_NO_CLOSE = "writer/test_processes.py::test_a_process_that_ends_without_close_loses_nothing_and_notes_the_end"
_HANGS = "writer/programme/test_hanging_disk.py::test_a_process_ends_beside_a_disk_that_hangs_and_tells_what_is_lost"

AGAINST_THE_END: Final = [
    Safeguard(
        "writers are closed at the end of the process (atexit)",
        _ROLL,
        "atexit.register(_shut_down)\n",
        "",
        f"{_NO_CLOSE}[sys.exit(0)]",
    ),
    Safeguard(
        "a forgotten writer is held until it is closed",
        _ROLL,
        "active: set[Scribe] = set()",
        "active: weakref.WeakSet[Scribe] = weakref.WeakSet()",
        "writer/test_lifecycle.py::test_a_forgotten_writer_that_was_idle_is_closed_when_the_next_is_made",
    ),
    Safeguard(
        "writers are closed at the end of a worker process",
        _ROLL,
        "        util.Finalize(None, _close_all, exitpriority=0)\n",
        "        pass\n",
        "writer/test_processes.py::test_a_worker_process_that_just_returns_loses_nothing[fork]",
    ),
    Safeguard(
        "no thread is begun that the interpreter would stop",
        _SCRIBE,
        "        if roll.shutting_down():\n            return False",
        "        if False:\n            return False",
        "writer/test_processes.py::test_what_is_added_while_the_interpreter_shuts_down_is_written",
    ),
    Safeguard(
        "what is given to a closed writer at the last moment is written",
        _ROLL,
        "    _shutting_down = True\n",
        "",
        "writer/test_processes.py::test_what_is_added_while_the_interpreter_shuts_down_is_written",
    ),
    Safeguard(
        "the end of a process waits for a hanging disk no longer than its patience",
        _FAREWELL,
        "time.monotonic() - max(since, begin) > PATIENCE",
        "time.monotonic() - max(since, begin) > 25 * PATIENCE",
        f"{_HANGS}[the thread hangs]",
    ),
    Safeguard(
        "a slow disk that takes something is waited for",
        _SCRIBE,
        "max(since, self.outbox.last_taken)",
        "since",
        "writer/programme/test_hanging_disk.py::test_a_slow_disk_is_waited_for_as_long_as_it_takes_something",
    ),
    Safeguard(
        "what a hanging disk never took is told at the end",
        _SCRIBE,
        "        self.tally.drop(Loss(left, None, reason), f",
        "        str(f",
        f"{_HANGS}[the thread hangs]",
    ),
    Safeguard(
        "writers are closed side by side, so that one disk does not hold up another",
        _FAREWELL,
        "        thread.start()\n",
        "        thread.run()\n",
        f"{_HANGS}[the last write hangs]",
    ),
    Safeguard(
        "a disowned writer is closed by its thread",
        _SCRIBE,
        "                if self.disowned:\n                    self._close()\n",
        "",
        "writer/test_lifecycle.py::test_a_forgotten_writer_that_was_used_is_closed_by_its_thread",
    ),
    Safeguard(
        "a disowned writer without a thread is closed by the next writer",
        _SCRIBE,
        "        roll.close_disowned()\n",
        "",
        "writer/test_lifecycle.py::test_a_forgotten_writer_that_was_idle_is_closed_when_the_next_is_made",
    ),
    Safeguard(
        "a strict add_scalar adds nothing while the disk takes nothing",
        "writer/scalar_entry.py",
        "                writer.raise_if_strict()\n",
        "                pass\n",
        "writer/test_strict.py::test_while_the_disk_takes_nothing_add_raises_with_the_files_name_and_adds_nothing",
    ),
    Safeguard(
        "an error that ends a with block is noted",
        "writer/summary_writer.py",
        "            self._scribe.ending = kind.__name__\n",
        "            pass\n",
        "writer/test_lifecycle.py::test_what_a_with_block_was_left_by_stands_in_the_file",
    ),
]
