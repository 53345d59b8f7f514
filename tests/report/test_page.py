"""The file as a whole: it asks nobody for anything, and nothing in it can break out of its place."""

import base64
import gzip
import hashlib
import json
import re

import pytest
from bs4 import BeautifulSoup
from nbformat import v4

from tbnotebook.report.figure import script_json
from tbnotebook.report.page import page_html
from tbnotebook.wire import MIME, decode


@pytest.fixture
def page(export, make_cell, live_view, view_data):
    intro = v4.new_markdown_cell(
        "# Sines\n\nSee [the site](https://example.com/).\n\n![far](https://example.com/a.png)"
    )
    return export(intro, make_cell(live_view, view_data))


def soup_of(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "html.parser")


def test_nothing_comes_from_an_address(page):
    soup = soup_of(page)
    for tag in soup.find_all(True):
        for name in ("src", "href", "srcset", "data", "poster", "action"):
            value = str(tag.get(name, ""))
            assert tag.name == "a" or value == "" or value.startswith(("data:", "#")), f"{tag.name} {name}={value[:80]}"
    for style in soup.find_all("style"):
        assert not re.search(r"@import|url\(", style.get_text())
    assert soup.find(["link", "iframe", "base"]) is None


def test_policy_lets_only_the_boot_script_run(page):
    soup = soup_of(page)
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    running = [s for s in soup.find_all("script") if s.get("type") not in (MIME, "text/plain")]
    assert len(running) == 1
    digest = base64.b64encode(hashlib.sha256(running[0].string.encode()).digest()).decode()
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == f"'sha256-{digest}' blob:"
    assert rules["worker-src"] == "blob:"
    assert rules["img-src"] == "data: blob:"
    assert rules["media-src"] == "blob:"
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert "connect-src" not in rules


def test_policy_stands_before_all_that_it_governs(page):
    assert page.index("Content-Security-Policy") < page.index("<style")


def test_snapshot_arrives_as_it_was_saved(page, view_data):
    scripts = soup_of(page).find_all("script", type=MIME)
    assert len(scripts) == 1
    assert json.loads(scripts[0].string) == view_data[MIME]
    header, _ = decode(json.loads(scripts[0].string))
    assert header["id"] == "v1"


def test_bundle_is_there_once_however_many_views(export, make_cell, view_data):
    page = export(make_cell(view_data), make_cell(view_data))
    soup = soup_of(page)
    assert len(soup.select("#tbn-bundle")) == 1
    assert len(soup.select(".tbn-figure")) == 2
    assert b"mountReport" in gzip.decompress(base64.b64decode(soup.select_one("#tbn-bundle").string))


def test_a_notebook_without_a_view_has_no_script_at_all(export, make_cell):
    page = export(make_cell({"text/plain": "42"}, source="6 * 7"))
    assert "<script" not in page
    assert "script-src 'none'" in page
    assert "42" in page


def test_picture_stands_in_for_print_and_for_readers_without_scripts(page, view_data):
    figure = soup_of(page).select_one(".tbn-figure")
    image = figure.select_one("img.tbn-picture")
    assert image["src"] == f"data:image/png;base64,{view_data['image/png']}"
    assert "Figure 1." in figure.figcaption.get_text()


def test_one_more_small_view_adds_at_most_30_kilobytes(export, make_cell, view_data):
    one, two = export(make_cell(view_data)), export(make_cell(view_data), make_cell(view_data))
    assert len(two) - len(one) <= 30_000


def test_page_of_one_small_view_is_within_its_limit(page):
    assert len(page.encode()) <= 850_000


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "a\u2028b\u2029c", "&lt;/script>", "]]>"]
)
def test_text_in_a_snapshot_cannot_end_its_script(text):
    written = script_json({"tag": text, text: 1})
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written) == {"tag": text, text: 1}


def test_a_damaged_snapshot_keeps_its_picture_and_says_why(export, make_cell, view_data):
    page = export(make_cell({**view_data, MIME: {"format": 1, "gzip": "!!</script>"}}))
    assert "This view cannot be read" in page
    assert "!!</script>" not in page
    assert "tbn-picture" in page


def test_what_pretends_to_be_a_picture_is_left_out(export, make_cell, view_data):
    page = export(make_cell({**view_data, "image/png": '"><script>alert(1)</script>'}))
    assert "alert(1)" not in page
    assert soup_of(page).select_one("img.tbn-picture") is None


def test_title_and_byline_are_text():
    page = page_html("<script>alert(1)</script>", "<p>x</p>")
    assert "<title>&lt;script&gt;" in page
    assert "<h1>&lt;script&gt;" in page


def test_equal_notebooks_give_equal_pages(export, make_cell, view_data):
    cells = make_cell(view_data)
    assert export(cells) == export(cells)


def test_missing_bundle_is_an_error_that_says_how_to_build_it(monkeypatch, tmp_path):
    import tbnotebook.report.page as page

    real = page.files
    monkeypatch.setattr(page, "files", lambda name: tmp_path if name == "tbnotebook" else real(name))
    with pytest.raises(RuntimeError, match="make bundle"):
        page.page_html("t", f'<script type="{MIME}">{{}}</script>')
