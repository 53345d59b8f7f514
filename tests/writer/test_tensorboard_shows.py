"""The real TensorBoard shows what every method has written: asked over HTTP, with both of its loaders."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from matplotlib.figure import Figure
from PIL import Image

from tbnotebook import SummaryWriter
from tests.writer.tensorboard_server import Server, serving

DRAW = np.random.default_rng(4)
PIXELS = DRAW.integers(0, 256, (3, 6, 8), dtype=np.uint8)
VALUES = DRAW.normal(size=1000)
VERTICES = DRAW.random((1, 5, 3)).astype(np.float32)
LABELS, GUESSES = DRAW.integers(0, 2, 40), DRAW.random(40)
STEP = 3


def write_all(folder: Path) -> None:
    with SummaryWriter(folder, strict=True) as writer:
        writer.add_image("picture", PIXELS, STEP)
        writer.add_images("pictures", PIXELS[None].repeat(2, 0), STEP)
        writer.add_image_with_boxes("boxes", PIXELS, [[1, 1, 4, 4]], STEP)
        writer.add_figure("figure", Figure((1, 1), 20), STEP, close=False)
        writer.add_video("video", PIXELS[None, None].repeat(2, 1), STEP)
        writer.add_histogram("histogram", VALUES, STEP)
        writer.add_histogram_raw("raw", 0, 2, 3, 3, 5, [1.0, 2.0], [1, 2], STEP)
        writer.add_audio("audio", np.zeros((1, 80), np.float32), STEP, 8000)
        writer.add_text("text", "a **b** ü", STEP)
        writer.add_tensor("tensor", torch.arange(4), STEP)
        writer.add_pr_curve("pr", LABELS, GUESSES, STEP, 11)
        writer.add_pr_curve_raw("pr raw", *DRAW.random((6, 11)), STEP, 11)
        writer.add_mesh("mesh", VERTICES, global_step=STEP)
        writer.add_custom_scalars({"all": {"loss": ["Multiline", ["loss"]]}})
        writer.add_scalar("loss", 0.5, STEP)
        writer.add_scalars("several", {"a": 1.0, "b": 2.0}, STEP)
        writer.add_hparams({"lr": 0.1, "amp": True}, {"accuracy": 0.75}, run_name="trial")
        writer.add_embedding(VERTICES[0], ["a", "b", "c", "d", "e"], global_step=STEP)
        writer.add_graph(torch.nn.Linear(2, 3), torch.rand(1, 2))


@pytest.fixture(scope="module", params=[False, True], ids=["Python", "Rust"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("logs")
    write_all(folder)
    with serving(folder, fast=request.param) as running:
        running.wait_for("plugin/text/tags", ".", "text/text_summary")
        running.wait_for("plugin/scalars/tags", "trial", "accuracy")
        yield running


def picture(server: Server, tag: str) -> Image.Image:
    (told,) = server.json("plugin/images/images", run=".", tag=tag, sample=0)
    assert told["step"] == STEP
    return Image.open(io.BytesIO(server.bytes(f"plugin/images/individualImage?{told['query']}&x")))


def test_pictures(server: Server) -> None:
    assert (np.asarray(picture(server, "picture")) == PIXELS.transpose(1, 2, 0)).all()
    assert picture(server, "pictures").size == (16, 6)
    assert picture(server, "boxes").size == (8, 6)
    assert picture(server, "figure").size == (20, 20)
    assert picture(server, "video").format == "GIF"


def test_histograms_and_distributions(server: Server) -> None:
    ((_, step, bins),) = server.json("plugin/histograms/histograms", run=".", tag="histogram")
    assert step == STEP
    assert sum(count for _, _, count in bins) == pytest.approx(1000)
    assert bins[0][0] == pytest.approx(VALUES.min(), abs=0.5)
    ((_, _, raw),) = server.json("plugin/histograms/histograms", run=".", tag="raw")
    assert sum(count for _, _, count in raw) == pytest.approx(3)
    ((_, _, bands),) = server.json("plugin/distributions/distributions", run=".", tag="histogram")
    assert len(bands) == 9


def test_sound(server: Server) -> None:
    (told,) = server.json("plugin/audio/audio", run=".", tag="audio", sample=0)
    assert told["step"] == STEP
    assert server.bytes(f"plugin/audio/individualAudio?{told['query']}&x").startswith(b"RIFF")


def test_text(server: Server) -> None:
    (told,) = server.json("plugin/text/text", run=".", tag="text/text_summary")
    assert told["step"] == STEP
    assert "<p>a <strong>b</strong> ü</p>" in told["text"]


def test_precision_and_recall(server: Server) -> None:
    (told,) = server.json("plugin/pr_curves/pr_curves", run=".", tag="pr")["."]
    assert told["step"] == STEP
    assert told["true_positives"][0] == LABELS.sum()
    assert told["thresholds"][:3] == pytest.approx([0, 0.1, 0.2])
    assert "pr raw" in server.json("plugin/pr_curves/tags")["."]


def test_meshes(server: Server) -> None:
    (told,) = server.json("plugin/mesh/meshes", run=".", tag="mesh", sample=0)
    data = server.bytes("plugin/mesh/data", run=".", tag="mesh", content_type="VERTEX", sample=0, step=STEP)
    assert told["data_shape"] == [1, 5, 3]
    assert np.frombuffer(data, np.float32).reshape(VERTICES.shape) == pytest.approx(VERTICES)


def test_scalars_and_layouts(server: Server) -> None:
    assert server.json("plugin/scalars/scalars", run=".", tag="loss")[0][1:] == [STEP, 0.5]
    assert server.json("plugin/scalars/scalars", run="several_b", tag="several")[0][1:] == [STEP, 2.0]
    assert server.json("plugin/custom_scalars/layout")["category"][0]["chart"][0]["title"] == "loss"


def test_hyperparameters(server: Server) -> None:
    told = server.post("plugin/hparams/experiment", {"experimentName": "", "hparamsLimit": 0})
    assert {info["name"]: info["type"] for info in told["hparamInfos"]} == {
        "lr": "DATA_TYPE_FLOAT64",
        "amp": "DATA_TYPE_BOOL",
    }
    wanted = {
        "experimentName": "",
        "allowedStatuses": ["STATUS_SUCCESS"],
        "colParams": [{"metric": {"group": "", "tag": "accuracy"}}],
        "startIndex": 0,
        "sliceSize": 10,
    }
    (group,) = server.post("plugin/hparams/session_groups", wanted)["sessionGroups"]
    assert group["hparams"] == {"lr": 0.1, "amp": True}
    assert group["metricValues"][0]["value"] == 0.75


def test_embeddings(server: Server) -> None:
    (run,) = server.json("plugin/projector/runs")
    (told,) = server.json("plugin/projector/info", run=run)["embeddings"]
    assert told["tensorShape"] == [5, 3]
    points = np.frombuffer(server.bytes("plugin/projector/tensor", run=run, name=told["tensorName"]), np.float32)
    assert points.reshape(5, 3) == pytest.approx(VERTICES[0])


def test_graphs(server: Server) -> None:
    told: Any = server.bytes("plugin/graphs/graph", run=".", conceptual="false")
    assert b"Linear" in told
    assert json.loads(json.dumps(server.json("plugin/graphs/info")))["."]["run_graph"]
