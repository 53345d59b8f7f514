"""A canvas in logical pixels: shapes are smoothed by oversampling, text is drawn sharp on top of them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PIL import Image, ImageDraw, PngImagePlugin

from tbnotebook.still import fonts
from tbnotebook.still.palette import GROUND, TEXT, Colour
from tbnotebook.wire import breathe

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

Anchor = Literal["left", "middle", "right"]
OVERSAMPLING = 2
COLOURS, MOST_COLOURS = 64, 256
STEEP = 8.0  # from where on turning the ground pays


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in logical pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def centre(self) -> float:
        """Middle of its width."""
        return self.left + self.width / 2

    @property
    def middle(self) -> float:
        """Middle of its height."""
        return self.top + self.height / 2


def text_width(text: str, size: float = 12, bold: bool = False) -> float:
    """Width of `text` in logical pixels, escapes and all."""
    large = 4  # measured larger, so that a whole-pixel font size does not round the advance
    width = sum(fonts.width(p.text, p.font, round(size * large)) for p in fonts.pieces(text))
    return width / large + (0.5 if bold and text else 0)


def elide(text: str, width: float, size: float = 12, bold: bool = False) -> str:
    """`text`, or its beginning and end around an ellipsis so that it fits into `width`."""
    # More than this many characters cannot fit, and measuring 10 MB of a tag would take minutes.
    most = max(2, int(width / (size * 0.2)))
    if len(text) <= most and text_width(text, size, bold) <= width:
        return text
    low, high = 0, min(len(text), most) // 2
    while low < high:
        keep = (low + high + 1) // 2
        if text_width(f"{text[:keep]}…{text[-keep:]}", size, bold) <= width:
            low = keep
        else:
            high = keep - 1
    return f"{text[:low]}…{text[-low:]}" if low else "…"


@dataclass(frozen=True, slots=True)
class _Words:
    left: float
    baseline: float
    text: str
    colour: Colour
    size: float
    bold: bool
    halo: Colour | None


class Canvas:
    """Takes shapes and words in logical pixels, gives a PNG `scale` times as large.

    Parameters
    ----------
    width, height : int
        Logical pixels.
    scale : int
        Pixels of the file per logical pixel.
    """

    def __init__(self, width: int, height: int, scale: int) -> None:
        self._scale = scale
        self._dots = scale * OVERSAMPLING
        self._image = Image.new("RGB", (width * self._dots, height * self._dots), GROUND)
        self._draw = ImageDraw.Draw(self._image)
        self._words: list[_Words] = []
        self._fills: dict[Colour, None] = {GROUND: None}
        self._has_pictures = False

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
        width = text_width(text, size, bold)
        left = at[0] - {"left": 0.0, "middle": width / 2, "right": width}[anchor]
        self._words.append(_Words(left, at[1], text, colour, size, bold, halo))
        return width

    def line(self, points: Sequence[tuple[float, float]], colour: Colour, width: float) -> None:
        """A polyline with mitred corners filled."""
        dots = [(x * self._dots, y * self._dots) for x, y in points]
        self._draw.line(dots, fill=colour, width=max(1, round(width * self._dots)), joint="curve")

    def dashed(self, start: tuple[float, float], end: tuple[float, float], colour: Colour) -> None:
        """A dashed hairline, horizontal or vertical."""
        length = abs(end[0] - start[0]) + abs(end[1] - start[1])
        across, along = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        at = 0.0
        while at < length:
            stop = min(at + 3, length)
            self.line(
                [(start[0] + across * at, start[1] + along * at), (start[0] + across * stop, start[1] + along * stop)],
                colour,
                1,
            )
            at += 5.5

    def box(
        self, area: Area, *, radius: float = 0, fill: Colour | None = None, line: Colour | None = None, width: float = 1
    ) -> None:
        """A rectangle with round corners."""
        if fill is not None:
            self._fills[fill] = None
        d = self._dots
        corners = (area.left * d, area.top * d, area.right * d - 1, area.bottom * d - 1)
        self._draw.rounded_rectangle(
            corners, radius=min(radius, area.height / 2) * d, fill=fill, outline=line, width=round(width * d)
        )

    def disc(self, centre: tuple[float, float], radius: float, fill: Colour) -> None:
        """A filled circle."""
        x, y, r = centre[0] * self._dots, centre[1] * self._dots, radius * self._dots
        self._draw.ellipse((x - r, y - r, x + r, y + r), fill=fill)

    def polygon(self, points: Sequence[tuple[float, float]], fill: Colour) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * self._dots, y * self._dots) for x, y in points], fill=fill)

    def picture(self, area: Area, data: bytes) -> None:
        """A picture, as large as fits, at the area's upper left; the pixels of a small one stay sharp."""
        self._has_pictures = True
        with Image.open(io.BytesIO(data)) as file:
            picture = file.convert("RGBA")
        scale = min(area.width / picture.width, area.height / picture.height) * self._dots
        size = [max(round(scale * length), 1) for length in picture.size]
        drawn = picture.resize(size, Image.Resampling.NEAREST if scale > 1 else Image.Resampling.BOX)
        self._image.paste(drawn, (round(area.left * self._dots), round(area.top * self._dots)), drawn)

    def curves(self, area: Area, layers: Sequence[tuple[NDArray[np.float64], Colour, float]]) -> None:
        """Polylines that end at the edges of `area`.

        Parameters
        ----------
        area : Area
        layers : sequence of (points, colour, width)
            points: shape (n, 2), logical pixels from the area's corner; the last layer lies on top.
        """
        d = self._dots
        size = (round(area.width * d), round(area.height * d))
        corner = (round(area.left * d), round(area.top * d))
        window = self._image.crop((*corner, corner[0] + size[0], corner[1] + size[1]))
        # Pillow fills row by row: a steep line lies better, and noise is nothing but steep lines.
        turned = _steepness(layers) > STEEP
        if turned:
            window = window.transpose(Image.Transpose.TRANSPOSE)
        draw = ImageDraw.Draw(window)
        for points, colour, width in layers:
            breathe()
            dots = ((points[:, ::-1] if turned else points) * d).round(1)
            if len(dots) == 1:
                (x, y), r = dots[0].tolist(), 1.5 * d
                draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)
            else:
                # Round joints are half of the time, and nobody sees them between dense points or at the plain size.
                joint: Literal["curve"] | None = "curve" if self._scale > 1 and len(dots) < area.width else None
                draw.line(dots.ravel().tolist(), fill=colour, width=max(1, round(width * d)), joint=joint)
        self._image.paste(window.transpose(Image.Transpose.TRANSPOSE) if turned else window, corner)

    def png(self, view_id: str, enough: int) -> bytes:
        """The picture: 64 colours, 256 where it has pictures; `view=<view_id>` as a tEXt chunk behind the header.

        It is packed as well as can be, which takes four times as long, only where it has more bytes than `enough`.
        """
        breathe()
        image = self._image.reduce(OVERSAMPLING)
        breathe()
        self._write(ImageDraw.Draw(image))
        breathe()
        if self._has_pictures:
            flat = image.quantize(MOST_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        else:
            palette = self._palette(image)
            breathe()
            flat = image.quantize(palette=palette, dither=Image.Dither.NONE)
        info = PngImagePlugin.PngInfo()
        info.add_text("tbnotebook", f"view={view_id}")
        breathe()
        png = _packed(flat, pnginfo=info)
        return png if len(png) <= enough else _packed(flat, pnginfo=info, optimize=True)

    def _palette(self, image: Image.Image) -> Image.Image:
        """The colours of `image`, those of the fills exactly: the octree would melt pale ones into the ground."""
        exact = list(self._fills)[: COLOURS // 2]
        octree = image.quantize(COLOURS - len(exact), Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        flat = octree.getpalette() or []
        found = [(flat[i], flat[i + 1], flat[i + 2]) for i in range(0, len(flat), 3)]
        # Pillow matches coarsely: a neighbour within a few steps would take the exact colour's place.
        found = [colour for colour in found if all(_distance(colour, known) > 8 for known in exact)]
        palette = Image.new("P", (1, 1))
        palette.putpalette([channel for colour in (*exact, *found) for channel in colour][: 3 * COLOURS])
        return palette

    def _write(self, draw: ImageDraw.ImageDraw) -> None:
        s = self._scale
        for words in self._words:
            breathe()
            x = words.left * s
            for piece in fonts.pieces(words.text):
                font = fonts.load(piece.font, round(words.size * s))
                at = (round(x), round(words.baseline * s))
                if words.halo is not None:
                    draw.text(at, piece.text, fill=words.halo, font=font, anchor="ls", stroke_width=2 * s)
                draw.text(at, piece.text, fill=words.colour, font=font, anchor="ls")
                if words.bold:  # Pillow's font has one weight
                    draw.text((at[0] + max(1, s // 2), at[1]), piece.text, fill=words.colour, font=font, anchor="ls")
                x += fonts.width(piece.text, piece.font, round(words.size * s))


def _packed(image: Image.Image, **how: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG", **how)
    return stream.getvalue()


def _steepness(layers: Sequence[tuple[NDArray[np.float64], Colour, float]]) -> float:
    """How much more all lines together go up and down than along."""
    ways = [abs(points[1:] - points[:-1]).sum(axis=0) for points, *_ in layers]
    return sum(float(way[1]) for way in ways) / max(sum(float(way[0]) for way in ways), 1.0)


def _distance(a: Colour, b: Colour) -> int:
    return max(abs(x - y) for x, y in zip(a, b, strict=True))
