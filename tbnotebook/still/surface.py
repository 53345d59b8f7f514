"""What a picture is drawn on, in logical pixels: a canvas of pixels or a drawing of shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tbnotebook.still.palette import TEXT, Colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tbnotebook.still.canvas import Anchor, Area


class Surface(Protocol):
    """Takes shapes and words; what comes later lies on top."""

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
        """Write `text` with its baseline at `at`; returns its width. `halo` clears the lines around it."""

    def line(self, points: Sequence[tuple[float, float]], colour: Colour, width: float) -> None:
        """A polyline."""

    def dashed(self, start: tuple[float, float], end: tuple[float, float], colour: Colour) -> None:
        """A dashed hairline, horizontal or vertical."""

    def box(
        self, area: Area, *, radius: float = 0, fill: Colour | None = None, line: Colour | None = None, width: float = 1
    ) -> None:
        """A rectangle with round corners; its line lies inside."""

    def disc(self, centre: tuple[float, float], radius: float, fill: Colour) -> None:
        """A filled circle."""

    def polygon(self, points: Sequence[tuple[float, float]], fill: Colour) -> None:
        """A filled polygon."""

    def picture(self, area: Area, data: bytes) -> None:
        """A picture of ours, as large as fits, at the area's upper left; where only shapes are drawn an empty box."""

    def curves(self, area: Area, layers: Sequence[tuple[NDArray[np.float64], Colour, float]]) -> None:
        """Polylines that end at the edges of `area`.

        Parameters
        ----------
        area : Area
        layers : sequence of (points, colour, width)
            points: shape (n, 2), logical pixels from the area's corner; the last layer lies on top.
        """
