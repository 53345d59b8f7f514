"""The Text panel: what runs wrote, laid out, as it stands, and what has changed of it; live and saved."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tbnotebook import LogDir, SummaryWriter
from tests.browser.audit import faults, violations
from tests.browser.conftest import SCREENS
from tests.browser.lone import LoneView

RUNS = ("adamw-cosine", "adamw-wsd", "lion-cosine")
STEPS = range(0, 10, 2)


def report(run: str, step: int) -> str:
    """What a training writes of an epoch."""
    return f"""# Epoch {step}

Validation of **{run}** after *{step * 390}* steps; see the [protocol](https://example.org/protocol).

| class | recall | n |
|:--|--:|--:|
| airplane | {0.72 + step / 90:.3f} | 1000 |
| automobile | 0.842 | 1000 |

- best so far: `{0.52 - step / 50:.3f}`

```python
scheduler.step({step})
```
"""


def write(folder: Path, runs: tuple[str, ...], steps: range) -> None:
    for run in runs:
        with SummaryWriter(folder / run) as writer:
            for step in steps:
                writer.add_text("eval/report", report(run, step), step, walltime=1.7e9 + step)
            writer.add_text("eval/words", [["word", "n"], ["**the**", "12"], ["a\tb", "`7`"]], 4, walltime=1.7e9)
            writer.add_text("config", "\n".join(f"layer_{i}: {i}" for i in range(60)), 0, walltime=1.7e9)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> LogDir:
    folder = tmp_path_factory.mktemp("texts") / "cifar10"
    write(folder, RUNS, STEPS)
    return LogDir(folder)


def block(lone: LoneView, tag: str, run: str = RUNS[0]) -> Locator:
    """Return a run's text of a tag."""
    return lone.card(f"{tag}/text_summary").locator(f".tbn-text-block[data-run={json.dumps(run)}]")


def slide(lone: LoneView, to: int) -> None:
    """Move the slider of all to a place."""
    lone.view.get_by_role("slider", name="Step", exact=True).fill(str(to))


def test_texts_are_laid_out_and_follow_the_step_the_filter_and_the_runs(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log, panel="texts", height=4000)
    laid = block(lone, "eval/report").locator(".tbn-md")
    expect(laid.get_by_role("heading", name="Epoch 8", exact=True)).to_be_visible()
    expect(laid.locator("strong, em, code").first).to_have_text(RUNS[0])
    link = laid.get_by_role("link", name="protocol")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    expect(link).to_have_attribute("target", "_blank")
    assert (
        laid.get_by_role("cell", name="0.809").evaluate("(cell) => getComputedStyle(cell).textAlign").endswith("right")
    )
    words = block(lone, "eval/words").locator(".tbn-md table").first
    assert words.locator("tr").evaluate_all("(rows) => rows.map((row) => row.cells.length)") == [2, 2, 2]
    expect(words.locator("strong")).to_have_text("the")
    assert [one.inner_text() for one in view.locator(".tbn-card-title").all()] == ["config", "report", "words"]
    slide(lone, 1)
    for run in RUNS:
        expect(block(lone, "eval/report", run).get_by_role("heading", name="Epoch 2", exact=True)).to_be_visible()
    assert lone.options["ui"]["step"] == 2
    view.locator(f".tbn-run[data-run={RUNS[1]}]").click()
    expect(block(lone, "eval/report", RUNS[1])).to_have_count(0)
    view.get_by_role("searchbox").fill("wor")
    expect(view.locator(".tbn-text-card")).to_have_count(1)


def test_a_long_text_is_folded_and_all_of_it_a_click_away(lone: LoneView, log: LogDir) -> None:
    lone.open(log, panel="texts", height=4000)
    config = block(lone, "config")
    fold = config.locator(".tbn-text-fold")
    expect(fold).to_have_attribute("data-folded", "true")
    config.get_by_role("button", name="Show all").click()
    expect(config.get_by_text("layer_59: 59")).to_be_visible()
    assert fold.evaluate("(one) => one.scrollHeight - one.clientHeight") == 0
    lone.view.get_by_role("button", name="Source", exact=True).click()
    assert config.locator("pre").inner_text().splitlines()[-1] == "layer_59: 59"
    lone.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block(lone, "eval/words").get_by_role("button", name="Copy").click()
    expect(block(lone, "eval/words").get_by_role("button", name="Copied")).to_be_visible()
    assert lone.page.evaluate("navigator.clipboard.readText()") == "word\tn\n**the**\t12\na\tb\t`7`"


def test_what_has_changed_since_another_step_is_marked_by_more_than_colour(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log, panel="texts", height=4000)
    view.get_by_role("button", name="Changes", exact=True).click()
    changed = block(lone, "eval/report")
    lines = changed.locator(".tbn-diff-line:not([data-mark=same])")
    expect(lines.first).to_have_text("−# Epoch 6")
    signs = [line.inner_text()[0] for line in lines.all()]
    assert sorted(signs) == ["+"] * 5 + ["−"] * 5
    assert changed.locator("del, ins").filter(has_text="Epoch").count() == 0
    word = changed.locator("ins").filter(has_text="8").first
    assert word.evaluate("(word) => getComputedStyle(word).textDecorationLine") == "underline"
    gone = changed.locator("del").filter(has_text="6").first
    assert gone.evaluate("(word) => getComputedStyle(word).textDecorationLine") == "line-through"
    expect(changed.locator(".tbn-text-head")).to_contain_text("step 6 → step 8")
    view.get_by_label("What texts are compared with").select_option("since the first step")
    expect(changed.locator(".tbn-text-head")).to_contain_text("step 0 → step 8")
    expect(lines.first).to_have_text("−# Epoch 0")
    expect(block(lone, "config")).to_contain_text("There is nothing before it to compare with.")


def test_each_card_has_its_own_step_if_that_is_wanted(lone: LoneView, log: LogDir) -> None:
    view = lone.open(log, panel="texts", height=4000)
    slide(lone, 2)
    view.get_by_role("button", name="One step for all").click()
    expect(block(lone, "eval/report")).to_have_attribute("data-step", "4")
    lone.card("eval/report/text_summary").get_by_role("slider").fill("0")
    expect(block(lone, "eval/report")).to_have_attribute("data-step", "0")
    expect(block(lone, "eval/words")).to_have_attribute("data-step", "4")
    view = lone.reload(log)
    expect(block(lone, "eval/report")).to_have_attribute("data-step", "0")


def test_a_text_that_comes_is_shown_and_one_that_has_not_is_said_and_asked_for(lone: LoneView, tmp_path: Path) -> None:
    write(tmp_path, RUNS[:1], STEPS)
    log = LogDir(tmp_path)
    lone.open(log, blobs=False, panel="texts")
    expect(block(lone, "eval/report")).to_contain_text("coming")
    lone.page.evaluate("window.tbnTest.receive({ type: 'beat', now: 0, stream: 'lone', seq: 1, busy: false })")
    wanted = [one for question in lone.asked for one in question.get("items", []) if question["type"] == "blobs?"]
    assert ["texts", "eval/report/text_summary", 4] in [[one[0], one[3], one[5]] for one in wanted]
    lone.send_blobs(log, wanted)
    expect(block(lone, "eval/report").get_by_role("heading", name="Epoch 8")).to_be_visible()
    write(tmp_path, RUNS[:1], range(10, 14, 2))
    lone.tell(log)
    expect(block(lone, "eval/report").get_by_role("heading", name="Epoch 12")).to_be_visible()


def test_a_saved_view_shows_what_was_saved_and_says_what_was_not(lone: LoneView, tmp_path: Path) -> None:
    draw = random.Random(0)
    with SummaryWriter(tmp_path) as writer:
        for step in range(40):
            writer.add_text("weights", f"# Step {step}\n\n{draw.randbytes(500).hex()}", step)
    view = lone.open_saved(LogDir(tmp_path), panel="texts", budget=20_000)
    expect(block(lone, "weights", ".").get_by_role("heading", name="Step 39")).to_be_visible()
    slide(lone, 0)
    expect(view.get_by_text("not in this saved view").first).to_be_visible()


SLOW = {
    "brackets": "[" * 20_000,
    "rows": "|a|b|\n|-|-|\n" + "|1|2|\n" * 100_000,
    "columns": "|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + "|\n" * 1900,
    "stars": "*a ** b_" * 6000,
    "reopened": "".join(f"<b a{i}><i a{i}>" for i in range(400)) + "x\n\n" + "y\n\n" * 900,
}
# Milliseconds from a moved slider to the frame that shows its step.
MOVE = """async (slider, to) => {
  const began = performance.now();
  slider.value = to;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
  return performance.now() - began;
}"""


def test_a_text_that_is_made_to_be_slow_is_there_soon(lone: LoneView, tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        for step, text in enumerate(["short", *SLOW.values()]):
            writer.add_text("slow", text, step)
            writer.add_text("short", f"{step}", step)
    view = lone.open(LogDir(tmp_path), panel="texts")
    slider = view.get_by_role("slider", name="Step", exact=True)
    took = {}
    for step, name in enumerate(SLOW, 1):
        slider.evaluate(MOVE, 0)
        took[name] = slider.evaluate(MOVE, step)
        expect(block(lone, "slow", ".")).to_have_attribute("data-step", str(step))
    # The first two have a bar of their own, the others take a fifth of this on a machine that does nothing else.
    assert max(took["brackets"], took["rows"]) < 500, took
    assert max(took.values()) < 2000, took
    assert block(lone, "slow", ".").locator("*").count() < 6000


@pytest.mark.parametrize(
    ("width", "dark", "runs", "shown"),
    [(420, True, 3, "markdown"), (900, False, 3, "changes"), (900, True, 1, "changes"), (1600, False, 1, "markdown")],
)
def test_all_of_the_panel_can_be_read(
    lone: LoneView, log: LogDir, width: int, dark: bool, runs: int, shown: str
) -> None:
    lone.page.set_viewport_size({"width": width + 32, "height": 1000})
    ui = {"panels": {"texts": {"view": shown}}}
    view = lone.open(log, dark=dark, panel="texts", ui=ui, height=4000, hidden=list(RUNS[runs:]))
    expect(block(lone, "eval/report").locator(".tbn-md, .tbn-diff").first).to_be_visible()
    lone.page.mouse.move(1, 1)
    SCREENS.mkdir(parents=True, exist_ok=True)
    lone.page.screenshot(path=SCREENS / f"texts-{width}-{runs}-{'dark' if dark else 'light'}.png")
    assert faults(view) == []
    assert violations(lone.page, view) == []
