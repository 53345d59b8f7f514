"""Ways of the edges: straight down where nothing stands between, else along a lane at the left."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tbnotebook.still.layout import FRAME_HEADER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tbnotebook.still.scene import Block, Flow

Point = tuple[float, float]
LANE_GAP, TURN = 14.0, 10.0


@dataclass(frozen=True, slots=True)
class Route:
    """The corners of an edge, and the place of its label.

    Attributes
    ----------
    flow : Flow
    points : list of (x, y)
    label : (x, y), optional
        Where a label's left edge and middle may be; None where it has no room.
    """

    flow: Flow
    points: list[Point]
    label: Point | None


def route(blocks: Sequence[Block], flows: Sequence[Flow]) -> list[Route]:
    """Ways for all flows between blocks that have a place, the short ones first."""
    everything = [inner for block in blocks for inner in block.walk()]
    placed = {id(block) for block in everything}
    solid = [block for block in everything if block.form != "frame"]
    frames = [block for block in everything if block.form == "frame"]
    inside = {id(frame): {id(inner) for inner in frame.walk()} for frame in frames}
    lanes: list[tuple[float, float, float]] = []
    known = [flow for flow in flows if id(flow.source) in placed and id(flow.target) in placed]
    known.sort(key=lambda flow: abs(flow.target.top - flow.source.bottom))
    ways = [(flow, _direct(flow, solid)) for flow in known]
    joined = {id(flow.target) for flow, points in ways if points is not None and len(points) > 2}
    routes = []
    for flow, points in ways:
        if points is None:
            routes.append(_lane(flow, solid, lanes))
            continue
        cuts = _cuts(flow, frames, inside)
        if id(flow.target) in joined:  # there others turn in
            cuts.append((points[-1][1] - TURN - 4, points[-1][1]))
        routes.append(Route(flow, points, _label_place(points, cuts)))
    return routes


def _direct(flow: Flow, solid: Sequence[Block]) -> list[Point] | None:
    start, end = (flow.source.centre, flow.source.bottom), (flow.target.centre, flow.target.top)
    if end[1] <= start[1]:
        return None
    if abs(start[0] - end[0]) < 1:
        points = [start, (start[0], end[1])]
    else:
        turn = end[1] - TURN
        points = [start, (start[0], turn), (end[0], turn), end]
    others = [block for block in solid if block is not flow.source and block is not flow.target]
    blocked = any(_crosses(a, b, block) for a, b in pairwise(points) for block in others)
    return None if blocked else points


def _crosses(a: Point, b: Point, block: Block) -> bool:
    low_x, high_x = sorted((a[0], b[0]))
    low_y, high_y = sorted((a[1], b[1]))
    return low_x < block.left + block.width and high_x > block.left and low_y < block.bottom and high_y > block.top


def _lane(flow: Flow, solid: Sequence[Block], lanes: list[tuple[float, float, float]]) -> Route:
    """Out of the source's left side, down a lane of its own, into the target's left side."""
    start, end = flow.source.top + flow.source.height / 2, flow.target.top + flow.target.height / 2
    low, high = min(start, end), max(start, end)
    between = [block.left for block in solid if block.top < high and block.bottom > low]
    x = min(between, default=flow.source.left) - LANE_GAP
    while any(abs(x - other) < LANE_GAP - 1 and low < bottom and high > top for other, top, bottom in lanes):
        x -= LANE_GAP
    x = max(x, 2)
    lanes.append((x, low, high))
    points = [(flow.source.left, start), (x, start), (x, end), (flow.target.left, end)]
    return Route(flow, points, None)


def _cuts(flow: Flow, frames: Sequence[Block], inside: dict[int, set[int]]) -> list[tuple[float, float]]:
    """Heights at which the edge passes the border or the header of a frame."""
    cuts = []
    for frame in frames:
        has_source, has_target = id(flow.source) in inside[id(frame)], id(flow.target) in inside[id(frame)]
        if has_source and not has_target:
            cuts.append((frame.bottom, frame.bottom))
        elif has_target and not has_source:
            cuts.append((frame.top, frame.top + FRAME_HEADER))
    return cuts


def _label_place(points: list[Point], cuts: list[tuple[float, float]]) -> Point | None:
    """Beside the longest stretch of the first vertical that no cut takes."""
    x, at = points[0]
    bottom = points[1][1]
    free = []
    for start, end in sorted(cuts):
        free.append((min(start, bottom) - at, at, min(start, bottom)))
        at = max(at, end)
    free.append((bottom - at, at, bottom))
    length, start, end = max(free)
    return (x, (start + end) / 2) if length >= 14 else None
