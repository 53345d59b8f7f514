"""Safeguards of a run in an object store."""

from __future__ import annotations

from typing import Final

from tests.safeguards.safeguard import Safeguard

_FAULTS = "writer/object_store/test_store_faults.py"
_PROCESSES = "writer/object_store/test_store_processes.py"

AGAINST_THE_STORE: Final = [
    Safeguard(
        "an object that is there already is not sent again",
        "writer/store/objects.py",
        "        if self._size(path) == len(data):\n            return\n",
        "",
        f"{_FAULTS}::test_half_an_object_is_made_whole_and_a_whole_one_is_not_sent_again[lost_answers]",
    ),
    Safeguard(
        "a segment that is tried again has the same bytes",
        "writer/store/progress.py",
        "        if self._end is None:\n            data",
        "        if True:\n            data",
        f"{_FAULTS}::test_half_an_object_is_made_whole_and_a_whole_one_is_not_sent_again[lost_answers]",
    ),
    Safeguard(
        "each segment begins with the record that gives the version",
        "writer/store/progress.py",
        "self._prefix() + data",
        "data",
        "writer/object_store/test_upload.py::"
        "test_all_readers_find_every_point_in_order_and_each_segment_is_an_event_file",
    ),
    Safeguard(
        "the record before a torn one waits with it",
        "events/segment.py",
        "end if ended or end == len(data) else before",
        "end",
        "events/test_segment.py::test_in_a_growing_file_the_record_before_a_torn_one_waits_with_it",
    ),
    Safeguard(
        "a spool is locked while its process lives",
        "writer/store/spool.py",
        "        _lock_file(lock)\n",
        "        pass\n",
        f"{_PROCESSES}::test_the_spool_of_a_living_process_is_left_alone",
    ),
    Safeguard(
        "what a killed process left is uploaded",
        "writer/store/uploader.py",
        "            self._adopt(self._objects)\n",
        "",
        f"{_PROCESSES}::test_what_a_killed_process_left_is_uploaded_by_the_next_writer_exactly_once",
    ),
    Safeguard(
        "uploads at the end come before thread pools are closed",
        "writer/roll.py",
        "        register(_close_all_or_flush)\n",
        "        pass\n",
        f"{_PROCESSES}::test_uploads_at_the_end_come_before_thread_pools_are_closed",
    ),
    Safeguard(
        "a forked child leaves its parent's spool",
        "writer/roll.py",
        "        uploader.forget_parent()\n",
        "        pass\n",
        f"{_PROCESSES}::test_a_forked_child_has_a_spool_of_its_own_and_leaves_its_parents_alone",
    ),
    Safeguard(
        "a store that hangs is waited for no longer than its patience",
        "writer/store/uploader.py",
        "self._served >= number, max(deadline - time.monotonic(), 0)",
        "self._served >= number, None",
        f"{_FAULTS}::test_a_hanging_store_keeps_neither_the_loop_nor_flush_and_close_for_a_bounded_time",
    ),
]
