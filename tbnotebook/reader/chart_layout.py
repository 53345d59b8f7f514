"""The layout of TensorBoard's Custom Scalars: which tags make a chart, as a run's writer had it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import DecodeError

from tbnotebook.events.schema import Layout, SummaryValue
from tbnotebook.reader.content import Content
from tbnotebook.reader.names import text
from tbnotebook.reader.pieces import Key
from tbnotebook.reader.storage import Source

LONGEST = 1 << 16
"""Bytes of a layout; one of a thousand charts takes so many."""

_MOST = 4000  # charts and tags, which in as few bytes could be many more

_KEY: Key = ("custom_scalars", b"custom_scalars__config__")


@dataclass(frozen=True)
class Margin:
    """A curve between two bounds: three tags."""

    value: str
    lower: str
    upper: str


@dataclass(frozen=True)
class Chart:
    """One chart.

    Attributes
    ----------
    title
        As it was given.
    tags
        Regular expressions; a tag belongs to the chart if one of them matches its beginning.
    margins
        Of a margin chart, which has no ``tags``.
    """

    title: str
    tags: tuple[str, ...] = ()
    margins: tuple[Margin, ...] = ()


@dataclass(frozen=True)
class Category:
    """Charts under one title; ``closed`` if they are to be folded away at first."""

    title: str
    charts: tuple[Chart, ...]
    closed: bool = False


@dataclass(frozen=True)
class LayoutPlace:
    """Where a layout lies: in the file of index ``file`` of the run, whose content is ``content``."""

    content: Content
    file: int
    offset: int
    length: int

    def read(self, source: Source) -> tuple[Category, ...]:
        """Return the layout from the file.

        Raises
        ------
        ValueError
            It is none, or larger than any that is read.
        """
        if self.length > LONGEST:
            raise ValueError(f"a layout of {self.length} bytes; up to {LONGEST} are read")
        return parse_layout(source.read(self.offset, self.length))


def last_layout(contents: Sequence[Content]) -> LayoutPlace | None:
    """Return where the last layout lies; like TensorBoard no other one counts."""
    for file in range(len(contents) - 1, -1, -1):
        places = contents[file].places.get(_KEY)
        if places is not None and len(places):
            last = places.points(len(places) - 1)
            return LayoutPlace(contents[file], file, int(last.offset[-1]), int(last.length[-1]))
    return None


def parse_layout(value: bytes) -> tuple[Category, ...]:
    """Return what a serialized ``Summary.Value`` says of the layout.

    Raises
    ------
    ValueError
        It is no layout.
    """
    try:
        held = SummaryValue.FromString(value).tensor.string_val
        if len(held) != 1:
            raise ValueError(f"a layout is a tensor of one text; got {len(held)}")
        layout = Layout.FromString(held[0])
    except DecodeError as error:
        raise ValueError(f"no layout: {error}") from error
    count = sum(1 + _count(chart) for category in layout.category for chart in category.chart) + len(layout.category)
    if count > _MOST:
        raise ValueError(f"a layout of {count} charts and tags; up to {_MOST} are read")
    return tuple(
        Category(text(category.title), tuple(map(_chart, category.chart)), category.closed)
        for category in layout.category
    )


def _count(chart: Any) -> int:
    return len(chart.multiline.tag) + len(chart.margin.series)


def _chart(chart: Any) -> Chart:
    return Chart(
        text(chart.title),
        tuple(map(text, chart.multiline.tag)),
        tuple(Margin(text(one.value), text(one.lower), text(one.upper)) for one in chart.margin.series),
    )
