"""The picture as SVG: the same shapes and words as the PNG, and nothing that a viewer would run or fetch."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from tbnotebook.still import Chart, Legend, Line, Picture, draw_svg

SVG = "{http://www.w3.org/2000/svg}"


def words_of(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_a_drawing_has_the_curves_the_names_and_the_graph(make_chart, payloads):
    svg = draw_svg(Picture("logs", [make_chart("data/sin", 0)], payloads.dense_net(), [Legend("a", 0, 99)], "saved"))
    assert {"logs", "saved", "data/sin", "a", "dense", "Linear", "input", "2 × 10"} <= set(words_of(svg))
    curves = [e for e in ElementTree.fromstring(svg).iter(f"{SVG}polyline") if e.get("stroke") == "#1b53b9"]
    assert len(curves[0].get("points").split()) == 100


def test_a_curve_ends_at_the_edges_of_its_plot(make_chart):
    spike = np.array([0.0] * 50 + [1e6] + [0.5] * 49)
    root = ElementTree.fromstring(draw_svg(Picture("logs", [make_chart("loss", 0, spike)])))
    _, window = root.iter(f"{SVG}svg")
    assert window.get("overflow") == "hidden"
    assert float(window.get("height")) < 180


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a&b\"'", "bell\x07", "\ud800", "𝄞 \xad"])
def test_any_text_stays_text_in_well_formed_xml(make_chart, text):
    root = ElementTree.fromstring(draw_svg(Picture(text, [make_chart(text, 0)], runs=[Legend(text, 0)])))
    assert {element.tag for element in root.iter()} <= {SVG + n for n in ("svg", "rect", "text", "polyline", "circle")}


def test_a_single_point_is_a_dot():
    root = ElementTree.fromstring(draw_svg(Picture("logs", [Chart("loss", [Line(0, np.ones(1), np.ones(1))])])))
    assert len(list(root.iter(f"{SVG}circle"))) >= 1


def test_an_empty_log_says_so():
    assert "nothing to draw yet" in words_of(draw_svg(Picture("logs")))


def test_equal_pictures_give_equal_drawings(sine):
    assert draw_svg(sine) == draw_svg(sine)
