"""What becomes of a notebook's outputs: ours a figure, static ones kept, the rest its static part and a note."""

import pytest
from bs4 import BeautifulSoup
from nbformat import v4

from tbnotebook.report.inert import make_inert

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
NOTE = "does not work without a kernel or a network"


def test_live_view_beside_its_snapshot_is_dropped(export, make_cell, live_view, view_data):
    page = export(make_cell(live_view, view_data))
    assert live_view["text/plain"] not in page
    assert NOTE not in page
    assert page.count('class="tbn-figure"') == 1


def test_live_view_without_a_snapshot_leaves_a_note(export, make_cell, live_view):
    page = export(make_cell(live_view))
    assert ("a live widget" in page) == (len(live_view) == 2)
    assert (NOTE in page) == (len(live_view) == 2)


def test_another_widget_of_the_same_cell_keeps_its_text(export, make_cell, live_view, view_data):
    bar = {"application/vnd.jupyter.widget-view+json": {"model_id": "9"}, "text/plain": "IntProgress(value=3)"}
    page = export(make_cell(live_view, bar, view_data))
    assert "IntProgress(value=3)" in page
    assert page.count(NOTE) == 1


@pytest.mark.parametrize(
    ("data", "kept", "note"),
    [
        ({"text/html": "<table><tr><td>7</td></tr></table>", "text/plain": "7"}, "<td>7</td>", False),
        ({"text/html": "<style>.a{color:red}</style><b class=a>x</b>"}, "color:red", False),
        ({"image/png": PIXEL, "text/plain": "<Figure>"}, PIXEL, False),
        ({"text/latex": "$x^2$", "text/plain": "x**2"}, "$x^2$", False),
        ({"text/markdown": "**bold**"}, "<strong>bold</strong>", False),
        ({"text/html": "<script>draw()</script><div id=d></div>", "image/png": PIXEL}, PIXEL, True),
        ({"text/html": "<script src='https://e.org/a.js'></script>", "text/plain": "Chart(…)"}, "Chart(…)", True),
        ({"text/html": "<iframe src='https://e.org'></iframe>", "text/plain": "IFrame"}, "IFrame", True),
        ({"text/html": "<script type='application/json'>{}</script><p>static</p>"}, "<p>static</p>", False),
        ({"application/vnd.plotly.v1+json": {"data": []}, "text/html": "<script>P()</script>"}, "left out", True),
        ({"application/vnd.vegalite.v5+json": {}, "image/png": PIXEL}, PIXEL, True),
        ({"application/javascript": "alert(1)", "text/plain": "<Javascript>"}, "&lt;Javascript&gt;", True),
        ({"application/javascript": "alert(1)"}, "left out", True),
    ],
    ids=["table", "style", "png", "latex", "markdown", "script with png", "remote script", "frame", "data block",
         "plotly", "vega", "javascript with text", "javascript"],
)  # fmt: skip
def test_other_outputs_stay_as_far_as_they_are_static(export, make_cell, data, kept, note):
    page = export(make_cell(data))
    assert kept in page
    assert (NOTE in page) == note
    for word in ("alert(1)", "draw()", "P()", "e.org/a.js"):
        assert word not in page


def test_streams_and_errors_are_kept(export):
    cell = v4.new_code_cell("f()", outputs=[
        v4.new_output("stream", name="stdout", text="epoch <1>\n"),
        v4.new_output("error", ename="ValueError", evalue="bad", traceback=["\x1b[31mValueError\x1b[0m: bad"]),
    ])  # fmt: skip
    page = export(cell)
    assert "epoch &lt;1&gt;" in page
    assert '<span class="ansi-red-fg">ValueError</span>: bad' in page


def test_saved_widget_state_does_not_travel(export, make_cell, view_data):
    state = {"application/vnd.jupyter.widget-state+json": {"state": {"a": {"state": {"_esm": "x" * 1000}}}}}
    page = export(make_cell(view_data), metadata={"widgets": state})
    assert "widget-state" not in page
    assert "x" * 1000 not in page


def test_code_can_be_left_out(export, make_cell, view_data):
    cells = make_cell(view_data, source="secret_code()")
    assert "secret_code" in export(cells)
    page = export(cells, TemplateExporter={"exclude_input": True})
    assert "secret_code" not in page
    assert "tbn-figure" in page


def test_a_cell_that_a_tag_removes_takes_its_figure_along(export, make_cell, view_data):
    hidden = make_cell(view_data)
    hidden.metadata["tags"] = ["hide"]
    page = export(hidden, make_cell(view_data), TagRemovePreprocessor={"remove_cell_tags": ["hide"], "enabled": True})
    assert page.count('class="tbn-figure"') == 1
    assert "Figure 1." in page


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick='steal()'>x</p>",
        "<img src=x onerror=steal()>",
        "<svg onload=steal()><image href='https://e.org/'/></svg>",
        "<a href='/' ping='https://e.org/'>x</a>",
        "<meta http-equiv=refresh content='0;url=https://e.org/'>",
        "<link rel=dns-prefetch href='//e.org'>",
        "<base href='https://e.org/'>",
        "<form action='https://e.org/'><button formaction='https://e.org/'>x</button></form>",
        "<style>@import 'https://e.org/a.css';</style>",
        "<style>p{background:url(//e.org/a.png)}</style>",
        "<p style='background:url(https://e.org/a.png)'>x</p>",
        "<video poster='https://e.org/a.png'><source src='https://e.org/a.mp4'></video>",
        "<object data='https://e.org/'></object>",
        "<script>steal()</script>",
        "<img srcset='https://e.org/a.png 2x'>",
    ],
)
def test_html_of_the_author_runs_and_loads_nothing(export, html):
    page = export(v4.new_markdown_cell(f"text\n\n{html}\n"))
    soup = BeautifulSoup(page, "html.parser")
    for note in soup.select(".tbn-note"):
        note.decompose()
    body = str(soup.body)
    assert "steal" not in body
    assert "e.org" not in body


def test_a_remote_picture_is_named_and_a_link_stays():
    html = make_inert('<img src="https://e.org/a.png" alt="a"><a href="https://e.org/">site</a>')
    assert "Left out: the picture https://e.org/a.png" in html
    assert '<a href="https://e.org/">site</a>' in html
    assert "<img" not in html


def test_pictures_inside_the_file_stay():
    html = f'<img src="data:image/png;base64,{PIXEL}"/>'
    assert make_inert(html) == html


def test_mathematics_stays_as_its_source(export):
    page = export(v4.new_markdown_cell(r"Euler: $e^{i\pi} < 0$"))
    assert r"$e^{i\pi} &lt; 0$" in page


def test_heading_and_date_come_from_the_notebook(export, make_cell, view_data):
    page = export(v4.new_markdown_cell("# Three schedules"), make_cell(view_data), name="optimisers")
    soup = BeautifulSoup(page, "html.parser")
    assert soup.title.string == "Three schedules"
    assert "from optimisers.ipynb" in soup.select_one("h1 + .tbn-byline").get_text()
    assert BeautifulSoup(export(make_cell(view_data), name="nb"), "html.parser").h1.string == "nb"
