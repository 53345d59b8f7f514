"""Layouts of custom scalars: torch's bytes, and TensorBoard's own plugin that reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tensorboardX
from tensorboard.backend.event_processing.data_provider import MultiplexerDataProvider
from tensorboard.backend.event_processing.plugin_event_multiplexer import EventMultiplexer
from tensorboard.context import RequestContext
from tensorboard.plugins.base_plugin import TBContext
from tensorboard.plugins.custom_scalar.custom_scalars_plugin import CustomScalarsPlugin
from tensorboard.plugins.scalar.scalars_plugin import ScalarsPlugin
from torch.utils.tensorboard import SummaryWriter as TorchWriter

from tbnotebook import SummaryWriter
from tbnotebook.writer import BadValue, WriterWarning
from tests.events.reading import events_in

LAYOUT = {
    "Taiwan": {"twse": ["Multiline", ["twse/0050", "twse/2330"]], "all": ["Multiline", ["twse/.*"]]},
    "USA": {"dow": ["Margin", ["dow/aaa", "dow/bbb", "dow/ccc"]], "": ("Margin", ("a", "b", "c"))},
    "ü": {},
}


def add_layouts(writer: Any) -> None:
    writer.add_custom_scalars(LAYOUT)
    writer.add_custom_scalars_multilinechart(["a", "b"])
    writer.add_custom_scalars_multilinechart(["a", "b"], category="one", title="two")
    writer.add_custom_scalars_marginchart(["a", "b", "c"])
    writer.add_custom_scalars_marginchart(["a", "b", "c"], "one", "two")
    writer.add_custom_scalars({})
    writer.close()


@pytest.mark.parametrize("peer", [TorchWriter, tensorboardX.SummaryWriter])
def test_the_values_are_byte_by_byte_those_of_the_peers(tmp_path: Path, peer: Any) -> None:
    add_layouts(SummaryWriter(tmp_path / "ours"))
    add_layouts(peer(str(tmp_path / "theirs")))
    ours, theirs = (
        [event.summary.SerializeToString() for event in events_in(tmp_path / name) if event.HasField("summary")]
        for name in ("ours", "theirs")
    )
    assert len(ours) == 6
    assert ours == theirs


def plugin(folder: Path) -> CustomScalarsPlugin:
    multiplexer = EventMultiplexer().AddRunsFromDirectory(str(folder)).Reload()
    context = TBContext(data_provider=MultiplexerDataProvider(multiplexer, str(folder)), plugin_name_to_instance={})
    context.plugin_name_to_instance["scalars"] = ScalarsPlugin(context)
    return CustomScalarsPlugin(context)


def test_tensorboards_plugin_shows_the_layout_and_finds_the_curves(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_custom_scalars({"old": {}})
        writer.add_custom_scalars(LAYOUT)
        for step in range(3):
            for tag in ("twse/0050", "twse/2330", "dow/aaa"):
                writer.add_scalar(tag, step, step)
    shown = plugin(tmp_path)
    layout = shown.layout_impl(RequestContext(), "")
    assert '"title": "Taiwan"' in layout
    assert '"title": "old"' not in layout
    found = shown.scalars_impl(RequestContext(), ".", "(twse/.*)", "")
    assert found["regex_valid"]
    assert sorted(found["tag_to_events"]) == ["twse/0050", "twse/2330"]
    assert [value for _, _, value in found["tag_to_events"]["twse/0050"]] == [0, 1, 2]


BAD: list[tuple[Any, str]] = [
    (None, "a layout is a dict of categories; got NoneType None"),
    (["x"], "a layout is a dict"),
    ({"c": ["x"]}, "a category is a dict of charts"),
    ({"c": {"t": ["Multiline", "loss"]}}, "list of its tags"),
    ({"c": {"t": ["Multiline"]}}, "list of its tags"),
    ({"c": {"t": 3}}, "list of its tags"),
    ({"c": {"t": ["Multiline", [3]]}}, "a tag is text"),
    ({"c": {"t": ["Margin", ["a", "b"]]}}, "3 tags.*got 2"),
    ({3: {}}, "a tag is text"),
]


@pytest.mark.parametrize(("layout", "wanted"), BAD)
def test_what_is_no_layout_is_left_out_and_counted_or_raises_in_a_strict_writer(
    tmp_path: Path, layout: Any, wanted: str
) -> None:
    with SummaryWriter(tmp_path / "lenient") as writer, pytest.warns(WriterWarning, match=wanted):
        writer.add_custom_scalars(layout)
    assert writer.health.dropped == 1
    with SummaryWriter(tmp_path / "strict", strict=True) as writer, pytest.raises(BadValue, match=wanted):
        writer.add_custom_scalars(layout)
    assert not any(event.HasField("summary") for event in events_in(tmp_path / "lenient"))


def test_any_text_is_a_title_or_tag(tmp_path: Path) -> None:
    odd = ["", "\0", "\ud800", b"\xff", "../..", "x" * 10_000, "(a+)+$"]
    with SummaryWriter(tmp_path, strict=True) as writer:
        writer.add_custom_scalars({title: {title: ["Multiline", odd]} for title in odd})
    assert writer.health.written == 1
    assert "(a+)+$" in plugin(tmp_path).layout_impl(RequestContext(), "")
