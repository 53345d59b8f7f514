"""`view.save`: what a view leaves in a file."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from tbnotebook.widget.saved_file import writer_for
from tbnotebook.wire import MIME, decode
from tests.widget.kernel import Kernel
from tests.widget.test_view import WRITE


def test_a_view_saves_itself_by_the_files_ending(kernel: Kernel, tmp_path: Path) -> None:
    ran = kernel.run(
        WRITE + "view = show('logs', smoothing=0.9)\n"
        "view.widget.ui = {'zoom': {'loss': {'x': [2, 5], 'y': None}}}\n"
        "for name in ('x.html', 'x.PNG', 'x.svg'):\n    view.save(name)\n"
    )
    assert ran.error is None
    page = (tmp_path / "x.html").read_text("utf-8")
    (snapshot,) = re.findall(rf'<script type="{re.escape(MIME)}">(.*?)</script>', page)
    header, _ = decode(json.loads(snapshot))
    assert header["options"]["smoothing"] == 0.9
    assert header["options"]["ui"]["zoom"]["loss"]["x"] == [2, 5]
    assert header["frame"]["series"][0]["total"] == 50
    assert str(tmp_path) not in page
    assert Image.open(io.BytesIO((tmp_path / "x.PNG").read_bytes())).format == "PNG"
    words = [e.text for e in ElementTree.fromstring((tmp_path / "x.svg").read_text("utf-8")).iter() if e.text]
    assert "loss" in words


def test_saving_takes_what_the_files_hold_by_then_also_of_a_closed_view(kernel: Kernel, tmp_path: Path) -> None:
    kernel.run(WRITE + "view = show('logs'); view.close()")
    ran = kernel.run("writer.add_scalar('late', 1.0, 7); writer.flush(); view.save('x.svg')")
    assert ran.error is None
    assert "late" in (tmp_path / "x.svg").read_text("utf-8")


@pytest.mark.parametrize("name", ["x.pdf", "x", "x.htm"])
def test_another_ending_is_refused_by_a_list_of_those_that_work(name: str) -> None:
    said = f"cannot save a view as '{name}': its ending would be one of .html, .png, .svg"
    with pytest.raises(ValueError, match=re.escape(said)):
        writer_for(name)
