"""What of pictures, histograms, texts and the like stays in a notebook."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.events.record import frame as record
from tbnotebook.events.schema import Event
from tbnotebook.wire import Digest, decode, shelf, snapshot_of
from tbnotebook.wire.fit import BUDGET
from tbnotebook.wire.scaled import scaled

Found = dict[tuple[str, int], tuple[dict[str, Any], bytes]]


def photo(side: int, number: int) -> np.ndarray:
    y, x = np.mgrid[0:side, 0:side]
    waves = np.stack([np.sin(x / 17 + number), np.cos(y / 23), np.sin((x + y) / 40)])
    noise = np.random.default_rng(number).normal(0, 4, (3, side, side))
    return np.clip(128 + 90 * waves + noise, 0, 255).astype(np.uint8)


def blobs(snapshot: dict[str, Any]) -> Found:
    """Return items and bodies by tag and place."""
    header, buffer = decode(snapshot)
    items = header["frame"].get("blobs", [])
    return {(i["tag"], i["at"]): (i, buffer[i["body"][0] : sum(i["body"])]) for i in items}


def read(folder: Path) -> LogDir:
    log = LogDir(folder)
    while log.poll().more:
        pass
    return log


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Twenty tags of three large pictures, and curves that alone would fill a snapshot."""
    random = np.random.default_rng(0)
    with SummaryWriter(tmp_path) as writer:
        for step in range(3):
            for tag in range(20):
                writer.add_image(f"picture{tag}", photo(256, 100 * tag + step), step)
        for tag in range(10):
            for step, value in enumerate(random.random(5000)):
                writer.add_scalar(f"loss{tag}", value, step)
    return tmp_path


def test_the_newest_picture_of_each_tag_stays_scaled_down_and_the_rest_is_counted(pictures: Path) -> None:
    snapshot = snapshot_of(read(pictures))
    assert 0.9 * BUDGET < len(snapshot["gzip"]) <= BUDGET
    found = blobs(snapshot)
    for tag in range(20):
        item, body = found[f"picture{tag}", 2]
        assert (item["width"], item["height"], item["scaled"]) == (256, 256, True)
        ((start, length),) = item["parts"]
        small = Image.open(io.BytesIO(body[start : start + length]))
        assert 100 <= small.width == small.height <= 256
        kept = np.asarray(small.convert("RGB").resize((64, 64)), float)
        was = np.asarray(Image.fromarray(photo(256, 100 * tag + 2).transpose(1, 2, 0)).resize((64, 64)), float)
        assert np.abs(kept - was).mean() < 8
    frame = decode(snapshot)[0]["frame"]
    assert frame["left_out"] == {"media": 60 - len(found)}
    assert "partial" not in frame
    assert {entry["total"] for entry in frame["media"]} == {3}
    assert min(part["count"] for part in frame["series"]) > 500


def test_the_same_log_gives_the_same_bytes_whatever_was_saved_before(pictures: Path) -> None:
    random = np.random.default_rng(0)
    with SummaryWriter(pictures) as writer:
        for step in range(20):
            for tag in range(10):
                writer.add_histogram(f"weights{tag}", random.standard_normal(1000) * tag, step)
                writer.add_text(f"note{tag}", "word " * random.integers(1, 200), step)
    log = read(pictures)
    digest = Digest(log)
    fresh = snapshot_of(read(pictures))["gzip"]
    for _ in range(3):
        snapshot_of(log, draft=True, digest=digest)
    assert [snapshot_of(log, digest=digest)["gzip"] for _ in range(2)] == [fresh, fresh]


