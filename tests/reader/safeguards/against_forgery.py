"""Safeguards against files that are made to cost memory or time, or to be believed."""

from __future__ import annotations

from typing import Final

from tests.safeguards.safeguard import Safeguard

_FORGERY = "reader/test_forgery.py"
_BOMB = "reader/programme/test_bombs.py::test_a_bomb_costs_nothing_beside_it"
_LAYOUT = "reader/test_chart_layout.py"
_KINSHIP = "reader/test_kinship.py"

AGAINST_FORGERY: Final = [
    Safeguard(
        "no record has more than 2 GiB",
        "reader/frames.py",
        "if length > LONGEST_PAYLOAD:",
        "if False:",
        f"{_FORGERY}::test_a_forged_length_with_a_sound_checksum_costs_one_record_and_no_memory",
    ),
    Safeguard(
        "no record reaches beyond the file",
        "reader/frames.py",
        "    if end > size:\n",
        "    if False:\n",
        f"{_FORGERY}::test_a_forged_length_with_a_sound_checksum_costs_one_record_and_no_memory",
    ),
    Safeguard(
        "the checksums of a search are bounded",
        "reader/resync.py",
        "            self.gave_up = True\n",
        "            pass\n",
        f"{_FORGERY}::test_the_checksum_work_on_a_field_of_forged_headers_is_bounded",
    ),
    Safeguard(
        "the checksums of all searches of a file are bounded together",
        "reader/tail.py",
        "search.step(source, self.size, self._effort)",
        "search.step(source, self.size, Effort())",
        f"{_FORGERY}::test_the_checksum_work_of_all_searches_together_is_bounded",
    ),
    Safeguard(
        "a search that gave up goes on when the file has grown",
        "reader/resync.py",
        "        self.gave_up = False  # the file",
        "        pass  # the file",
        f"{_FORGERY}::test_what_follows_false_records_is_found_when_the_file_has_grown",
    ),
    Safeguard(
        "other bytes are searched afresh",
        "reader/tail.py",
        "self._search, self._effort = None, Effort()",
        "self._search = None",
        f"{_FORGERY}::test_a_file_that_takes_the_place_of_a_forged_one_is_searched_afresh",
    ),
    Safeguard(
        "the records that may begin in a search are bounded",
        "reader/resync.py",
        "elif len(self.open) < _MOST_OPEN:",
        "else:",
        f"{_FORGERY}::test_a_search_notes_no_more_than_some_records_that_may_begin",
    ),
    Safeguard(
        "the end that a damaged record states comes before what lies inside it",
        "reader/resync.py",
        "        if self.finding.end is not None:\n",
        "        if False:\n",
        "reader/test_inner_records.py::test_a_record_inside_a_sound_record_is_never_taken_for_one",
    ),
    Safeguard(
        "the list of damaged places is bounded",
        "reader/tail.py",
        "if len(self._damage) < _MOST_PROBLEMS:",
        "if True:",
        f"{_FORGERY}::test_thousands_of_damaged_records_give_a_short_list_with_a_count",
    ),
    Safeguard(
        "no pattern is made of a long record",
        "reader/pattern.py",
        "if len(record) > _LONGEST:",
        "if False:",
        f"{_BOMB}[many tags of 10 MB]",
    ),
    Safeguard(
        "the numbers in a name are ordered without being computed",
        "reader/names.py",
        "_magnitude(part) if",
        "(int(part), '') if",
        "reader/test_decode.py::test_tags_of_many_digits_are_read_and_stand_in_the_order_of_their_numbers",
    ),
    Safeguard(
        "so many numbers in a name count and no more",
        "reader/names.py",
        "_DIGITS.split(name, _MOST_NUMBERS)",
        "_DIGITS.split(name)",
        f"{_BOMB}[tags of 10 MB of digits]",
    ),
    Safeguard(
        "brackets in brackets are no loss",
        "events/loss.py",
        ", RecursionError, struct.error)",
        ", struct.error)",
        "events/test_loss.py::test_any_other_message_tells_of_no_loss",
    ),
    Safeguard(
        "a loss is a number that can be shown",
        "events/loss.py",
        '        struct.pack("<Q", loss.count)\n',
        "",
        "events/test_loss.py::test_any_other_message_tells_of_no_loss",
    ),
    Safeguard(
        "a payload is refused where its file does not hold it any more",
        "reader/located.py",
        "if len(payload) < length:",
        "if False:",
        "reader/test_located.py::test_a_payload_of_a_file_that_was_cut_is_refused_with_its_place",
    ),
    Safeguard(
        "a layout larger than any is not read",
        "reader/chart_layout.py",
        "if self.length > LONGEST:",
        "if False:",
        f"{_LAYOUT}::test_a_damaged_or_hostile_layout_is_a_problem_and_takes_little",
    ),
    Safeguard(
        "a layout of very many charts is refused",
        "reader/chart_layout.py",
        "if count > _MOST:",
        "if False:",
        f"{_LAYOUT}::test_a_damaged_or_hostile_layout_is_a_problem_and_takes_little",
    ),
    Safeguard(
        "a file of nothing but notes takes bounded memory",
        "reader/content.py",
        " and len(self.kinships) < _MOST_KINSHIPS",
        "",
        f"{_KINSHIP}::test_a_file_full_of_notes_costs_bounded_memory",
    ),
    Safeguard(
        "a run whose file has a curve that nobody told of is not hidden in another",
        "reader/kinship.py",
        "or not all(text(tag) in told for tag in tags)",
        "",
        f"{_KINSHIP}::test_what_holds_more_than_was_told_is_a_run_of_its_own",
    ),
    Safeguard(
        "a foreign run that only has such a name is no part of another",
        "reader/kinship.py",
        " and _by_one_process(names(), theirs())",
        "",
        f"{_KINSHIP}::test_a_run_beside_another_of_the_same_tag_is_no_part_of_it",
    ),
]
