"""Layouts of custom scalars: located while reading, parsed when asked for, bounded whatever the bytes."""

from __future__ import annotations

import time

import pytest
import tensorboardX
from torch.utils.tensorboard import SummaryWriter as TorchWriter

from tbnotebook import SummaryWriter
from tbnotebook.events.schema import Event, Layout
from tbnotebook.reader.chart_layout import Category, Chart, Margin
from tests.reader.files import append, read, scalar, version, write

LAYOUT = {
    "losses": {"both": ["Multiline", ["train/loss", "val/.*"]], "none": ["Multiline", []]},
    "": {"band": ["Margin", ["mean", "low", "high"]]},
}
PARSED = (
    Category("losses", (Chart("both", ("train/loss", "val/.*")), Chart("none"))),
    Category("", (Chart("band", (), (Margin("mean", "low", "high"),)),)),
)


def layout_event(*texts, plugin=b"custom_scalars", tag=b"custom_scalars__config__"):
    event = Event(wall_time=1.0)
    value = event.summary.value.add(tag=tag)
    value.metadata.plugin_data.plugin_name = plugin
    value.tensor.dtype = 7
    value.tensor.string_val.extend(texts)
    return event.SerializeToString()


def encoded(*titles):
    layout = Layout()
    for title in titles:
        layout.category.add(title=title.encode())
    return layout.SerializeToString()


@pytest.mark.parametrize("writer", [SummaryWriter, TorchWriter, tensorboardX.SummaryWriter])
def test_a_layout_is_read_as_it_was_given_and_no_curve_of_its_own(tmp_path, writer):
    with writer(str(tmp_path)) as made:
        made.add_scalar("train/loss", 1.0, 1)
        made.add_custom_scalars(LAYOUT)
    log = read(tmp_path)
    assert log.run.layout == PARSED
    assert list(log.run.scalars) == ["train/loss"]
    assert not log.problems


def test_the_last_layout_counts_as_in_tensorboard(tmp_path):
    path = write(tmp_path, version(), layout_event(encoded("one")), scalar("x", 1))
    log = read(tmp_path)
    first = log.run.layout
    assert [category.title for category in first] == ["one"]
    append(path, scalar("x", 2))
    log.poll()
    assert log.run.layout is first
    append(path, layout_event(encoded("two")))
    log.poll()
    assert [category.title for category in log.run.layout] == ["two"]
    write(tmp_path, version(), layout_event(encoded("three", "four")), name="events.out.tfevents.0000000002.host.1.0")
    log.poll()
    assert [category.title for category in log.run.layout] == ["three", "four"]


def test_a_run_without_one_has_an_empty_layout(tmp_path):
    write(tmp_path, version(), scalar("x", 1), layout_event(encoded("one"), tag=b"other"), layout_event(encoded()))
    assert read(tmp_path).run.layout == ()


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        ((b"\x12\xff\xff",), "no layout"),
        ((), "a tensor of one text; got 0"),
        ((b"", b""), "a tensor of one text; got 2"),
        ((encoded("x" * 70_000),), "up to 65536 are read"),
        ((b"\x12\x00" * 5000,), "a layout of 5000 charts and tags"),
        ((b"\x12\x02\x12\x00" * 3000,), "a layout of 6000 charts and tags"),
    ],
)
def test_a_damaged_or_hostile_layout_is_a_problem_and_takes_little(tmp_path, texts, reason):
    write(tmp_path, version(), scalar("x", 1), layout_event(*texts))
    log = read(tmp_path)
    assert not log.problems  # nobody has looked at it
    begin = time.monotonic()
    assert log.run.layout == ()
    assert time.monotonic() - begin < 1
    (problem,) = log.problems
    assert (problem.kind, problem.run) == ("layout", ".")
    assert reason in problem.reason
    assert log.run.scalars["x"].value.tolist() == [1.0]


def test_titles_and_tags_become_valid_text(tmp_path):
    layout = Layout()
    chart = layout.category.add(title=b"\xff").chart.add(title=b"<b>")
    chart.multiline.tag.append(b"\xff.*")
    write(tmp_path, version(), layout_event(layout.SerializeToString()))
    assert read(tmp_path).run.layout == (Category("\\xff", (Chart("<b>", ("\\xff.*",)),)),)


def test_a_layout_whose_file_is_gone_is_a_problem_until_it_is_noticed(tmp_path):
    path = write(tmp_path, version(), layout_event(encoded("one")))
    log = read(tmp_path)
    path.unlink()
    assert log.run.layout == ()
    assert [problem.kind for problem in log.problems] == ["layout"]
