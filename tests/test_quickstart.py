"""The quickstart, executed by a real kernel, and what the real TensorBoard reads in its folder."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from tbnotebook import LogDir
from tbnotebook.wire import MIME, decode

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "quickstart.ipynb"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the quickstart ran, with the executed notebook and its logs."""
    folder = tmp_path_factory.mktemp("quickstart")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    nbformat.write(notebook, folder / "quickstart.ipynb")
    return folder


def outputs(folder: Path) -> list[dict[str, Any]]:
    notebook = nbformat.read(folder / "quickstart.ipynb", as_version=4)
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


@pytest.fixture(scope="module")
def accumulator(ran: Path) -> Any:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    return EventAccumulator(str(ran / "logs")).Reload()


def test_tensorboard_reads_the_same_hundred_points(ran: Path, accumulator: Any) -> None:
    log = LogDir(ran / "logs")
    log.poll()
    ours = log.run.scalars["data/sin"]
    theirs = accumulator.Scalars("data/sin")
    assert ours.step.tolist() == [event.step for event in theirs] == list(range(100))
    assert ours.value.tolist() == [event.value for event in theirs]
    assert ours.wall_time.tolist() == [event.wall_time for event in theirs]
    np.testing.assert_allclose(ours.value, np.sin(np.arange(100) / 10), atol=1e-6)


def test_tensorboard_sees_the_shapes_and_no_dangling_reference(accumulator: Any) -> None:
    graph = accumulator.Graph()
    shapes = {
        node.name: [[dim.size for dim in shape.dim] for shape in node.attr["_output_shapes"].list.shape]
        for node in graph.node
    }
    by_op = {node.op: node for node in graph.node}
    linear = by_op["linear"]
    assert (shapes[linear.input[0]], shapes[linear.name]) == ([[2, 10]], [[2, 1]])
    assert list(by_op["Identity"].input) == [linear.name]
    for node in graph.node:
        for reference in node.input:
            assert reference.lstrip("^").split(":")[0] in shapes, f"{node.name} refers to {reference}"


def test_the_notebook_is_small_and_keeps_picture_text_and_snapshot(ran: Path) -> None:
    assert (ran / "quickstart.ipynb").stat().st_size <= 120_000
    (saved,) = (o["data"] for o in outputs(ran) if MIME in o.get("data", {}))
    assert base64.b64decode(saved["image/png"]).startswith(b"\x89PNG")
    assert saved["text/plain"] == "tbnotebook: logs · 1 run · 1 tag · 100 points up to step 99 · graph"
    header, _ = decode(saved[MIME])
    assert header["frame"]["series"][0]["total"] == 100
    assert header["frame"]["graphs"][0]["graph"]["name"] == "Net"


def test_nothing_is_printed_but_the_view(ran: Path) -> None:
    assert [o["output_type"] for o in outputs(ran)] == ["display_data", "display_data"]
