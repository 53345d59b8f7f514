"""Segments from a store into a folder, and what is in them."""

from __future__ import annotations

from pathlib import Path

import fsspec

from tbnotebook.events.segment import whole_file
from tests.events.reading import files


def download(url: str, folder: Path) -> list[Path]:
    """Copy a run's objects into ``folder``; returns them in the order of their names."""
    folder.mkdir(parents=True, exist_ok=True)
    system, root = fsspec.core.url_to_fs(url)
    for entry in system.ls(root, detail=True):
        if entry["type"] == "file":
            (folder / entry["name"].rpartition("/")[2]).write_bytes(system.cat_file(entry["name"]))
    return files(folder)


def file_count(folder: Path) -> int:
    """Of how many event files a folder has segments."""
    return len({whole_file(path.name) for path in files(folder)})
