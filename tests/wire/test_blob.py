"""Payloads as they travel: facts, and one body in which all that they name lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.events.schema import SummaryValue
from tbnotebook.wire import Colors, Digest
from tbnotebook.wire.blob import MOST_BYTES, MOST_PARTS, Blob, read_blob
from tbnotebook.wire.columns import Packer, unpack
from tbnotebook.wire.contents import Contents
from tbnotebook.wire.media import MediaSeries
from tests.wire.fakes import Places


def written(folder: Path, **methods: tuple[Any, ...]) -> dict[str, MediaSeries]:
    """Call methods of a writer with a step behind their arguments; return the series by kind."""
    with SummaryWriter(folder) as writer:
        for name, arguments in methods.items():
            getattr(writer, name)("tag", *arguments, 7)
    log = LogDir(folder)
    log.poll()
    return {one.kind: one for run in Contents(log, Colors(), Digest(log)).runs() for one in run.media}


def parts(blob: Blob) -> list[bytes]:
    return [blob.body[start : start + length] for start, length in blob.facts["parts"]]


def numbers(blob: Blob, column: str) -> list[float]:
    return unpack(blob.facts["columns"][column], blob.facts["count"], blob.body).tolist()


def test_a_picture_travels_as_it_was_written(tmp_path: Path) -> None:
    series = written(tmp_path, add_image=(np.zeros((3, 4, 5), np.uint8),))["images"]
    blob = read_blob(series, 0)
    assert {name: blob.facts[name] for name in ("kind", "run", "attempt", "tag", "at", "step", "width", "height")} == {
        "kind": "images",
        "run": 0,
        "attempt": 0,
        "tag": "tag",
        "at": 0,
        "step": 7,
        "width": 5,
        "height": 4,
    }
    (data,) = parts(blob)
    assert (data[:4], data[-8:-4]) == (b"\x89PNG", b"IEND")


def test_texts_sounds_histograms_and_curves_travel_with_what_their_kind_has(tmp_path: Path) -> None:
    labels, scores = np.array([0, 1, 1, 0]), np.array([0.1, 0.8, 0.4, 0.3])
    series = written(
        tmp_path,
        add_text=("**grüße**",),
        add_audio=(np.zeros(10, np.float32),),
        add_histogram=(np.array([0.0, 1.0, 1.0]),),
        add_pr_curve=(labels, scores),
    )
    kinds = ("texts", "audio", "histograms", "pr_curves")
    text, sound, histogram, curve = (read_blob(series[kind], 0) for kind in kinds)
    assert (parts(text), text.facts["shape"]) == (["**grüße**".encode()], [1])
    assert (parts(sound)[0][:4], sound.facts["labels"]) == (b"RIFF", [""])
    assert sum(numbers(histogram, "count")) == 3
    assert (histogram.facts["min"], histogram.facts["max"]) == (0.0, 1.0)
    assert all(left <= right for left, right in zip(numbers(histogram, "left"), numbers(histogram, "right")))
    assert (numbers(curve, "tp")[0], numbers(curve, "fp")[0], len(numbers(curve, "recall"))) == (2.0, 2.0, 127)


def test_a_piece_has_all_facts_and_its_part_of_the_body(tmp_path: Path) -> None:
    blob = read_blob(written(tmp_path, add_text=("0123456789",))["texts"], 0)
    packer = Packer()
    first, second = blob.piece(packer, 0, 6), blob.piece(packer, 6, 10)
    assert (first["piece"], second["piece"], first["shape"]) == ([0, 10], [6, 10], [1])
    buffer = packer.bytes()
    assert b"".join(buffer[start : start + length] for start, length in (first["body"], second["body"])) == blob.body
    assert second["body"][0] % 8 == 0


class Vanished(Places):
    def read(self, index: int) -> bytes:
        raise FileNotFoundError(2, "No such file", "/logs/events")


@pytest.mark.parametrize(
    ("places", "reason"),
    [
        (Places([b"\xff\xff"]), "no Summary.Value"),
        (Places([b""]), "no numbers, bools or strings"),
        (Vanished([b"x"]), "No such file"),
    ],
)
def test_what_makes_no_sense_or_has_gone_says_so_and_has_no_body(places: Places, reason: str) -> None:
    blob = read_blob(MediaSeries("texts", "a", 0, 0, "t", places), 0)
    assert reason in blob.facts["error"]
    assert "body" not in blob.item(Packer())


def test_what_is_too_large_for_a_page_is_not_even_read() -> None:
    places = Vanished([b"x"])
    places.length[0] = MOST_BYTES + 1
    blob = read_blob(MediaSeries("images", "a", 0, 0, "t", places), 0)
    assert "up to 16 MB are shown" in blob.facts["error"]


def test_of_very_many_parts_the_page_hears_their_number_alone(tmp_path: Path) -> None:
    blob = read_blob(written(tmp_path, add_images=(np.zeros((2, 3, 1, 1), np.uint8),))["images"], 0)
    assert len(blob.facts["parts"]) == 1  # torch's way: side by side in one picture
    texts = [b"x"] * (MOST_PARTS + 1)
    shape = {"dim": [{"size": len(texts)}]}
    value = SummaryValue(tag=b"t", tensor={"dtype": 7, "string_val": texts, "tensor_shape": shape})
    blob = read_blob(MediaSeries("texts", "a", 0, 0, "t", Places([value.SerializeToString()])), 0)
    assert "1,001 texts at one step" in blob.facts["error"]
