"""Where a ``log_dir`` lies: in a folder of this machine or in an object store."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit


def store_url(log_dir: str) -> str | None:
    """Return what fsspec opens, such as ``s3://bucket/run`` or ``memory://run``; None for a local folder."""
    return log_dir if "://" in log_dir and not log_dir.startswith("file://") else None


def local_folder(log_dir: str) -> str:
    """Return a local folder, also one given as ``file://``, as an absolute path.

    A file that is begun later must not follow a change of the working directory.
    """
    path = unquote(urlsplit(log_dir).path) if log_dir.startswith("file://") else log_dir
    return os.path.abspath(path)
