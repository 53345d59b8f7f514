"""Pictures from a real kernel that runs a cell and hears no page."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tests.widget.kernel import Kernel, Ran

STEPS, TAGS = 60, 5

TRAIN = f"""
import time
import numpy as np
from tbnotebook import SummaryWriter
writer = SummaryWriter("logs")
writer.add_text("note", "what this run is about")
writer.show()
random = np.random.default_rng(0)
pictures = random.integers(0, 255, ({TAGS}, 3, 48, 48), dtype=np.uint8)
for step in range({STEPS}):
    writer.add_scalar("loss", 1.0, step)
    for tag in range({TAGS}):
        writer.add_image(f"picture{{tag}}", pictures[tag], step)
    time.sleep(0.1)
time.sleep(1)
writer.close()
"""


def contents(ran: Ran, kind: str) -> list[tuple[dict[str, Any], int]]:
    """Return the messages of a type, and how many bytes their buffers have."""
    found = [(message, message["content"]["data"].get("content") or {}) for message in ran.messages_of("comm_msg")]
    return [(content, sum(map(len, message["buffers"]))) for message, content in found if content.get("type") == kind]


def test_while_a_cell_runs_pictures_come_unasked_and_the_curves_do_not_wait_for_them(kernel: Kernel) -> None:
    ran = kernel.run(TRAIN, cell="a")
    assert ran.error is None
    frames, blobs = (contents(ran, kind) for kind in ("frame", "blobs"))
    totals: dict[str, list[tuple[float, int]]] = {}  # when the page knew of how many
    for frame, _ in frames:
        for entry in frame.get("media", []):
            totals.setdefault(entry["tag"], []).append((frame["now"], entry["total"]))
    assert {tag: known[-1][1] for tag, known in totals.items() if tag.startswith("picture")} == {
        f"picture{tag}": STEPS for tag in range(TAGS)
    }
    came = [(message["now"], item) for message, _ in blobs for item in message["items"]]
    assert "note/text_summary" in {item["tag"] for _, item in came}
    for tag in range(TAGS):
        mine = [(now, item["at"]) for now, item in came if item["tag"] == f"picture{tag}"]
        lags = [
            min((now for now, at in mine if at >= total - 1), default=1e12) - known
            for known, total in totals[f"picture{tag}"]
        ]
        assert max(lags) < 3
    rate = sum(size for _, size in blobs) / (blobs[-1][0]["now"] - blobs[0][0]["now"])
    assert rate < 700_000
    assert max(size for _, size in blobs) <= 140_000
    deltas = [frame["now"] for frame, _ in frames if frame["kind"] == "delta"]
    assert max(later - sooner for sooner, later in pairwise(deltas)) < 2.5
    assert len({message["n"] for message, _ in blobs}) == len(blobs)


def test_what_a_page_asks_for_is_sent_and_what_it_cannot_know_is_not(kernel: Kernel) -> None:
    kernel.run(
        "import time\nimport numpy as np\nfrom tbnotebook import SummaryWriter\n"
        "writer = SummaryWriter('logs')\n"
        "for step in range(3):\n    writer.add_image('picture', np.zeros((3, 4, 4), np.uint8), step)\n"
        "writer.flush(); view = writer.show(); time.sleep(1)",
        cell="a",
    )
    ran = kernel.run(
        "def ask(*items, stream=view._sender._feed.stream):\n"
        "    view._on_message(None, {'type': 'blobs?', 'stream': stream, 'items': list(items)}, [])\n"
        "gen = view._sender._feed._contents.runs()[0].media[0].places.generation\n"
        "ask(['images', 0, 0, 'picture', gen, 1], ['images', 0, 0, '../../etc/passwd', gen, 0], 7)\n"
        "ask(['images', 0, 0, 'picture', gen, 0], stream='another')\n"
        "time.sleep(1)",
        cell="b",
    )
    assert ran.error is None
    items = [item for message, _ in contents(ran, "blobs") for item in message["items"]]
    assert [(item["tag"], item["at"]) for item in items] == [("picture", 1)]


def test_over_the_control_channel_a_page_is_heard_while_the_cell_runs(kernel: Kernel) -> None:
    def say(word: object) -> bool:
        kernel.control("comm_info_request", {"target_name": "jupyter.widget", "tbnotebook": word})
        return "tbnotebook" in kernel.control_reply()

    asked: list[dict[str, Any]] = []

    def answer(message: dict[str, Any]) -> None:
        content = message["content"].get("data", {}).get("content") or {}
        if content.get("type") == "blobs":
            told = {"stream": content["stream"], "n": content["n"]}
            assert say({"view": content["view"], "word": {"type": "got", **told}})
            if not asked:
                asked.extend(item for item in content["items"] if item["kind"] == "images")
                items = [[item[name] for name in ("kind", "run", "attempt", "tag", "gen", "at")] for item in asked]
                assert say({"view": content["view"], "word": {"type": "blobs?", **told, "items": items}})

    rate = "\nfrom tbnotebook.widget.session import session\nprint(session().poller.line.rate > 0)"
    ran = kernel.run(TRAIN + rate, cell="a", on_message=answer)
    assert ran.error is None
    assert "True" in ran.text
    came = [(item["tag"], item["at"]) for message, _ in contents(ran, "blobs") for item in message["items"]]
    assert asked
    assert {came.count((item["tag"], item["at"])) for item in asked} == {2}
    assert [say(word) for word in ({"view": 1}, {"view": "x", "word": {}}, [], None)] == [True, True, True, False]
    kernel.control("comm_info_request", {"target_name": "jupyter.widget"})
    assert len(kernel.control_reply()["comms"]) >= 2
