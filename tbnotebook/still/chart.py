"""One chart of the picture: title, axes, raw lines faint beneath the smoothed ones, last values."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tbnotebook.still import ticks
from tbnotebook.still.canvas import Area, elide, text_width
from tbnotebook.still.palette import BASELINE, GRID, SECOND_TEXT, mix, run_colour
from tbnotebook.wire import breathe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from tbnotebook.still.picture import Chart, Line, Ribbon
    from tbnotebook.still.surface import Surface
    from tbnotebook.still.ticks import Tick

    Scale = Callable[[NDArray[np.float64]], NDArray[np.float64]]

TITLE, FOOT, LEFT, RIGHT, RIGHT_WITH_VALUES = 24.0, 20.0, 40.0, 8.0, 46.0
SMOOTH_WIDTH, RAW_WIDTH, FAINT_WIDTH = 1.75, 1.0, 1.5
RAW_OPACITY, FAINT_OPACITY, RIBBON_OPACITY = 0.24, 0.38, 0.19
LABEL_HEIGHT, MOST_LABELS = 13.0, 6
# With more lines than this the raw ones beneath are mud, and thinner smoothed ones stay apart.
MANY, MANY_WIDTH = 12, 1.0
# Of the tags of a chart, in their order: lengths of strokes and gaps, as on the page.
DASHES: tuple[tuple[float, ...], ...] = ((), (6, 3), (1.5, 3), (8, 3, 1.5, 3))
LONGEST_DASHED = 10.0  # widths of the plot
# Share of the points that a spike may have at either end and still be left out of the y range.
SPIKE = 0.02


def draw_chart(canvas: Surface, chart: Chart, area: Area) -> None:
    """Draw `chart` into `area`; a chart without a finite value says so instead of showing axes."""
    if chart.log_x:
        chart = _over_exponents(chart)
    canvas.text((area.left, area.top + 15), elide(chart.title, area.width, bold=True), bold=True)
    right = RIGHT_WITH_VALUES if _has_labels(chart) else RIGHT
    plot = Area(area.left + LEFT, area.top + TITLE + 6, area.width - LEFT - right, area.height - TITLE - FOOT - 6)
    many = len(chart.lines) > MANY
    values = [_value_scale(chart)(line.y) for line in chart.lines]
    x_range = _extent([line.x[np.isfinite(line.x)] for line in chart.lines])
    y_range = value_range(chart)
    if x_range is None or y_range is None:
        canvas.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], BASELINE, 1)
        words = "only NaN or infinite values" if any(len(line.y) for line in chart.lines) else "no values yet"
        canvas.text((plot.centre, plot.middle), words, colour=SECOND_TEXT, size=11, anchor="middle")
        return
    _draw_axes(canvas, chart, plot, x_range, y_range)
    scale_x = _linear_scale(x_range, 0, plot.width)
    scale_y = _linear_scale(y_range, plot.height, 0)
    for ribbon in chart.ribbons:
        _draw_ribbon(canvas, chart, ribbon, plot, scale_x, scale_y)
    layers = []
    for line in chart.lines:
        breathe()
        if line.raw is not None and not many:
            raw = _value_scale(chart)(line.raw)
            colour = mix(run_colour(line.color), RAW_OPACITY)
            layers += [(points, colour, RAW_WIDTH) for points in _strokes(line.x, raw, scale_x, scale_y)]
    for line, value in zip(chart.lines, values, strict=True):
        breathe()
        colour = mix(run_colour(line.color), FAINT_OPACITY if line.faint else 1)
        width = MANY_WIDTH if many else FAINT_WIDTH if line.faint else SMOOTH_WIDTH
        strokes = _strokes(line.x, value, scale_x, scale_y)
        layers += [(dash, colour, width) for points in strokes for dash in _dashed(points, line.dash, plot.width)]
    # The window stands out by a pixel, so that a line along the edge keeps its width.
    window = Area(plot.left, plot.top - 1, plot.width + 1, plot.height + 2)
    canvas.curves(window, [(points + np.array([0.0, 1.0]), colour, width) for points, colour, width in layers])
    canvas.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], BASELINE, 1)
    _draw_last_values(canvas, chart, plot, scale_x, scale_y)


def _over_exponents(chart: Chart) -> Chart:
    """The same chart with exponents of ten for x."""
    return replace(
        chart,
        lines=[replace(line, x=_exponents(line.x)) for line in chart.lines],
        ribbons=[replace(ribbon, x=_exponents(ribbon.x)) for ribbon in chart.ribbons],
    )


def _draw_ribbon(canvas: Surface, chart: Chart, ribbon: Ribbon, plot: Area, scale_x: Scale, scale_y: Scale) -> None:
    low, high = (_value_scale(chart)(edge) for edge in (ribbon.low, ribbon.high))
    colour = mix(run_colour(ribbon.color), RIBBON_OPACITY)
    there = np.isfinite(ribbon.x) & np.isfinite(low) & np.isfinite(high)
    stretches = np.split(np.arange(len(there)), np.flatnonzero(np.diff(there)) + 1)
    x, upper, lower = scale_x(ribbon.x), scale_y(high).clip(0, plot.height), scale_y(low).clip(0, plot.height)
    for part in stretches:
        if len(part) > 1 and there[part[0]]:
            above = zip((plot.left + x[part]).tolist(), (plot.top + upper[part]).tolist(), strict=True)
            below = zip((plot.left + x[part]).tolist(), (plot.top + lower[part]).tolist(), strict=True)
            canvas.polygon([*above, *reversed(list(below))], colour)


def value_range(chart: Chart) -> tuple[float, float] | None:
    """Range of the y axis, in the axis' own unit (exponents of ten if logarithmic); None without values.

    The smoothed lines are always inside but for the spikes which `chart.outliers` leaves out: the
    2 % of their values at either end if those would take more than half of the height.
    """
    scale = _value_scale(chart)
    smooth = [v[np.isfinite(v)] for v in (scale(line.y) for line in chart.lines)]
    everything = np.concatenate(smooth) if smooth else np.empty(0)
    extent = _extent([everything])
    if extent is None:
        return None
    low, high = extent
    if chart.outliers and len(everything) >= 20:
        inner = np.quantile(everything, (SPIKE, 1 - SPIKE)).tolist()
        reach = inner[1] - inner[0]
        low = inner[0] if inner[0] - low > reach / 2 and reach > 0 else low
        high = inner[1] if high - inner[1] > reach / 2 and reach > 0 else high
    return _with_room(low, high, chart.log_y)


def _with_room(low: float, high: float, log: bool) -> tuple[float, float]:
    most = sys.float_info.max_10_exp if log else sys.float_info.max
    if high > low:
        room = (high - low) * 0.05
        # A rate or a loss that nearly touches zero starts at zero.
        bottom = 0.0 if not log and 0 <= low < (high - low) * 0.25 else low - room
        return max(bottom, -most), min(high + room, most)
    room = 0.5 if log else abs(low) * 0.1 or 1.0
    return max(low - room, -most), min(high + room, most)


def _value_scale(chart: Chart) -> Scale:
    return _exponents if chart.log_y else lambda values: np.asarray(values, dtype=np.float64)


def _exponents(values: NDArray[np.float64]) -> NDArray[np.float64]:
    values = np.asarray(values, dtype=np.float64)
    logarithm: NDArray[np.float64] = np.log10(np.where(values > 0, values, np.nan))
    return logarithm


def _extent(columns: Sequence[NDArray[np.float64]]) -> tuple[float, float] | None:
    filled = [column for column in columns if len(column)]
    if not filled:
        return None
    return min(float(c.min()) for c in filled), max(float(c.max()) for c in filled)


def _linear_scale(domain: tuple[float, float], start: float, stop: float) -> Scale:
    # Halves: the difference of two finite floats may be infinite.
    low, half = domain[0], domain[1] / 2 - domain[0] / 2
    if half <= 0:
        return lambda values: np.full(len(values), (start + stop) / 2)
    return lambda values: start + (values / 2 - low / 2) / half * (stop - start)


def _strokes(
    x: NDArray[np.float64], y: NDArray[np.float64], scale_x: Scale, scale_y: Scale
) -> list[NDArray[np.float64]]:
    """The line's unbroken stretches in pixels, each (n, 2), thinned to extremes a half pixel."""
    finite = np.isfinite(x) & np.isfinite(y)
    # Far outside of the plot the place does not matter, and Pillow's integers end somewhere.
    points = np.column_stack([scale_x(x), np.clip(scale_y(y), -4000, 4000)])
    ends = np.flatnonzero(np.diff(finite)) + 1
    stretches = np.split(points, ends)
    starts = [0, *ends.tolist()]
    return [_thin(part) for part, start in zip(stretches, starts, strict=True) if len(part) and finite[start]]


