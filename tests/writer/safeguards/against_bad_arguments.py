"""Safeguards against what people hand over, and the ways in which they are told."""

from __future__ import annotations

from typing import Final

from tests.safeguards.safeguard import Safeguard

_DEVICE = "writer/device_number.py"
_ENCODER = "writer/encoder.py"
_ENTRY = "writer/scalar_entry.py"
_HEALTH = "writer/health.py"
_VALUES = "writer/values.py"
_BAD_STEP = "writer/test_values.py::test_a_bad_step_is_left_out_counted_and_the_rest_is_written"
_BAD_VALUE = "writer/test_values.py::test_a_bad_value_is_left_out_counted_and_the_rest_is_written"
_LOOP = "writer/test_gpu_tensors.py::test_the_loop_only_gives_work_and_the_writers_thread_waits"
_NO_UNICODE = "writer/test_values.py::test_tags_that_are_no_unicode_stay_apart_and_legible"
_FOLDERS = "writer/test_child_folders.py"

AGAINST_BAD_ARGUMENTS: Final = [
    Safeguard(
        "a cause warns once",
        _HEALTH,
        "            if cause in self._warned:\n                return\n",
        "",
        _BAD_VALUE,
    ),
    Safeguard(
        "a warning never raises",
        _HEALTH,
        "except WriterWarning:",
        "except ZeroDivisionError:",
        "writer/test_values.py::test_warnings_as_errors_do_not_raise_in_a_training_loop",
    ),
    Safeguard(
        "a strict writer raises trouble",
        "writer/file_writer.py",
        "            self.scribe.tally.raise_trouble()\n",
        "            pass\n",
        "writer/test_strict.py::test_close_raises_what_it_could_not_write_and_has_closed",
    ),
    Safeguard(
        "trouble is raised once",
        _HEALTH,
        "trouble, self._lost = self._lost or self._failing, None",
        "trouble = self._lost or self._failing",
        "writer/test_strict.py::test_events_dropped_for_want_of_room_raise_once",
    ),
    Safeguard(
        "a fault that passed is no trouble",
        _HEALTH,
        "            self._written += count\n            self._failing = None\n",
        "            self._written += count\n",
        "writer/test_strict.py::test_a_fault_that_passed_without_a_loss_raises_nothing",
    ),
    Safeguard(
        "a bad value is left out and not raised",
        _ENTRY,
        "            if strict:\n                raise\n",
        "            raise\n",
        _BAD_VALUE,
    ),
    Safeguard(
        "a bad entry does not take others with it",
        _ENCODER,
        "                continue\n",
        "                break\n",
        "writer/test_values.py::test_a_bad_tag_is_left_out_counted_and_the_rest_is_written",
    ),
    Safeguard(
        "a tag that cannot be hashed is told from a good one",
        _ENCODER,
        "except Exception as problem:  # as above",
        "except BadValue as problem:  #",
        "writer/test_values.py::test_a_bad_tag_is_left_out_counted_and_the_rest_is_written",
    ),
    Safeguard(
        "an error that nobody thought of costs no entry beside its own",
        _ENCODER,
        "        except Exception:\n",
        "        except ValueError:\n",
        "writer/test_values.py::test_an_error_that_nobody_thought_of_costs_no_entry_beside_its_own",
    ),
    Safeguard(
        "a step lies within int64",
        _VALUES,
        "if not MIN_STEP <= number <= MAX_STEP:",
        "if False:",
        _BAD_STEP,
    ),
    Safeguard(
        "whatever a foreign number raises is a bad value",
        _VALUES,
        "except Exception as problem:  # .item() of",
        "except TypeError as problem:  # .item() of",
        _BAD_VALUE,
    ),
    Safeguard(
        "a tag of lone surrogates is escaped",
        _VALUES,
        'tag.encode("utf-8", "backslashreplace")',
        'tag.encode("utf-8", "replace")',
        _NO_UNICODE,
    ),
    Safeguard(
        "a tag of bytes that are no UTF-8 is escaped",
        _VALUES,
        'return tag.decode("utf-8", "backslashreplace").encode()',
        "return tag",
        _NO_UNICODE,
    ),
    Safeguard(
        "a value is taken at the call",
        _ENTRY,
        "            if type(scalar_value) is not float:\n                scalar_value = take_number(scalar_value)\n",
        "",
        "writer/test_values.py::test_a_value_is_taken_as_it_is_at_the_call",
    ),
    Safeguard(
        "a step is taken at the call",
        _ENTRY,
        "                global_step = take_step(global_step)\n",
        "                pass\n",
        "writer/test_values.py::test_a_value_is_taken_as_it_is_at_the_call",
    ),
    Safeguard(
        "a number on a GPU is copied without waiting",
        _DEVICE,
        'to("cpu", non_blocking=True)',
        'to("cpu", non_blocking=False)',
        _LOOP,
    ),
    Safeguard(
        "the training loop does not wait for a GPU",
        _DEVICE,
        "            return DeviceNumber(value)\n",
        "            return float(DeviceNumber(value))\n",
        _LOOP,
    ),
    Safeguard(
        "a subclass of a tensor is asked in the caller's thread",
        _DEVICE,
        "type(value) in (torch.Tensor, torch.nn.Parameter)",
        "True",
        "writer/test_gpu_tensors.py::test_a_subclass_of_tensor_is_asked_in_the_callers_thread",
    ),
    Safeguard(
        "a subclass keeps its own add_scalar",
        "writer/summary_writer.py",
        "if type(self).add_scalar is SummaryWriter.add_scalar:",
        "if True:",
        "writer/test_lifecycle.py::test_a_subclass_keeps_its_own_add_scalar",
    ),
    Safeguard(
        "a change of the working directory is not followed",
        "events/address.py",
        "os.path.abspath(log_dir.removeprefix(_LOCAL))",
        "log_dir.removeprefix(_LOCAL)",
        "writer/test_lifecycle.py::test_a_change_of_the_working_directory_is_not_followed",
    ),
    Safeguard(
        "no key of add_scalars leads out of the log's folder",
        "writer/child.py",
        'p in ("", ".", "..") or ',
        "",
        f"{_FOLDERS}::test_no_key_leads_out_of_the_folder_or_is_lost",
    ),
    Safeguard(
        "keys that cannot name a folder share none",
        "writer/child.py",
        'return f"{similar}-{hashlib.sha256(both).hexdigest()[:_DIGITS]}"',
        "return similar",
        f"{_FOLDERS}::test_keys_that_cannot_stay_never_share_a_folder",
    ),
]
