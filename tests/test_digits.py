"""The tutorial of the digits, executed by a real kernel: something for every panel, and a report of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tbnotebook import LogDir
from tbnotebook.report.command import main
from tbnotebook.wire import MIME, decode

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "digits.ipynb"
RUNS, EPOCHS = 12, 12
PANELS = ["curves", "hparams", "curves", "images", "histograms", "pr_curves", "texts", "audio", "graph"]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the tutorial ran, with the executed notebook and its logs."""
    pytest.importorskip("sklearn")
    folder = tmp_path_factory.mktemp("digits")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    nbformat.write(notebook, folder / "digits.ipynb")
    return folder


@pytest.fixture(scope="module")
def outputs(ran: Path) -> list[dict[str, Any]]:
    notebook = nbformat.read(ran / "digits.ipynb", as_version=4)
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def test_every_run_has_something_of_every_kind_and_some_learn_to_read(ran: Path) -> None:
    log = LogDir(ran / "logs")
    log.poll()
    runs = [run for run in log.runs.values() if run.parent is None]
    assert len(runs) == RUNS
    for run in runs:
        for kind in (run.histograms, run.texts, run.pr_curves):
            assert {len(series) for series in kind.values()} == {EPOCHS + 1}
        assert len(run.images["filters of the first layer"]) == EPOCHS + 1
        assert [len(series) for series in run.audio.values()] == [1]
        assert run.graph is not None
    given = log.frame("hparams").to_pandas()
    names = ["dropout", "hparam/accuracy", "lr", "optimizer"]
    assert given.groupby("name").size().to_dict() == dict.fromkeys(names, RUNS)
    assert set(given.name[given.type == "metric"]) == {"hparam/accuracy"}
    last = {run.name: run.scalars["val/accuracy"].value[-1] for run in runs}
    adam, sgd = (max((n for n in last if n.startswith(kind)), key=lambda n: last[n]) for kind in ("adam", "sgd"))
    assert (last[adam] > 0.9, last[sgd] > 0.8) == (True, True), last
    assert ("lr=0.3 " in adam, "lr=0.3 " in sgd) == (False, True), last


def test_each_view_is_saved_with_its_panel_and_what_it_shows(outputs: list[dict[str, Any]]) -> None:
    saved = [output["data"][MIME] for output in outputs if MIME in output.get("data", {})]
    headers = [decode(one)[0] for one in saved]
    assert [header["options"]["panel"] for header in headers] == PANELS
    assert all(len(json.dumps(one)) <= 300_000 for one in saved)
    for header in headers:
        panel, frame = header["options"]["panel"], header["frame"]
        if panel in ("images", "histograms", "pr_curves", "texts", "audio"):
            assert any(blob["kind"] == panel for blob in frame["blobs"]), panel
    assert len(headers[1]["frame"]["hparams"]) == RUNS


def test_nothing_is_printed_but_the_views_and_the_table(outputs: list[dict[str, Any]]) -> None:
    assert [output["output_type"] for output in outputs] == ["display_data"] * 2 * len(PANELS) + ["execute_result"]


def test_the_report_has_all_views(ran: Path) -> None:
    target = ran / "digits.html"
    assert main(["report", str(ran / "digits.ipynb"), "-o", str(target)]) == 0
    assert target.read_text("utf-8").count(f'type="{MIME}"') == len(PANELS)
