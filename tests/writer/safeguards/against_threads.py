"""Safeguards where several threads meet, where a disk is slower than the training loop, and where a process forks."""

from __future__ import annotations

from typing import Final

from tests.safeguards.safeguard import Safeguard

_BACKLOG = "writer/backlog.py"
_HEALTH = "writer/health.py"
_ROLL = "writer/roll.py"
_SCRIBE = "writer/scribe.py"
_FORK_WHILE_HELD = "writer/test_forks.py::test_a_child_that_is_forked_while_a_lock_is_held_logs_all_the_same"

AGAINST_THREADS: Final = [
    Safeguard(
        "entries that find no room are dropped and counted",
        _BACKLOG,
        "        return False\n\n\ndef _tag_size",
        "        return True\n\n\ndef _tag_size",
        "writer/test_backlog.py::test_threads_that_add_to_a_hanging_disk_are_counted_each",
    ),
    Safeguard(
        "the bound on entries is kept while a write may never return",
        _SCRIBE,
        "        self._guard(True)\n        self._backlog.begin_write()",
        "        self._backlog.begin_write()",
        "writer/test_backlog.py::test_threads_that_add_to_a_hanging_disk_are_counted_each",
    ),
    Safeguard(
        "nobody stands back for a disk",
        _BACKLOG,
        "paced = since is None or time.monotonic() - since < _STALL",
        "paced = True or since",
        "writer/test_backlog.py::test_only_the_encoder_is_stood_back_for_and_no_disk",
    ),
    Safeguard(
        "whole events count with their size",
        _BACKLOG,
        "self._payloads += _payload_size(entries)",
        "self._payloads += 0",
        "writer/test_backlog.py::test_whole_events_count_with_their_size",
    ),
    Safeguard(
        "whoever outruns the encoder stands back for a moment",
        _BACKLOG,
        "            time.sleep(_PAUSE)\n",
        "            pass\n",
        "writer/test_backlog.py::test_only_the_encoder_is_stood_back_for_and_no_disk",
    ),
    Safeguard(
        "large arrays wait until there is room",
        _BACKLOG,
        "            self._stand_back(_payload_size(entries))\n",
        "            pass\n",
        "writer/test_add_arrays.py::test_more_than_fits_in_memory_waits_for_its_turn_and_loses_nothing",
    ),
    Safeguard(
        "scalars have room beside an event of any size",
        _BACKLOG,
        "max(self._room // self._entry_size * FIELDS, _LEAST)",
        "self._room // self._entry_size * FIELDS",
        "writer/test_backlog.py::test_scalars_have_room_beside_an_event_of_any_size",
    ),
    Safeguard(
        "no interrupt cuts flush() or close() in two",
        "writer/undisturbed.py",
        "if threading.current_thread() is not threading.main_thread():",
        "if True:",
        "writer/test_processes.py::test_interrupts_amid_flush_and_close_neither_lose_nor_repeat_an_event",
    ),
    Safeguard(
        "who adds while no thread is on duty wakes one",
        _SCRIBE,
        "self.extend = self.wake if self._off_duty.is_set() else on_duty",
        "self.extend = on_duty",
        "writer/test_lifecycle.py::test_an_idle_writer_has_no_thread_and_wakes_again",
    ),
    Safeguard(
        "a thread that went off duty looks once more",
        _SCRIBE,
        "            time.sleep(TICK)\n            self._drain()\n",
        "            return\n",
        "writer/test_lifecycle.py::test_an_entry_added_by_the_way_of_a_moment_ago_is_written",
    ),
    Safeguard(
        "a forked child forgets its parent's writers",
        _ROLL,
        "    os.register_at_fork(after_in_child=_forget_parent)\n",
        "    pass\n",
        f"{_FORK_WHILE_HELD}[the disk's]",
    ),
    Safeguard(
        "a forked child leaves its parent's file",
        _SCRIBE,
        "        self.outbox.abandon()\n",
        "",
        f"{_FORK_WHILE_HELD}[the disk's]",
    ),
    Safeguard(
        "a forked child leaves its parent's entries",
        _BACKLOG,
        "        self._entries.clear()\n",
        "",
        f"{_FORK_WHILE_HELD}[the disk's]",
    ),
    Safeguard(
        "a forked child has a disk lock of its own",
        _SCRIBE,
        "self._io = threading.RLock()",
        'self._io = vars(self).get("_io") or threading.RLock()',
        f"{_FORK_WHILE_HELD}[the disk's]",
    ),
    Safeguard(
        "a forked child has a duty lock of its own",
        _SCRIBE,
        "self._duty = threading.Lock()",
        'self._duty = vars(self).get("_duty") or threading.Lock()',
        f"{_FORK_WHILE_HELD}[the duty's]",
    ),
    Safeguard(
        "a forked child has a backlog lock of its own",
        _BACKLOG,
        "self._lock = threading.Lock()",
        'self._lock = vars(self).get("_lock") or threading.Lock()',
        f"{_FORK_WHILE_HELD}[the backlog's]",
    ),
    Safeguard(
        "a forked child has a tally lock of its own",
        _HEALTH,
        "self._lock = threading.Lock()",
        'self._lock = vars(self).get("_lock") or threading.Lock()',
        f"{_FORK_WHILE_HELD}[the tally's]",
    ),
    Safeguard(
        "a forked child does not free what its parent has on a GPU",
        "writer/device_number.py",
        "        _on_their_way.add(self)\n",
        "",
        "writer/test_gpu_tensors.py::test_a_forked_child_does_not_free_what_its_parent_has_under_way",
    ),
    Safeguard(
        "a copy has a file of its own, opened when it is needed",
        "writer/file_writer.py",
        "            lazy=True,\n",
        "",
        "writer/test_lifecycle.py::test_a_copy_writes_to_a_file_of_its_own_when_it_is_used",
    ),
    Safeguard(
        "each rank has a folder of its own",
        "writer/rank.py",
        """return f"{folder.rstrip('/')}/rank{rank}" if rank else folder""",
        "return folder",
        "writer/test_ranks.py::test_a_rank_is_what_torchrun_says",
    ),
    Safeguard(
        "RANK alone is no rank",
        "writer/rank.py",
        " and world_size.isdecimal() and int(world_size) > 1",
        "",
        "writer/test_ranks.py::test_a_rank_is_what_torchrun_says",
    ),
]
