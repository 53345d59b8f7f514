"""Snapshots as they were once saved: what this package has ever written, it reads for ever.

`tests/vectors/snapshot-format-1.json` was written by version 0.1.0 from the quickstart's run, in a view that somebody
had used; `snapshot-format-1-media.json` by the first version that kept pictures and the like. They stand for all
notebooks that lie in repositories by now, so they are NEVER made anew: a change that breaks these tests breaks those
notebooks. A new format gets a file of its own beside them.
"""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tbnotebook.report.figure import figure_html
from tbnotebook.wire import MIME, decode
from tbnotebook.wire.columns import unpack

FORMAT_1 = Path(__file__).parents[1] / "vectors" / "snapshot-format-1.json"
FORMAT_1_SHA256 = "3d438eddcc0b1efed7f7a660e41fa39aed06935aa50ac9dd8a42b50ad24f8411"
MEDIA = FORMAT_1.with_name("snapshot-format-1-media.json")
MEDIA_SHA256 = "a64a1b26c97877c0a34124cf6982d2c3c3ef6290a493419811e7cf81673f4553"


@pytest.mark.parametrize(("file", "sha256"), [(FORMAT_1, FORMAT_1_SHA256), (MEDIA, MEDIA_SHA256)])
def test_the_file_is_the_one_that_was_written_then(file: Path, sha256: str) -> None:
    assert hashlib.sha256(file.read_bytes()).hexdigest() == sha256


def test_format_1_gives_its_points() -> None:
    header, buffer = decode(json.loads(FORMAT_1.read_text("utf-8")))
    (part,) = header["frame"]["series"]
    assert (part["tag"], part["total"], part["thinned"]) == ("data/sin", 100, False)
    assert unpack(part["step"], 100, buffer).tolist() == list(range(100))
    np.testing.assert_allclose(unpack(part["value"], 100, buffer), np.sin(np.arange(100) / 10), atol=1e-6)
    wall_time = unpack(part["wall"], 100, buffer)
    assert (wall_time[0], wall_time[-1]) == (1795504672.655266, 1795504672.655846)


def test_format_1_gives_its_run_and_graph() -> None:
    header, _ = decode(json.loads(FORMAT_1.read_text("utf-8")))
    (run,) = header["frame"]["runs"]
    assert (run["name"], run["ended"], run["last_step"]) == (".", True, 99)
    graph = header["frame"]["graphs"][0]["graph"]
    assert [item["key"] for item in graph["items"]] == ["Net", "x", "Net/dense", "Net/dense/linear", "output"]
    assert [edge["shape"] for edge in graph["edges"]] == [[2, 10], [2, 1]]
    assert graph["totals"]["params"] == 11


def test_format_1_gives_the_view_as_it_was_left() -> None:
    header, _ = decode(json.loads(FORMAT_1.read_text("utf-8")))
    assert header["id"] == "golden"
    assert header["options"] == {
        "panel": "graph",
        "smoothing": 0.9,
        "x": "relative",
        "log_y": False,
        "outliers": True,
        "tags": "sin",
        "hidden": ["other"],
        "height": 480,
        "ui": {
            "zoom": {"data/sin": {"x": [2.0, 5.0], "y": None}},
            "open": {".": ["Net/dense"]},
            "collapsed": ["data"],
        },
    }


def test_format_1_makes_a_figure_of_a_report() -> None:
    html = figure_html({MIME: json.loads(FORMAT_1.read_text("utf-8"))}, 1)
    assert "The network Net" in html
    assert "logs · 1 run" in html
    assert "cannot be read" not in html


def test_format_1_gives_the_pictures_texts_and_numbers_that_were_saved() -> None:
    header, buffer = decode(json.loads(MEDIA.read_text("utf-8")))
    frame = header["frame"]
    kinds = ["texts", "histograms", "pr_curves", "images", "images", "audio"]
    totals = [12, 12, 12, 12, 12, 1]
    assert [(entry["kind"], entry["total"]) for entry in frame["media"]] == list(zip(kinds, totals))
    newest: dict[str, tuple[dict[str, Any], bytes]] = {}
    for blob in frame["blobs"]:
        newest[blob["tag"]] = blob, buffer[blob["body"][0] : sum(blob["body"])]
    assert {tag: (blob["at"], blob["step"]) for tag, (blob, _) in newest.items()} == {
        "note/text_summary": (11, 11),
        "weights": (11, 11),
        "classes": (11, 11),
        "samples/digit": (11, 110),
        "samples/photo": (11, 110),
        "tone": (0, 3),
    }
    assert newest["note/text_summary"][1].decode() == "**step** 11: grüße"
    blob, body = newest["weights"]
    assert unpack(blob["columns"]["count"], blob["count"], body).sum() == 101
    blob, body = newest["classes"]
    assert unpack(blob["columns"]["tp"], blob["count"], body).tolist() == [2, 2, 1, 1, 0]
    assert newest["tone"][1][:4] == b"RIFF"
    for tag, scaled, side in (("samples/digit", False, 8), ("samples/photo", True, 64)):
        blob, body = newest[tag]
        assert (blob.get("scaled", False), blob["width"], blob["height"]) == (scaled, side, side)
        ((start, length),) = blob["parts"]
        assert Image.open(io.BytesIO(body[start : start + length])).size == (side, side)
    assert (len(frame["blobs"]), frame["left_out"]) == (51, {"media": 10})


def test_format_1_gives_what_a_run_was_given() -> None:
    header, _ = decode(json.loads(MEDIA.read_text("utf-8")))
    values = [["lr", 0.1], ["nesterov", True], ["name", "adam"], ["seed", None]]
    assert header["frame"]["hparams"] == [{"run": 1, "values": values, "metrics": ["acc"]}]
    assert [(run["name"], run["parent"]) for run in header["frame"]["runs"]] == [(".", None), ("trial", 0)]
    assert header["options"]["panel"] == "images"
