"""The first look of a network, drawn: boxes with their names and counts, shapes on the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tbnotebook.still import ticks
from tbnotebook.still.boxes import draw_block
from tbnotebook.still.canvas import Area, elide, text_width
from tbnotebook.still.layout import LINE_HEIGHT, Density, place
from tbnotebook.still.palette import EDGE_THICK, EDGE_THIN, GROUND, QUIET_FILL, SECOND_TEXT, Colour
from tbnotebook.still.routes import Route, route
from tbnotebook.still.scene import DEEPEST, scene

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tbnotebook.still.scene import Block
    from tbnotebook.still.surface import Surface

CAPTION = 30.0
MOST_HEIGHT = 840.0
FOOT = 22.0
TIGHT = Density(26, 16)
LINES = Density(26, 16, LINE_HEIGHT)
STEPS = ((DEEPEST, Density()), (DEEPEST, TIGHT), (DEEPEST, LINES), (0, TIGHT), (0, LINES))
THIN, THICK, LANE_THICK = 1.25, 8.0, 4.0
LABEL_SIZE, LABEL_WIDTH = 11.5, 170.0


class Diagram:
    """A graph's first look from (left, top) down; `bottom` says how far it reaches in the given width.

    Too tall, its gaps shrink; then its boxes to one line; then its frames close; then its last rows are
    left out and counted.
    """

    def __init__(self, payload: Mapping[str, Any], left: float, top: float, width: float) -> None:
        self._payload = payload
        self._left, self._top = left, top
        self._width = width
        for deepest, density in STEPS:
            self._scene = scene(payload, deepest)
            rows, height = place(self._scene.blocks, self._scene.flows, width, density)
            if height <= MOST_HEIGHT:
                break
        kept = [row for row in rows if row[0].bottom <= MOST_HEIGHT] or rows[:1]
        self._blocks = [block for row in kept for block in row]
        self._left_out = sum(len(row) for row in rows) - len(self._blocks)
        if self._left_out:
            height = max(block.bottom for block in self._blocks) + FOOT
        self.bottom = top + CAPTION + height
        for block in self._blocks:
            block.shift(left, top + CAPTION)

    def draw(self, canvas: Surface) -> None:
        """Draw it in its place."""
        self._draw_caption(canvas)
        everything = [inner for block in self._blocks for inner in block.walk()]
        total = self._payload["totals"]["params"]
        for block in everything:
            if block.form == "frame":
                draw_block(canvas, block, total)
        self._draw_edges(canvas)
        for block in everything:
            if block.form != "frame":
                draw_block(canvas, block, total)
        if self._left_out:
            boxes = "box" if self._left_out == 1 else "boxes"
            words = f"+ {self._left_out} more {boxes} below"
            at = (self._left + self._width / 2, self.bottom - 4)
            canvas.text(at, words, colour=SECOND_TEXT, anchor="middle")

    def _draw_caption(self, canvas: Surface) -> None:
        payload = self._payload
        name = elide(" › ".join(self._scene.path), self._width / 2, 13, bold=True)
        used = canvas.text((self._left, self._top + 15), name, size=13, bold=True)
        totals = payload["totals"]
        words = [] if payload["foreign"] else [_parameters(totals["params"])]
        if totals["flops"] is not None:
            words.append(_flops(totals["flops"]))
        words += totals["dtypes"][:3]
        facts = elide(" · ".join(words), self._width - used - 24)
        canvas.text((self._left + used + 18, self._top + 15), facts, colour=SECOND_TEXT)

    def _draw_edges(self, canvas: Surface) -> None:
        routes = route(self._blocks, self._scene.flows)
        largest = max((r.flow.size for r in routes), default=0)
        told: set[tuple[int, str]] = set()
        for drawn in reversed(routes):  # the short ones lie on top
            _draw_edge(canvas, drawn, largest)
        everything = [inner for block in self._blocks for inner in block.walk()]
        frames = [block for block in everything if block.form == "frame"]
        for drawn in routes:
            shapes = [s for s in drawn.flow.labels if (id(drawn.flow.source), s) not in told]
            if drawn.label is None or not shapes:
                continue
            words = elide(", ".join(shapes), LABEL_WIDTH, LABEL_SIZE)
            x = drawn.label[0] + _edge_width(drawn, largest) / 2 + 8
            y = drawn.label[1]
            if _is_taken(Area(x, y - 6, text_width(words, LABEL_SIZE), 12), everything):
                continue
            told.update((id(drawn.flow.source), s) for s in shapes)
            ground = QUIET_FILL if any(f.top < y < f.bottom for f in frames) else GROUND
            canvas.text((x, y + 4), words, colour=SECOND_TEXT, size=LABEL_SIZE, halo=ground)


def _is_taken(area: Area, blocks: list[Block]) -> bool:
    """Whether a label would lie on a box."""
    return any(
        block.form != "frame"
        and area.left < block.left + block.width
        and block.left < area.right
        and area.top < block.bottom
        and block.top < area.bottom
        for block in blocks
    )


def _edge_width(drawn: Route, largest: float) -> float:
    share = (drawn.flow.size / largest) ** 0.5 if largest else 0.0
    width = THIN + (THICK - THIN) * share
    return width if len(drawn.points) == 2 else min(width, LANE_THICK)


def _draw_edge(canvas: Surface, drawn: Route, largest: float) -> None:
    width = _edge_width(drawn, largest)
    share = (width - THIN) / (THICK - THIN)
    r, g, b = (round(thin + (thick - thin) * share) for thin, thick in zip(EDGE_THIN, EDGE_THICK, strict=True))
    colour: Colour = (r, g, b)
    x, y = drawn.points[-1]
    before = drawn.points[-2]
    half, length = width / 2 + 3, 6 + width / 3
    if before[0] == x:
        canvas.line([*drawn.points[:-1], (x, y - length)], colour, width)
        canvas.polygon([(x - half, y - length), (x + half, y - length), (x, y)], colour)
    else:
        canvas.line([*drawn.points[:-1], (x - length, y)], colour, width)
        canvas.polygon([(x - length, y - half), (x - length, y + half), (x, y)], colour)


def _parameters(number: int) -> str:
    return f"{ticks.parameters(number)} parameter{'' if number == 1 else 's'}"


def _flops(number: float) -> str:
    text = ticks.short(number) if number >= 1000 else f"{number:.0f}"
    return f"{text[:-1]} {text[-1]}FLOPs" if text[-1].isalpha() else f"{text} FLOPs"
