"""Safeguards against bytes that are not what was written."""

from __future__ import annotations

from typing import Final

from tests.safeguards.safeguard import Safeguard

_DAMAGE = "reader/test_damage.py"
_INNER = "reader/test_inner_records.py"
_FLIPS = "reader/programme/test_flips.py"
_EVERY_BIT = f"{_DAMAGE}::test_every_flipped_bit_costs_at_most_its_record_and_is_marked"
_IN_ROWS = f"{_FLIPS}::test_a_flipped_bit_in_records_that_are_read_in_rows_costs_its_record_and_no_other"
_TOGETHER = f"{_FLIPS}::test_a_flipped_bit_in_a_small_file_that_is_read_with_others_costs_its_record_and_no_other"
_CUT_TOGETHER = f"{_FLIPS}::test_a_small_file_that_is_read_with_others_and_cut_anywhere_gives_its_whole_records"
_HALF_WRITTEN = f"{_INNER}::test_a_record_taken_from_a_half_written_one_is_given_back_when_that_one_is_whole"
_UNFINISHED = f"{_INNER}::test_an_unfinished_record_among_damage_is_taken_when_it_is_whole"
_WAITING = f"{_DAMAGE}::test_bytes_that_wait_at_the_end_become_a_problem_when_the_file_has_been_still"
_FIRST = (
    f"{_DAMAGE}::test_a_file_whose_damaged_first_record_would_name_its_version_is_not_purged_as_an_old_one"
)

AGAINST_DAMAGE: Final = [
    Safeguard(
        "the checksum of a record's data is checked",
        "reader/frames.py",
        " or mask(checksum(buffer[begin:end])) != crc_at(buffer, end)[0]",
        "",
        _EVERY_BIT,
    ),
    Safeguard(
        "the checksum of a record's length is checked",
        "reader/headers.py",
        "return int(length) if masked_crc32c(header[:8]) == crc else None",
        "return int(length)",
        _EVERY_BIT,
    ),
    Safeguard(
        "the checksum of each record in a row is checked",
        "reader/turn.py",
        "mask_all(crcs) == column(U4, self._layout.crc_at)",
        "crcs == crcs",
        f"{_IN_ROWS}[one tag]",
    ),
    Safeguard(
        "what should not vary in a row is compared",
        "reader/turn.py",
        "_equal(column(dtype, offset).copy() == word, count)",
        "count",
        f"{_IN_ROWS}[one tag]",
    ),
    Safeguard(
        "the checksum of a record between rows in no order is checked",
        "reader/medley.py",
        "parts == _MOST_PARTS or not is_sound(self.buffer, *span)",
        "parts == _MOST_PARTS",
        f"{_IN_ROWS}[tags in no order]",
    ),
    Safeguard(
        "the checksums of what small files begin and end with are checked",
        "reader/bulk.py",
        "all(is_sound(buffer, *span) for span in (*opening, *ending))",
        "True",
        _TOGETHER,
    ),
    Safeguard(
        "a small file is read with others only where its records fill it",
        "reader/bulk.py",
        "sizes[records[1:]] - sizes[records[:-1]] == np.diff(begins)",
        "records[1:] >= 0",
        _CUT_TOGETHER,
    ),
    Safeguard(
        "behind damage the next sound record is found",
        "reader/tail.py",
        "        if found is None:\n            if search.more(self.size):\n",
        "        if found is None or True:\n            if found is None and search.more(self.size):\n",
        f"{_DAMAGE}::test_a_record_behind_damage_is_read_where_tensorboard_stops",
    ),
    Safeguard(
        "what was skipped is marked",
        "reader/tail.py",
        '        self._add_damage(search.damaged, f"{search.finding.reason}; {skipped}")\n',
        "",
        _EVERY_BIT,
    ),
    Safeguard(
        "a sound record that holds no event is marked",
        "reader/tail.py",
        "self._add_damage(self._offset + piece.begin, piece.reason)",
        "pass",
        f"{_DAMAGE}::test_sound_records_that_hold_no_event_cost_only_themselves",
    ),
    Safeguard(
        "bytes at the end are no damage while more may come",
        "reader/tail.py",
        " and not self.more and self._still(now):",
        " and not self.more:",
        _WAITING,
    ),
    Safeguard(
        "and are damage when the file has been still",
        "reader/tail.py",
        ">= STILL_SECONDS",
        ">= float('inf')",
        _WAITING,
    ),
    Safeguard(
        "the time that they wait is the reader's too, whatever the file's clock says",
        "reader/tail.py",
        "max(now - modified, time.monotonic() - self._changed_at)",
        "now - modified",
        "reader/programme/test_changing_folders.py::"
        "test_bytes_at_the_end_wait_by_the_readers_clock_too_where_the_files_is_ahead",
    ),
    Safeguard(
        "a file without any record is foreign and not damaged",
        "reader/tail.py",
        "if not self._records:",
        "if False:",
        f"{_DAMAGE}::test_a_file_that_only_bears_the_name_is_called_foreign",
    ),
    Safeguard(
        "what was read behind an unfinished record is given up when that one is whole",
        "reader/tail.py",
        " or self._is_overruled(source, entry.size)",
        "",
        _HALF_WRITTEN,
    ),
    Safeguard(
        "an unfinished record that was passed over is remembered",
        "reader/tail.py",
        "            self._open[search.damaged] = search.finding.end\n",
        "            pass\n",
        _HALF_WRITTEN,
    ),
    Safeguard(
        "unfinished records that a search passed over are remembered",
        "reader/tail.py",
        "        self._open |= search.open\n",
        "",
        _UNFINISHED,
    ),
    Safeguard(
        "what is told of a record is told anew when more of it is there",
        "reader/tail.py",
        " or (finding.verdict is not Verdict.CUT and offset in told)",
        "",
        "reader/programme/test_split_points.py::"
        "test_a_damaged_record_is_told_as_such_also_where_it_was_first_seen_cut",
    ),
    Safeguard(
        "a search begins anew where its record has become whole",
        "reader/tail.py",
        "elif now.verdict is Verdict.VALID or now.end",
        "elif now.end",
        "reader/test_tail.py::test_reading_byte_by_byte_equals_reading_at_once",
    ),
    Safeguard(
        "a damaged first record does not make a file an old one",
        "reader/tail.py",
        "        if search.damaged == 0:\n",
        "        if False:\n",
        _FIRST,
    ),
    Safeguard(
        "nor does a first record that holds no event",
        "reader/content.py",
        "isinstance(piece, (Version, Broken))",
        "isinstance(piece, Version)",
        _FIRST,
    ),
]
