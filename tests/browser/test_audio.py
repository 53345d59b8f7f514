"""The Audio panel: sounds are drawn and played from what the page has; live and saved."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tbnotebook import LogDir, SummaryWriter
from tests.browser.audit import faults, violations
from tests.browser.conftest import SCREENS
from tests.browser.corpus import add_sounds
from tests.browser.lone import LoneView

RUNS = ("tacotron", "vits")
RATE = 8_000
SECONDS = 2
SHORT = 2  # the step whose sound is half as long
CLICK = 0.75  # of the sound's length: one sample that is loud

# A tone of 0.2 s and half the full scale, as libsndfile encodes it, and what is told of it.
ENCODED = {
    "tone.flac": "FLAC · 8 kHz · mono",
    "tone.mp3": "MP3 · 8 kHz · mono",
    "vorbis.ogg": "Ogg Vorbis · 8 kHz · mono",
    "opus.ogg": "Ogg Opus · 48 kHz · mono",
}
ENCODED_IN = Path(__file__).parent / "sounds"

MP3 = (bytes([0xFF, 0xFB, 0x90, 0xC4]) + bytes(413)) * 60  # silence, 60 frames of 26 ms
BROKEN = b"fLaC" + bytes([0x80, 0, 0, 34, 16, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0x0A, 0xC4, 0x42, 0xF0]) + bytes(80)
PAGE = b"<!doctype html><script>alert(1)</script>"


def sound(step: int) -> np.ndarray:
    """Quiet noise in the first half, and a click that a coarse picture would lose."""
    wave = np.random.default_rng(step).uniform(-0.25, 0.25, SECONDS * RATE)
    wave[len(wave) // 2 :] = 0
    wave[int(CLICK * len(wave))] = 0.9
    return wave.astype(np.float32)


def write(folder: Path, steps: range) -> None:
    for run in RUNS:
        with SummaryWriter(folder / run) as writer:
            for step in steps:
                wave = sound(step)[: RATE if step == SHORT else None]
                writer.add_audio("sample/hello", wave, step, sample_rate=RATE, walltime=1.7e9 + step)
            if run == RUNS[0] and steps.start == 0:
                add_sounds(writer, "encoded", [((ENCODED_IN / name).read_bytes(), name) for name in ENCODED])
                add_sounds(writer, "others", [(MP3, "an **MP3**"), (BROKEN, ""), (PAGE, ""), (b"", "nothing")])


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> LogDir:
    folder = tmp_path_factory.mktemp("audio") / "voice"
    write(folder, range(0, 16, 2))
    return LogDir(folder)


def sounds(lone: LoneView, tag: str = "sample/hello", run: str = RUNS[0]) -> Locator:
    """Return a run's sounds of a tag."""
    return lone.card(tag).locator(f".tbn-sounds[data-run={json.dumps(run)}]")


def drawn(place: Locator) -> Locator:
    """Return the waveform of the first sound, once it is drawn."""
    expect(place.locator(".tbn-player").first).to_have_attribute("data-drawn", "true")
    return place.locator(".tbn-wave").first


# The height of the ink in each column, of the whole height.
INK = """(wave) => {
  const canvas = wave.querySelector("canvas");
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const column = (x) => Array.from({ length: height }, (_, y) => data[4 * (y * width + x) + 3]);
  return Array.from({ length: width }, (_, x) => column(x).filter((alpha) => alpha > 0).length / height);
}"""

# The share of the rows that have ink.
SWING = """(wave) => {
  const canvas = wave.querySelector("canvas");
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const inked = (y) => data.subarray(4 * y * width, 4 * (y + 1) * width).some((part, i) => i % 4 === 3 && part > 0);
  return Array.from({ length: height }, (_, y) => y).filter(inked).length / height;
}"""


