"""A picture of curves and diagram as PNG, drawn by Pillow. Plain data in, bytes out."""

from tbnotebook.still.picture import Chart, Legend, Line, Picture

__all__ = ["Chart", "Legend", "Line", "Picture"]
