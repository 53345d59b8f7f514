"""The real TensorBoard reads what we write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.event_file_loader import LegacyEventFileLoader
from tensorboard.util import tensor_util

from tbnotebook import FileWriter, SummaryWriter
from tests.events.reading import files


def accumulated(folder: Path) -> Any:
    accumulator = EventAccumulator(str(folder), size_guidance={"scalars": 0, "tensors": 0})
    accumulator.Reload()
    return accumulator


def test_values_steps_and_wall_times_are_equal(tmp_path: Path) -> None:
    generator = np.random.default_rng(3)
    values = generator.normal(size=1000)
    steps = np.cumsum(generator.integers(1, 1000, 1000))
    wall_times = 1.7e9 + generator.random(1000)
    with SummaryWriter(tmp_path) as writer:
        for value, step, wall_time in zip(values, steps.tolist(), wall_times.tolist(), strict=True):
            writer.add_scalar("train/loss", value, step, wall_time)
    points = accumulated(tmp_path).Scalars("train/loss")
    assert [point.step for point in points] == steps.tolist()
    assert [point.wall_time for point in points] == wall_times.tolist()
    assert [point.value for point in points] == values.astype(np.float32).tolist()


def test_many_tags_come_back_each_with_its_own_points(tmp_path: Path) -> None:
    tags = [f"group/{'x' * number}" for number in range(20)]
    with SummaryWriter(tmp_path) as writer:
        for step in range(300):
            for number, tag in enumerate(tags):
                writer.add_scalar(tag, number * 1000 + step, step)
    accumulator = accumulated(tmp_path)
    assert sorted(accumulator.Tags()["scalars"]) == tags
    for number, tag in enumerate(tags):
        assert [point.value for point in accumulator.Scalars(tag)] == [number * 1000 + step for step in range(300)]


def test_a_file_opens_with_version_2_and_its_writer_and_ends_with_stop(tmp_path: Path) -> None:
    SummaryWriter(tmp_path).close()
    (file,) = files(tmp_path)
    first, last = LegacyEventFileLoader(str(file)).Load()
    assert first.file_version == "brain.Event:2"
    assert first.source_metadata.writer == "tbnotebook"
    assert last.session_log.status == last.session_log.STOP


def test_new_style_scalars_are_tensors_of_the_scalars_plugin(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("single", 0.1, 1, new_style=True)
        writer.add_scalar("double", 0.1, 1, double_precision=True)  # float32 is no place for it
    accumulator = accumulated(tmp_path)
    assert accumulator.SummaryMetadata("single").plugin_data.plugin_name == "scalars"
    values = {tag: tensor_util.make_ndarray(accumulator.Tensors(tag)[0].tensor_proto) for tag in ("single", "double")}
    assert (values["single"].dtype, values["single"].tolist()) == (np.float32, float(np.float32(0.1)))
    assert (values["double"].dtype, values["double"].tolist()) == (np.float64, 0.1)


def test_a_purge_makes_earlier_points_from_its_step_on_void(tmp_path: Path) -> None:
    # TensorBoard's Python loader ignores the first START of a run, so the run begins with one of its own.
    for purge_step, steps in ((0, range(10)), (5, range(5, 8))):
        with SummaryWriter(tmp_path, purge_step=purge_step) as writer:
            for step in steps:
                writer.add_scalar("x", purge_step * 100 + step, step)
    assert [(point.step, point.value) for point in accumulated(tmp_path).Scalars("x")] == [
        *((step, step) for step in range(5)),
        *((step, 500 + step) for step in range(5, 8)),
    ]


def test_a_purge_writes_version_and_start_at_its_step(tmp_path: Path) -> None:
    SummaryWriter(tmp_path, purge_step=np.int64(7)).close()
    (file,) = files(tmp_path)
    _, version, start, _ = LegacyEventFileLoader(str(file)).Load()
    assert (version.step, version.file_version) == (7, "brain.Event:2")
    assert (start.step, start.session_log.status) == (7, start.session_log.START)


def test_a_purge_is_not_repeated_in_the_file_after_close(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path, purge_step=7)
    writer.close()
    writer.add_scalar("x", 1.0, 7)
    writer.close()
    _, second = files(tmp_path)
    assert [event.WhichOneof("what") for event in LegacyEventFileLoader(str(second)).Load()] == [
        "file_version",
        "summary",
        "session_log",
    ]


def test_foreign_summaries_and_events_pass_through(tmp_path: Path) -> None:
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboardX.proto.summary_pb2 import Summary as OtherSummary

    writer = FileWriter(tmp_path)
    writer.add_summary(Summary(value=[Summary.Value(tag="tensorboard", simple_value=1.0)]), 1)
    writer.add_summary(OtherSummary(value=[OtherSummary.Value(tag="tensorboardX", simple_value=2.0)]), np.int64(2), 5.0)
    writer.add_event(Event(summary=Summary(value=[Summary.Value(tag="event", simple_value=3.0)])), step=3, walltime=6.0)
    writer.close()
    accumulator = accumulated(tmp_path)
    found = {tag: accumulator.Scalars(tag)[0] for tag in accumulator.Tags()["scalars"]}
    assert {tag: (point.step, point.value) for tag, point in found.items()} == {
        "tensorboard": (1, 1.0),
        "tensorboardX": (2, 2.0),
        "event": (3, 3.0),
    }
    assert (found["tensorboardX"].wall_time, found["event"].wall_time) == (5.0, 6.0)


def test_a_pair_of_graph_and_run_metadata_passes_through(tmp_path: Path) -> None:
    from tensorboard.compat.proto.config_pb2 import RunMetadata
    from tensorboard.compat.proto.graph_pb2 import GraphDef

    graph = GraphDef()
    graph.node.add(name="x", op="Placeholder")
    writer = FileWriter(tmp_path)
    writer.add_graph((graph, RunMetadata()))
    writer.close()
    accumulator = accumulated(tmp_path)
    assert [node.name for node in accumulator.Graph().node] == ["x"]
    assert accumulator.Tags()["run_metadata"] == ["step1"]
    for add in (FileWriter.add_onnx_graph, FileWriter.add_openvino_graph):
        writer = FileWriter(tmp_path / add.__name__)
        add(writer, graph)
        writer.close()
        assert [node.name for node in accumulated(tmp_path / add.__name__).Graph().node] == ["x"]


def test_add_graph_writes_a_graph_that_tensorboard_loads(tmp_path: Path) -> None:
    model = torch.nn.Sequential(torch.nn.Linear(10, 1))
    with SummaryWriter(tmp_path) as writer:
        writer.add_graph(model, torch.rand(2, 10))
    (file,) = files(tmp_path)
    kinds = [event.WhichOneof("what") for event in LegacyEventFileLoader(str(file)).Load()]
    assert kinds == ["file_version", "summary", "graph_def", "session_log"]
    nodes = {node.name: node for node in accumulated(tmp_path).Graph().node}
    shapes = [
        [dim.size for dim in shape.dim] for node in nodes.values() for shape in node.attr["_output_shapes"].list.shape
    ]
    assert [2, 10] in shapes
    assert [2, 1] in shapes
    sources = {source.lstrip("^").partition(":")[0] for node in nodes.values() for source in node.input}
    assert sources <= set(nodes)


@pytest.mark.parametrize("count", [0, 1, 5000])
def test_a_crc_in_the_file_is_right_for_tensorboards_own_reader(tmp_path: Path, count: int) -> None:
    with SummaryWriter(tmp_path) as writer:
        for step in range(count):
            writer.add_scalar("x", step, step)
    (file,) = files(tmp_path)
    assert len(list(LegacyEventFileLoader(str(file)).Load())) == count + 2
