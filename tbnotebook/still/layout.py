"""Places of the boxes: data flows down, a rank a row, frames around their children."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tbnotebook.still.canvas import text_width
from tbnotebook.still.scene import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tbnotebook.still.scene import Flow

BOX_WIDTH, BOX_LEAST = 312.0, 96.0
BOX_HEIGHT, LINE_HEIGHT, OP_HEIGHT, TERMINAL_HEIGHT = 48.0, 34.0, 24.0, 28.0
PLATES = 8.0  # what the plates of a stack add beneath it
SIBLING_GAP = 13.0
FRAME_HEADER, FRAME_FOOT, FRAME_SIDE = 34.0, 16.0, 46.0
FRAME_LEAST = 420.0
PARAMETER_ROOM = 22.0
MOST_IN_A_ROW = 5


@dataclass(frozen=True, slots=True)
class Density:
    """Room between two rows, with and without a shape to print in it, and the height of a box."""

    labelled: float = 34
    plain: float = 18
    box: float = BOX_HEIGHT


def place(
    blocks: Sequence[Block], flows: Sequence[Flow], width: float, density: Density
) -> tuple[list[list[Block]], float]:
    """Set the place of each block, the outermost ones centred in `width` and from 0 down.

    Returns
    -------
    rows : list of list of Block
        The outermost blocks from top to bottom.
    height : float
        Of all rows together.
    """
    rows, height = _arrange(list(blocks), flows, width, density)
    for block in (block for row in rows for block in row):
        block.shift(width / 2, 0)
    return rows, height


def _arrange(
    blocks: list[Block], flows: Sequence[Flow], width: float, density: Density
) -> tuple[list[list[Block]], float]:
    """Place `blocks` around x = 0 and from y = 0; what is inside of a frame first."""
    links = _links(blocks, flows)
    rows = [_cut(row) for row in _rows(blocks, links)]
    rank = {id(block): index for index, row in enumerate(rows) for block in row}
    top = 0.0
    for index, row in enumerate(rows):
        for block in row:
            _measure(block, flows, width, len(row), density)
        _fit(row, width)
        total = sum(block.width for block in row) + SIBLING_GAP * (len(row) - 1)
        height = max(block.height for block in row)
        left = -total / 2
        for block in row:
            block.shift(left - block.left, top + (height - block.height) / 2 - block.top)
            left += block.width + SIBLING_GAP
        labelled = any(rank.get(id(blocks[i])) == index and flow.labels for i, _, flow in links)
        top += height + max(_below(block) for block in row)
        if index + 1 < len(rows):
            top += density.labelled if labelled else density.plain
    return rows, top


def _links(blocks: list[Block], flows: Sequence[Flow]) -> list[tuple[int, int, Flow]]:
    """Flows as (from, to) among `blocks`, each end counted for the block it lies in."""
    holder = {id(inner): index for index, block in enumerate(blocks) for inner in block.walk()}
    ends = ((holder.get(id(flow.source)), holder.get(id(flow.target)), flow) for flow in flows)
    return [(a, b, flow) for a, b, flow in ends if a is not None and b is not None and a != b]


def _rows(blocks: list[Block], links: list[tuple[int, int, Flow]]) -> list[list[Block]]:
    """Blocks by rank, the longest way from a source; a flow against the order of execution is no way."""
    sources: list[list[int]] = [[] for _ in blocks]
    targets: list[list[int]] = [[] for _ in blocks]
    for a, b, _ in links:
        # Inputs may be listed behind what they feed, and outputs before: they have no order to respect.
        if a < b or blocks[a].item["kind"] == "input" or blocks[b].item["kind"] == "output":
            sources[b].append(a)
            targets[a].append(b)
    order = sorted(range(len(blocks)), key=lambda i: ({"input": 0, "output": 2}.get(blocks[i].item["kind"], 1), i))
    ranks = [0] * len(blocks)
    for index in order:
        ranks[index] = max((ranks[source] + 1 for source in sources[index]), default=0)
    for index in reversed(order):  # what nothing feeds stands just above what it feeds
        if not sources[index] and targets[index]:
            ranks[index] = max(0, min(ranks[target] for target in targets[index]) - 1)
    last = max(ranks, default=0) + 1
    ranks = [last if block.item.get("aside") else rank for block, rank in zip(blocks, ranks, strict=True)]
    rows: list[list[Block]] = [[] for _ in range(max(ranks, default=-1) + 1)]
    for index, block in enumerate(blocks):
        rows[ranks[index]].append(block)
    return [row for row in rows if row]


def _cut(row: list[Block]) -> list[Block]:
    if len(row) <= MOST_IN_A_ROW:
        return row
    kept = row[: MOST_IN_A_ROW - 1]
    more = Block({"kind": "op"}, "op", f"+ {len(row) - len(kept)} more")
    return [*kept, more]


def _measure(block: Block, flows: Sequence[Flow], width: float, neighbours: int, density: Density) -> None:
    if block.form == "op":
        block.width, block.height = min(220.0, text_width(block.name, 11.5) + 28), OP_HEIGHT
    elif block.form == "terminal":
        block.width, block.height = min(260.0, max(76.0, text_width(block.name, bold=True) + 32)), TERMINAL_HEIGHT
    elif block.form == "frame":
        share = (width - SIBLING_GAP * (neighbours - 1)) / neighbours
        rows, height = _arrange(block.children, flows, share - 2 * FRAME_SIDE, density)
        block.children = [child for row in rows for child in row]
        inner = max((sum(c.width for c in row) + SIBLING_GAP * (len(row) - 1) for row in rows), default=0)
        block.width = min(share, max(FRAME_LEAST, inner + 2 * FRAME_SIDE))
        room = PARAMETER_ROOM if block.item.get("params") else 0
        block.height = FRAME_HEADER + room / 2 + height + FRAME_FOOT + room / 2
        block.left, block.top = -block.width / 2, 0
        for child in block.children:
            child.shift(0, FRAME_HEADER + room / 2)
    else:
        block.width = BOX_WIDTH
        block.height = density.box if block.detail or block.item.get("count") else LINE_HEIGHT


def _fit(row: list[Block], width: float) -> None:
    """Narrow the boxes of a row that is too wide."""
    boxes = [block for block in row if block.form == "box"]
    others = sum(block.width for block in row if block.form != "box")
    room = width - others - SIBLING_GAP * (len(row) - 1)
    for block in boxes:
        block.width = max(BOX_LEAST, min(BOX_WIDTH, room / len(boxes)))


def _below(block: Block) -> float:
    return PLATES if block.repeats > 1 else 0
