"""A folder that means harm, through a real JupyterLab and a report: nothing of it runs, and nothing is asked for.

The numbers of `hostile.md`: 1 to 42, 45, 46 and 47 to 51.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tbnotebook import SummaryWriter
from tbnotebook.report.command import main
from tests.browser import corpus
from tests.browser.beacon import Beacon
from tests.browser.cells import IMPORTS
from tests.browser.notebook import Notebook
from tests.browser.panels import open_panel
from tests.browser.watch import Watch

# All cards are in sight at once.
HIGH = {"width": 1160, "height": 12_000}
PANELS = ("texts", "images", "audio", "hparams", "curves", "histograms")

ALLOWED = re.compile(
    "h[1-6]|p|div|span|[bh]r|blockquote|pre|code|kbd|samp|em|strong|[bius]|del|ins|mark|small|sub|sup|a|"
    "[uod]l|li|dt|dd|details|summary|table|caption|thead|tbody|tfoot|t[rhd]"
)
# What stands in a text that is laid out, or in a cell of one: each element with its attributes.
LAID = """(view) => [...view.querySelectorAll(".tbn-md *")]
  .filter(({ className }) => className !== "tbn-md").map((element) =>
  [element.localName, Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]))])"""
# What a name could have become.
MADE = """(view) => [...view.querySelectorAll(
  "script, style, iframe, object, embed, form, base, link, meta, video, audio, math, [onerror], [onload], [onclick]")]
  .filter((element) => element.closest("svg.main-svg, .js-plotly-plot") === null).map((element) => element.outerHTML)"""
LINKS = """(view) => [...view.querySelectorAll("a")].filter((link) => link.closest(".tbn-md") === null)
  .map((link) => link.outerHTML)"""
PROTOTYPE = "() => [Object.prototype, Array.prototype].map((one) => Object.getOwnPropertyNames(one).length)"

# Puts what it is given into a page as a page should never do.
INSERT = """(all) => {
  for (const html of all) document.body.append(Object.assign(document.createElement("div"), { innerHTML: html }));
}"""

# JupyterLab polls its interface and changes its tab's icon; our bundle comes from a blob.
# Tells which files the kernel has opened since.
OPENED = """
import sys
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)"""
BAITS = (".pkl", ".pt", ".pickle", ".onnx", ".pbtxt", "/etc/passwd")
TELL = f"print(any('tfevents' in one for one in opened), [one for one in opened if one.endswith({BAITS!r})])"

OWN = re.compile(r"^(blob|data):|/api/(kernels|sessions|terminals|contents|status|me)\b|/static/favicons/|/lab/api/")


@pytest.fixture(scope="module")
def beacon() -> Iterator[Beacon]:
    with Beacon() as beacon:
        yield beacon
        assert beacon.asked == []


@pytest.fixture(scope="module")
def folder(beacon: Beacon, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "logs"
    corpus.write(folder, beacon.address)
    return folder


def test_the_corpus_would_be_found_out(context: BrowserContext) -> None:
    with Beacon() as beacon:
        page = context.new_page()
        page.set_content("<!doctype html><title>x</title>")
        page.evaluate(corpus.DEFINED)
        short = [text for text in corpus.texts(beacon.address).values() if len(text) < 1000]
        # A page that is loaded anew would forget what has run.
        page.evaluate(INSERT, [text for text in (*corpus.names(beacon.address), *short) if "refresh" not in text])
        page.wait_for_function("window.tbnRan === 1")
        page.wait_for_timeout(300)
        page.close()
        assert {"/s", "/t", "/o"} <= set(beacon.asked)


def test_a_notebook_shows_it_as_text(notebook: Notebook, folder: Path, beacon: Beacon) -> None:
    notebook.open([IMPORTS + OPENED, f"view = show({str(folder)!r}, height=11_000)"])
    notebook.page.evaluate(corpus.DEFINED)
    prototype = notebook.page.evaluate(PROTOTYPE)
    notebook.run(0)
    notebook.run(1)
    notebook.page.set_viewport_size(HIGH)
    notebook.watch.check()
    # The names of curves have a test of their own.
    look_through(notebook.page, notebook.view(1), beacon, PANELS[:-2])
    assert notebook.page.evaluate(PROTOTYPE) == prototype
    assert [address for address, _ in notebook.watch.requests if not OWN.search(address)] == []
    assert notebook.page.url.endswith("notebook.ipynb")
    ask_for_what_is_not_offered(notebook)
    index = notebook.add(TELL)
    notebook.run(index)
    assert notebook.text(index).strip() == "True []"
    assert not (folder.parent / "loaded").exists()


def test_a_report_shows_it_as_text(context: BrowserContext, folder: Path, beacon: Beacon, tmp_path: Path) -> None:
    with SummaryWriter(folder / "long") as writer:
        writer.add_text("long" * 450, "harmless", 0)
        writer.add_text("endless" * 1_500_000, "harmless", 0)  # no saved view has room for it
    file = tmp_path / "report.html"
    assert main(["report", str(folder), "-o", str(file), "--budget", "20MB"]) == 0
    written = file.read_text("utf-8")
    assert "canary" not in re.sub(r"<script type=.*?</script>", "", written, flags=re.DOTALL)
    assert "default-src 'none'" in written
    assert corpus.SECRET not in written
    assert not (folder.parent / "loaded").exists()
    page = context.new_page()
    page.add_init_script(corpus.DEFINED)
    page.set_viewport_size(HIGH)
    watch = Watch(page, file.as_uri())
    page.goto(file.as_uri())
    prototype = page.evaluate(PROTOTYPE)
    view = page.locator(".tbn-view")
    look_through(page, view, beacon, PANELS)
    assert page.evaluate(PROTOTYPE) == prototype
    open_panel(page, view, "texts")
    long = view.locator(".tbn-card-title").filter(has_text="longlong")
    assert len(long.text_content() or "") <= 300
    expect(view).not_to_contain_text("endlessendless")
    # Chromium tells what a report's policy would not allow also of the document in which a text is only parsed.
    watch.errors = [error for error in watch.errors if "violates the following Content Security Policy" not in error]
    watch.check()
    page.close()


def look_through(page: Page, view: Locator, beacon: Beacon, panels: Iterable[str]) -> None:
    """Open panels and look at all that they show."""
    for panel in panels:
        open_panel(page, view, panel)
        if panel != "hparams":
            expect(view.locator(".tbn-card").nth(len(corpus.names("")) - 1)).to_be_attached()
            titles = set(view.locator(".tbn-card-title").evaluate_all("(all) => all.map((one) => one.title)"))
            ends = "/text_summary" if panel == "texts" else ""
            assert {shown(name) + ends for name in corpus.names(beacon.address)} <= titles
        expect(view.locator("[data-state=coming]")).to_have_count(0, timeout=20_000)
        check = {"images": pictures, "texts": texts, "audio": sounds, "hparams": hparams}.get(panel)
        if check is not None:
            check(view, beacon)
        assert view.evaluate(MADE) == []
        assert view.evaluate(LINKS) == []
        expect(view).not_to_contain_text(corpus.SECRET)
        assert page.evaluate("window.tbnRan") is None
        assert beacon.asked == []


def shown(name: str) -> str:
    """What a page makes of what cannot be seen in a name."""
    escapes = {"\0": "\\0", "\x1b": "\\e", "\n": "\\n"}
    return re.sub("[\0\x1b\n\u202e\u200b\u2028]", lambda found: escapes.get(found[0], f"\\u{ord(found[0]):04x}"), name)


def texts(view: Locator, beacon: Beacon) -> None:
    """Look at the texts: elements of the list alone, links to elsewhere alone, and nothing takes long."""
    for name, attributes in view.evaluate(LAID):
        assert ALLOWED.fullmatch(name)
        assert set(attributes) <= {"href", "align", "start", "target", "rel"}
        if "href" in attributes:
            assert re.match(r"(https?://|mailto:)", attributes["href"])
            assert attributes["rel"] == "noopener noreferrer nofollow"
            assert attributes["target"] == "_blank"
    laid = {tag: view.locator(f'.tbn-card[data-tag="{tag}/text_summary"]') for tag in corpus.texts(beacon.address)}
    for tag, words in {
        "html": "bold",
        "script link": "b",
        "picture": "[image: alt] [image] [image: x]",
        "own picture": "[image] [image]",
        "command": "x",
        "class": "x",
    }.items():
        expect(laid[tag].locator(".tbn-md")).to_contain_text(words)
    assert laid["clobbering"].locator("a").get_attribute("href") == "https://example.org/"
    for tag in ("script link", "data link", "entities", "by reference", "own link"):
        expect(laid[tag].locator("[href]")).to_have_count(0)
    expect(laid["base"]).to_contain_text("nothing of it may be shown")
    expect(laid["rows"]).to_contain_text("shown as plain text: 600\u202f012 characters")
    expect(laid["brackets"]).to_contain_text("[" * 1000)
    assert laid["deep"].locator("table").count() == 0
    assert view.page.evaluate("() => document.querySelectorAll('*').length") < 60_000


def pictures(view: Locator, beacon: Beacon) -> None:
    """Look at the pictures: what is none, is huge or moves for ever is refused, others come from blobs."""
    for tag in corpus.pictures(beacon.address):
        card = view.locator(f'.tbn-card[data-tag="{tag}"]')
        expect(card.get_by_role("note")).to_be_visible()
        expect(card.locator("img")).to_have_count(0)
    sources = view.locator("img").evaluate_all("(all) => all.map((one) => one.src)")
    assert [source for source in sources if not source.startswith("blob:")] == []


def sounds(view: Locator, beacon: Beacon) -> None:
    """Look at the labels of sounds."""
    card = view.locator('.tbn-card[data-tag="labels"]')
    button = card.get_by_role("button", name="show more")
    if button.count():
        button.click()
    assert card.locator(".tbn-sound-label").all_inner_texts() == [shown(name) for name in corpus.names(beacon.address)]


def hparams(view: Locator, beacon: Beacon) -> None:
    """Look at the table of hyperparameters: names and values are text."""
    expect(view.get_by_role("grid")).to_be_visible()
    inside = view.text_content() or ""
    for name in corpus.names(beacon.address)[:6]:
        assert name in inside


# What a page may send: to every comm of the kernel, so that one of them is the view's.
ASK = """async (questions) => {
  const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
  window.tbnHeard = [];
  const stream = await new Promise((resolve) => kernel.anyMessage.connect((_, { direction, msg }) => {
    if (direction !== "recv") return;
    const texts = (msg.buffers ?? []).map((one) => new TextDecoder("latin1").decode(one));
    window.tbnHeard.push(JSON.stringify(msg.content) + texts.join(""));
    const { stream } = msg.content.data?.content ?? {};
    if (stream !== undefined) resolve(stream);
  }));
  const comms = await Promise.all([...kernel._comms.values()]);
  for (const comm of comms) {
    for (const content of questions) comm.send({ method: "custom", content: { ...content, stream } });
  }
  return comms.length;
}"""


def ask_for_what_is_not_offered(notebook: Notebook) -> None:
    """Ask the kernel for files by their paths: only what it has told of is known to it."""
    path = "../../../../../../etc/passwd"
    lack = {"run": path, "attempt": 0, "tag": path, "gen": 0, "from": 0, "to": 9}
    questions = [
        {"type": "blobs?", "items": [["texts", 0, 0, path, 0, 0], [path, 0, 0, path, 0, 0], path]},
        {"type": "points?", "series": [lack, {**lack, "run": 0}]},
        {"type": path, "path": path},
        {"type": "bundle?", "path": path},
    ]
    assert notebook.page.evaluate(ASK, questions) > 1
    index = notebook.add("print('still', 'here')")
    notebook.run(index)
    assert notebook.text(index).strip() == "still here"
    heard = notebook.page.evaluate("window.tbnHeard")
    assert [one for one in heard if "root:" in one or path in one] == []