def _thin(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """First, lowest, highest and last point of every half pixel: what a line of a pixel can show."""
    if len(points) < 4:
        return points
    changes = np.flatnonzero(np.diff(np.floor(points[:, 0] * 2))) + 1
    if len(points) <= 2 * len(changes):
        return points
    starts, ends = np.append(0, changes), np.append(changes, len(points))
    group = np.repeat(np.arange(len(starts)), ends - starts)
    by_height = np.lexsort((points[:, 1], group))
    keep = np.zeros(len(points), np.bool_)
    for index in (starts, ends - 1, by_height[starts], by_height[ends - 1]):
        keep[index] = True
    return points[keep]


def _dashed(points: NDArray[np.float64], place: int, width: float) -> list[NDArray[np.float64]]:
    """The strokes of a line that is dashed as its place among the chart's tags says."""
    pattern = DASHES[place % len(DASHES)]
    if not pattern:
        return [points]
    along = np.append(0.0, np.cumsum(np.hypot(*np.diff(points, axis=0).T)))
    # Of a line that goes up and down all the time nobody sees dashes.
    if not 0 < along[-1] < LONGEST_DASHED * width:
        return [points]
    edges = np.append(0.0, np.cumsum(np.tile(pattern, int(along[-1] / sum(pattern)) + 1)))
    dashes = []
    for start, stop in zip(edges[:-1:2].tolist(), edges[1::2].tolist(), strict=True):
        if start < along[-1]:
            inner = points[(along > start) & (along < stop)]
            first, last = ([np.interp(at, along, points[:, axis]) for axis in (0, 1)] for at in (start, stop))
            dashes.append(np.vstack([first, inner, last]))
    return dashes


def _x_ticks(chart: Chart, low: float, high: float, most: int) -> list[Tick]:
    if chart.log_x:
        return ticks.logarithmic(low, high, most, seconds=chart.x_axis == "relative")
    make = {"step": ticks.linear, "relative": ticks.duration, "wall": ticks.clock}[chart.x_axis]
    return make(low, high, most)


def _draw_axes(
    canvas: Surface, chart: Chart, plot: Area, x_range: tuple[float, float], y_range: tuple[float, float]
) -> None:
    make = ticks.logarithmic if chart.log_y else ticks.linear
    scale_y = _linear_scale(y_range, plot.bottom, plot.top)
    for value, label in make(*y_range, round(plot.height / 28)):
        y = float(scale_y(np.array([value]))[0])
        if not plot.top - 1 <= y <= plot.bottom + 1:
            continue
        if plot.bottom - y > 1:
            canvas.line([(plot.left, y), (plot.right, y)], GRID, 1)
        canvas.text((plot.left - 8, y + 4), label, colour=SECOND_TEXT, size=11, anchor="right")
    scale_x = _linear_scale(x_range, plot.left, plot.right)
    taken = -1e9
    for value, label in _x_ticks(chart, *x_range, max(2, round(plot.width / 48))):
        x = float(scale_x(np.array([value]))[0])
        half = text_width(label, 11) / 2
        if x - half < taken + 8:
            continue
        taken = x + half
        canvas.line([(x, plot.bottom), (x, plot.bottom + 3)], BASELINE, 1)
        canvas.text((x, plot.bottom + 15), label, colour=SECOND_TEXT, size=11, anchor="middle")


def _draw_last_values(canvas: Surface, chart: Chart, plot: Area, scale_x: Scale, scale_y: Scale) -> None:
    """The last smoothed value of each line at the right, spread so that none covers another."""
    if not _has_labels(chart):
        return
    last = [(line, point) for line in chart.lines if not line.faint and (point := _last(line, chart))]
    ends = [(line, x, float(scale_y(np.array([y]))[0]), value) for line, (x, y, value) in last]
    ends = [end for end in ends if 0 <= end[2] <= plot.height]
    ends.sort(key=lambda end: end[2])
    places = spread([end[2] for end in ends], LABEL_HEIGHT, 0, plot.height)
    for (line, x, y, value), place in zip(ends, places, strict=True):
        colour = run_colour(line.color)
        start = plot.left + float(scale_x(np.array([x]))[0])
        if plot.right - start < 1.5:
            at = plot.right
            canvas.line([(at + 2, plot.top + y), (at + 4, plot.top + place), (at + 6, plot.top + place)], colour, 1)
        else:  # the line ended before the chart does
            canvas.disc((start, plot.top + y), 2.2, colour)
            canvas.box(Area(plot.right + 2, plot.top + place - 1, 4, 2), fill=colour)
        canvas.text((plot.right + 8, plot.top + place + 4), ticks.short(value), size=11)


def _has_labels(chart: Chart) -> bool:
    return 0 < sum(not line.faint for line in chart.lines) <= MOST_LABELS


def _last(line: Line, chart: Chart) -> tuple[float, float, float] | None:
    values = _value_scale(chart)(line.y)
    good = np.flatnonzero(np.isfinite(values) & np.isfinite(line.x))
    if not len(good):
        return None
    index = int(good[-1])
    return float(line.x[index]), float(values[index]), float(line.y[index])


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move sorted `places` apart to at least `gap`, staying within [low, high] as far as they fit."""
    result = list(places)
    for i in range(1, len(result)):
        result[i] = max(result[i], result[i - 1] + gap)
    if result and result[-1] > high:
        result[-1] = high
        for i in range(len(result) - 2, -1, -1):
            result[i] = min(result[i], result[i + 1] - gap)
    return [max(place, low + i * gap) for i, place in enumerate(result)]
