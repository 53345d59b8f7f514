"""`add_scalars`: the same folders and values as torch's, and all that `add_scalar` keeps to."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.plugin_event_accumulator import EventAccumulator as PluginEventAccumulator
from tensorboard.context import RequestContext
from tensorboard.data.server_ingester import SubprocessServerDataIngester, get_server_binary
from tensorboard.util import tensor_util
from tensorboard.util.grpc_util import ChannelCredsType
from torch.utils.tensorboard import SummaryWriter as TorchWriter

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.writer import BadValue, WriterWarning
from tests.events.reading import runs, scalars_in
from tests.writer.waiting import wait_until

KEYS = ["a", "sin", "with space", "a/b", "a_b", "ü", "..", ".hidden", "", "x" * 150, "new\nline"]


def log(writer: Any) -> None:
    for step in range(50):
        for main_tag in ("loss", "train/acc"):
            writer.add_scalars(main_tag, {key: step * 0.1 + len(key) for key in KEYS}, step, 1.7e9 + step)
    writer.close()


def test_tensorboards_loaders_read_the_same_as_of_torchs_files(tmp_path: Path) -> None:
    log(TorchWriter(tmp_path / "torch"))
    log(SummaryWriter(tmp_path / "ours"))
    theirs, ours = runs(tmp_path / "torch"), runs(tmp_path / "ours")
    assert ours.keys() == theirs.keys()
    assert len(ours) == 1 + 2 * len(KEYS)
    for name in ours:
        assert plain(ours[name]) == plain(theirs[name]), name
        assert migrated(ours[name]) == migrated(theirs[name]), name


def plain(folder: Path) -> dict[str, Any]:
    accumulator = EventAccumulator(str(folder), size_guidance={"scalars": 0})
    accumulator.Reload()
    return {tag: accumulator.Scalars(tag) for tag in accumulator.Tags()["scalars"]}


def migrated(folder: Path) -> dict[str, Any]:
    accumulator = PluginEventAccumulator(str(folder), size_guidance={"tensors": 0})
    accumulator.Reload()
    return {
        tag: (
            accumulator.SummaryMetadata(tag).SerializeToString(),
            [(e.step, e.wall_time, float(tensor_util.make_ndarray(e.tensor_proto))) for e in accumulator.Tensors(tag)],
        )
        for tag in accumulator.Tags()["tensors"]
    }


def test_tensorboards_fast_loader_reads_each_key_and_the_layout_as_of_torchs_files(tmp_path: Path) -> None:
    for writer in (TorchWriter(tmp_path / "torch"), SummaryWriter(tmp_path / "ours")):
        writer.add_custom_scalars({"c": {"losses": ["Multiline", ["loss"]]}})
        log(writer)
    curves, layouts = served(tmp_path / "ours")
    assert (curves, layouts) == served(tmp_path / "torch")
    assert len(curves) == 2 * len(KEYS)
    assert len(layouts) == 1


def served(folder: Path) -> tuple[dict[str, Any], list[bytes]]:
    """Scalars by run and tag, and the layouts, that the server of TensorBoard 2 has of a folder."""
    server = SubprocessServerDataIngester(
        get_server_binary(),
        str(folder),
        reload_interval=0,
        channel_creds_type=ChannelCredsType.LOCAL,
        samples_per_plugin={"scalars": 0},
    )
    server.start()
    found: dict[str, Any] = {}

    def has_all() -> bool:
        all_of = {"experiment_id": "", "plugin_name": "scalars", "downsample": 100}
        found.update(server.data_provider.read_scalars(RequestContext(), **all_of))
        return sum(len(points) for tags in found.values() for points in tags.values()) == 50 * 2 * len(KEYS)

    try:
        wait_until(has_all, 60)
        tensors = server.data_provider.read_tensors(
            RequestContext(), experiment_id="", plugin_name="custom_scalars", downsample=1
        )
    finally:
        server._stdin_handle.close()  # ends the process
    points = {
        run: {tag: [(p.step, p.wall_time, p.value) for p in points] for tag, points in tags.items()}
        for run, tags in found.items()
    }
    return points, [points[0].numpy.item() for tags in tensors.values() for points in tags.values()]


def test_a_bad_value_costs_its_own_curve_a_point(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    with pytest.warns(WriterWarning, match="left out"):
        writer.add_scalars("x", {"a": 1.0, "b": "many", 3: 1.0, "c": 2.0, (): 1.0}, 1)  # type: ignore[dict-item]
    with writer:
        writer.add_scalars("x", {"a": 1.0, "b": 2.0}, "late")
        writer.add_scalars("x", {"a": 1.0, "b": 2.0}, 2, walltime="noon")  # type: ignore[arg-type]
        writer.add_scalars("x", 7.0, 3)  # type: ignore[arg-type]
        writer.add_scalars(None, {"a": 1.0}, 3)  # type: ignore[arg-type]
        writer.add_scalars("x", {}, 3)
    assert writer.health.dropped == 3 + 2 + 2 + 1 + 1
    assert writer.health.written == 2
    assert set(runs(tmp_path)) == {".", "x_a", "x_c"}


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("x", {"a": 1.0, "b": "many"}, 1), "one real number"),
        (("x", {3: 1.0}, 1), "key of the scalars is text; got int 3"),
        (("x", [1.0], 1), "a dict of keys and numbers"),
        (("x", {"a": 1.0}, 2**63), "between"),
        (("x", {"a": 1.0}, 1, "noon"), "seconds"),
        ((None, {"a": 1.0}, 1), "a tag is text"),
    ],
)
def test_a_strict_writer_says_what_would_have_been_right_and_adds_nothing(
    tmp_path: Path, arguments: Any, wanted: str
) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer, pytest.raises(BadValue, match=wanted):
        writer.add_scalars(*arguments)
    assert set(runs(tmp_path)) == {"."}


def test_without_a_step_each_keys_own_count_goes_on(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalars("x", {"a": 1.0, "b": 2.0}, 7)
        writer.add_scalars("x", {"a": 1.0, "c": 2.0})
        writer.add_scalars("x", {"b": 1.0})
    steps = {key: [step for _, step, _ in scalars_in(tmp_path / f"x_{key}")] for key in "abc"}
    assert steps == {"a": [7, 8], "b": [7, 8], "c": [0]}


def test_numbers_are_those_of_the_call_in_the_precision_asked_for(tmp_path: Path) -> None:
    tensor, array = torch.tensor(0.5, requires_grad=True), np.array([0.25])
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalars("x", {"tensor": tensor, "array": array, "int": 3}, torch.tensor(4))
        array[0] = 9.0
        writer.add_scalars("y", {"a": 0.1}, 1, double_precision=True)
    read = LogDir(tmp_path)
    read.poll()
    assert {name: r.scalars["x"].value.tolist() for name, r in read.runs.items() if "x" in r.scalars} == {
        "x_tensor": [0.5],
        "x_array": [0.25],
        "x_int": [3.0],
    }
    assert read.runs["y_a"].scalars["y"].value.tolist() == [0.1]


def test_a_purge_makes_void_what_the_keys_have_too(tmp_path: Path) -> None:
    for purge_step, steps in ((None, range(10)), (5, range(5, 8))):
        with SummaryWriter(tmp_path, purge_step=purge_step) as writer:
            for step in steps:
                writer.add_scalars("x", {"a": (purge_step or 0) * 100 + step}, step)
    read = LogDir(tmp_path)
    read.poll()
    assert len(read.runs["x_a"].attempts) == 1
    assert read.runs["x_a"].scalars["x"].value.tolist() == [0, 1, 2, 3, 4, 505, 506, 507]


def test_a_cell_that_runs_again_makes_a_new_attempt_of_each_key(tmp_path: Path) -> None:
    for attempt in range(2):
        writer = SummaryWriter(tmp_path)
        for step in range(5):
            writer.add_scalars("x", {"a": attempt, "b": attempt}, step)
        writer.flush()
        del writer
    read = LogDir(tmp_path)
    read.poll()
    for name in ("x_a", "x_b"):
        assert [a.scalars["x"].value.tolist() for a in read.runs[name].attempts] == [[0.0] * 5, [1.0] * 5]


def test_tbparse_reads_the_values_and_nothing_else(tmp_path: Path) -> None:
    from tbparse import SummaryReader

    with warnings.catch_warnings():
        warnings.simplefilter("error", WriterWarning)
        with SummaryWriter(tmp_path) as writer:
            for step in range(10):
                writer.add_scalars("x", {"a": step}, step)
    frame = SummaryReader(str(tmp_path / "x_a")).scalars
    assert frame[["step", "tag", "value"]].values.tolist() == [[step, "x", float(step)] for step in range(10)]
