"""A picture of curves and diagram as PNG, drawn by Pillow, or as SVG. Plain data in, bytes out."""

from tbnotebook.still.picture import Chart, Legend, Line, Picture, Ribbon
from tbnotebook.still.sheet import WIDTH, draw, draw_svg

__all__ = ["WIDTH", "Chart", "Legend", "Line", "Picture", "Ribbon", "draw", "draw_svg"]
