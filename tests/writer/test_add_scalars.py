"""`add_scalars`: the same folders and values as torch's, and all that `add_scalar` keeps to."""

from __future__ import annotations

import copy
import os
import pickle
import threading
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
from tbnotebook.events.kinship import parse_kinship
from tbnotebook.events.schema import SessionStatus
from tbnotebook.writer import BadValue, WriterWarning, outbox, outboxes
from tbnotebook.writer.child import child_folder
from tests.events.reading import events, events_in, files, scalars_in
from tests.writer.programs import run
from tests.writer.waiting import wait_until

KEYS = ["a", "sin", "with space", "a/b", "a_b", "ü", "..", ".hidden", "", "x" * 150, "new\nline"]


def runs(root: Path) -> dict[str, Path]:
    """The folders that have event files, by their names below the root."""
    folders = [Path(folder) for folder, _, _ in os.walk(root)]
    return {folder.relative_to(root).as_posix(): folder for folder in folders if files(folder)}


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


def test_each_file_tells_once_and_before_its_values_whose_child_it_is(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    for step in range(3):
        writer.add_scalars("train/loss", {"a/b": step}, step)
    writer.close()
    writer.add_scalars("train/loss", {"a/b": 3.0}, 3)
    writer.close()
    child = tmp_path / "train_loss_a" / "b"
    assert len(files(child)) == 2
    for file in files(child):
        kinds = [event.WhichOneof("what") for event in events(file.read_bytes())]
        assert kinds[:3] == ["file_version", "log_message", "summary"]
        assert kinds.count("log_message") == 1
        told = parse_kinship(events(file.read_bytes())[1].log_message.message)
        assert told is not None
        assert (told.tag, told.key, told.up) == ("train/loss", "a/b", 2)


def test_two_main_tags_that_share_a_folder_are_both_told(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalars("a", {"b_c": 1.0}, 1)
        writer.flush()
        writer.add_scalars("a_b", {"c": 2.0}, 1)
    told = [parse_kinship(e.log_message.message) for e in events_in(tmp_path / "a_b_c") if e.HasField("log_message")]
    assert [(one.tag, one.key) for one in told if one is not None] == [("a", "b_c"), ("a_b", "c")]
    assert scalars_in(tmp_path / "a_b_c") == [(b"a", 1, 1.0), (b"a_b", 1, 2.0)]


HOSTILE: list[Any] = [
    "/../../outside",
    "/..",
    "x/../../../outside",
    "/",
    "//",
    "a//b",
    "a/",
    "/./b",
    "x\0y",
    "\ud800",
    "\udcff",
    "k" * 300,
    "k/" * 3000 + "k",
    "d/" * 300 + "k",
    "events.out.tfevents.1",
    b"bytes\xff",
    "💥" * 80,
]


def test_no_key_leads_out_of_the_folder_or_is_lost(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "logs", strict=True) as writer:
        for main_tag in ("loss", "/../..", "..", "\0"):
            writer.add_scalars(main_tag, dict.fromkeys(HOSTILE, 0.5), 1)
    assert [path.name for path in tmp_path.iterdir()] == ["logs"]
    found = runs(tmp_path / "logs")
    assert len(found) == 1 + 4 * len(HOSTILE)  # each has a folder of its own
    assert writer.health.written == 4 * len(HOSTILE)
    assert all(len(scalars_in(folder)) == (name != ".") for name, folder in found.items())
    reader = LogDir(tmp_path / "logs")
    reader.poll()
    assert len(reader.runs) == len(found)
    assert not reader.problems


UNPORTABLE = ["a:b", "a\\b", "what?", "x*", "a|b", "<x>", '"', "end.", "end ", "t\tb", "a/CON", "a/nul.x"]


@pytest.mark.parametrize("key", UNPORTABLE)
def test_where_windows_or_a_store_must_take_a_name_it_is_one_that_they_take(key: str) -> None:
    assert child_folder("loss", key, portable=False) == f"loss_{key}"
    name = child_folder("loss", key, portable=True)
    assert name != f"loss_{key}"
    assert not set('<>:"\\|?*\t/') & set(name)
    assert child_folder("loss", "plain/key_1", portable=True) == "loss_plain/key_1"


def test_keys_that_cannot_stay_never_share_a_folder() -> None:
    names = {child_folder(tag, key, portable=True) for tag in ("a", "a_", "a:") for key in (":b", "?b", "b?", "_b:")}
    assert len(names) == 12
    assert child_folder("con.x", "?", portable=True).startswith("_con.")


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


def test_close_ends_each_file_and_flush_writes_each(tmp_path: Path) -> None:
    writer = SummaryWriter(tmp_path)
    writer.add_scalars("x", {"a": 1.0, "b": 1.0}, 1)
    assert writer.flush(fsync=True)
    assert [len(scalars_in(tmp_path / name)) for name in ("x_a", "x_b")] == [1, 1]
    writer.close()
    assert all(events_in(tmp_path / name)[-1].session_log.status == SessionStatus.STOP for name in (".", "x_a", "x_b"))
    read = LogDir(tmp_path)
    read.poll()
    assert all(run.ended for run in read.runs.values())


def open_files(root: Path) -> int:
    links = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    return sum(os.path.realpath(link).startswith(str(root)) for link in links if os.path.exists(link))


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="needs Linux's /proc")
def test_many_keys_take_a_bounded_number_of_open_files_and_threads(tmp_path: Path) -> None:
    threads = threading.active_count()
    writer = SummaryWriter(tmp_path)
    keys = [f"k{number}" for number in range(3 * outboxes.MOST_OPEN)]
    for step in range(5):
        writer.add_scalars("x", dict.fromkeys(keys, step), step)
        assert writer.flush(fsync=step == 3)
        assert open_files(tmp_path) <= outboxes.MOST_OPEN + 1
        assert threading.active_count() <= threads + 2
    writer.close()
    assert open_files(tmp_path) == 0
    for key in keys:
        assert len(files(tmp_path / f"x_{key}")) == 1
        assert [step for _, step, _ in scalars_in(tmp_path / f"x_{key}")] == [0, 1, 2, 3, 4]
        assert events_in(tmp_path / f"x_{key}")[-1].session_log.status == SessionStatus.STOP


def test_a_file_that_was_replaced_while_it_was_not_open_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outboxes, "MOST_OPEN", 1)
    writer = SummaryWriter(tmp_path)
    writer.add_scalars("x", {"a": 1.0, "b": 1.0, "c": 1.0}, 1)
    writer.flush()
    (first,), (second,) = files(tmp_path / "x_a"), files(tmp_path / "x_b")
    first.unlink()
    first.write_bytes(b"somebody else's")
    second.unlink()
    writer.add_scalars("x", {"a": 2.0, "b": 2.0, "c": 2.0}, 2)
    with pytest.warns(WriterWarning, match="deleted or replaced"):
        writer.close()
    assert first.read_bytes() == b"somebody else's"
    first.unlink()
    for name in ("x_a", "x_b"):
        assert scalars_in(tmp_path / name) == [(b"x", 2, 2.0)]
        assert parse_kinship(events_in(tmp_path / name)[1].log_message.message) is not None
    assert scalars_in(tmp_path / "x_c") == [(b"x", 1, 1.0), (b"x", 2, 2.0)]
    assert writer.health.dropped == 2  # what was in the two files


