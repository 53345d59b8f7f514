"""Names from a file are drawn as they are: text, legible or escaped, never a box, never longer than its place."""

import numpy as np
import pytest
from PIL import Image, ImageFont

from tbnotebook.still import Chart, Legend, Line, Picture, draw, fonts
from tbnotebook.still.canvas import elide, text_width

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "&lt;img&gt;",
    "{{7*7}}",
    '<a href="https://evil">x</a>',
    "%{fullData.__proto__}",
    r"$\href{javascript:1}{x}$",
]


@pytest.fixture
def no_fonts(monkeypatch):
    """A machine that has no font but Pillow's."""
    fonts._resolve.cache_clear()
    monkeypatch.setattr(fonts, "_files_with", lambda char: iter(()))
    yield
    fonts._resolve.cache_clear()


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_and_templates_are_written_letter_by_letter(text):
    assert "".join(piece.text for piece in fonts.pieces(text)) == text


@pytest.mark.parametrize(
    ("char", "written"),
    [("\u202e", r"\u202e"), ("\x00", r"\x00"), ("\x1b", r"\x1b"), ("\n", r"\x0a"), ("\u200b", r"\u200b")],
)
def test_invisible_and_turning_characters_become_visible_escapes(char, written):
    assert fonts.pieces(f"a{char}b")[0].text == f"a{written}b"


def test_a_name_that_no_font_has_is_escaped(no_fonts):
    assert fonts.pieces("损失/loss") == [(r"\u635f\u5931/loss", None)]
    assert fonts.pieces("😀") == [(r"\U0001f600", None)]
    assert fonts.pieces("2 × −3") == [("2 x -3", None)]


def test_a_font_that_has_the_name_is_used(monkeypatch, tmp_path):
    """The machine's fonts are asked in turn; the first that really has the character draws it."""
    alike = next(iter(fonts._ask_fontconfig("é")), None)
    if alike is None:
        pytest.skip("this machine has no font with é beside Pillow's own")
    fonts._resolve.cache_clear()
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    monkeypatch.setattr(fonts, "_files_with", lambda char: iter((str(broken), alike)))
    assert fonts.pieces("caf\u00e9") == [("caf", None), ("\u00e9", alike)]
    fonts._resolve.cache_clear()


def test_cjk_is_legible_or_escaped_but_never_a_box():
    for piece in fonts.pieces("训练/损失"):
        font = fonts.load(piece.font, 24)
        absent = bytes(font.getmask("\U0010ffff"))
        assert all(bytes(font.getmask(char)) != absent for char in piece.text)


def test_fontconfig_is_asked_a_bounded_number_of_times(monkeypatch):
    asked = []
    monkeypatch.setattr(fonts, "_asked", {})
    monkeypatch.setattr(fonts, "_ask_fontconfig", lambda char: asked.append(char) or ())
    fonts._resolve.cache_clear()
    fonts.pieces("".join(chr(code) for code in range(0x3400, 0xD000, 64)))
    fonts._resolve.cache_clear()
    assert len(asked) == fonts.MAX_QUERIES


def test_a_long_name_keeps_its_beginning_and_its_end():
    name = "experiments/" + "x" * 200 + "/seed-17"
    short = elide(name, 150)
    assert short.startswith("exp")
    assert short.endswith("-17")
    assert "…" in short
    assert text_width(short) <= 150


def test_ten_megabytes_of_tag_are_drawn_at_once(make_chart):
    x = np.arange(3.0)
    tag = "a" * 10_000_000
    png = draw(Picture(tag, [Chart(tag, [Line(0, x, x)])], runs=[Legend(tag, 0)], note=tag))
    assert png.startswith(b"\x89PNG")


def test_hostile_names_are_drawn_everywhere(payloads):
    x = np.arange(3.0)
    for text in HOSTILE:
        draw(Picture(text, [Chart(text, [Line(0, x, x)])], payloads.dense_net(text), [Legend(text, 0)], text))


def test_width_of_text_is_what_the_font_draws():
    font = ImageFont.load_default(48)
    image = Image.new("L", (1, 1))
    assert image.size == (1, 1)
    assert text_width("train/loss", 12) == pytest.approx(font.getlength("train/loss") / 4)
