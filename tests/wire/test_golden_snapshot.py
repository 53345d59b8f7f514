"""Snapshots as they were once saved: what this package has ever written, it reads for ever.

`tests/vectors/snapshot-format-1.json` was written by version 0.1.0 from the quickstart's run, in a view that somebody
had used. It stands for all notebooks that lie in repositories by now, so it is NEVER made anew: a change that breaks
these tests breaks those notebooks. A new format gets a file of its own beside it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np

from tbnotebook.report.figure import figure_html
from tbnotebook.wire import MIME, decode
from tbnotebook.wire.columns import unpack

FORMAT_1 = Path(__file__).parents[1] / "vectors" / "snapshot-format-1.json"
FORMAT_1_SHA256 = "3d438eddcc0b1efed7f7a660e41fa39aed06935aa50ac9dd8a42b50ad24f8411"


def test_the_file_is_the_one_that_was_written_then() -> None:
    assert hashlib.sha256(FORMAT_1.read_bytes()).hexdigest() == FORMAT_1_SHA256


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
