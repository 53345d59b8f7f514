"""Beside the peers: in one process, and in one environment."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from pathlib import Path

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tests import overlays
from tests.writer.programs import REPOSITORY, run

ALL_IN_ONE = """
    import sys
    folder, order = sys.argv[1], sys.argv[2].split(",")
    classes = {}
    for name in order:
        if name == "tensorflow":
            import tensorflow
        elif name == "tensorboard":
            import tensorboard.summary.writer.event_file_writer
        elif name == "torch":
            from torch.utils.tensorboard import SummaryWriter
            classes[name] = SummaryWriter
        elif name == "tensorboardX":
            from tensorboardX import SummaryWriter
            classes[name] = SummaryWriter
        else:
            from tbnotebook import SummaryWriter
            classes[name] = SummaryWriter
    writers = {name: cls(f"{folder}/{name}") for name, cls in classes.items()}
    for step in range(100):
        for writer in writers.values():
            writer.add_scalar("x", step / 2, step)
    for writer in writers.values():
        writer.close()
    if "tensorflow" in order:
        with tensorflow.summary.create_file_writer(f"{folder}/tensorflow").as_default():
            for step in range(100):
                tensorflow.summary.scalar("x", step / 2, step)
"""


@pytest.mark.parametrize("ours", ["first", "last"])
def test_all_writers_work_in_one_process(tmp_path: Path, ours: str) -> None:
    peers = ["tensorboard", "torch", "tensorboardX"]
    if importlib.util.find_spec("tensorflow"):
        peers.insert(0, "tensorflow")
    order = ["tbnotebook", *peers] if ours == "first" else [*peers, "tbnotebook"]
    run(ALL_IN_ONE, tmp_path, ",".join(order), silent=False)  # TensorFlow greets on stderr
    for name in set(order) - {"tensorboard"}:
        assert points(tmp_path / name) == [(step, step / 2) for step in range(100)], name


def points(folder: Path) -> list[tuple[int, float]]:
    accumulator = EventAccumulator(str(folder), size_guidance={"scalars": 0, "tensors": 0})
    accumulator.Reload()
    if "x" in accumulator.Tags()["scalars"]:
        return [(point.step, point.value) for point in accumulator.Scalars("x")]
    from tensorboard.util import tensor_util

    return [(point.step, float(tensor_util.make_ndarray(point.tensor_proto))) for point in accumulator.Tensors("x")]


def our_dependencies() -> list[str]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return list(project["dependencies"])


def by_name(packages: list[dict[str, str]]) -> dict[str, str]:
    return {re.sub(r"[-_.]+", "-", package["name"]).lower(): package["version"] for package in packages}


def resolved(report: Path) -> dict[str, str]:
    """Name → version of all that pip would install."""
    return by_name([item["metadata"] for item in json.loads(report.read_text(encoding="utf-8"))["install"]])


@pytest.mark.overlay
@pytest.mark.timeout(600)
def test_pip_only_adds_packages_to_an_environment_of_tensorboard_and_tensorboardx(tmp_path: Path) -> None:
    python = overlays.environment("env-tensorboard", ["tensorboard", "tensorboardX"])
    present = by_name(json.loads(overlays.pip("list", "--format", "json", python=python)))
    report = tmp_path / "report.json"
    overlays.pip("install", "--quiet", "--dry-run", "--report", str(report), *our_dependencies(), python=python)
    added = resolved(report)
    assert "anywidget" in added
    assert added.keys().isdisjoint(present)


@pytest.mark.overlay
@pytest.mark.timeout(600)
def test_pip_changes_no_version_that_tensorflow_pins(tmp_path: Path) -> None:
    # An environment of TensorFlow would be 2 GB to install. What pip resolves for it is what would be in it, and
    # pip leaves alone what is installed and fits: with all these versions as constraints ours must resolve.
    peers = ["tensorflow", "tensorboard", "tensorboardX"]
    alone, together = tmp_path / "alone.json", tmp_path / "together.json"
    dry = ["install", "--quiet", "--dry-run", "--ignore-installed", "--report"]
    overlays.pip(*dry, str(alone), *peers)
    before = resolved(alone)
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("".join(f"{name}=={version}\n" for name, version in before.items()))
    overlays.pip(*dry, str(together), "--constraint", str(constraints), *peers, *our_dependencies())
    after = resolved(together)
    assert before["tensorflow"]
    assert before.items() <= after.items()
    assert {"anywidget", "plotly", "google-crc32c"} <= after.keys() - before.keys()