def test_a_sound_is_drawn_with_every_peak_and_played_by_pointer_and_key(lone: LoneView, log: LogDir) -> None:
    lone.open(log, panel="audio", height=2000)
    hello = sounds(lone)
    wave = drawn(hello)
    ink = wave.evaluate(INK)
    width = len(ink)
    assert 0.2 < max(ink[: width // 2 - 2]) < 0.3
    click = int(CLICK * width)
    assert max(ink[click - 2 : click + 3]) > 0.44
    assert max(ink[width // 2 + 3 : click - 3]) < 0.05
    expect(hello.locator(".tbn-sound-facts")).to_have_text("0:00.0 / 0:02.0WAV · 8 kHz · mono")
    box = wave.bounding_box()
    assert box is not None
    wave.click(position={"x": box["width"] / 2, "y": 20})
    expect(wave).to_have_attribute("aria-valuenow", "1")
    lone.page.keyboard.press("ArrowRight")
    expect(wave).to_have_attribute("aria-valuenow", "1.1")
    lone.page.keyboard.press("Home")
    lone.page.keyboard.press(" ")
    expect(hello.locator(".tbn-player")).to_have_attribute("data-plays", "true")
    lone.page.wait_for_function("(wave) => Number(wave.ariaValueNow) > 0.2", arg=wave.element_handle())
    other = sounds(lone, run=RUNS[1])
    other.get_by_role("button", name="Play: sample/hello of vits").click()
    expect(hello.locator(".tbn-player")).to_have_attribute("data-plays", "false")
    expect(other.locator(".tbn-player")).to_have_attribute("data-plays", "true")
    expect(other.locator(".tbn-player")).to_have_attribute("data-plays", "false")
    assert lone.page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)") == [
        f"{lone.page.url}bundle.js"
    ]


def test_what_is_no_sound_or_cannot_be_decoded_says_so_and_labels_are_text(lone: LoneView, log: LogDir) -> None:
    lone.open(log, panel="audio", height=2000)
    others = sounds(lone, "others").locator(".tbn-sound")
    expect(others).to_have_count(4)
    expect(others.nth(0)).to_contain_text("an **MP3**")
    drawn(others.nth(0))
    expect(others.nth(0).locator(".tbn-sound-facts")).to_contain_text("MP3 · 44.1 kHz · mono")
    expect(others.nth(1).locator(".tbn-sound-note")).to_contain_text("cannot")
    expect(others.nth(2)).to_have_text("not WAV, MP3, Ogg (Vorbis or Opus) or FLAC")
    expect(others.nth(3)).to_contain_text("no sound: 0 bytes")


def test_sounds_of_all_formats_are_told_drawn_and_played(lone: LoneView, log: LogDir) -> None:
    lone.open(log, panel="audio", tags="encoded", height=2000)
    encoded = sounds(lone, "encoded").locator(".tbn-sound")
    expect(encoded.locator(".tbn-sound-label")).to_have_text(list(ENCODED))
    for one, facts in zip(encoded.all(), ENCODED.values(), strict=True):
        wave = drawn(one)
        expect(one.locator(".tbn-sound-facts")).to_contain_text(facts)
        expect(wave).not_to_have_attribute("aria-valuemax", "0")
        assert 0.15 <= float(wave.get_attribute("aria-valuemax") or 0) <= 0.4
        assert 0.4 < wave.evaluate(SWING) < 0.65
        one.get_by_role("button", name="Play").click()
        expect(wave).not_to_have_attribute("aria-valuenow", "0")
    expect(lone.view.locator(".tbn-sound-note")).to_have_count(0)


def test_sounds_follow_the_step_and_those_that_come(lone: LoneView, tmp_path: Path) -> None:
    write(tmp_path, range(0, 6, 2))
    log = LogDir(tmp_path)
    view = lone.open(log, blobs=False, panel="audio", height=2000)
    expect(sounds(lone)).to_contain_text("coming")
    lone.send_blobs(log)
    drawn(sounds(lone))
    view.get_by_role("slider", name="Step", exact=True).fill("1")
    expect(sounds(lone)).to_have_attribute("data-step", str(SHORT))
    expect(drawn(sounds(lone))).to_have_attribute("aria-valuemax", "1")
    view.get_by_role("slider", name="Step", exact=True).fill("2")
    write(tmp_path, range(6, 8, 2))
    lone.tell(log)
    expect(sounds(lone)).to_have_attribute("data-step", "6")
    drawn(sounds(lone))


def test_a_saved_view_plays_what_was_saved_and_says_what_was_not(lone: LoneView, log: LogDir) -> None:
    view = lone.open_saved(log, panel="audio", budget=300_000)
    drawn(sounds(lone))
    sounds(lone).get_by_role("button", name="Play: sample/hello of tacotron").click()
    expect(sounds(lone).locator(".tbn-player")).to_have_attribute("data-plays", "true")
    view.get_by_role("slider", name="Step", exact=True).fill("0")
    expect(sounds(lone)).to_contain_text("not in this saved view")


@pytest.mark.parametrize(("width", "dark"), [(420, True), (900, False), (1600, True)])
def test_all_of_the_panel_can_be_read(lone: LoneView, log: LogDir, width: int, dark: bool) -> None:
    lone.page.set_viewport_size({"width": width + 32, "height": 1000})
    view = lone.open(log, dark=dark, panel="audio", height=2000)
    drawn(sounds(lone))
    lone.page.mouse.move(1, 1)
    SCREENS.mkdir(parents=True, exist_ok=True)
    lone.page.screenshot(path=SCREENS / f"audio-{width}-{'dark' if dark else 'light'}.png")
    assert faults(view) == []
    assert violations(lone.page, view) == []
