"""Words of the notes that a graph has."""

from __future__ import annotations


def counted(count: int, one: str, several: str) -> str:
    """Return "1 node" or "2,000 nodes"."""
    return f"1 {one}" if count == 1 else f"{count:,} {several}"
