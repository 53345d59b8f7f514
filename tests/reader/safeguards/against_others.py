"""Safeguards against threads, processes and stores, and those that spare whatever runs beside the reader."""

from __future__ import annotations

from typing import Final

from tests.safeguards.safeguard import Safeguard

_STORE = "reader/test_store.py"
_EXECUTOR = "reader/test_executor.py"
_FAILING = f"{_STORE}::test_a_store_that_fails_loses_no_run_says_why_and_is_asked_again"
_SILENT = f"{_STORE}::test_an_answer_that_does_not_come_is_not_waited_for_for_ever"
_GARBAGE = "reader/test_bulk.py::test_the_collector_of_garbage_works_again_after_a_poll_and_stays_off_where_it_was"

AGAINST_OTHERS: Final = [
    Safeguard(
        "polls in several threads wait for each other",
        "reader/logdir.py",
        "self._lock = RLock()",
        "self._lock = __import__('contextlib').nullcontext()",
        "reader/test_logdir.py::test_threads_may_poll_and_look_at_once",
    ),
    Safeguard(
        "reading a file keeps to the budget",
        "reader/tail.py",
        "            if time.monotonic() >= deadline:\n                break\n",
        "",
        "reader/test_logdir.py::test_a_budget_spreads_a_long_file_over_several_polls",
    ),
    Safeguard(
        "a walk keeps to the budget",
        "reader/logdir.py",
        "                self._walk_seconds += time.monotonic() - resumed\n                return\n",
        "                pass\n",
        "reader/programme/test_changing_folders.py::"
        "test_a_budget_of_nothing_is_kept_in_a_walk_and_known_files_are_read_beside_it",
    ),
    Safeguard(
        "an idle poll opens nothing",
        "reader/tail.py",
        "self.more |= self._latest != self._entry",
        "self.more = True",
        "reader/test_tail.py::test_an_idle_poll_opens_nothing",
    ),
    Safeguard(
        "the collector of garbage is on again after a poll",
        "reader/collector.py",
        "    finally:\n        gc.enable()\n",
        "    finally:\n        pass\n",
        _GARBAGE,
    ),
    Safeguard(
        "the collector of garbage stays off where it was off",
        "reader/collector.py",
        "if not gc.isenabled():",
        "if False:",
        _GARBAGE,
    ),
    Safeguard(
        "whatever a store's package raises is a problem and no exception",
        "reader/store.py",
        "except (Exception, asyncio.CancelledError) as error:",
        "except ZeroDivisionError as error:",
        f"{_FAILING}[cat_file]",
    ),
    Safeguard(
        "a store that cannot be listed loses no run",
        "reader/store.py",
        '            yield from (folder for folder in self._known.folders if folder.name != ".")\n',
        "",
        f"{_FAILING}[find]",
    ),
    Safeguard(
        "a listing that does not come is not waited for for ever",
        "reader/store.py",
        "if time.monotonic() > begun + patience.PATIENCE:",
        "if False:",
        _SILENT,
    ),
    Safeguard(
        "calls to a store that never return are waited for no longer than the patience",
        "reader/patience.py",
        "return future.result(PATIENCE)",
        "return future.result()",
        f"{_STORE}::test_calls_that_never_return_hold_a_bounded_number_of_threads",
    ),
    Safeguard(
        "calls to a store that never return are bounded in number",
        "reader/patience.py",
        "if len(_hanging) >= _MOST_HANGING:",
        "if False:",
        f"{_STORE}::test_calls_that_never_return_hold_a_bounded_number_of_threads",
    ),
    Safeguard(
        "what an executor cannot do is done here",
        "reader/away.py",
        "except Exception as error:  # whatever",
        "except ZeroDivisionError as error:  # whatever",
        f"{_EXECUTOR}::test_what_an_executor_cannot_do_is_done_here_and_said_once",
    ),
    Safeguard(
        "an executor that failed is not asked again",
        "reader/away.py",
        "        self.broken = True\n",
        "",
        f"{_EXECUTOR}::test_what_an_executor_cannot_do_is_done_here_and_said_once",
    ),
    Safeguard(
        "a file that goes while it is away is gone and no exception",
        "reader/scan.py",
        "        except FileNotFoundError:\n            gone.add(tail)\n        else:\n",
        "        except ZeroDivisionError:\n            gone.add(tail)\n        else:\n",
        f"{_EXECUTOR}::test_a_file_that_went_while_it_was_away_is_gone",
    ),
]