def test_a_draft_scales_few_pictures_and_the_next_one_those_that_lack_most(
    pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def counting(encoded: bytes, room: int) -> bytes | None:
        calls.append(room)
        return scaled(encoded, room)

    monkeypatch.setattr(shelf, "scaled", counting)
    log = read(pictures)
    digest = Digest(log)
    there: set[str] = set()
    for draft in range(7):
        snapshot = snapshot_of(log, draft=True, digest=digest)
        assert len(snapshot["gzip"]) < BUDGET
        assert len(calls) <= 6 * (draft + 1)
        now = {tag for tag, _ in blobs(snapshot)}
        assert there <= now
        there = now
    assert len(there) == 20
    with SummaryWriter(pictures) as writer:
        writer.add_image("picture3", photo(256, 7), 3)
    log.poll()
    found = blobs(snapshot_of(log, draft=True, digest=digest))
    assert len({tag for tag, _ in found}) == 20


def test_small_pictures_stay_as_they_were_written_and_earlier_ones_spread_over_the_steps(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        for step in range(300):
            writer.add_image("digit", photo(28, step), step)
    found = blobs(snapshot_of(read(tmp_path)))
    places = sorted(at for _, at in found)
    assert 60 < len(places) < 300
    assert (places[0], places[-1]) == (0, 299)
    assert np.diff(places).max() <= 8
    item, body = found["digit", 299]
    assert "scaled" not in item
    assert (np.asarray(Image.open(io.BytesIO(body))).transpose(2, 0, 1) == photo(28, 299)).all()


def test_a_few_texts_leave_the_curves_their_room(tmp_path: Path) -> None:
    counts = []
    for words in ("", "a few words"):
        folder = tmp_path / (words or "none")
        with SummaryWriter(folder) as writer:
            for step, value in enumerate(np.random.default_rng(0).random(60_000)):
                writer.add_scalar("loss", value, step)
            if words:
                writer.add_text("note", words)
        (part,) = decode(snapshot_of(read(folder)))[0]["frame"]["series"]
        counts.append(part["count"])
    assert counts[1] > 0.95 * counts[0]


def test_texts_histograms_curves_and_sounds_stay_beside_pictures(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    with SummaryWriter(tmp_path) as writer:
        for step in range(20):
            writer.add_text("note", f"step {step}", step)
            writer.add_text("novel", " ".join(map(str, random.integers(0, 10**9, 40_000))), step)
            writer.add_histogram("weights", random.standard_normal(1000), step)
            writer.add_pr_curve("classes", random.integers(0, 2, 100), random.random(100), step)
            writer.add_audio("sound", 0.1 * random.standard_normal(2000), step)
            writer.add_image("picture", photo(256, step), step)
    snapshot = snapshot_of(read(tmp_path))
    assert len(snapshot["gzip"]) <= BUDGET
    found = blobs(snapshot)
    newest = {tag for tag, at in found if at == 19}
    assert newest == {"note/text_summary", "weights", "classes", "sound", "picture"}
    assert sum(tag == "weights" for tag, _ in found) == 20
    assert not any(tag == "novel/text_summary" for tag, _ in found)


def test_a_larger_budget_takes_all_steps_and_a_large_one_as_they_were_written(pictures: Path) -> None:
    log = read(pictures)
    digest = Digest(log)
    for budget, scaled_down in ((5_000_000, 40), (12_000_000, 0)):
        snapshot = snapshot_of(log, budget=budget, digest=digest)
        assert len(snapshot["gzip"]) <= budget
        items = [item for item, _ in blobs(snapshot).values()]
        assert len(items) == 60
        assert sum("scaled" in item for item in items) == scaled_down
        assert not any("scaled" in item for item in items if item["at"] == 2)


def test_what_is_kept_from_save_to_save_stays_small(pictures: Path) -> None:
    log = read(pictures)
    digest = Digest(log)
    sizes = []
    for step in range(3, 9):
        with SummaryWriter(pictures) as writer:
            for tag in range(20):
                writer.add_image(f"picture{tag}", photo(64, tag + step), step)
        log.poll()
        snapshot_of(log, digest=digest)
        kept = digest.shelf._offers.values()
        sizes.append(sum(len(offer.blob.body) for offer in kept if offer.blob is not None))
        assert len(kept) < 300
    assert max(sizes) < BUDGET


def png(width: int, height: int, data: bytes = b"") -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        png(60_000, 60_000, zlib.compress(bytes(7500 * 1000))),
        png(100, 100, b"nonsense"),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"",
    ],
    ids=["huge", "broken", "svg", "postscript", "nothing"],
)
def test_what_is_no_picture_of_a_decent_size_is_not_scaled(data: bytes) -> None:
    assert scaled(data, 10_000) is None


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_mode_are_scaled(mode: str) -> None:
    file = io.BytesIO()
    picture = Image.fromarray(photo(200, 1).transpose(1, 2, 0))
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(picture.convert("L"), np.uint16) * 256)
    else:
        picture = picture.convert(mode)
    picture.save(file, "JPEG" if mode == "CMYK" else "PNG")
    small = scaled(file.getvalue(), 1500)
    assert small is not None
    assert len(small) <= 1500
    assert 20 < Image.open(io.BytesIO(small)).width < 200


