"""The command line: a file, or one clear sentence and exit code 2."""

import json
import os
import re
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from nbformat import v4

from tbnotebook import SummaryWriter
from tbnotebook.report.command import main
from tbnotebook.wire import MIME, decode
from tests.missing import refuse


@pytest.fixture
def notebook(tmp_path, make_cell, live_view, view_data):
    path = tmp_path / "quickstart.ipynb"
    nbformat.write(v4.new_notebook(cells=[make_cell(live_view, view_data, source="secret_code()")]), path)
    return path


def test_report_of_a_notebook(notebook, tmp_path, capsys):
    target = tmp_path / "out.html"
    assert main(["report", str(notebook), "-o", str(target)]) == 0
    page = target.read_text("utf-8")
    assert "tbn-figure" in page
    assert "secret_code" in page
    assert str(target) in capsys.readouterr().out


def test_report_without_code(notebook, tmp_path):
    target = tmp_path / "out.html"
    assert main(["report", str(notebook), "-o", str(target), "--no-code"]) == 0
    assert "secret_code" not in target.read_text("utf-8")
    assert "tbn-figure" in target.read_text("utf-8")


def test_report_of_a_folder_of_logs(logs, tmp_path):
    target = tmp_path / "logs.html"
    assert main(["report", str(logs), "-o", str(target)]) == 0
    page = target.read_text("utf-8")
    assert page.count(f'<script type="{MIME}">') == 1
    assert 'class="tbn-picture"' in page


def test_report_of_a_folder_with_several_runs_is_one_view_of_them_all(tmp_path):
    for run in ("adam", "sgd/1", "sgd/2"):
        with SummaryWriter(tmp_path / "logs" / run) as writer:
            for step in range(10):
                writer.add_scalar("loss", 1 / (step + 1), step)
    target = tmp_path / "logs.html"
    assert main(["report", str(tmp_path / "logs"), "-o", str(target)]) == 0
    (snapshot,) = re.findall(rf'<script type="{re.escape(MIME)}">(.*?)</script>', target.read_text("utf-8"))
    header, _ = decode(json.loads(snapshot))
    assert [run["name"] for run in header["frame"]["runs"]] == ["adam", "sgd/1", "sgd/2"]
    assert [(part["tag"], part["total"]) for part in header["frame"]["series"]] == [("loss", 10)] * 3
    assert "logs · 3 runs" in target.read_text("utf-8")


@pytest.fixture
def pictures(tmp_path):
    random = np.random.default_rng(0)
    with SummaryWriter(tmp_path / "logs") as writer:
        writer.add_text("note", "one text")
        for step in range(120):
            writer.add_image("noise", random.integers(0, 255, (3, 96, 96), dtype=np.uint8), step)
    return tmp_path / "logs"


def frame_of(page):
    (snapshot,) = re.findall(rf'<script type="{re.escape(MIME)}">(.*?)</script>', page)
    return decode(json.loads(snapshot))[0]["frame"]


def test_a_report_says_how_many_pictures_it_has_room_for_and_a_larger_budget_has_more(pictures, tmp_path):
    target = tmp_path / "out.html"
    assert main(["report", str(pictures), "-o", str(target)]) == 0
    small = target.read_text("utf-8")
    kept = sum(blob["kind"] == "images" for blob in frame_of(small)["blobs"])
    assert 1 <= kept < 120
    assert f"With {kept} of 120 pictures and 1 text; the newest of each tag come first." in small
    assert main(["report", str(pictures), "-o", str(target), "--budget", "6 MB"]) == 0
    large = target.read_text("utf-8")
    assert len(frame_of(large)["blobs"]) == 121
    assert "With all 120 pictures and 1 text." in large
    assert "scaled down" not in large
    assert 3_000_000 < len(large) - len(small) < 6_000_000


@pytest.mark.parametrize(
    ("size", "said"),
    [("much", "'much' is no size; one is 500kB, 20MB"), ("1kB", "from 50 kB to 300 MB"), ("2G", "from 50 kB")],
)
def test_a_budget_that_is_none_is_refused_with_what_would_be_one(pictures, capsys, size, said):
    with pytest.raises(SystemExit) as refused:
        main(["report", str(pictures), "--budget", size])
    assert refused.value.code == 2
    assert said in capsys.readouterr().err


def test_a_notebook_has_no_budget(notebook, capsys):
    assert main(["report", str(notebook), "--budget", "20MB"]) == 2
    assert "--budget is for a folder" in capsys.readouterr().err


def test_report_goes_beside_the_work_by_default(notebook, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["report", str(notebook)]) == 0
    assert (tmp_path / "quickstart.html").is_file()


def test_nbconvert_knows_the_exporter(notebook, tmp_path):
    command = [sys.executable, "-m", "nbconvert", "--to", "tbnotebook", str(notebook), "--output-dir", str(tmp_path)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path)}
    )
    assert done.returncode == 0, done.stderr
    assert "tbn-figure" in (tmp_path / "quickstart.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder / "none", "does not exist"),
        (lambda folder: folder, "no event file"),
        (lambda folder: _write(folder / "a.ipynb", "no json"), "is no notebook"),
        (lambda folder: _write(folder / "a.ipynb", "[1]"), "is no notebook"),
        (lambda folder: _write(folder / "a.ipynb", '{"nbformat": 4, "nbformat_minor": 5}'), "is no notebook"),
        (lambda folder: _write(folder / "a.ipynb", "\udcff"), "is no notebook"),
    ],
    ids=["missing", "empty folder", "no json", "a list", "not valid", "no text"],
)
def test_errors_are_one_sentence_and_code_2(tmp_path, capsys, make, said):
    source = tmp_path / "source"
    source.mkdir()
    target = tmp_path / "out.html"
    assert main(["report", str(make(source)), "-o", str(target)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.startswith("tbnotebook: ")
    assert error.count("\n") == 1
    assert not target.exists()


def test_a_target_that_cannot_be_written_is_an_error(notebook, tmp_path, capsys):
    assert main(["report", str(notebook), "-o", str(tmp_path / "none" / "out.html")]) == 2
    assert "cannot write" in capsys.readouterr().err


def test_without_nbconvert_the_error_says_what_to_install(notebook, monkeypatch, capsys):
    refuse(monkeypatch, "nbformat", "nbconvert")
    assert main(["report", str(notebook)]) == 2
    assert 'pip install "tbnotebook[report]"' in capsys.readouterr().err


def test_a_folder_needs_no_nbconvert(logs, tmp_path):
    code = (
        "import sys; sys.modules['nbconvert'] = sys.modules['nbformat'] = sys.modules['bs4'] = None\n"
        "from tbnotebook.report.command import main; raise SystemExit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "report", str(logs), "-o", str(tmp_path / "o.html")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def _write(path, text):
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path