def test_a_folder_that_cannot_be_made_costs_the_others_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "LIMIT", 1 << 17)
    (tmp_path / "x_a").write_text("a file where a folder should be")
    writer = SummaryWriter(tmp_path)
    with pytest.warns(WriterWarning, match="cannot write to"):
        log_beside_a_folder_that_fails(writer)
    assert len(scalars_in(tmp_path)) == len(scalars_in(tmp_path / "x_b")) == 3000
    assert writer.health.written == 6000
    assert writer.health.dropped == 3000


def log_beside_a_folder_that_fails(writer: SummaryWriter) -> None:
    for step in range(3000):
        writer.add_scalars("x", {"a": step, "b": step}, step)
        writer.add_scalar("own", step, step)
        if step % 100 == 0:
            assert not writer.flush()
    writer.close()


FORKED = """
    import os, sys
    from tbnotebook import SummaryWriter
    writer = SummaryWriter(sys.argv[1])
    writer.add_scalars("x", {"a": 1.0}, 1)
    if os.fork() == 0:
        writer.add_scalars("x", {"a": 2.0}, 2)
        writer.close()
        os._exit(0)
    os.wait()
    writer.add_scalars("x", {"a": 3.0}, 3)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_writes_files_of_its_own(tmp_path: Path) -> None:
    run(FORKED, tmp_path)
    found = [sorted(step for _, step, _ in scalars_of(file)) for file in files(tmp_path / "x_a")]
    assert sorted(found) == [[1, 3], [2]]


def scalars_of(file: Path) -> list[tuple[bytes, int, float]]:
    summaries = [(event.step, event.summary) for event in events(file.read_bytes())]
    return [(value.tag, step, value.simple_value) for step, summary in summaries for value in summary.value]


def test_a_copy_or_a_writer_that_writes_nothing_can_be_called(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "none", write_to_disk=False) as silent:
        silent.add_scalars("x", {"a": 1.0}, 1)
    assert not (tmp_path / "none").exists()
    writer = SummaryWriter(tmp_path)
    writer.add_scalars("x", {"a": 1.0}, 1)
    for other in (copy.deepcopy(writer), pickle.loads(pickle.dumps(writer))):
        other.add_scalars("x", {"a": 2.0}, 2)
        other.close()
    writer.close()
    assert len(files(tmp_path / "x_a")) == 3
    assert list(writer.all_writers) == [str(tmp_path)]


def test_tbparse_reads_the_values_and_nothing_else(tmp_path: Path) -> None:
    from tbparse import SummaryReader

    with warnings.catch_warnings():
        warnings.simplefilter("error", WriterWarning)
        with SummaryWriter(tmp_path) as writer:
            for step in range(10):
                writer.add_scalars("x", {"a": step}, step)
    frame = SummaryReader(str(tmp_path / "x_a")).scalars
    assert frame[["step", "tag", "value"]].values.tolist() == [[step, "x", float(step)] for step in range(10)]
