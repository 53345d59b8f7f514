"""What is said where a live view would stand: it is saved in notebooks, so that older words are known for ever."""

from __future__ import annotations

LIVE_TEXT = (
    "tbnotebook: below is the saved picture; the live view shows in a JupyterLab whose own environment has tbnotebook "
    "(`pip install tbnotebook` there, reload the page and run this cell again)."
)
_OLDER = ("a live view, drawn where the kernel that made it runs",)


def is_live_text(text: str) -> bool:
    """Tell whether a text stands in for a live view of ours."""
    return text.strip() in (LIVE_TEXT, *_OLDER)
