"""Notebooks with a real snapshot of real event files, as JupyterLab or nbclient would have saved them."""

from __future__ import annotations

import base64
import math
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import v4

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.still import draw
from tbnotebook.still.log_picture import picture_of
from tbnotebook.wire import DEFAULTS, LIVE_TEXT, MIME, Colors, snapshot_of

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
STATIC = Path(__file__).parents[2] / "tbnotebook" / "static"
HOSTILE_TAG = "</script><script>alert(1)</script><!--<script>\u2028"


@pytest.fixture(scope="session", autouse=True)
def bundle():
    """The tests of the page need the built bundle, which `make test` builds."""
    if not (STATIC / "tbnotebook.js.gz").is_file():
        pytest.fail("tbnotebook/static/tbnotebook.js.gz is missing: build it with `make bundle`")


@pytest.fixture(scope="session")
def logs(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("report") / "logs"
    with SummaryWriter(folder) as writer:
        for step in range(100):
            writer.add_scalar("data/sin", math.sin(step / 10), step)
        writer.add_scalar(HOSTILE_TAG, 1.0, 1)
    return folder


@pytest.fixture(scope="session")
def view_data(logs) -> dict[str, Any]:
    """Data of the output that a view leaves in the notebook."""
    log, colors = LogDir(logs), Colors()
    while log.poll().more:
        pass
    picture = picture_of(log, DEFAULTS, colors=colors, title="logs", note="saved", view_id="v1")
    return {
        "text/plain": "tbnotebook: logs",
        "image/png": base64.b64encode(draw(picture)).decode(),
        MIME: snapshot_of(log, view_id="v1", colors=colors),
    }


def cell(*outputs: dict[str, Any], source: str = "writer.show()") -> Any:
    return v4.new_code_cell(source, outputs=[v4.new_output("display_data", dict(data)) for data in outputs])


@pytest.fixture(params=["of 0.1.0", "of now", "given up"])
def live_view(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What JupyterLab saves of a live view: an id that nothing in the file explains, and its text, or that alone."""
    if request.param == "of 0.1.0":
        text = "a live view, drawn where the kernel that made it runs"
    else:
        text = LIVE_TEXT
    widget = {} if request.param == "given up" else {WIDGET_VIEW: {"model_id": "0a1b"}}
    return {**widget, "text/plain": text}


@pytest.fixture
def export():
    """Converts cells; returns the HTML."""
    from tbnotebook.report.exporter import ReportExporter

    def convert(*cells: Any, name: str = "quickstart", metadata: dict[str, Any] | None = None, **config: Any) -> str:
        from traitlets.config import Config

        notebook = v4.new_notebook(cells=list(cells), metadata=metadata or {})
        nbformat.validate(notebook)
        exporter = ReportExporter(config=Config(config))
        html, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": name}})
        return html

    return convert


@pytest.fixture
def make_cell():
    return cell
