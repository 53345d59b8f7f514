"""What a still picture shows, as plain data: the caller has thinned, smoothed and chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

XAxis = Literal["step", "relative", "wall"]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One run in one chart.

    Attributes
    ----------
    color : int or str
        Index of the run's colour, as in the view: the palette repeats after ten. Or any colour as ``#rrggbb``.
    x : ndarray, float64, shape (n,)
        Steps, seconds since the run's start, or seconds since 1970, as the chart's `x_axis` says.
    y : ndarray, float64, shape (n,)
        Smoothed values; NaN and infinities leave a gap.
    raw : ndarray, float64, shape (n,), optional
        Logged values at the same `x`, drawn faint beneath; None where nothing was smoothed.
    faint : bool
        An older attempt of the run.
    dash : int
        The place of its tag among those of the chart: lines of the first are solid.
    """

    color: int | str
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    raw: NDArray[np.float64] | None = None
    faint: bool = False
    dash: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Ribbon:
    """What is shaded around the curve of several runs.

    Attributes
    ----------
    color : int or str
    x, low, high : ndarray, float64, shape (n,)
        Its edges; NaN and infinities leave a gap.
    """

    color: int | str
    x: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """One card: the lines of a tag or several, the ones drawn last on top.

    Attributes
    ----------
    title : str
        Drawn as text whatever it holds.
    lines : sequence of Line
    x_axis : {"step", "relative", "wall"}
        What `Line.x` counts.
    log_y : bool
        Logarithmic values; those ≤ 0 leave a gap.
    outliers : bool
        True lets the y range leave out the spikes, as the view's option of this name.
    ribbons : sequence of Ribbon
        Beneath the lines.
    log_x : bool
        Logarithmic steps or seconds; those ≤ 0 leave a gap.
    """

    title: str
    lines: Sequence[Line]
    x_axis: XAxis = "step"
    log_y: bool = False
    outliers: bool = True
    ribbons: Sequence[Ribbon] = ()
    log_x: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """A run's name and colour.

    Attributes
    ----------
    name : str
    color : int or str
    last_step : int, optional
        Shown behind the name.
    """

    name: str
    color: int | str
    last_step: int | None = None


@dataclass(frozen=True, slots=True)
class Thumb:
    """A small picture that was logged.

    Attributes
    ----------
    title : str
        Its tag.
    data : bytes
        PNG or WebP, made by ourselves.
    step : int
    """

    title: str
    data: bytes
    step: int


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """All that a picture shows; equal content gives equal bytes.

    Attributes
    ----------
    title : str
        The log folder, as a reader would write it.
    charts : sequence of Chart
        Only the first six are drawn; the others are counted in words.
    graph : mapping, optional
        GraphPayload of `tbnotebook.graph.outline`; its first look is drawn beneath the charts.
    runs : sequence of Legend
    note : str
        State in words ("saved 14:02", "waiting for logs/"), at the right of the title.
    view_id : str
        Goes into the file as text, so that a page can find the picture of a view that is alive.
    more_charts : int
        Charts that exist besides `charts` but were not handed over.
    more_runs : int
        Runs that exist besides `runs`.
    besides : str
        What there is that no such picture shows, in words.
    thumbs : sequence of Thumb
        A row of them is drawn where there is nothing else to draw.
    """

    title: str
    charts: Sequence[Chart] = field(default=())
    graph: Mapping[str, Any] | None = None
    runs: Sequence[Legend] = field(default=())
    note: str = ""
    view_id: str = ""
    more_charts: int = 0
    more_runs: int = 0
    besides: str = ""
    thumbs: Sequence[Thumb] = field(default=())
