"""A notebook that papermill has executed, as a scheduled job does: the picture and the snapshot are the last ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup
from nbformat import v4

from tbnotebook.report.command import main
from tbnotebook.wire import MIME, decode

TRAINING = """
from tbnotebook import SummaryWriter
with SummaryWriter("logs") as writer:
    writer.show()
    for step in range(points):
        writer.add_scalar("loss", 1 / (step + 1), step)
"""


def test_an_executed_notebook_holds_the_final_picture_and_snapshot(tmp_path: Path) -> None:
    notebook = v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    notebook.cells = [v4.new_code_cell("points = 1", metadata={"tags": ["parameters"]}), v4.new_code_cell(TRAINING)]
    nbformat.write(notebook, tmp_path / "in.ipynb")
    command = [sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb", "-p", "points", "70", "--no-progress-bar"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

    executed = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    nbformat.validate(executed)
    live, saved = executed.cells[-1].outputs
    assert "application/vnd.jupyter.widget-view+json" in live.data
    assert "70 points up to step 69" in saved.data["text/plain"]
    header, _ = decode(saved.data[MIME])
    assert [(part["tag"], part["total"]) for part in header["frame"]["series"]] == [("loss", 70)]
    assert "image/png" in saved.data

    assert main(["report", str(tmp_path / "out.ipynb"), "-o", str(tmp_path / "x.html")]) == 0
    page = BeautifulSoup((tmp_path / "x.html").read_text("utf-8"), "html.parser")
    assert len(page.select(".tbn-figure")) == 1
    assert "pip install" not in page.get_text()