def test_a_tall_picture_keeps_its_shape_and_of_a_film_the_first_picture_is_kept() -> None:
    file = io.BytesIO()
    film = [Image.fromarray(photo(256, n).transpose(1, 2, 0)[:, :64]) for n in range(4)]
    film[0].save(file, "GIF", save_all=True, append_images=film[1:])
    small = scaled(file.getvalue(), 2000)
    assert small is not None
    with Image.open(io.BytesIO(small)) as picture:
        assert getattr(picture, "n_frames", 1) == 1
        assert picture.height == pytest.approx(4 * picture.width, abs=4)


def test_a_picture_that_cannot_be_scaled_costs_no_other_its_place(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_image("good", photo(256, 0), 0)
    event = Event(wall_time=1.0, step=0)
    value = event.summary.value.add(tag=b"bad")
    value.image.encoded_image_string = bytes(500_000)
    path = next(tmp_path.glob("*tfevents*"))
    path.write_bytes(path.read_bytes() + record(event.SerializeToString()))
    assert set(blobs(snapshot_of(read(tmp_path)))) == {("good", 0)}


def test_endless_tags_and_values_leave_a_snapshot_of_all_else(tmp_path: Path) -> None:
    random = np.random.default_rng(0)

    def nonsense(length: int) -> str:
        return "".join(map(chr, random.integers(33, 126, length)))

    with SummaryWriter(tmp_path / "logs") as writer:
        writer.add_scalar("loss", 1.0, 0)
        writer.add_image("good", photo(28, 0), 0)
        writer.add_image(nonsense(1_000_000), photo(28, 1), 0)
        for _ in range(300):
            writer.add_text(nonsense(1900), "text")
        given = {nonsense(500): nonsense(900) for _ in range(500)}
        writer.add_hparams({**given, "long": nonsense(1_000_000)}, {}, run_name="trial")
    snapshot = snapshot_of(read(tmp_path / "logs"))
    frame = decode(snapshot)[0]["frame"]
    assert len(snapshot["gzip"]) <= BUDGET
    assert "good" in {blob["tag"] for blob in frame["blobs"]}
    assert [part["tag"] for part in frame["series"]] == ["loss"]
    assert frame["left_out"]["hparams"] == 1
    assert frame["left_out"]["media"] > 100
    told = [part["kind"] for part in frame["media"]]
    assert frame["left_out"]["series"] == {"images": 1, "texts": 300 - told.count("texts")}


def test_series_of_which_nothing_is_told_are_counted_also_where_there_are_no_others(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_text("long" * 1000, "text", 0)
        writer.add_text("long" * 1000, "text", 1)
    frame = decode(snapshot_of(read(tmp_path)))[0]["frame"]
    assert "media" not in frame
    assert frame["left_out"] == {"media": 2, "series": {"texts": 1}}
