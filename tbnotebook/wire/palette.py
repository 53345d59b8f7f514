"""The run colours: one order for the page, the picture and `view.figure()`."""

from __future__ import annotations

LIGHT = (
    "#1b53b9", "#df6e18", "#2ca079", "#a31b59", "#9a6ce5", "#7b5c00", "#03708d", "#9b674b", "#737c8e", "#d45eb1",
)  # fmt: skip


class Colors:
    """Gives each run directory its colour once, so that it has the same one in every view of a notebook."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}

    def of(self, directory: str) -> int:
        """Return the index of a run directory's colour; beyond the palette's length the colours come round again."""
        return self._index.setdefault(directory, len(self._index))
