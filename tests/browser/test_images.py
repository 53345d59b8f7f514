"""Pictures: which stand beside which, at which step, from how near, and how two of them differ."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.events.record import frame
from tbnotebook.events.schema import Event
from tests.browser.audit import faults, violations
from tests.browser.conftest import SCREENS
from tests.browser.lone import LoneView

STEPS = range(0, 100, 10)
GREY = [100, 200]  # of the two runs' flat pictures at step 0; each step is one brighter


@pytest.fixture
def log(tmp_path: Path) -> LogDir:
    """Two runs: a flat picture that brightens with each step, a noisy one, a moving one, and curves."""
    draw = np.random.default_rng(0)
    for number, grey in enumerate(GREY):
        with SummaryWriter(tmp_path / f"run{number}") as writer:
            for at, step in enumerate(STEPS):
                flat = np.full((8, 8, 3), grey + at, np.uint8)
                flat[0, 0] = 0
                writer.add_image("samples/flat", flat, step, dataformats="HWC")
                noise = draw.integers(0, 256, (60, 80), dtype=np.uint8)
                writer.add_image("samples/noise", noise, step, dataformats="HW")
                writer.add_scalar("loss", 1 / (1 + at), step)
            frames = draw.random((1, 4, 3, 16, 16)).astype(np.float32)
            writer.add_video("video/frames", frames, 90, fps=10)
    return LogDir(tmp_path)


def pictures(card: Locator) -> list[tuple[str, int]]:
    """Run and step of each picture that a card shows, once all are there."""
    expect(card.locator("[data-run][data-state]:not([data-state='here'])")).to_have_count(0)
    tiles = "(tiles) => tiles.map(({ dataset }) => [dataset.run, Number(dataset.step)])"
    return [(run, step) for run, step in card.locator("[data-run][data-state]").evaluate_all(tiles)]


def colour(card: Locator, number: int, x: float = 0.5, y: float = 0.5) -> list[int]:
    """What the browser has made of a picture, at a share of its width and height."""
    picture = card.locator(".tbn-tile").nth(number).locator(".tbn-pixels")
    expect(picture).to_be_visible()
    script = """async (picture, [x, y]) => {
      if (picture instanceof HTMLImageElement) await picture.decode();
      const canvas = new OffscreenCanvas(1, 1).getContext("2d");
      const [width, height] = [picture.naturalWidth ?? picture.width, picture.naturalHeight ?? picture.height];
      canvas.drawImage(picture, -Math.floor(x * width), -Math.floor(y * height));
      return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    }"""
    found: list[int] = picture.evaluate(script, [x, y])
    return found


def slider(where: Locator) -> Locator:
    """The slider of steps."""
    return where.get_by_role("slider", name=re.compile("^Step"))


def scale(card: Locator, number: int = 0) -> float:
    """How many pixels of the page a pixel of a picture takes."""
    picture = card.locator(".tbn-pixels").nth(number)
    size = "(one) => one.getBoundingClientRect().width / (one.naturalWidth ?? one.width)"
    return float(picture.evaluate(size))


def test_pictures_stand_by_tag_and_run_and_follow_one_step(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log, panel="images")
    heads = view.locator(".tbn-group-head").all_inner_texts()
    assert [head.split("\n")[0] for head in heads] == ["samples", "video"]
    flat, noise = lone.card("samples/flat"), lone.card("samples/noise")
    assert pictures(flat) == [("run0", 90), ("run1", 90)]
    assert [colour(flat, number) for number in (0, 1)] == [[109] * 3, [209] * 3]
    assert scale(flat) == pytest.approx(round(scale(flat))), "a pixel takes a whole number of pixels"
    expect(flat).to_contain_text("8 × 8")
    slider(view).focus()
    lone.page.keyboard.press("Home")
    assert pictures(flat) == [("run0", 0), ("run1", 0)]
    assert colour(flat, 0) == [100] * 3
    lone.page.keyboard.press("ArrowRight")
    lone.page.keyboard.press("ArrowRight")
    assert pictures(flat) == pictures(noise) == [("run0", 20), ("run1", 20)]
    assert lone.options["ui"]["step"] == 20
    # What hides a run and filters tags in the curves does so here.
    view.locator("[data-run=run0].tbn-run").click()
    assert pictures(flat) == [("run1", 20)]
    view.get_by_role("searchbox", name="Filter tags").fill("noise")
    expect(view.locator(".tbn-card")).to_have_count(1)
    lone.reload(log)
    assert pictures(lone.card("samples/noise")) == [("run1", 20)]


def test_each_card_may_have_its_own_step_and_play_it(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log, panel="images", tags="samples", ui={"step": 30})
    view.get_by_role("button", name="One step for all").click()
    flat, noise = lone.card("samples/flat"), lone.card("samples/noise")
    assert pictures(flat) == pictures(noise) == [("run0", 30), ("run1", 30)]
    slider(flat).focus()
    lone.page.keyboard.press("ArrowLeft")
    assert (pictures(flat)[0][1], pictures(noise)[0][1]) == (20, 30)
    flat.get_by_role("button", name=re.compile("^Play: ")).click()
    expect(flat.locator(".tbn-tile").first).to_have_attribute("data-step", "90")
    expect(flat.get_by_role("button", name=re.compile("^Play: "))).to_be_visible()
    assert colour(flat, 0) == [109] * 3
    assert pictures(noise)[0][1] == 30
    lone.reload(log)
    assert (pictures(flat)[0][1], pictures(noise)[0][1]) == (90, 30)


def test_steps_of_a_run_stand_side_by_side(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log, panel="images", tags="flat")
    view.get_by_role("button", name="Steps", exact=True).click()
    flat = lone.card("samples/flat")
    shown = pictures(flat)
    half = len(shown) // 2
    assert [run for run, _ in shown] == ["run0"] * half + ["run1"] * half
    steps = [step for _, step in shown[:half]]
    assert steps == [step for _, step in shown[half:]] == sorted(set(steps))
    assert (steps[0], steps[-1]) == (0, 90)
    assert half > 3
    tops = flat.locator(".tbn-tile").evaluate_all("(tiles) => tiles.map((tile) => tile.offsetTop)")
    assert len(set(tops[:half])) == len(set(tops[half:])) == 1
    assert tops[0] != tops[half], "a run begins a row"


def test_all_pictures_of_a_card_are_looked_at_from_as_near(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log, panel="images", tags="noise")
    noise = lone.card("samples/noise")
    pictures(noise)
    stages = noise.locator(".tbn-stage")
    before = scale(noise)
    stages.first.hover()
    lone.page.keyboard.down("Alt")
    lone.page.mouse.wheel(0, -200)
    lone.page.keyboard.up("Alt")
    expect(stages.nth(1)).to_have_attribute("data-zoomed", "true")
    assert scale(noise, 0) == scale(noise, 1) > 2 * before
    places = """(all) => all.map((one) => [one.style.left, one.style.top])"""
    at = noise.locator(".tbn-pixels").evaluate_all(places)
    assert at[0] == at[1]
    box = stages.nth(1).bounding_box()
    assert box is not None
    lone.page.mouse.move(box["x"] + 60, box["y"] + 60)
    lone.page.mouse.down()
    lone.page.mouse.move(box["x"] + 40, box["y"] + 50, steps=3)
    lone.page.mouse.up()
    moved = noise.locator(".tbn-pixels").evaluate_all(places)
    assert moved[0] == moved[1] != at[0]
    lone.reload(log)
    pictures(noise)
    assert noise.locator(".tbn-pixels").evaluate_all(places) == moved
    noise.get_by_role("button", name="Fit", exact=True).click()
    assert scale(noise) == before
    view.get_by_role("button", name="True size").click()
    expect(noise.locator(".tbn-pixels").first).to_have_css("width", "80px")
    # The wheel alone scrolls the page.
    stages.first.hover()
    lone.page.mouse.wheel(0, -200)
    expect(noise.locator(".tbn-pixels").first).to_have_css("width", "80px")


def test_light_and_contrast_can_be_changed(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log, panel="images", tags="flat")
    flat = lone.card("samples/flat")
    pictures(flat)
    expect(flat.locator(".tbn-pixels").first).to_have_css("filter", "none")
    view.get_by_role("button", name="Brightness and contrast").click()
    box = lone.page.get_by_role("dialog", name="Brightness and contrast")
    for name in ("Brightness", "Contrast"):
        box.get_by_role("slider", name=name).fill("0.75")
    expect(flat.locator(".tbn-pixels").first).to_have_css("filter", re.compile(r"brightness\(2\.8.*contrast\(2\.8"))
    assert lone.options["ui"]["panels"]["images"]["brightness"] == pytest.approx(8**0.5)
    box.get_by_role("button", name="As they are").click()
    expect(flat.locator(".tbn-pixels").first).to_have_css("filter", "none")


def test_the_difference_of_two_pictures_is_shown_with_its_scale(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log, panel="images", tags="flat")
    flat = lone.card("samples/flat")
    pictures(flat)
    flat.locator(".tbn-stage").first.focus()
    lone.choose("Options of samples/flat, run0, step 90", "with another picture…")
    expect(flat).to_contain_text("Choose the other picture")
    flat.locator(".tbn-stage").nth(1).focus()
    lone.choose("Options of samples/flat, run1, step 90", "of the chosen picture and this one")
    difference = flat.locator(".tbn-difference")
    expect(difference).to_have_attribute("data-largest", "100")
    # All but one pixel differ by 100 of 255, and the second is the brighter one.
    expect(difference).to_contain_text("mean 98.4 of 255")
    assert colour(flat, 2) == [27, 96, 200]
    assert colour(flat, 2, 0, 0) == [128, 128, 128]
    difference.get_by_role("button", name="Size").click()
    expect(difference).to_contain_text("100")
    flat.get_by_role("button", name="End the comparison").first.click()
    assert pictures(flat) == [("run0", 90), ("run1", 90)]
    # A step with the one before it follows the slider.
    flat.locator(".tbn-stage").first.focus()
    lone.choose("Options of samples/flat, run0, step 90", "with the step before")
    expect(flat.locator(".tbn-tile[data-run]")).to_have_count(2)
    assert [step for _, step in pictures(flat)] == [90, 80]
    expect(difference).to_have_attribute("data-largest", "1")
    slider(view).focus()
    lone.page.keyboard.press("ArrowLeft")
    expect(flat.locator(".tbn-tile[data-run]").nth(1)).to_have_attribute("data-step", "70")


def test_a_picture_is_saved_as_it_was_written(lone: LoneView, log: LogDir) -> None:
    lone.open(log, panel="images", tags="noise")
    noise = lone.card("samples/noise")
    pictures(noise)
    noise.locator(".tbn-stage").nth(1).focus()
    with lone.page.expect_download() as saved:
        lone.choose("Options of samples/noise, run1, step 90", "Download PNG")
    assert saved.value.suggested_filename == "samples_noise_run1_step90.png"
    (encoded,) = log.runs["run1"].images["samples/noise"][-1].encoded
    assert Path(saved.value.path()).read_bytes() == encoded


def test_what_moves_can_be_stopped_and_does_not_move_for_those_who_want_no_motion(lone: LoneView, log: LogDir) -> None:
    lone.open(log, panel="images", tags="video")
    video = lone.card("video/frames")
    pictures(video)
    expect(video).to_contain_text("4 frames")
    expect(video.locator("img")).to_have_count(2)
    video.get_by_role("button", name=re.compile("^Pause the picture")).first.click()
    expect(video.locator("img")).to_have_count(1)
    assert colour(video, 0) == colour(video, 1) or colour(video, 0) != [0, 0, 0]
    lone.page.emulate_media(reduced_motion="reduce")
    lone.reload(log)
    pictures(video)
    expect(video.locator("canvas.tbn-pixels")).to_have_count(2)
    video.get_by_role("button", name=re.compile("^Play the picture")).first.click()
    expect(video.locator("img")).to_have_count(1)


def test_what_has_not_come_is_asked_for_and_what_is_not_saved_is_said(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log, panel="images", blobs=False)
    flat = lone.card("samples/flat")
    expect(flat.locator(".tbn-tile").first).to_have_text(re.compile("coming"))
    slider(view).focus()
    lone.page.keyboard.press("ArrowLeft")
    expect(flat.locator(".tbn-tile").first).to_have_attribute("data-step", "80")
    expect(view.locator(".tbn-step-slider")).to_have_attribute("data-state", "coming")
    lone.page.wait_for_timeout(200)
    lone.page.evaluate("window.tbnTest.receive({ type: 'beat', now: 0, stream: 'lone', seq: 1, busy: false })")
    lone.send_blobs(log, [one for asked in lone.asked if asked["type"] == "blobs?" for one in asked["items"]])
    assert pictures(flat) == [("run0", 80), ("run1", 80)]
    # Until the next one is here it stays, and says which one is to come.
    lone.page.keyboard.press("ArrowLeft")
    tile = flat.locator(".tbn-tile").first
    expect(tile).to_have_attribute("data-state", "coming")
    expect(tile.locator(".tbn-coming")).to_have_text("70 coming")
    assert (tile.get_attribute("data-step"), colour(flat, 0)) == ("80", [108] * 3)
    lone.send_blobs(log)
    assert pictures(flat) == [("run0", 70), ("run1", 70)]
    assert colour(flat, 0) == [107] * 3
    expect(view.locator(".tbn-step-slider")).to_have_attribute("data-state", "here")
    expect(view.locator(".tbn-coming")).to_have_count(0)
    saved = lone.open_saved(log, panel="images", budget=45_000)
    noise = lone.card("samples/noise")
    assert pictures(noise) == [("run0", 90), ("run1", 90)]
    # The first step is kept, and of those between as many as there is room for.
    slider(saved).focus()
    lone.page.keyboard.press("Home")
    lone.page.keyboard.press("ArrowRight")
    expect(noise.locator(".tbn-tile").first).to_contain_text("not in this saved view")


def raw(folder: Path, pictures: dict[str, bytes]) -> LogDir:
    """A folder with files of pictures as they are, each under its tag."""
    events = [Event(wall_time=1000.0, file_version=b"brain.Event:2")]
    for tag, encoded in pictures.items():
        event = Event(wall_time=1000.0, step=1)
        value = event.summary.value.add(tag=tag.encode())
        value.image.height = value.image.width = 8
        value.image.encoded_image_string = encoded
        events.append(event)
    records = b"".join(frame(event.SerializeToString()) for event in events)
    (folder / "events.out.tfevents.1.host").write_bytes(records)
    return LogDir(folder)


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
END = b"\0\0\0\0IEND\xaeB`\x82"
REFUSED = {
    "svg": (b'<svg onload="window.pwned = 1"><script>pwned = 1</script></svg>', "an SVG, which can hold scripts"),
    "bomb": (PNG + 2 * (60_000).to_bytes(4, "big") + b"\1\0\0\0\0" + 4 * b"\0" + END, "60 000 × 60 000 pixels"),
    "polyglot": (b"GIF89a/*<html><script>window.pwned = 1</script>*/=1;", "a GIF with an unknown block"),
    "broken": (PNG + 2 * b"\0\0\0\x08" + b"\x08\2\0\0\0" + 4 * b"\0" + END, "can make no picture of this PNG"),
    "nothing": (b"", "no bytes"),
}


def test_what_is_no_picture_is_refused_with_the_reason(lone: LoneView, tmp_path: Path) -> None:
    view = lone.open(raw(tmp_path, {tag: encoded for tag, (encoded, _) in REFUSED.items()}), panel="images")
    for tag, (_, reason) in REFUSED.items():
        note = lone.card(tag).get_by_role("note")
        expect(note).to_be_visible()
        assert reason in note.inner_text().replace("\u202f", " ")
    assert view.locator("img").count() == 0
    assert lone.page.evaluate("window.pwned") is None
    assert faults(view) == []
    assert violations(lone.page, view) == []


def test_only_pictures_in_sight_are_held_by_the_page(lone: LoneView, tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        for number in range(60):
            for step in range(3):
                writer.add_image(f"tag{number}", np.full((3, 64, 64), number, np.uint8), step)
    log = LogDir(tmp_path)
    urls = """() => {
      window.urls = new Set();
      const { createObjectURL, revokeObjectURL } = URL;
      URL.createObjectURL = (blob) => { const url = createObjectURL(blob); window.urls.add(url); return url; };
      URL.revokeObjectURL = (url) => { window.urls.delete(url); revokeObjectURL(url); };
    }"""
    lone.page.add_init_script(f"({urls})()")
    view = lone.open(log, panel="images", height=500)
    expect(view.locator("img.tbn-pixels").first).to_be_visible()
    lone.page.wait_for_timeout(300)
    held = lone.page.evaluate("window.urls.size")
    assert 3 <= held <= 20
    scroller = view.locator(".tbn-scroll").first
    for place in range(0, 6000, 700):
        scroller.evaluate("(box, top) => { box.scrollTop = top; }", place)
        lone.page.wait_for_timeout(60)
    slider(view).focus()
    for key in ("Home", "ArrowRight", "End"):
        lone.page.keyboard.press(key)
        lone.page.wait_for_timeout(60)
    lone.page.wait_for_timeout(300)
    assert lone.page.evaluate("window.urls.size") <= 20
    assert view.locator("img.tbn-pixels").count() <= 20


@pytest.mark.parametrize("width", [420, 900, 1600])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_of_the_panel_can_be_read(lone: LoneView, log: LogDir, dark: bool, width: int) -> None:
    lone.page.set_viewport_size({"width": width + 32, "height": 900})
    pair = [{"run": run, "step": "shown", "part": 0} for run in ("run0", "run1")]
    ui = {"panels": {"images": {"pairs": {"samples/noise": pair}}}}
    view = lone.open(log, dark=dark, panel="images", height=2000, ui=ui)
    expect(view.locator(".tbn-difference")).to_have_attribute("data-largest", re.compile(r"^\d"))
    lone.page.wait_for_timeout(300)
    SCREENS.mkdir(parents=True, exist_ok=True)
    lone.page.screenshot(path=SCREENS / f"images-{width}-{'dark' if dark else 'light'}.png", full_page=True)
    assert faults(view) == []
    assert violations(lone.page, view.locator(".tbn-main")) == []
