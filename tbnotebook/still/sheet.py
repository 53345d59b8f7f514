"""The whole picture: title line, legend, charts in rows, the diagram beneath."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tbnotebook.still import ticks
from tbnotebook.still.canvas import Area, Canvas, elide, text_width
from tbnotebook.still.chart import draw_chart
from tbnotebook.still.diagram import Diagram
from tbnotebook.still.drawing import Drawing
from tbnotebook.still.palette import HAIRLINE, SECOND_TEXT, run_colour
from tbnotebook.wire import breathe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tbnotebook.still.picture import Legend, Picture
    from tbnotebook.still.surface import Surface

WIDTH = 900
# The file is twice as large as shown, for sharp text; a picture so rich that it would weigh more
# than this is drawn at its plain size. More lines than these surely do, and cost time to find out.
BUDGET = 48_000
MOST_LINES = 60

MARGIN = 8
HEADER = 24
CHIP_HEIGHT, CHIP_GAP, CHIP_NAME, CHIP_ROWS = 24, 18, 180, 2
COLUMNS, ROWS = 3, 2
CARD_HEIGHT, COLUMN_GAP, ROW_GAP = 180, 20, 16
LINE = 22
THUMBS, THUMB, THUMB_GAP = 6, 132, 18


def draw(picture: Picture, *, draft: bool = False) -> bytes:
    """Draw `picture` as a PNG that is to be shown `WIDTH` pixels wide.

    Parameters
    ----------
    picture : Picture
    draft : bool
        Draw it at its plain size, which takes a third of the work.

    Returns
    -------
    bytes
        A PNG of few colours on white, 1800 or, where that would be too heavy, 900 pixels wide. Equal
        pictures give equal bytes on one machine (on another its fonts may differ).
    """
    sheet = _Sheet(picture)
    if not draft and sum(len(chart.lines) for chart in sheet.shown) <= MOST_LINES:
        png = sheet.png(2)
        if len(png) <= BUDGET:
            return png
    png = sheet.png(1)
    while len(png) > BUDGET and picture.thumbs:
        picture = replace(picture, thumbs=picture.thumbs[: len(picture.thumbs) // 2])
        png = _Sheet(picture).png(1)
    return png


def draw_svg(picture: Picture) -> str:
    """Draw `picture` as a plain SVG document, the same in lines and words as the PNG.

    Parameters
    ----------
    picture : Picture

    Returns
    -------
    str
        XML without scripts, styles or references; text stays text, and is set in the reader's sans-serif font.
    """
    sheet = _Sheet(picture)
    drawing = Drawing(WIDTH, sheet.height)
    sheet.draw(drawing)
    return drawing.svg()


class _Sheet:
    """Measures the parts from top to bottom, then draws each in its place."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.shown = picture.charts[: COLUMNS * ROWS]
        self.left_out = len(picture.charts) - len(self.shown) + picture.more_charts
        self.columns = min(COLUMNS, max(2, len(self.shown)))
        self.card_width = (WIDTH - 2 * MARGIN - (self.columns - 1) * COLUMN_GAP) / self.columns
        self.chips, self.runs_left_out = _place_chips(picture)

        self.chips_top = MARGIN + HEADER + 4
        chip_rows = 1 + max((row for row, _, _ in self.chips), default=-1)
        self.charts_top = self.chips_top + chip_rows * CHIP_HEIGHT + 6
        rows = -(-len(self.shown) // self.columns)
        bottom: float = self.charts_top + rows * CARD_HEIGHT + max(0, rows - 1) * ROW_GAP
        self.more_baseline = bottom + LINE - 4
        if self.left_out:
            bottom += LINE
        self.diagram = None
        if picture.graph is not None:
            self.diagram = Diagram(picture.graph, MARGIN, bottom + (14 if rows else 0), WIDTH - 2 * MARGIN)
            bottom = self.diagram.bottom
        elif not rows and not picture.besides:
            bottom += LINE
        self.thumbs = picture.thumbs[:THUMBS] if picture.graph is None and not rows else ()
        self.thumbs_top = bottom
        if self.thumbs:
            bottom += THUMB + 2 * LINE
        self.besides_baseline = bottom + LINE - 6
        if picture.besides:
            bottom += LINE
        self.height = round(bottom + MARGIN)

    def png(self, scale: int) -> bytes:
        canvas = Canvas(WIDTH, self.height, scale)
        self.draw(canvas)
        return canvas.png(self.picture.view_id, BUDGET)

    def draw(self, canvas: Surface) -> None:
        self._draw_header(canvas)
        self._draw_chips(canvas)
        for index, chart in enumerate(self.shown):
            breathe()
            row, column = divmod(index, self.columns)
            left = MARGIN + column * (self.card_width + COLUMN_GAP)
            top = self.charts_top + row * (CARD_HEIGHT + ROW_GAP)
            draw_chart(canvas, chart, Area(left, top, self.card_width, CARD_HEIGHT))
        if self.left_out:
            words = f"+ {self.left_out} more {'chart' if self.left_out == 1 else 'charts'}"
            canvas.text((MARGIN, self.more_baseline), words, colour=SECOND_TEXT)
        if self.diagram is not None:
            self.diagram.draw(canvas)
        elif not self.shown and not self.picture.besides:
            canvas.text((MARGIN, self.charts_top + 14), "nothing to draw yet", colour=SECOND_TEXT)
        for index, thumb in enumerate(self.thumbs):
            breathe()
            left = MARGIN + index * (THUMB + THUMB_GAP)
            canvas.text((left, self.thumbs_top + 14), elide(thumb.title, THUMB))
            canvas.picture(Area(left, self.thumbs_top + LINE, THUMB, THUMB), thumb.data)
            below = self.thumbs_top + LINE + THUMB + 16
            canvas.text((left, below), f"step {ticks.count(thumb.step)}", colour=SECOND_TEXT)
        if self.picture.besides:
            words = elide(self.picture.besides, WIDTH - 2 * MARGIN)
            canvas.text((MARGIN, self.besides_baseline), words, colour=SECOND_TEXT)

    def _draw_header(self, canvas: Surface) -> None:
        baseline = MARGIN + 15
        note = elide(self.picture.note, WIDTH / 2)
        right = WIDTH - MARGIN
        taken = canvas.text((right, baseline), note, colour=SECOND_TEXT, anchor="right")
        title = elide(self.picture.title, WIDTH - 2 * MARGIN - taken - 24, 13, bold=True)
        canvas.text((MARGIN, baseline), title, size=13, bold=True)
        canvas.line([(MARGIN, MARGIN + HEADER), (right, MARGIN + HEADER)], HAIRLINE, 1)

    def _draw_chips(self, canvas: Surface) -> None:
        end, row = float(MARGIN), 0
        for row, left, legend in self.chips:
            baseline = self.chips_top + row * CHIP_HEIGHT + 16
            canvas.box(Area(left, baseline - 5.5, 14, 3), radius=1.5, fill=run_colour(legend.color))
            name, step = _chip_words(legend)
            end = left + 20
            end += canvas.text((end, baseline), name)
            if step:
                end += 6 + canvas.text((end + 6, baseline), step, colour=SECOND_TEXT)
        if self.runs_left_out:
            words = f"+ {self.runs_left_out} more {'run' if self.runs_left_out == 1 else 'runs'}"
            baseline = self.chips_top + row * CHIP_HEIGHT + 16
            canvas.text((end + CHIP_GAP, baseline), words, colour=SECOND_TEXT)


def _chip_words(legend: Legend) -> tuple[str, str]:
    step = "" if legend.last_step is None else ticks.count(legend.last_step)
    return elide(legend.name, CHIP_NAME), step


def _place_chips(picture: Picture) -> tuple[list[tuple[int, float, Legend]], int]:
    """(row, left, legend) of the runs that fit into two rows, and how many did not."""
    placed: list[tuple[int, float, Legend]] = []
    legends: Sequence[Legend] = picture.runs
    row, left = 0, float(MARGIN)
    for legend in legends:
        name, step = _chip_words(legend)
        width = 20 + text_width(name) + (6 + text_width(step) if step else 0)
        last = row == CHIP_ROWS - 1
        room = WIDTH - MARGIN - (100 if last else 0)  # the last row keeps a place for "+ n more runs"
        if left + width > room and left > MARGIN:
            if last:
                break
            row, left = row + 1, float(MARGIN)
        placed.append((row, left, legend))
        left += width + CHIP_GAP
    return placed, len(legends) - len(placed) + picture.more_runs
