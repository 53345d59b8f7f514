"""What could not be read as it should."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Something in a log that a person should know of.

    Attributes
    ----------
    path : str
        The file or folder, shown safely: bytes that are no UTF-8 stand as visible escapes.
    offset : int or None
        Byte in the file where the trouble begins.
    reason : str
        What was found, and what would have been right.
    kind : str
        ``"damaged"``: bytes were skipped or wait at the end of a file that has been still.
        ``"foreign"``: no record at all; the file only bears the name of an event file.
        ``"unreadable"``: the system refuses the file or folder.
        ``"lost"``: the writer tells that it had to drop events.
        ``"graph"``: a graph is there, but it cannot be understood.
        ``"layout"``: a layout of custom scalars is there, but it cannot be understood.
    run : str or None
        Name of the run it belongs to.
    """

    path: str
    offset: int | None
    reason: str
    kind: str
    run: str | None = None
