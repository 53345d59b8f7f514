"""Safeguards of what is on the disk already, and of what the disk does not take at once."""

from __future__ import annotations

from typing import Final

from tests.safeguards.safeguard import Safeguard

_FILE = "writer/event_file.py"
_OUTBOX = "writer/outbox.py"
_SCRIBE = "writer/scribe.py"

AGAINST_THE_DISK: Final = [
    Safeguard(
        "a file that exists is never opened (O_EXCL)",
        _FILE,
        " | os.O_EXCL",
        "",
        "writer/test_lifecycle.py::test_a_file_that_exists_under_the_next_name_is_never_touched",
    ),
    Safeguard(
        "nothing in the file is overwritten (O_APPEND)",
        _FILE,
        " | os.O_APPEND",
        "",
        "writer/test_event_file.py::test_what_somebody_else_appended_to_the_file_is_not_overwritten",
    ),
    Safeguard(
        "a name that is taken is passed over",
        _FILE,
        "            continue",
        "            raise",
        "writer/test_lifecycle.py::test_a_file_that_exists_under_the_next_name_is_never_touched",
    ),
    Safeguard(
        "a serial number in the name, no random one",
        _FILE,
        "{next(_serial):04d}",
        "{os.urandom(4).hex()}",
        "writer/test_lifecycle.py::test_many_reopenings_within_one_second_keep_their_order_by_name",
    ),
    Safeguard(
        "leading zeros of the serial number",
        _FILE,
        "{next(_serial):04d}",
        "{next(_serial)}",
        "writer/test_lifecycle.py::test_many_reopenings_within_one_second_keep_their_order_by_name",
    ),
    Safeguard(
        "names do not go back with the clock",
        _FILE,
        "_latest = max(_latest, int(now))",
        "_latest = int(now)",
        "writer/test_event_file.py::test_a_clock_that_is_set_back_begins_no_file_before_an_earlier_one",
    ),
    Safeguard(
        "a file without its first record is removed",
        _FILE,
        "            os.unlink(self.path)\n",
        "",
        "writer/test_event_file.py::test_a_disk_with_no_room_for_the_first_record_leaves_no_file_behind",
    ),
    Safeguard(
        "a first record that is cut off is noticed",
        _FILE,
        "if self.append(opening) < len(opening):",
        "if self.append(opening) < 1:",
        "writer/test_event_file.py::test_a_disk_with_no_room_for_the_first_record_leaves_no_file_behind",
    ),
    Safeguard(
        "a deleted file is noticed before each write",
        _OUTBOX,
        "self._file is not None and not self._file.in_place()",
        "False",
        "writer/test_event_file.py::test_a_batch_that_was_cut_in_a_deleted_file_is_whole_in_the_next",
    ),
    Safeguard(
        "a replaced file is told from its own",
        _FILE,
        "return os.path.samestat(there, os.fstat(self._descriptor))",
        "return True or there",
        "writer/test_faults.py::test_a_file_replaced_by_another_is_left_alone",
    ),
    Safeguard(
        "a deleted folder is made again",
        _FILE,
        "os.makedirs(directory, exist_ok=True)",
        "pass",
        "writer/test_event_file.py::test_a_batch_that_was_cut_in_a_deleted_file_is_whole_in_the_next",
    ),
    Safeguard(
        "a batch that was cut in a deleted file begins anew in the next",
        _OUTBOX,
        "        self._head_written = 0  # the part that was written went with the file\n",
        "",
        "writer/test_event_file.py::test_a_batch_that_was_cut_in_a_deleted_file_is_whole_in_the_next",
    ),
    Safeguard(
        "a write that took less than it was given is noticed",
        _OUTBOX,
        "self._head_written += self._file.append(rest)",
        "self._head_written += len(rest) if self._file.append(rest) else 0",
        "writer/test_faults.py::test_a_full_disk_raises_nothing_and_once_there_is_room_nothing_is_lost",
    ),
    Safeguard(
        "a write goes on from the byte where the last one stopped",
        _OUTBOX,
        "rest = memoryview(head.data)[self._head_written :]",
        "self._head_written, rest = 0, memoryview(head.data)",
        "writer/test_faults.py::test_a_full_disk_raises_nothing_and_once_there_is_room_nothing_is_lost",
    ),
    Safeguard(
        "what a failed write left is kept and tried again",
        _OUTBOX,
        "            self._tally.retry(problem)\n",
        "            self._tally.retry(problem)\n            self.abandon()\n",
        "writer/test_faults.py::test_a_full_disk_raises_nothing_and_once_there_is_room_nothing_is_lost",
    ),
    Safeguard(
        "what waits for a failing disk is bounded",
        "writer/outboxes.py",
        "return self.size + len(batch.data) <= outbox.LIMIT",
        "return True or batch",
        "writer/test_faults.py::test_what_a_full_disk_leaves_no_room_for_is_counted_and_told_in_the_file",
    ),
    Safeguard(
        "a loss is told in the file",
        _OUTBOX,
        "                    self.append(_told(loss))\n",
        "                    pass\n",
        "writer/test_faults.py::test_what_a_full_disk_leaves_no_room_for_is_counted_and_told_in_the_file",
    ),
    Safeguard(
        "close() tells the rest of the losses",
        _SCRIBE,
        "self.outbox.write(tell_all=True)",
        "self.outbox.write()",
        "writer/test_values.py::test_what_was_left_out_is_told_in_the_file",
    ),
    Safeguard(
        "a loss a step is not told at each step",
        "writer/health.py",
        "if everything or 2 * loss.count >= self._dropped[loss.reason]",
        "if everything or loss",
        "writer/test_values.py::test_what_was_left_out_is_told_in_the_file",
    ),
    Safeguard(
        "a batch that was cut at the end is counted by its records",
        _OUTBOX,
        "count_whole(batch.data[:in_file]) if batch.count else 0",
        "0",
        "writer/test_faults.py::test_close_on_a_full_disk_returns_and_counts",
    ),
    Safeguard(
        "what the disk never took is counted at the end",
        _OUTBOX,
        "            if survived < batch.count:\n",
        "            if survived > batch.count:\n",
        "writer/test_faults.py::test_close_on_a_full_disk_returns_and_counts",
    ),
    Safeguard(
        "close() tries again for a moment",
        _SCRIBE,
        "deadline = time.monotonic() + _CLOSING_TIME",
        "deadline = time.monotonic()",
        "writer/test_event_file.py::test_close_tries_again_for_a_moment",
    ),
    Safeguard(
        "close() does not try for ever",
        _SCRIBE,
        "deadline = time.monotonic() + _CLOSING_TIME",
        "deadline = time.monotonic() + 20 * _CLOSING_TIME",
        "writer/test_faults.py::test_close_on_a_full_disk_returns_and_counts",
    ),
    Safeguard(
        "a close of the system's that fails is only warned of",
        _OUTBOX,
        "except OSError as problem:  # network file systems",
        "except ZeroDivisionError as problem:  # network file systems",
        "writer/test_event_file.py::test_a_file_whose_closing_fails_is_closed_once_and_warned_of",
    ),
    Safeguard(
        "SessionLog STOP on close",
        _SCRIBE,
        "                self.outbox.end(Batch(frame(_stop_payload(self.ending)), 0, None))\n",
        "",
        "writer/test_lifecycle.py::test_the_context_manager_closes",
    ),
    Safeguard(
        "each record has its CRC",
        "events/record.py",
        "payload, _CRC.pack(masked_crc32c(payload))",
        "payload, bytes(4)",
        "writer/test_tensorboard_reads.py::test_a_crc_in_the_file_is_right_for_tensorboards_own_reader",
    ),
    Safeguard(
        "each length has its CRC",
        "events/record.py",
        "return size + _CRC.pack(masked_crc32c(size))",
        "return size + bytes(4)",
        "writer/test_tensorboard_reads.py::test_a_crc_in_the_file_is_right_for_tensorboards_own_reader",
    ),
    Safeguard(
        "records that are made in bulk have their CRC",
        "events/scalars.py",
        'fields["crc"] = mask_all(crcs)',
        'fields["crc"] = 0 * mask_all(crcs)',
        "writer/test_tensorboard_reads.py::test_a_crc_in_the_file_is_right_for_tensorboards_own_reader",
    ),
    Safeguard(
        "what was in a deleted file is counted as lost",
        "writer/outbox.py",
        "            self._tally.unwrite(self._in_file)\n",
        "            pass\n",
        "writer/test_faults.py::test_what_was_in_a_deleted_file_is_counted_and_told_in_the_next",
    ),
    Safeguard(
        "a file that was moved is no loss",
        "writer/outbox.py",
        " and self._file.is_gone()",
        "",
        "writer/test_faults.py::test_a_file_that_was_moved_is_no_loss",
    ),
]
