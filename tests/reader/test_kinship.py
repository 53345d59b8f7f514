"""Runs that are parts of others: what our writer tells, and what torch's files prove."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from torch.utils.tensorboard import SummaryWriter as TorchWriter

from tbnotebook import SummaryWriter
from tbnotebook.events.hparams import SESSION_START
from tbnotebook.events.kinship import Kinship, encode_kinship
from tbnotebook.events.schema import Event, HParamsPluginData, LogMessage, SessionStartInfo, Summary
from tests.reader.files import append, read, scalar, version, write


def name(second=1700000000, process=7, number=0, host="host", suffix=""):
    return f"events.out.tfevents.{second}.{host}.{process}.{number}{suffix}"


def note(tag="x", key="k", up=1):
    message = LogMessage(level=20, message=encode_kinship(Kinship(tag, key, up)))
    return Event(wall_time=1.0, log_message=message).SerializeToString()


def parents(log):
    return {run.name: (run.parent, dict(run.keys)) for run in log.runs.values()}


OWN = (None, {})


def test_what_our_writer_made_is_a_part_of_its_run_with_tag_and_key(tmp_path):
    with SummaryWriter(tmp_path / "seed") as writer:
        writer.add_scalars("train/loss", {"a": 1.0, "b/c": 2.0, "/..": 3.0}, 1)
        writer.add_scalar("loss", 1.0, 1)
    found = parents(read(tmp_path))
    (odd,) = found.keys() - {"seed", "seed/train_loss_a", "seed/train_loss_b/c"}
    assert found == {
        "seed": OWN,
        "seed/train_loss_a": ("seed", {"train/loss": "a"}),
        "seed/train_loss_b/c": ("seed", {"train/loss": "b/c"}),
        odd: ("seed", {"train/loss": "/.."}),
    }


def test_without_the_run_above_a_part_is_a_run_of_its_own(tmp_path):
    with SummaryWriter(tmp_path / "seed") as writer:
        writer.add_scalars("loss", {"a": 1.0, "b/c": 2.0}, 1)
    assert parents(read(tmp_path / "seed" / "loss_a")) == {".": OWN}
    assert parents(read(tmp_path / "seed" / "loss_b")) == {"c": OWN}
    for path in (tmp_path / "seed").glob("*tfevents*"):
        path.unlink()
    assert {run.parent for run in read(tmp_path).runs.values()} == {None}


def test_a_part_is_known_before_its_first_value_and_by_the_file_that_has_the_note(tmp_path):
    write(tmp_path, version())
    path = write(tmp_path / "x_k", version(), note())
    log = read(tmp_path)
    assert parents(log)["x_k"] == (".", {})
    append(path, scalar("x", 1))
    write(tmp_path / "x_k", version(), scalar("x", 2), name="events.out.tfevents.0000000002.host.1.0")
    log.poll()
    assert parents(log)["x_k"] == (".", {"x": "k"})


@pytest.mark.parametrize(
    "payloads",
    [
        (note(), scalar("x", 1), scalar("y", 1)),  # a curve that nobody told of would be hidden
        (note(), note("y", up=2), scalar("x", 1), scalar("y", 1)),
        (note(up=2), scalar("x", 1)),  # above the log's folder
        (note(up=64), scalar("x", 1)),
        (note("y"), scalar("x", 1)),
        (note(), scalar("x", 1), Event(graph_def=b"").SerializeToString()),
        (Event(log_message=LogMessage(message=b'{"tbnotebook_child": 1}')).SerializeToString(), scalar("x", 1)),
    ],
)
def test_what_holds_more_than_was_told_is_a_run_of_its_own(tmp_path, payloads):
    write(tmp_path, version(), scalar("x", 1))
    write(tmp_path / "other", version(), *payloads)
    assert parents(read(tmp_path)) == {".": OWN, "other": OWN}


def test_a_file_full_of_notes_costs_bounded_memory(tmp_path):
    write(tmp_path, version())
    write(tmp_path / "x_k", version(), *(note(f"tag{number}") for number in range(3000)), scalar("tag9", 1))
    run = read(tmp_path).runs["x_k"]
    assert run.keys == {"tag9": "k"}
    assert len(run._contents()[0].kinships) == 1000


def test_a_run_of_our_writer_that_only_has_such_a_name_is_no_part(tmp_path):
    for folder in (".", "loss_1", "loss_2"):
        with SummaryWriter(tmp_path / folder) as writer:
            writer.add_scalar("loss", 1.0, 1)
    assert {run.parent for run in read(tmp_path).runs.values()} == {None}


def test_torchs_folders_fold_as_ours_do(tmp_path):
    for seed in ("one", "two"):
        writer = TorchWriter(tmp_path / seed)
        for step in range(3):
            writer.add_scalar("loss", step, step)
            writer.add_scalars("loss", {"a": step, "b/c": step}, step)
            writer.add_scalars("train/acc", {"a_b": step}, step)
        writer.close()
    found = parents(read(tmp_path))
    assert len(found) == 8
    for seed in ("one", "two"):
        assert found[seed] == OWN
        assert found[f"{seed}/loss_a"] == (seed, {"loss": "a"})
        assert found[f"{seed}/loss_b/c"] == (seed, {"loss": "b/c"})
        assert found[f"{seed}/train_acc_a_b"] == (seed, {"train/acc": "a_b"})


def test_torchs_folder_of_two_main_tags_stays_a_run(tmp_path):
    writer = TorchWriter(tmp_path)
    writer.add_scalars("a", {"b_c": 1.0}, 1)
    writer.add_scalars("a_b", {"c": 1.0}, 1)
    writer.close()
    assert parents(read(tmp_path)) == {".": OWN, "a_b_c": OWN}


def test_torchs_folders_fold_in_a_copy_and_when_another_session_goes_on(tmp_path):
    write(tmp_path, version(), name=name(1700000000))
    write(tmp_path, version(), name=name(1700009999, process=9, number=3))
    write(tmp_path / "x_k", version(), scalar("x", 1), name=name(1700000001, number=1))
    write(tmp_path / "x_k", version(), scalar("x", 2), name=name(1700010000, process=9, number=4))
    shutil.copytree(tmp_path, tmp_path.parent / "copy")
    assert parents(read(tmp_path.parent / "copy"))["x_k"] == (".", {"x": "k"})


def test_a_suffix_and_a_dotted_host_are_no_obstacle(tmp_path):
    more = {"host": "node-3.cluster.local", "suffix": ".run7"}
    write(tmp_path, version(), name=name(**more))
    write(tmp_path / "x_k", version(), scalar("x", 1), name=name(number=12, **more))
    assert parents(read(tmp_path))["x_k"] == (".", {"x": "k"})


@pytest.mark.parametrize(
    ("folder", "file"),
    [
        ("a_b", name(number=1)),  # not the pattern of its tag
        ("x", name(number=1)),
        ("xk", name(number=1)),
        ("y_x_k", name(number=1)),
        ("x/k", name(number=1)),  # tensorboardX's
        ("x_k", name(number=1, process=8)),  # begun by another process,
        ("x_k", name(number=1, host="other")),  # on another machine,
        ("x_k", name(1600000000, number=1)),  # or before the run above it
        ("x_k", name(number=0)),
        ("x_k", "events.out.tfevents.1700000000.host"),
        ("x_k", "events.out.tfevents"),
        ("x_k", name(number=1, suffix=".other")),
    ],
)
def test_a_run_beside_another_of_the_same_tag_is_no_part_of_it(tmp_path, folder, file):
    write(tmp_path, version(), scalar("x", 1), name=name())
    write(tmp_path / folder, version(), scalar("x", 1), name=file)
    assert parents(read(tmp_path)) == {".": OWN, folder: OWN}


@pytest.mark.parametrize("more", [scalar("y", 1), Event(graph_def=b"").SerializeToString()])
def test_a_foreign_run_that_holds_anything_else_is_no_part(tmp_path, more):
    write(tmp_path, version(), name=name())
    path = write(tmp_path / "x_k", version(), scalar("x", 1), name=name(number=1))
    log = read(tmp_path)
    assert log.runs["x_k"].parent == "."
    append(path, more)
    log.poll()
    assert log.runs["x_k"].parent is None


def session_file(folder: Path, file: str = "events.out.tfevents.1700000001.host", *more: bytes) -> Path:
    data = HParamsPluginData(session_start_info=SessionStartInfo(start_time_secs=1.0))
    summary = Summary()
    plugin = summary.value.add(tag=SESSION_START.encode()).metadata.plugin_data
    plugin.plugin_name, plugin.content = b"hparams", data.SerializeToString()
    told = Event(wall_time=1.0, summary=summary).SerializeToString()
    return write(folder, version(), told, scalar("acc", 0), *more, name=file)


def test_a_session_named_by_its_moment_is_a_part_and_stays_one(tmp_path):
    write(tmp_path / "a", version(), scalar("x", 1), name="events.out.tfevents.1600000000.host")
    session_file(tmp_path / "a" / "1700000000.9")
    assert parents(read(tmp_path))["a/1700000000.9"] == ("a", {"acc": "1700000000.9"})
    assert parents(read(tmp_path / "a"))["1700000000.9"] == (".", {"acc": "1700000000.9"})


@pytest.mark.parametrize(
    ("folder", "file", "more"),
    [
        ("trial", "events.out.tfevents.1700000001.host", ()),  # somebody has named it
        ("1700000000", "events.out.tfevents.1700000001.host", ()),
        ("1700000000.9", "events.out.tfevents.1700000009.host", ()),  # begun at another moment
        ("1700000000.9", "events.out.tfevents.1700000001.host", (scalar("acc", 1),)),  # it has curves of its own
        ("1700000000.9", "events.out.tfevents.1700000001.host", (Event(graph_def=b"").SerializeToString(),)),
    ],
)
def test_a_session_that_may_be_a_run_is_one(tmp_path, folder, file, more):
    write(tmp_path, version(), scalar("x", 1), name="events.out.tfevents.1600000000.host")
    session_file(tmp_path / folder, file, *more)
    assert parents(read(tmp_path))[folder] == OWN


def test_without_the_run_above_a_session_is_a_run(tmp_path):
    session_file(tmp_path / "a" / "1700000000.9")
    assert parents(read(tmp_path)) == {"a/1700000000.9": OWN}
