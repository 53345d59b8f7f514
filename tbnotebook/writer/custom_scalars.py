"""The layout of TensorBoard's Custom Scalars: which tags make a chart."""

from __future__ import annotations

from typing import Any, Final

from tbnotebook.events import schema
from tbnotebook.writer.values import BadValue, describe, to_tag

LAYOUT_TAG: Final = b"custom_scalars__config__"
_PLUGIN: Final = b"custom_scalars"
_OF_MARGIN: Final = 3  # tags: the value, its lower and its upper bound


def layout_payload(layout: Any, wall_time: float) -> bytes:
    """Return the event that holds a layout, serialized: the bytes that torch and tensorboardX write.

    Parameters
    ----------
    layout
        Category → title of a chart → kind and tags. ``"Margin"`` is a margin chart, any other kind one of lines.

    Raises
    ------
    BadValue
        It is something else.
    """
    event = schema.Event(wall_time=wall_time)
    value = event.summary.value.add(tag=LAYOUT_TAG)
    value.metadata.plugin_data.plugin_name = _PLUGIN
    value.tensor.dtype = schema.DataType.STRING
    value.tensor.tensor_shape.SetInParent()  # of rank 0
    value.tensor.string_val.append(_encoded(layout))
    payload: bytes = event.SerializeToString()
    return payload


def _encoded(layout: Any) -> bytes:
    message = schema.Layout()
    for category, charts in _items(layout, "a layout is a dict of categories"):
        own = message.category.add(title=to_tag(category))
        for title, chart in _items(charts, f"a category is a dict of charts, {describe(category)}, too"):
            kind, tags = _kind_and_tags(title, chart)
            if kind == "Margin":
                value, lower, upper = _three(tags)
                series = schema.MarginSeries(value=value, lower=lower, upper=upper)
                own.chart.add(title=to_tag(title), margin=schema.MarginChartContent(series=[series]))
            else:
                own.chart.add(title=to_tag(title), multiline=schema.MultilineChartContent(tag=tags))
    encoded: bytes = message.SerializeToString()
    return encoded


def _items(given: Any, wanted: str) -> list[tuple[Any, Any]]:
    try:
        return list(given.items())
    except Exception as problem:  # a foreign object's own
        raise BadValue(f"{wanted}; got {describe(given)}") from problem


def _kind_and_tags(title: Any, chart: Any) -> tuple[Any, list[bytes]]:
    try:
        kind, tags, *_ = chart
        if isinstance(tags, (str, bytes)):
            raise TypeError("one text")
        return kind, [to_tag(tag) for tag in tags]
    except Exception as problem:  # as above
        wanted = 'a chart is a list of its kind, "Multiline" or "Margin", and the list of its tags'
        raise BadValue(f"{wanted}; got {describe(chart)} for {describe(title)} ({problem})") from problem


def _three(tags: list[bytes]) -> list[bytes]:
    if len(tags) != _OF_MARGIN:
        raise BadValue(f"a margin chart has 3 tags: the value, its lower and its upper bound; got {len(tags)}")
    return tags
