"""What nbconvert itself makes of a notebook that nobody opened: executed, and exported by its own exporters."""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from PIL import Image

from tbnotebook.report.command import main
from tbnotebook.wire import MIME
from tests.browser.chromium import LAUNCH_ARGS, chromium_path

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "quickstart.ipynb"


def nbconvert(folder: Path, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "JUPYTER_CONFIG_DIR": str(folder / "config")},
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The quickstart, executed as a batch job does it (papermill and nbclient run cells the same way)."""
    folder = tmp_path_factory.mktemp("executed")
    shutil.copy(NOTEBOOK, folder)
    nbconvert(folder, "--to", "notebook", "--execute", "--inplace", NOTEBOOK.name)
    return folder / NOTEBOOK.name


@pytest.fixture(scope="module")
def picture(executed: Path) -> bytes:
    """The picture that the executed notebook holds."""
    notebook = nbformat.read(executed, as_version=4)
    (data,) = (o.data for cell in notebook.cells for o in cell.get("outputs", []) if MIME in o.get("data", {}))
    return base64.b64decode(data["image/png"])


def test_the_report_of_an_executed_notebook_has_its_view(executed: Path, tmp_path: Path) -> None:
    nbconvert(tmp_path, "--to", "tbnotebook", str(executed), "--output-dir", str(tmp_path))
    page = (tmp_path / "quickstart.html").read_text("utf-8")
    soup = BeautifulSoup(page, "html.parser")
    assert len(soup.select(f'figure.tbn-figure > script[type="{MIME}"]')) == 1
    assert "add_scalar" in soup.get_text()
    assert "live view" not in soup.get_text()
    assert len(page.encode()) <= 850_000


def test_the_command_leaves_code_out_and_prose_in(executed: Path, tmp_path: Path) -> None:
    assert main(["report", str(executed), "-o", str(tmp_path / "x.html"), "--no-code"]) == 0
    soup = BeautifulSoup((tmp_path / "x.html").read_text("utf-8"), "html.parser")
    assert soup.h1.get_text().startswith("Quickstart")
    assert len(soup.select(".tbn-figure")) == 1
    assert "log_dir=" not in soup.get_text()


def test_plain_html_shows_the_picture_and_no_error(executed: Path, picture: bytes, tmp_path: Path) -> None:
    nbconvert(tmp_path, "--to", "html", str(executed), "--output-dir", str(tmp_path))
    soup = BeautifulSoup((tmp_path / "quickstart.html").read_text("utf-8"), "html.parser")
    (image,) = soup.select("img")
    assert base64.b64decode(image["src"].partition("base64,")[2]) == picture
    assert image["width"] == "900"
    assert re.search(r"error|traceback|model not found", soup.body.get_text(), re.IGNORECASE) is None


def test_latex_includes_the_picture(executed: Path, picture: bytes, tmp_path: Path) -> None:
    notebook = nbformat.read(executed, as_version=4)
    # Markdown cells want pandoc, which the picture does not.
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    nbformat.write(notebook, tmp_path / "x.ipynb")
    nbconvert(tmp_path, "--to", "latex", "x.ipynb")
    (included,) = re.findall(r"\\adjustimage\{.*\}\{(x_files/.+\.png)\}", (tmp_path / "x.tex").read_text("utf-8"))
    assert (tmp_path / included).read_bytes() == picture


@pytest.mark.browser
def test_a_pdf_by_way_of_the_browser_has_the_picture(
    executed: Path, picture: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nbconvert import WebPDFExporter
    from playwright.async_api import BrowserType

    launch = BrowserType.launch

    async def launch_ours(self: BrowserType, **options: object) -> object:
        """Start the machine's Chromium: nbconvert knows only the one that Playwright downloads."""
        return await launch(self, executable_path=chromium_path(), **options)

    monkeypatch.setattr(BrowserType, "launch", launch_ours)
    pdf, _ = WebPDFExporter(browser_args=LAUNCH_ARGS).from_filename(str(executed))
    width, height = Image.open(io.BytesIO(picture)).size
    assert pdf.startswith(b"%PDF")
    assert re.search(rb"/Subtype /Image\s+/Width %d\s+/Height %d" % (width, height), pdf)
