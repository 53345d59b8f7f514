"""A card's plot, as a hand and an eye know it."""

from __future__ import annotations

from playwright.sync_api import Locator

SETTLE = 300  # milliseconds: Plotly waits for a double click before it takes a drag's end as final


def drag(card: Locator, start: float, end: float) -> None:
    """Drag over a card's plot from one part of its width to another, which zooms the x axis."""
    hold(card, start, end)
    card.page.mouse.up()
    card.page.wait_for_timeout(SETTLE)


def hold(card: Locator, start: float, end: float) -> None:
    """Drag, and do not let go."""
    area = card.locator(".tbn-plot .nsewdrag").first
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None, "the card has no plot in sight"
    mouse = card.page.mouse
    y = box["y"] + box["height"] / 2
    mouse.move(box["x"] + start * box["width"], y)
    mouse.down()
    mouse.move(box["x"] + (start + end) / 2 * box["width"], y, steps=4)
    mouse.move(box["x"] + end * box["width"], y, steps=4)


def x_range(card: Locator) -> list[float]:
    """Return the x axis's range as it is drawn."""
    return _range(card, "x")


def y_range(card: Locator) -> list[float]:
    """Return the y axis's range as it is drawn."""
    return _range(card, "y")


def tick_labels(card: Locator, axis: str) -> list[str]:
    """Return what the ticks of an axis, "x" or "y", say."""
    return _drawn(card).locator(f".{axis}tick text").all_text_contents()


def axis_type(card: Locator, axis: str) -> str:
    """Return the type of an axis, "linear", "log" or "date", as Plotly's figure has it."""
    return _drawn(card).evaluate("(plot, axis) => plot._fullLayout[axis].type", axis)


def _range(card: Locator, axis: str) -> list[float]:
    ends = _drawn(card).locator(".tbn-axes").get_attribute(f"data-{axis}-range")
    assert ends is not None, "the axes do not tell what they show"
    return [float(end) for end in ends.split()]


def _drawn(card: Locator) -> Locator:
    """The card's plot, once Plotly has drawn it: on a busy machine it stands there a while before."""
    plot = card.locator(".tbn-plot")
    plot.locator(".nsewdrag").first.wait_for(state="attached")
    return plot
