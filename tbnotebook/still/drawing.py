"""A drawing in logical pixels that becomes an SVG document."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tbnotebook.still import fonts
from tbnotebook.still.canvas import Anchor, Area, text_width
from tbnotebook.still.palette import GROUND, HAIRLINE, TEXT, Colour

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray


class Drawing:
    """Takes shapes and words in logical pixels, as `Surface` says; gives an SVG.

    Parameters
    ----------
    width, height : int
        Logical pixels.
    """

    def __init__(self, width: int, height: int) -> None:
        self._head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family="sans-serif">'
        )
        self._shapes: list[str] = []
        self._words: list[str] = []  # on top of all shapes, as on the canvas
        self.box(Area(0, 0, width, height), fill=GROUND)

    def text(
        self,
        at: tuple[float, float],
        text: str,
        *,
        colour: Colour = TEXT,
        size: float = 12,
        bold: bool = False,
        anchor: Anchor = "left",
        halo: Colour | None = None,
    ) -> float:
        """Write `text`, squeezed or spread to the width that it was measured with, whatever the reader's font."""
        width = text_width(text, size, bold)
        left = at[0] - {"left": 0.0, "middle": width / 2, "right": width}[anchor]
        words = "".join(piece.text for piece in fonts.pieces(text))  # control characters, which XML forbids, escaped
        if not words.strip():
            return width
        weight = ' font-weight="bold"' if bold else ""
        around = f' stroke="{_hex(halo)}" stroke-width="4" paint-order="stroke"' if halo else ""
        self._words.append(
            f'<text x="{left:.5g}" y="{at[1]:.5g}" font-size="{size:g}" fill="{_hex(colour)}"{weight}{around} '
            f'textLength="{width:.5g}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">{escape(words)}</text>'
        )
        return width

    def line(self, points: Sequence[tuple[float, float]], colour: Colour, width: float) -> None:
        """A polyline."""
        self._shapes.append(_polyline(points, colour, width))

    def dashed(self, start: tuple[float, float], end: tuple[float, float], colour: Colour) -> None:
        """A dashed hairline."""
        self._shapes.append(_polyline([start, end], colour, 1, ' stroke-dasharray="3 2.5"'))

    def box(
        self, area: Area, *, radius: float = 0, fill: Colour | None = None, line: Colour | None = None, width: float = 1
    ) -> None:
        """A rectangle with round corners; SVG lays a line across the edge, so it is drawn half its width inside."""
        inset = width / 2 if line else 0
        stroke = f' stroke="{_hex(line)}" stroke-width="{width:g}"' if line else ""
        self._shapes.append(
            f'<rect x="{area.left + inset:.5g}" y="{area.top + inset:.5g}" width="{area.width - 2 * inset:.5g}" '
            f'height="{area.height - 2 * inset:.5g}" rx="{min(radius, area.height / 2):g}" '
            f'fill="{_hex(fill) if fill else "none"}"{stroke}/>'
        )

    def disc(self, centre: tuple[float, float], radius: float, fill: Colour) -> None:
        """A filled circle."""
        self._shapes.append(f'<circle cx="{centre[0]:.5g}" cy="{centre[1]:.5g}" r="{radius:g}" fill="{_hex(fill)}"/>')

    def polygon(self, points: Sequence[tuple[float, float]], fill: Colour) -> None:
        """A filled polygon."""
        self._shapes.append(f'<polygon points="{_pairs(points)}" fill="{_hex(fill)}"/>')

    def picture(self, area: Area, data: bytes) -> None:
        """An empty box: a drawing refers to nothing."""
        self.box(area, radius=3, line=HAIRLINE)

    def curves(self, area: Area, layers: Sequence[tuple[NDArray[np.float64], Colour, float]]) -> None:
        """Polylines in a window of their own, which cuts them off at its edges; a single point is a dot."""
        lines = []
        for points, colour, width in layers:
            if len(points) == 1:
                ((x, y),) = points.tolist()
                lines.append(f'<circle cx="{x:.5g}" cy="{y:.5g}" r="1.5" fill="{_hex(colour)}"/>')
            else:
                lines.append(_polyline(points.tolist(), colour, width))
        self._shapes.append(
            f'<svg x="{area.left:.5g}" y="{area.top:.5g}" width="{area.width:.5g}" height="{area.height:.5g}" '
            f'overflow="hidden">{"".join(lines)}</svg>'
        )

    def svg(self) -> str:
        """The document."""
        return "\n".join([self._head, *self._shapes, *self._words, "</svg>\n"])


def _polyline(points: Iterable[Sequence[float]], colour: Colour, width: float, more: str = "") -> str:
    look = f'fill="none" stroke="{_hex(colour)}" stroke-width="{width:g}" stroke-linejoin="round"'
    return f'<polyline points="{_pairs(points)}" {look}{more}/>'


def _pairs(points: Iterable[Sequence[float]]) -> str:
    return " ".join(f"{x:.5g},{y:.5g}" for x, y in points)


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
