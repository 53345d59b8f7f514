"""A text as a cell of CSV, with which no spreadsheet computes."""

from __future__ import annotations

# A cell that begins with one of these is a formula to some spreadsheet, the wide ones included, also behind blanks.
_FORMULA = tuple("=+-@＝＋－＠")
_LEADERS = ("\t", "\r", "\n")


def csv_cell(name: str) -> str:
    """Return a name as a cell of CSV that no spreadsheet takes for a formula."""
    # The standard library's writer leaves a carriage return unquoted where lines end in a newline alone.
    safe = f"'{name}" if name.startswith(_LEADERS) or name.lstrip().startswith(_FORMULA) else name
    return '"' + safe.replace('"', '""') + '"' if any(character in safe for character in ',"\r\n') else safe
