"""Names of folders and runs as a page shows them."""

from __future__ import annotations

import os


def plain_text(name: str) -> str:
    """Return a name of the file system as valid Unicode: what is none shows as an escape."""
    return name.encode("utf-8", "backslashreplace").decode()


def display_path(path: str) -> str:
    """Return a folder as a reader would write it: from the working directory if it lies beneath."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        relative = path
    return plain_text(path if relative.startswith("..") else relative)
