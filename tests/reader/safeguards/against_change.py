"""Safeguards against files and folders that change, go, or are refused."""

from __future__ import annotations

from typing import Final

from tests.safeguards.safeguard import Safeguard

_TAIL = "reader/test_tail.py"
_FOLDERS = "reader/programme/test_changing_folders.py"
_LOGDIR = "reader/test_logdir.py"
_REFUSED = f"{_FOLDERS}::test_a_file_that_is_refused_keeps_what_was_read_and_costs_no_other"
_LINKS = f"{_LOGDIR}::test_links_in_a_circle_give_each_folder_once"

AGAINST_CHANGE: Final = [
    Safeguard(
        "a replaced file is told by its inode",
        "reader/tail.py",
        "now.identity != before.identity or",
        "",
        f"{_TAIL}::test_a_copy_with_another_middle_under_another_inode_is_read_anew",
    ),
    Safeguard(
        "a replaced object of a store is told by its version",
        "reader/tail.py",
        " or (now.version != before.version and now.size <= before.size)",
        "",
        "reader/test_store.py::test_an_object_put_anew_with_the_same_size_and_ends_is_noticed",
    ),
    Safeguard(
        "a file written anew is told by its first bytes",
        "reader/tail.py",
        "_holds(source, self._marked_start) and ",
        "",
        f"{_TAIL}::test_a_file_with_another_first_record_under_the_same_inode_is_read_anew",
    ),
    Safeguard(
        "a file written anew is told by the last bytes that were read",
        "reader/tail.py",
        " and _holds(source, self._marked_end)",
        "",
        f"{_TAIL}::test_a_file_with_the_same_beginning_but_another_middle_is_read_anew",
    ),
    Safeguard(
        "a file that was read with others is told by its bytes, too",
        "reader/tail.py",
        "        self._marked_start = (0, data[:_MARK])\n        self._marked_end = _end(data, len(data), 0)\n",
        "",
        "reader/test_bulk.py::test_a_file_that_was_read_with_others_is_read_on_by_itself",
    ),
    Safeguard(
        "a search begins anew where the bytes behind damage are others",
        "reader/tail.py",
        "if not _holds(source, self._edge):",
        "if False:",
        f"{_TAIL}::test_garbage_at_the_end_replaced_by_records_is_no_damage",
    ),
    Safeguard(
        "tags that are no longer there are told as changed",
        "reader/tail.py",
        "            changed |= {text(tag) for tag in self.content.series}\n",
        "",
        "reader/test_bulk.py::test_a_file_that_was_read_with_others_is_read_on_by_itself",
    ),
    Safeguard(
        "a late point of an older file changes the generation",
        "reader/series.py",
        "if not self._grows_to(segments):",
        "if False:",
        f"{_TAIL}::test_a_late_append_to_an_older_file_is_shown_in_its_place",
    ),
    Safeguard(
        "points that are gone change the generation",
        "reader/columns.py",
        "            self.generation = next_generation()\n",
        "",
        "reader/test_attempts.py::test_a_start_seen_late_in_the_same_file_changes_the_generation",
    ),
    Safeguard(
        "columns that were given out cannot be written to",
        "reader/columns.py",
        "    view.setflags(write=False)\n",
        "",
        f"{_TAIL}::test_appending_keeps_the_generation_and_earlier_views",
    ),
    Safeguard(
        "a file that shrinks while its record is judged is waited for",
        "reader/frames.py",
        "if len(footer) < FOOTER_SIZE:",
        "if False:",
        f"{_LOGDIR}::test_a_file_that_shrinks_while_it_is_read_gives_what_is_left",
    ),
    Safeguard(
        "a file that shrinks while it is searched ends the search",
        "reader/resync.py",
        "if len(window) < wanted:",
        "if False:",
        f"{_LOGDIR}::test_a_file_that_shrinks_while_it_is_read_gives_what_is_left",
    ),
    Safeguard(
        "bytes that the system gives in parts are put together",
        "reader/storage.py",
        "while length > 0 and (part",
        "while False and (part",
        f"{_FOLDERS}::test_a_system_that_gives_few_bytes_at_a_time_gives_all_of_them",
    ),
    Safeguard(
        "a file that goes before it is looked at is no exception",
        "reader/logdir.py",
        "except FileNotFoundError:  # the next walk",
        "except ZeroDivisionError:  # the next walk",
        f"{_FOLDERS}::test_a_file_that_goes_before_it_is_looked_at_is_gone_and_no_exception",
    ),
    Safeguard(
        "a file that goes before it is opened is no exception",
        "reader/logdir.py",
        "with suppress(FileNotFoundError):",
        "with suppress(ZeroDivisionError):",
        f"{_FOLDERS}::test_a_file_that_goes_before_it_is_opened_is_gone_and_no_exception",
    ),
    Safeguard(
        "a run whose folder is gone is gone",
        "reader/logdir.py",
        "for name in self._files.keys() - self._walked.event_folders:",
        "for name in list[str]():",
        f"{_TAIL}::test_a_deleted_folder_is_gone_and_comes_back",
    ),
    Safeguard(
        "a file that may not be looked at is a problem and no exception",
        "reader/tail.py",
        "            self._refused = error\n            return False\n",
        "            raise\n",
        f"{_REFUSED}[stat-read one by one]",
    ),
    Safeguard(
        "a file that may not be opened is a problem and no exception",
        "reader/tail.py",
        "            self._refused = error\n            self.more = False\n",
        "            raise\n",
        f"{_REFUSED}[open-read one by one]",
    ),
    Safeguard(
        "a file that may not be opened costs none of those that are read with it",
        "reader/bulk.py",
        "        except OSError:\n            continue\n",
        "        except ZeroDivisionError:\n            continue\n",
        f"{_REFUSED}[open-read together]",
    ),
    Safeguard(
        "a refusal that has passed is no problem any more",
        "reader/tail.py",
        "        else:\n            self._refused = None\n",
        "",
        f"{_REFUSED}[open-read one by one]",
    ),
    Safeguard(
        "a folder that may not be listed is a problem and no exception",
        "reader/storage.py",
        "                yield Folder(path, name, error=error)\n                continue\n",
        "                raise\n",
        f"{_LOGDIR}::test_what_the_system_refuses_is_shown_with_the_reason",
    ),
    Safeguard(
        "a folder that goes amid a walk is no exception",
        "reader/storage.py",
        "    except OSError:\n        return None\n",
        "    except ZeroDivisionError:\n        return None\n",
        f"{_FOLDERS}::test_a_folder_that_goes_amid_a_walk_is_gone_and_no_exception",
    ),
    Safeguard(
        "links in a circle end",
        "reader/storage.py",
        "if followed and _identity(path) in seen:",
        "if False:",
        _LINKS,
    ),
    Safeguard(
        "a folder has its own name where links lead to it, too",
        "reader/storage.py",
        "(linked if _is_link(item) else own)",
        "linked",
        _LINKS,
    ),
    Safeguard(
        "a link whose target cannot be reached is no folder",
        "reader/storage.py",
        "    except OSError:  # a link whose target",
        "    except ZeroDivisionError:  # a link whose target",
        _LINKS,
    ),
    Safeguard(
        "a link to itself with the name of an event file is no exception",
        "reader/storage.py",
        "    except OSError:\n        return True\n",
        "    except ZeroDivisionError:\n        return True\n",
        f"{_FOLDERS}::test_links_to_themselves_devices_and_pipes_are_no_event_files",
    ),
    Safeguard(
        "only regular files are opened",
        "reader/storage.py",
        "elif _is_regular(item):",
        "else:",
        f"{_LOGDIR}::test_a_pipe_with_the_name_of_an_event_file_is_left_alone",
    ),
    Safeguard(
        "no file stays open between polls",
        "reader/storage.py",
        "        os.close(self._file)\n",
        "        pass\n",
        f"{_TAIL}::test_no_file_stays_open_between_polls",
    ),
    Safeguard(
        "a graph whose file is gone is a problem and no exception",
        "reader/run.py",
        "except (OSError, ValueError) as error:",
        "except ValueError as error:",
        "reader/test_graph.py::test_a_graph_whose_file_is_gone_meanwhile_is_a_problem_and_no_exception",
    ),
]
