"""The folders of `add_scalars`' keys: each has one of its own, below the log's, under a name that its system takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.writer.child import child_folder
from tests.events.reading import runs, scalars_in

HOSTILE: list[Any] = [
    "/../../outside",
    "/..",
    "x/../../../outside",
    "/",
    "//",
    "a//b",
    "a/",
    "/./b",
    "x\0y",
    "\ud800",
    "\udcff",
    "k" * 300,
    "k/" * 3000 + "k",
    "d/" * 300 + "k",
    "events.out.tfevents.1",
    b"bytes\xff",
    "💥" * 80,
]


def test_no_key_leads_out_of_the_folder_or_is_lost(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "logs", strict=True) as writer:
        for main_tag in ("loss", "/../..", "..", "\0"):
            writer.add_scalars(main_tag, dict.fromkeys(HOSTILE, 0.5), 1)
    assert [path.name for path in tmp_path.iterdir()] == ["logs"]
    found = runs(tmp_path / "logs")
    assert len(found) == 1 + 4 * len(HOSTILE)  # each has a folder of its own
    assert writer.health.written == 4 * len(HOSTILE)
    assert all(len(scalars_in(folder)) == (name != ".") for name, folder in found.items())
    reader = LogDir(tmp_path / "logs")
    reader.poll()
    assert len(reader.runs) == len(found)
    assert not reader.problems


UNPORTABLE = ["a:b", "a\\b", "what?", "x*", "a|b", "<x>", '"', "end.", "end ", "t\tb", "a/CON", "a/nul.x"]


@pytest.mark.parametrize("key", UNPORTABLE)
def test_where_windows_or_a_store_must_take_a_name_it_is_one_that_they_take(key: str) -> None:
    assert child_folder("loss", key, portable=False) == f"loss_{key}"
    name = child_folder("loss", key, portable=True)
    assert name != f"loss_{key}"
    assert not set('<>:"\\|?*\t/') & set(name)
    assert child_folder("loss", "plain/key_1", portable=True) == "loss_plain/key_1"


def test_keys_that_cannot_stay_never_share_a_folder() -> None:
    names = {child_folder(tag, key, portable=True) for tag in ("a", "a_", "a:") for key in (":b", "?b", "b?", "_b:")}
    assert len(names) == 12
    assert child_folder("con.x", "?", portable=True).startswith("_con.")
