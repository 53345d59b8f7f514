"""Colours of the picture: the light column of the design's tokens, since it stands on paper and in mails."""

from __future__ import annotations

Colour = tuple[int, int, int]


def _rgb(code: str) -> Colour:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(colour: Colour, opacity: float, ground: Colour = (255, 255, 255)) -> Colour:
    """`colour` at `opacity` (0 to 1) over `ground`, as an opaque colour."""
    r, g, b = (round(c * opacity + g * (1 - opacity)) for c, g in zip(colour, ground, strict=True))
    return r, g, b


GROUND: Colour = (255, 255, 255)
TEXT = _rgb("#1f2328")
SECOND_TEXT = _rgb("#59636e")
HAIRLINE = mix(TEXT, 0.12)
GRID = mix(TEXT, 0.08)
BASELINE = mix(TEXT, 0.28)
QUIET_FILL = mix(TEXT, 0.03)
TRACK = mix(TEXT, 0.10)
MARK = _rgb("#8a929b")
BOX_LINE = _rgb("#cbd0d6")
EDGE_THIN = _rgb("#99a1aa")
EDGE_THICK = _rgb("#cbd0d6")

# blue, orange, teal, raspberry, violet, ochre, cyan, brown, slate, pink
RUNS = tuple(
    _rgb(code)
    for code in (
        "#1b53b9", "#df6e18", "#2ca079", "#a31b59", "#9a6ce5",
        "#7b5c00", "#03708d", "#9b674b", "#737c8e", "#d45eb1",
    )
)  # fmt: skip

# Blue marks a selection in the live diagram, so structure never wears it. The order is the page's (graph/colour.ts).
STRUCTURE = tuple(RUNS[index] for index in (2, 4, 5, 3, 7, 6, 1, 9))


def run_colour(chosen: int | str) -> Colour:
    """Colour of a run: one of the ten, which repeat, or any as ``#rrggbb``."""
    return _rgb(chosen) if isinstance(chosen, str) else RUNS[chosen % len(RUNS)]
