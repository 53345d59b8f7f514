"""Safeguards against events that are unusual, malformed or void."""

from __future__ import annotations

from typing import Final

from tests.safeguards.safeguard import Safeguard

_DECODE = "reader/test_decode.py"
_ATTEMPTS = "reader/test_attempts.py"
_NO_EVENT = "reader/test_damage.py::test_sound_records_that_hold_no_event_cost_only_themselves"
_ONE_NUMBER = f"{_DECODE}::test_only_a_tensor_of_one_number_is_a_scalar"

AGAINST_ODD_CONTENT: Final = [
    Safeguard(
        "an event whose fields cannot be told costs only itself",
        "reader/decode.py",
        "except (ValueError, DecodeError) as error:",
        "except DecodeError as error:",
        _NO_EVENT,
    ),
    Safeguard(
        "an event whose messages cannot be parsed costs only itself",
        "reader/decode.py",
        "except (ValueError, DecodeError) as error:",
        "except ValueError as error:",
        _NO_EVENT,
    ),
    Safeguard(
        "a field ends within its message",
        "reader/protowire.py",
        "if at > end:",
        "if False:",
        _NO_EVENT,
    ),
    Safeguard(
        "a field has a number",
        "reader/protowire.py",
        "if not 8 <= key < 1 << 32:",
        "if False:",
        _NO_EVENT,
    ),
    Safeguard(
        "a number ends within ten bytes",
        "reader/protowire.py",
        "range(0, 70, 7)",
        "range(0, 700, 7)",
        _NO_EVENT,
    ),
    Safeguard(
        "a tag that is no UTF-8 is shown with escapes",
        "reader/names.py",
        'raw.decode("utf-8", "backslashreplace")',
        'raw.decode("utf-8")',
        f"{_DECODE}::test_a_tag_that_is_no_utf8_is_shown_with_visible_escapes",
    ),
    Safeguard(
        "a folder's name that is no UTF-8 is shown with escapes",
        "reader/names.py",
        "return name if name.isascii() else text(os.fsencode(name))",
        "return name",
        "reader/test_logdir.py::test_hostile_folder_names_are_text_without_surrogates",
    ),
    Safeguard(
        "a tensor that says it has more numbers is no scalar",
        "reader/tensor.py",
        " or any(dim.size != 1 for dim in tensor.tensor_shape.dim)",
        "",
        _ONE_NUMBER,
    ),
    Safeguard(
        "bytes that are no number of the tensor's type are none",
        "reader/tensor.py",
        "        if len(tensor.tensor_content) != np.dtype(dtype).itemsize:\n            return None\n",
        "",
        _ONE_NUMBER,
    ),
    Safeguard(
        "the first metadata of a tag stays",
        "reader/decode.py",
        "self.metadata.setdefault(value.tag, Metadata(plugin, said.display_name, said.summary_description))",
        "self.metadata[value.tag] = Metadata(plugin, said.display_name, said.summary_description)",
        f"{_DECODE}::test_the_first_metadata_of_a_tag_decides_whether_its_tensors_are_scalars",
    ),
    Safeguard(
        "times that are not finite are no extremes",
        "reader/content.py",
        "        if not (math.isfinite(first) and math.isfinite(last)):\n",
        "        if False:\n",
        f"{_DECODE}::test_nan_and_infinite_values_and_wall_times_are_points_like_others",
    ),
    Safeguard(
        "times that are not finite are no extremes of small files",
        "reader/content.py",
        "        if math.isfinite(first) and math.isfinite(last):\n",
        "        if True:\n",
        "reader/test_bulk.py::test_every_sort_of_file_gives_what_it_gives_by_itself",
    ),
    Safeguard(
        "a START voids the points of earlier files",
        "reader/attempts.py",
        "_needed((*gathered, *content.starts))",
        "gathered",
        f"{_ATTEMPTS}::test_a_start_purges_all_tags_in_its_own_file_and_before",
    ),
    Safeguard(
        "a START spares points that are later by the clock",
        "reader/content.py",
        " | ~(wall_time <= start.wall_time)",
        "",
        f"{_ATTEMPTS}::test_a_start_spares_points_that_are_later_by_the_clock",
    ),
    Safeguard(
        "a START spares points of which the clock says nothing",
        "reader/content.py",
        "~(wall_time <= start.wall_time)",
        "(wall_time > start.wall_time)",
        f"{_ATTEMPTS}::test_a_start_spares_points_of_which_the_clock_says_nothing",
    ),
    Safeguard(
        "a START voids no graph",
        "reader/content.py",
        "surviving(places, (start,)) if key[1] is not None else None",
        "surviving(places, (start,))",
        "reader/test_located.py::test_a_start_makes_pictures_void_but_no_graph",
    ),
    Safeguard(
        "a smaller step voids points where a file tells no version",
        "reader/content.py",
        "if not self.versioned:",
        "if False:",
        f"{_ATTEMPTS}::test_files_without_a_version_purge_a_tag_when_it_steps_back",
    ),
    Safeguard(
        "what was void stays to be seen",
        "reader/content.py",
        "        purged.extend(*columns.keep(keep))\n",
        "        columns.keep(keep)\n",
        f"{_ATTEMPTS}::test_what_a_start_made_void_is_there_on_request",
    ),
    Safeguard(
        "a run that begins again is another attempt",
        "reader/attempts.py",
        "if any(low < highest[name] for name, low, _ in spans if name in highest):",
        "if False:",
        f"{_ATTEMPTS}::test_a_cell_run_again_in_the_same_folder_is_a_new_attempt",
    ),
    Safeguard(
        "segments of a file are one file",
        "reader/run.py",
        "[whole_file(path) for path in self._tails]",
        "list(self._tails)",
        "reader/test_segments.py::test_steps_that_go_back_from_segment_to_segment_begin_no_attempt",
    ),
    Safeguard(
        "a run that goes on after its end has not ended",
        "reader/content.py",
        "            self.ended = False\n            if isinstance(piece, Batch):\n",
        "            if isinstance(piece, Batch):\n",
        f"{_DECODE}::test_a_run_has_ended_when_its_last_record_is_a_stop",
    ),
    Safeguard(
        "events that the writer lost are a problem",
        "reader/tail.py",
        '        found += [self._problem(None, loss_text, "lost") for loss_text in self._loss_texts()]\n',
        "",
        "reader/test_logdir.py::test_lost_events_are_told_as_the_writer_wrote_them",
    ),
    Safeguard(
        "a graph that cannot be parsed is a problem and no exception",
        "reader/run.py",
        "except (OSError, ValueError) as error:",
        "except OSError as error:",
        "reader/test_graph.py::test_a_graph_that_is_none_is_a_problem_and_no_exception",
    ),
]
