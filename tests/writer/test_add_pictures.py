"""Pictures: what torch's writer writes, in every shape and dtype; lossless, and no larger than Pillow makes them."""

from __future__ import annotations

import io
from itertools import permutations
from pathlib import Path
from typing import Any

import matplotlib.figure
import ml_dtypes
import numpy as np
import plotly.graph_objects as go
import pytest
import torch
from PIL import Image, ImageDraw

from tbnotebook import SummaryWriter
from tbnotebook.writer.summaries.png import encode_png
from tests.writer.both import check_left_out, picture, pixels, values_in, written, written_by_both

DRAW = np.random.default_rng(7)
COLOURS = DRAW.integers(0, 256, (3, 11, 13), dtype=np.uint8)


def photo(size: int) -> np.ndarray:
    """Shades of many sizes, and a camera's noise."""
    shades = np.zeros((size, size, 3))
    for cell in (2, 5, 12, 30, 80):
        coarse = DRAW.normal(size=(3, max(size // cell, 2), max(size // cell, 2))).astype(np.float32)
        shades += cell * np.stack(
            [np.asarray(Image.fromarray(each).resize((size, size), Image.Resampling.BICUBIC)) for each in coarse], -1
        )
    shades = (shades - shades.min()) / np.ptp(shades) * 255
    return (shades + DRAW.normal(size=shades.shape) * 2).clip(0, 255).astype(np.uint8)


def plot(size: int) -> np.ndarray:
    image = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(image)
    for number in range(8):
        line = [(x, size / 2 + size / 3 * np.sin(x / 20 + number)) for x in range(size)]
        draw.line(line, fill=(30 * number, 120, 255 - 30 * number))
    for y in range(0, size, 32):
        draw.text((2, y), f"{y / 10}", fill="black")
    return np.asarray(image)


LOOKS = {
    "photo": photo,
    "noise": lambda size: DRAW.integers(0, 256, (size, size, 3), dtype=np.uint8),
    "two noisy colours": lambda size: DRAW.integers(0, 2, (size, size, 3), dtype=np.uint8) * np.uint8(255),
    "plot": plot,
    "flat": lambda size: np.full((size, size, 3), 90, np.uint8),
    "slope": lambda size: np.stack(3 * [np.mgrid[:size, :size][0] * 255 // size], -1).astype(np.uint8),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("size", [1, 40, 256])
def test_a_png_is_lossless_and_at_most_a_tenth_larger_than_pillows(look: str, size: int) -> None:
    given = LOOKS[look](size)
    for channels in (given, given[:, :, :1], np.concatenate([given, given[:, :, :1]], -1)):
        made, pillows = encode_png(channels), io.BytesIO()
        plain = channels[:, :, 0] if channels.shape[2] == 1 else channels
        Image.fromarray(plain).save(pillows, "PNG")
        assert (np.asarray(Image.open(io.BytesIO(made))) == plain).all()
        assert len(made) <= 1.1 * len(pillows.getvalue()) + 16


@pytest.mark.parametrize(
    "given",
    [
        COLOURS,
        torch.from_numpy(COLOURS),
        COLOURS.astype(np.float32) / 255,
        torch.rand(3, 5, 7) * 3 - 1,
        torch.rand(3, 5, 7, dtype=torch.float64, requires_grad=True),
        torch.rand(1, 5, 7),
    ],
)
def test_a_picture_has_the_pixels_that_torch_writes(tmp_path: Path, given: Any) -> None:
    plain = given.detach() if isinstance(given, torch.Tensor) else given
    ours, torchs = written_by_both(tmp_path, lambda writer: writer.add_image("x", plain, 3))
    assert (pixels(ours[b"x"]) == pixels(torchs[b"x"])).all()
    assert (ours[b"x"].image.width, ours[b"x"].image.height) == (torchs[b"x"].image.width, torchs[b"x"].image.height)


@pytest.mark.parametrize("axes", ["".join(order) for axes in ("HW", "CHW", "NCHW") for order in permutations(axes)])
def test_every_order_of_axes_gives_the_same_picture(tmp_path: Path, axes: str) -> None:
    sizes = {"N": 10, "C": 3, "H": 4, "W": 5}
    whole = DRAW.integers(0, 256, [sizes[axis] for axis in sorted(axes)], dtype=np.uint8)
    given = whole.transpose([sorted(axes).index(axis) for axis in axes])
    ours, torchs = written_by_both(tmp_path, lambda writer: writer.add_image("x", given, dataformats=axes))
    assert (pixels(ours[b"x"]) == pixels(torchs[b"x"])).all()


def test_several_pictures_are_laid_out_as_torch_does(tmp_path: Path) -> None:
    given = torch.rand(11, 3, 6, 5)
    ours, torchs = written_by_both(tmp_path, lambda writer: writer.add_images("x", given, 3))
    assert (pixels(ours[b"x"]) == pixels(torchs[b"x"])).all()


@pytest.mark.parametrize(
    ("given", "shade"),
    [
        (np.full((2, 2), 200), 200),  # int64, 0 to 255
        (np.full((2, 2), 1), 255),
        (np.full((2, 2), True), 255),
        (np.full((2, 2), np.nan), 0),
        (np.full((2, 2), np.inf), 255),
        (torch.full((2, 2), 0.5, dtype=torch.bfloat16), 127),
        (np.full((2, 2), 0.5, ml_dtypes.bfloat16), 127),
        (np.full((2, 2), 200, np.uint16), 200),
        (np.full((2, 2), 200 * 257, np.uint16), 200),
        ([[1.0, 1.0], [1.0, 1.0]], 255),
    ],
)
def test_other_dtypes_have_the_shade_that_one_means(tmp_path: Path, given: Any, shade: int) -> None:
    value = written(tmp_path, lambda writer: writer.add_image("x", given, dataformats="HW"))
    assert (pixels(value) == shade).all()


def test_a_picture_that_changes_after_the_call_is_written_as_it_was(tmp_path: Path) -> None:
    class Lent:
        """Hands out its own array, as xarray's DataArray does."""

        def __init__(self, array: np.ndarray) -> None:
            self.array = array

        def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
            return self.array

    base = bytearray(48)
    numbers = [np.zeros((3, 4, 4), np.uint8) for _ in range(4)]
    alive = torch.zeros(3, 4, 4)
    given = [numbers[0], numbers[1][::-1], Lent(numbers[2]), alive, alive.numpy(), alive[:, 1:], [numbers[3][0]] * 3]
    given.append(memoryview(base).cast("B", (3, 4, 4)))
    with SummaryWriter(tmp_path, strict=True) as writer:
        for number, each in enumerate(given):
            writer.add_image(str(number), each)
            writer.add_tensor(f"tensor {number}", each)
        base[:] = b"x" * 48
        alive.fill_(1)
        for array in numbers:
            array[:] = 1
    found = values_in(tmp_path)
    assert len(found) == 2 * len(given)
    for tag, value in found.items():
        shown = pixels(value) if tag.isdigit() else np.frombuffer(value.tensor.tensor_content, np.uint8)
        assert not shown.any(), tag
        assert shown.size, tag


def test_boxes_labels_and_bins_that_change_after_the_call_count_as_they_were(tmp_path: Path) -> None:
    boxes, labels, bins = np.array([[1.0, 1, 9, 9]]), ["one"], np.array([0.0, 1, 2])
    with SummaryWriter(tmp_path, strict=True) as writer:
        for tag in ("a", "b"):
            writer.add_image_with_boxes(tag, np.zeros((3, 30, 30), np.uint8), boxes.copy(), labels=list(labels))
        changing = list(labels)
        writer.add_image_with_boxes("c", np.zeros((3, 30, 30), np.uint8), boxes, labels=changing)
        writer.add_histogram("d", [0.5, 1.5], bins=bins)
        boxes[:], bins[:], changing[0] = 0, 7, "other"
    found = values_in(tmp_path)
    assert (pixels(found[b"c"]) == pixels(found[b"a"])).all()
    assert list(found[b"d"].histo.bucket_limit)[-1] == 2


def test_what_tensorboardx_has_in_another_place_is_known_by_its_kind(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer:
        writer.add_image_with_boxes("x", np.zeros((8, 9, 3), np.uint8), [[1, 1, 5, 5]], 1, None, "HWC", ["a"])
        writer.add_scalar("y", 1.0, 1, None, "name", "description")
    found = values_in(tmp_path)
    assert pixels(found[b"x"]).shape == (8, 9, 3)
    assert (found[b"y"].simple_value, found[b"y"].metadata.display_name) == (1.0, b"name")
    assert found[b"y"].metadata.summary_description == b"description"


def test_boxes_are_drawn_where_they_are_said_to_be(tmp_path: Path) -> None:
    given = np.zeros((3, 40, 60), np.uint8)
    value = written(
        tmp_path,
        lambda writer: writer.add_image_with_boxes("x", given, torch.tensor([[10, 5, 50, 30]]), labels=["cat"]),
    )
    found = pixels(value)
    red = (found == (255, 0, 0)).all(-1)
    assert red[5, 10:50].all()
    assert red[5:15, 10].all()
    assert not found[:3].any()
    assert (found[:, :, 1] > 128).any()  # the label's letters


def test_a_rescaled_picture_tells_its_size(tmp_path: Path) -> None:
    given = np.zeros((3, 40, 60), np.uint8)
    value = written(tmp_path, lambda writer: writer.add_image_with_boxes("x", given, np.empty((0, 4)), rescale=2))
    assert (value.image.width, value.image.height) == picture(value).size == (120, 80)


def test_a_figure_is_a_picture_and_is_closed(tmp_path: Path) -> None:
    from matplotlib import pyplot

    figure = pyplot.figure(figsize=(2, 1), dpi=50)
    figure.add_subplot().plot([1, 2, 3])
    ours, torchs = written_by_both(tmp_path, lambda writer: writer.add_figure("x", figure, close=False))
    assert pixels(ours[b"x"]).shape == (50, 100, 3)
    assert (pixels(ours[b"x"]) == pixels(torchs[b"x"])).all()
    assert pyplot.fignum_exists(figure.number)
    written(tmp_path / "closed", lambda writer: writer.add_figure("x", figure))
    assert not pyplot.fignum_exists(figure.number)
    both = [matplotlib.figure.Figure((1, 1), 40), matplotlib.figure.Figure((1, 1), 40)]
    value = written(tmp_path / "two", lambda writer: writer.add_figure("x", both, close=False))
    assert pixels(value).shape == (40, 80, 3)


def test_a_figure_of_plotly_is_what_kaleido_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figure = go.Figure()
    drawn = io.BytesIO()
    Image.new("RGB", (7, 5), (10, 20, 30)).save(drawn, "PNG")
    monkeypatch.setattr(go.Figure, "to_image", lambda self, format: drawn.getvalue())
    monkeypatch.setattr("tbnotebook.writer.summaries.figure.find_spec", lambda name: object())
    value = written(tmp_path / "drawn", lambda writer: writer.add_figure("x", figure))
    assert (pixels(value) == (10, 20, 30)).all()
    monkeypatch.setattr("tbnotebook.writer.summaries.figure.find_spec", lambda name: None)
    with SummaryWriter(tmp_path / "without") as writer:
        with pytest.raises(ImportError, match="pip install kaleido"):
            writer.add_figure("x", figure)
        writer.add_scalar("y", 1.0, 1)
    assert list(values_in(tmp_path / "without")) == [b"y"]


def test_a_figure_of_plotly_that_nothing_can_draw_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_chrome(self: Any, format: str) -> bytes:
        raise RuntimeError("Kaleido requires Google Chrome")

    monkeypatch.setattr(go.Figure, "to_image", no_chrome)
    monkeypatch.setattr("tbnotebook.writer.summaries.figure.find_spec", lambda name: object())
    check_left_out(tmp_path, lambda writer: writer.add_figure("x", go.Figure()))


def test_a_video_has_its_frames_and_their_rate(tmp_path: Path) -> None:
    given = np.zeros((2, 3, 1, 8, 9), np.uint8)
    for number in range(3):
        given[0, number] = 80 * number
    value = written(tmp_path, lambda writer: writer.add_video("x", given, fps=5))
    film = picture(value)
    assert (film.format, film.n_frames, film.size) == ("GIF", 3, (18, 8))
    for number in range(3):
        film.seek(number)
        assert film.info["duration"] == 200
        frame = np.asarray(film.convert("L"))
        assert (frame[:, :9] == 80 * number).all()
        assert not frame[:, 9:].any()


BAD = [
    lambda writer: writer.add_image("x", COLOURS, dataformats="HW"),
    lambda writer: writer.add_image("x", COLOURS, dataformats="CCW"),
    lambda writer: writer.add_image("x", COLOURS, dataformats=None),
    lambda writer: writer.add_image("x", COLOURS[:2]),
    lambda writer: writer.add_image("x", COLOURS[:, :0]),
    lambda writer: writer.add_image("x", np.array(["a"])),
    lambda writer: writer.add_image("x", COLOURS + 1j),
    lambda writer: writer.add_image("x", object()),
    lambda writer: writer.add_image("x", torch.zeros(3, 4, 4, device="meta")),
    lambda writer: writer.add_image(7, COLOURS),
    lambda writer: writer.add_image("x", COLOURS, "later"),
    lambda writer: writer.add_image_with_boxes("x", COLOURS, np.zeros((2, 3))),
    lambda writer: writer.add_image_with_boxes("x", COLOURS, np.zeros((2, 4)), labels=["one"]),
    lambda writer: writer.add_image_with_boxes("x", COLOURS, np.zeros((2, 4)), labels=5),
    lambda writer: writer.add_figure("x", "a figure"),
    lambda writer: writer.add_figure("x", []),
    lambda writer: writer.add_video("x", COLOURS),
    lambda writer: writer.add_video("x", np.zeros((1, 2, 3, 4, 5)), fps=0),
]


@pytest.mark.parametrize("call", BAD)
def test_what_is_no_picture_is_left_out_counted_and_costs_nothing_else(tmp_path: Path, call: Any) -> None:
    check_left_out(tmp_path, call)
