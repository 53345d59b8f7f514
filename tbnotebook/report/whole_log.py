"""A folder of logs, read to its end."""

from __future__ import annotations

import os

from tbnotebook.reader import LogDir


def read_whole(folder: str | os.PathLike[str]) -> LogDir:
    """Return the log with all that its files hold by now.

    Raises
    ------
    ValueError
        If it has no event file; the error says what there is.
    """
    if os.path.isfile(folder):
        raise ValueError(f"{os.fspath(folder)} is a file; give the folder that it is in")
    log = LogDir(folder)
    while log.poll().more:
        pass
    if log.state == "missing":
        raise ValueError(f"{os.fspath(folder)} does not exist; give a folder with event files")
    if log.state != "ok":
        what = f"{log.file_count} other files" if log.file_count else "nothing"
        raise ValueError(f"{os.fspath(folder)} holds {what}, but no event file (one with 'tfevents' in its name)")
    return log
