"""What concerns a run as a whole: embeddings, defaults of a block, scalars exported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import fsspec
import numpy as np
import pytest
import torch
from google.protobuf import text_format
from PIL import Image
from tensorboard.plugins.projector.projector_config_pb2 import ProjectorConfig
from torch.utils.tensorboard import SummaryWriter as TorchWriter

from tbnotebook import FileWriter, GlobalSummaryWriter, SummaryWriter
from tbnotebook.events.schema import Event, LogMessage
from tbnotebook.writer import BadValue, WriterWarning
from tests.events.reading import events_in

POINTS = torch.rand(10, 3)
PICTURES = torch.rand(10, 3, 4, 5)


def test_an_embedding_has_the_files_that_torch_writes(tmp_path: Path) -> None:
    for writer in (SummaryWriter(tmp_path / "ours", strict=True), TorchWriter(tmp_path / "torchs")):
        with writer:
            writer.add_embedding(POINTS, [f"point {number}" for number in range(10)], PICTURES, 3, "a/b%c")
            writer.add_embedding(POINTS, [["x", 1]] * 10, tag="plain", metadata_header=["name", "number"])
    ours, torchs = (
        {
            path.relative_to(tmp_path / side): path
            for path in (tmp_path / side).rglob("*")
            if path.is_file() and "tfevents" not in path.name
        }
        for side in ("ours", "torchs")
    )
    assert ours.keys() == torchs.keys()
    for name, path in ours.items():
        if name.suffix == ".tsv":
            assert path.read_text() == torchs[name].read_text()
        elif name.suffix == ".png":
            sprite = np.asarray(Image.open(path))
            assert sprite.shape == (4 * 4, 4 * 5, 3)
            assert (sprite == np.asarray(Image.open(torchs[name]))[:16]).all()  # torch fills it up to a square
    assert config(tmp_path / "ours") == config(tmp_path / "torchs")


def config(folder: Path) -> ProjectorConfig:
    return text_format.Parse((folder / "projector_config.pbtxt").read_text(), ProjectorConfig())


def test_no_tag_of_an_embedding_leads_out_of_the_run(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "run", strict=True) as writer:
        for tag in ("..", "../..", "/etc", '"\n}', "ü"):
            writer.add_embedding(POINTS, tag=tag)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
    assert [each.tensor_name for each in config(tmp_path / "run").embeddings][3:] == ['"\n}:00000', "ü:00000"]
    for each in config(tmp_path / "run").embeddings:
        assert (tmp_path / "run" / each.tensor_path).is_file()


@pytest.mark.parametrize(
    "given",
    [
        {"mat": torch.rand(3)},
        {"mat": POINTS, "metadata": ["too few"]},
        {"mat": POINTS, "label_img": PICTURES[:3]},
        {"mat": POINTS, "metadata": [["x"]] * 10, "metadata_header": ["a", "b"]},
        {"mat": POINTS, "global_step": "later"},
        {"mat": POINTS, "metadata": 7},
    ],
)
def test_what_is_no_embedding_is_left_out_and_counted(tmp_path: Path, given: dict[str, Any]) -> None:
    with SummaryWriter(tmp_path / "lax") as writer:
        with pytest.warns(WriterWarning):
            writer.add_embedding(**given)
        assert writer.health.dropped == 1
    with SummaryWriter(tmp_path / "strict", strict=True) as writer, pytest.raises(BadValue):
        writer.add_embedding(**given)
    assert not list(tmp_path.rglob("*.tsv"))


def test_what_holds_for_a_block_is_meant_where_a_call_says_nothing(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        with writer.use_metadata(global_step=7, walltime=5.0):
            writer.add_scalar("a", 1.0)
            writer.add_scalar("b", 1.0, 3)
            writer.add_histogram("c", [1.0])
            with writer.use_metadata(global_step=8):
                writer.add_text("d", "x")
            writer.add_scalar("e", 1.0)
        writer.add_scalar("f", 1.0)
    found = {event.summary.value[0].tag: event for event in events_in(tmp_path) if event.summary.value}
    assert {tag: event.step for tag, event in found.items()} == {
        b"a": 7,
        b"b": 3,
        b"c": 7,
        b"d/text_summary": 8,
        b"e": 7,
        b"f": 0,
    }
    assert [tag for tag, event in found.items() if event.wall_time == 5.0] == [b"a", b"b", b"c", b"e"]


def test_so_it_does_for_whole_events(tmp_path: Path) -> None:
    writer = FileWriter(tmp_path)
    with writer.use_metadata(global_step=7, walltime=5.0):
        writer.add_event(Event(log_message=LogMessage(message=b"a")))
        writer.add_event(Event(log_message=LogMessage(message=b"b")), 3, 6.0)
    writer.close()
    found = [(event.step, event.wall_time) for event in events_in(tmp_path) if event.HasField("log_message")]
    assert found == [(7, 5.0), (3, 6.0)]


def test_an_embedding_lies_beside_the_events_in_an_object_store_too(tmp_path: Path) -> None:
    with SummaryWriter("memory://bucket/embedded", strict=True) as writer:
        writer.add_embedding(POINTS, list("abcdefghij"), PICTURES, 3, "a/b%c")
    found = {path.rpartition("bucket/embedded/")[2] for path in fsspec.filesystem("memory").find("/bucket/embedded")}
    files = {f"00003/a%2fb%25c/{name}" for name in ("tensors.tsv", "metadata.tsv", "sprite.png")}
    assert {path for path in found if "tfevents" not in path} == {*files, "projector_config.pbtxt"}
    with fsspec.open("memory://bucket/embedded/projector_config.pbtxt", "r") as file:
        (told,) = text_format.Parse(file.read(), ProjectorConfig()).embeddings
    assert {told.tensor_path, told.metadata_path, told.sprite.image_path} == files


def test_scalars_of_several_keys_are_exported(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "run") as writer:
        for step in range(3):
            writer.add_scalars("loss/all", {"train": step, "val": 2.0 * step}, step, walltime=1.5)
        writer.add_scalars("exact", {"x": 0.1}, 0, walltime=2.5, double_precision=True)
        writer.export_scalars_to_json(tmp_path / "all.json")
    found = json.loads((tmp_path / "all.json").read_text())
    run = f"{tmp_path}/run"
    assert found == {
        f"{run}/loss/all/train": [[1.5, 0, 0.0], [1.5, 1, 1.0], [1.5, 2, 2.0]],
        f"{run}/loss/all/val": [[1.5, 0, 0.0], [1.5, 1, 2.0], [1.5, 2, 4.0]],
        f"{run}/exact/x": [[2.5, 0, 0.1]],
    }


def test_a_writer_for_the_process_keeps_the_step_of_each_tag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    writer = GlobalSummaryWriter.getSummaryWriter()
    assert GlobalSummaryWriter.getSummaryWriter() is writer
    try:
        for _ in range(2):
            writer.add_scalar("a", 1.0)
            writer.add_text("b", "x")
            writer.add_image("c", PICTURES[0])
            writer.add_histogram("d", [1.0])
            writer.add_audio("e", torch.rand(5))
    finally:
        writer.close()
        monkeypatch.setattr(GlobalSummaryWriter, "_writer", None)
    (folder,) = (tmp_path / "runs").iterdir()
    found = [(event.summary.value[0].tag, event.step) for event in events_in(folder) if event.summary.value]
    assert sorted(found) == sorted(
        (tag, step) for tag in (b"a", b"b/text_summary", b"c", b"d", b"e") for step in (0, 1)
    )
