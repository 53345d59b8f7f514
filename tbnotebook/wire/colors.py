"""The run colours, as indices into the palette that the page and the picture share."""

from __future__ import annotations


class Colors:
    """Gives each run directory its colour once, so that it has the same one in every view of a notebook."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}

    def of(self, directory: str) -> int:
        """Return the index of a run directory's colour; beyond the palette's length the colours come round again."""
        return self._index.setdefault(directory, len(self._index))
