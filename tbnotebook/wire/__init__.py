"""Columns → keyframes, deltas, snapshots. Pure: no ipywidgets, no thread."""
