"""One box of the diagram."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from tbnotebook.still import ticks
from tbnotebook.still.canvas import Area, elide, text_width
from tbnotebook.still.layout import BOX_HEIGHT, FRAME_HEADER
from tbnotebook.still.palette import BOX_LINE, GROUND, MARK, QUIET_FILL, SECOND_TEXT, TRACK, Colour, mix

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tbnotebook.still.scene import Block
    from tbnotebook.still.surface import Surface

SIDE = 14.0
BAR_WIDTH, BAR_HEIGHT = 56.0, 4.0
NARROW = 180.0  # under this a box has no room for the bar
MOST_CELLS = 16


def draw_block(canvas: Surface, block: Block, total: int) -> None:
    """Draw `block` in its place; `total` is the number of all parameters, for the bar of its share."""
    area = Area(block.left, block.top, block.width, block.height)
    if block.form == "terminal":
        canvas.box(area, radius=14, fill=GROUND, line=BOX_LINE)
        _centred(canvas, block, 12, bold=True)
    elif block.form == "op":
        canvas.box(area, radius=12, fill=GROUND, line=BOX_LINE)
        _centred(canvas, block, 11.5, bold=False)
    elif block.form == "frame":
        _draw_frame(canvas, block, area)
    else:
        _draw_box(canvas, block, area, total)


def _centred(canvas: Surface, block: Block, size: float, bold: bool) -> None:
    words = elide(block.name, block.width - 16, size, bold)
    canvas.text((block.centre, block.top + block.height / 2 + 4), words, size=size, bold=bold, anchor="middle")


def _colours(block: Block) -> tuple[Colour, Colour]:
    """Fill and border."""
    if block.hue is None:
        return QUIET_FILL, BOX_LINE
    return mix(block.hue, 0.075), mix(block.hue, 0.36)


def _outline(canvas: Surface, block: Block, area: Area, radius: float) -> None:
    fill, line = _colours(block)
    if block.item["kind"] != "fold":
        canvas.box(area, radius=radius, fill=fill, line=line)
        return
    canvas.box(area, radius=radius, fill=fill)
    for y in (area.top + 0.5, area.bottom - 0.5):
        canvas.dashed((area.left + radius, y), (area.right - radius, y), line)
    for x in (area.left + 0.5, area.right - 0.5):
        canvas.dashed((x, area.top + radius), (x, area.bottom - radius), line)


def _draw_box(canvas: Surface, block: Block, area: Area, total: int) -> None:
    for plate in (2, 1) if block.repeats > 1 else ():
        fill, line = _colours(block)
        behind = Area(area.left + 7 * plate, area.top + 4 * plate, area.width - 14 * plate, area.height)
        canvas.box(behind, radius=6, fill=fill, line=line)
    _outline(canvas, block, area, 6)
    count = block.item.get("count") or 0
    number = ticks.parameters(count) if count else ""
    right = area.right - SIDE
    used = canvas.text((right, area.top + 20), number, anchor="right") if number else 0
    name = elide(block.name, area.width - 2 * SIDE - used - 40, 13, bold=True)
    written = canvas.text((area.left + SIDE, area.top + 20), name, size=13, bold=True)
    if block.repeats > 1:
        written += 8 + canvas.text(
            (area.left + SIDE + written + 8, area.top + 20), f"× {block.repeats}", size=13, bold=True
        )
    if area.height < BOX_HEIGHT:
        room = area.width - 2 * SIDE - written - used - 20
        if room > 40:
            at = (area.left + SIDE + written + 8, area.top + 20)
            canvas.text(at, elide(block.detail, room), colour=SECOND_TEXT)
        return
    bar = BAR_WIDTH if count and total and area.width > NARROW else 0.0
    below = elide(block.detail, area.width - 2 * SIDE - bar - 10)
    canvas.text((area.left + SIDE, area.top + 37.5), below, colour=SECOND_TEXT)
    if bar:
        track = Area(right - bar, area.top + 31.5, bar, BAR_HEIGHT)
        canvas.box(track, radius=2, fill=TRACK)
        share = Area(track.left, track.top, max(2.0, bar * min(1, count / total)), BAR_HEIGHT)
        canvas.box(share, radius=2, fill=MARK)


def _draw_frame(canvas: Surface, block: Block, area: Area) -> None:
    _outline(canvas, block, area, 8)
    baseline = area.top + 21
    count = block.item.get("count") or 0
    words = f"{ticks.parameters(count)} parameter{'' if count == 1 else 's'}" if count else ""
    # The edge into the frame runs down its middle, so the words keep to their half; a lane may cross them.
    ground = _colours(block)[0]
    canvas.text((area.right - SIDE, baseline), elide(words, area.width / 2 - 30), anchor="right", halo=ground)
    half = area.width / 2 - SIDE - 12
    name = elide(block.name, half, 13, bold=True)
    used = canvas.text((area.left + SIDE, baseline), name, size=13, bold=True, halo=ground)
    if half - used > 40:
        cls = elide(block.detail, half - used - 8)
        canvas.text((area.left + SIDE + used + 8, baseline), cls, colour=SECOND_TEXT, halo=ground)
    params = block.item.get("params") or ()
    if len(block.children) == 1 and len(params) <= 2 and block.children[0].form == "op":
        _draw_cells(canvas, block.children[0], area, params)
    elif params:
        _list_parameters(canvas, area, params)


def _list_parameters(canvas: Surface, area: Area, params: Sequence[Mapping[str, Any]]) -> None:
    words = " · ".join(f"{param['name']} {ticks.shape(list(param['shape']))}" for param in params[:8])
    if len(params) > 8:
        words += f" · + {len(params) - 8} more"
    at = (area.left + SIDE, area.bottom - 10)
    canvas.text(at, elide(words, area.width - 2 * SIDE, 11), colour=SECOND_TEXT, size=11)


def _draw_cells(canvas: Surface, op: Block, area: Area, params: Sequence[Mapping[str, Any]]) -> None:
    """Parameters at both sides of the operation, each with up to sixteen cells in its shape."""
    middle = op.top + op.height / 2
    for side, param in zip((-1, 1), params, strict=False):
        rows, columns = _cells(param["shape"])
        width, height = columns * 7.5 - 1.5, rows * 7.5 - 1.5
        room = area.width / 2 - op.width / 2 - FRAME_HEADER - SIDE
        size = ticks.shape(list(param["shape"]))
        name = elide(param["name"], room - text_width(size, 11.5) - 6, 11.5, bold=True)
        reach = max(width, text_width(name, 11.5, bold=True) + 6 + text_width(size, 11.5))
        left = op.left - 24 - reach if side < 0 else op.left + op.width + 24
        for row in range(rows):
            for column in range(columns):
                cell = Area(left + column * 7.5, middle - height / 2 + row * 7.5, 6, 6)
                canvas.box(cell, radius=1, fill=MARK)
        inner = left + width + 4 if side < 0 else left - 4
        canvas.line([(inner, middle), (op.left if side < 0 else op.left + op.width, middle)], MARK, 1)
        used = canvas.text((left, middle - height / 2 - 7), name, size=11.5, bold=True)
        canvas.text((left + used + 6, middle - height / 2 - 7), size, size=11.5, colour=SECOND_TEXT)


def _cells(sizes: Sequence[int]) -> tuple[int, int]:
    """Rows and columns of at most sixteen cells that look like the shape."""
    columns = max(1, int(sizes[-1])) if sizes else 1
    rows = max(1, math.prod(sizes[:-1]))
    if rows * columns <= MOST_CELLS and rows <= 4:
        return rows, columns
    tall = min(3, rows)
    return tall, max(1, min(columns, MOST_CELLS // tall))
