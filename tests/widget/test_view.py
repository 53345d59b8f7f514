from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tbnotebook.wire import MIME, decode
from tests.widget.kernel import Kernel

WRITE = """
from tbnotebook import SummaryWriter, show
writer = SummaryWriter("logs")
for i in range(50):
    writer.add_scalar("loss", 1 / (i + 1), i)
writer.flush()
"""
VIEW = "application/vnd.jupyter.widget-view+json"


def test_a_view_is_one_live_output_and_one_saved_one(kernel: Kernel) -> None:
    kernel.run(WRITE)
    ran = kernel.run("view = writer.show()\nview", cell="a")
    assert ran.error is None
    assert [sorted(data) for data in ran.shown] == [
        [VIEW, "text/plain"],
        [MIME, "image/png", "text/plain"],
    ]
    header, _ = decode(ran.shown[1][MIME])
    assert [(part["tag"], part["total"]) for part in header["frame"]["series"]] == [("loss", 50)]


def test_the_handle_draws_anew_in_another_cell(kernel: Kernel) -> None:
    kernel.run(WRITE + "view = writer.show()", cell="a")
    ran = kernel.run("view", cell="b")
    assert [VIEW in data for data in ran.shown] == [True, False]


def test_thirty_reruns_of_a_cell_leave_one_view_one_thread_and_no_more_models(kernel: Kernel) -> None:
    counts = """
import threading
from ipywidgets.widgets.widget import _instances
print(sum(t.name == "tbnotebook-poller" for t in threading.enumerate()), len(_instances))
"""
    kernel.run(WRITE)
    kernel.run("writer.show();", cell="a")
    first = kernel.run(counts).text
    for _ in range(30):
        ran = kernel.run("writer.show();", cell="a")
        assert len(ran.shown) == 2
    assert kernel.run(counts).text == first
    assert first.split()[0] == "1"


def test_the_saved_output_has_the_last_point_when_the_cell_is_idle(kernel: Kernel) -> None:
    ran = kernel.run(
        "from tbnotebook import SummaryWriter\n"
        "writer = SummaryWriter('logs'); writer.show()\n"
        "for i in range(300):\n    writer.add_scalar('loss', i, i)\n",
        cell="a",
    )
    last = ran.of("update_display_data")[-1]["data"]
    header, _ = decode(last[MIME])
    assert header["frame"]["series"][0]["total"] == 300
    assert "300 points up to step 299" in last["text/plain"]


def test_a_cell_that_logs_nothing_changes_no_saved_byte(kernel: Kernel) -> None:
    kernel.run(WRITE + "writer.close(); show('logs');", cell="a")
    assert kernel.run("1 + 1").of("update_display_data") == []
    assert kernel.run("import time; time.sleep(0.6)").of("update_display_data") == []


def test_a_second_view_sends_no_second_bundle(kernel: Kernel) -> None:
    kernel.run(WRITE)

    def sizes(code: str, cell: str) -> int:
        ran = kernel.run(code, cell=cell)
        comm = [m for m in ran.messages if m["msg_type"].startswith("comm_")]
        keys = [m for m in comm if m["content"]["data"].get("content", {}).get("kind") == "key"]
        size = 0
        for message in comm:
            if message not in keys:
                size += len(json.dumps(message["content"])) + sum(len(b) for b in message.get("buffers", []))
        return size

    assert sizes("writer.show();", "a") > 100_000
    assert sizes("writer.show();", "b") <= 16_000


def test_every_message_tells_when_the_next_is_due_and_a_long_save_is_announced(kernel: Kernel) -> None:
    def promises(code: str) -> list[float]:
        said = [c["data"].get("content", {}) for c in kernel.run(code, cell="a").of("comm_msg")]
        return [content["next"] for content in said if content.get("type") in ("frame", "beat")]

    kernel.run(WRITE)
    *busy, idle = promises("import time\nview = writer.show(); time.sleep(2.8)")
    assert len(busy) >= 3
    assert {*busy} == {0.9}
    assert idle == 2.0
    assert 3.0 in promises("view.save_seconds = 3.0; writer.add_scalar('loss', 0, 50); time.sleep(1)")


def test_options_are_attributes_and_wrong_ones_are_refused(kernel: Kernel) -> None:
    show = "view = show('logs', smoothing=0.9)\nview.x = 'wall'\n"
    ran = kernel.run(WRITE + show + "print(view.smoothing, view.widget.x)")
    assert ran.text == "0.9 wall\n"
    assert "no such option: smooth; a view has panel, smoothing" in str(kernel.run("show('logs', smooth=1)").error)
    assert "TraitError" in str(kernel.run("show('logs', compare='both')").error)
    pinned = "view = show('logs', pins=['loss'], card_width=300, tooltip_sort='name')\n"
    assert kernel.run(pinned + "print(view.pins, view.card_width, view.tooltip_sort)").text == "['loss'] 300 name\n"
    assert "TraitError" in str(kernel.run("view.card_width = 5").error)
    kernel.run("view.colors = {'a': 3, 'b': '#1b53b9'}; view.runs = 'seed.*'; view.attempts = 'newest'")
    assert kernel.run("print(view.colors, view.runs)").text == "{'a': 3, 'b': '#1b53b9'} seed.*\n"
    for wrong in ("'red'", "-1", "'#12'", "'#1b53b9;'"):
        refused = kernel.run(f"view.colors = {{'a': {wrong}}}")
        assert "TraitError" in str(refused.error), wrong


def test_several_tags_in_one_chart_are_an_option_of_the_view(kernel: Kernel) -> None:
    ran = kernel.run(
        WRITE + "view = show('logs')\nview.chart(['loss', 'acc'])\nview.chart(['a', 'b'], title='both')\n"
        "view.chart(['loss', 'acc'], title='twice')\nprint(view.widget.options['charts'])"
    )
    assert ran.text == "[{'title': 'both', 'tags': ['a', 'b']}, {'title': 'twice', 'tags': ['loss', 'acc']}]\n"
    assert "a chart of 'loss'; it takes two tags or more" in str(kernel.run("view.chart('loss')").error)


def test_a_figure_has_the_views_data_and_look(kernel: Kernel) -> None:
    ran = kernel.run(
        WRITE + "figure = show('logs', smoothing=0.5).figure('loss')\n"
        "print([(len(t.x), t.line.color, t.showlegend) for t in figure.data], figure.layout.title.text)"
    )
    assert ran.text == "[(50, 'rgb(27, 83, 185)', False), (50, 'rgb(27, 83, 185)', None)] loss\n"
    chosen = "print([t.line.color for t in show('logs', colors={'.': '#123456'}).figure('loss').data])"
    assert kernel.run(chosen).text == "['rgb(18, 52, 86)', 'rgb(18, 52, 86)']\n"
    assert kernel.run("print(len(show('logs', runs='other').figure('loss').data))").text == "0\n"
    assert "no tag 'acc' in" in str(kernel.run("show('logs').figure('acc')").error)


@pytest.mark.parametrize(
    ("prepare", "state"),
    [
        ("", "missing"),
        ("import os; os.mkdir('logs')", "empty"),
        ("import os; os.mkdir('logs'); open('logs/notes.txt', 'w').close()", "foreign"),
    ],
)
def test_a_folder_without_runs_is_a_state_and_no_error(kernel: Kernel, prepare: str, state: str) -> None:
    kernel.run(prepare)
    ran = kernel.run("from tbnotebook import show; show('logs');")
    assert ran.error is None
    header, _ = decode(ran.shown[1][MIME])
    assert header["frame"]["log"]["state"] == state


def test_nothing_of_the_machine_or_the_process_is_saved(kernel: Kernel, tmp_path: Path) -> None:
    ran = kernel.run(WRITE + "writer.show();", cell="a")
    saved = ran.shown[-1]
    header, _ = decode(saved[MIME])
    text = json.dumps([header, saved["text/plain"], ran.shown[0]["text/plain"]])
    assert str(tmp_path) not in text
    assert " at 0x" not in text


SLOW = """
import threading, time
from tbnotebook.widget.saved_output import SavedOutput
view, threads, save = writer.show(), [], SavedOutput.save
def noting(*args, **kwargs):
    threads.append(threading.current_thread().name)
    return save(*args, **kwargs)
SavedOutput.save, view.save_seconds = noting, 9.0
"""
MORE = "for i in range(50, 80):\n    writer.add_scalar('loss', i, i)\nwriter.flush()"
SAVERS = "while not threads:\n    time.sleep(0.01)\nprint(threads[0])"


def test_a_save_too_slow_for_the_end_of_a_cell_is_the_pollers(kernel: Kernel) -> None:
    kernel.run(WRITE + SLOW, cell="a")
    kernel.run(MORE, cell="b")
    assert kernel.run(SAVERS, cell="c").text == "tbnotebook-poller\n"


def test_a_log_that_is_being_read_is_saved_when_it_is_read_or_after_some_seconds(kernel: Kernel) -> None:
    look = """
import time
view._poller.close(view.folder, view)  # the ticks are ours
writer.add_scalar('loss', 1.0, 77), writer.flush(), view.folder.look(1.0)
def saves(after, more):
    view.folder.more, before = more, len(threads)
    view.save_by(0.0)
    view.tick(view._saved_at + after, busy=False)
    return len(threads) - before
print(saves(1.0, True), saves(1.0, False))
view.folder.revision += 1
print(saves(1.0, True), saves(6.0, True))
"""
    kernel.run(WRITE + SLOW)
    assert kernel.run(look).text == "0 1\n0 1\n"


def test_what_was_logged_last_is_saved_though_nobody_may_listen_any_more(kernel: Kernel) -> None:
    kernel.run(WRITE + "writer.show(); import time; time.sleep(1)")
    (saved,) = kernel.run("writer.add_scalar('loss', 1.0, 99)").of("update_display_data")
    assert "51 points up to step 99" in saved["data"]["text/plain"]


def test_where_nobody_may_listen_any_more_the_cell_waits_for_a_slow_save(kernel: Kernel) -> None:
    kernel.run(WRITE + SLOW)
    (saved,) = kernel.run(MORE).of("update_display_data")
    assert "80 points up to step 79" in saved["data"]["text/plain"]
    assert kernel.run(SAVERS).text == "MainThread\n"


def test_closing_the_writer_saves_though_the_cell_goes_on(kernel: Kernel) -> None:
    ran = kernel.run(
        "from tbnotebook import SummaryWriter\n"
        "writer = SummaryWriter('logs'); writer.show()\n"
        "writer.add_scalar('loss', 1.0, 7); writer.close()\nprint('closed')",
        cell="a",
    )
    kinds = [m["msg_type"] for m in ran.messages if m["msg_type"] in ("update_display_data", "stream")]
    assert kinds == ["update_display_data", "stream"]


def test_a_traced_model_draws_itself_without_a_writer(kernel: Kernel, tmp_path: Path) -> None:
    ran = kernel.run("import torch\nfrom tbnotebook import trace\ntrace(torch.nn.Linear(10, 1), torch.rand(2, 10))")
    assert ran.error is None
    assert [VIEW in data for data in ran.shown] == [True, False]
    header, _ = decode(ran.shown[1][MIME])
    assert header["frame"]["graphs"][0]["graph"]["cls"] == "Linear"
    assert header["options"]["panel"] == "graph"
    assert list(tmp_path.iterdir()) == []


def test_a_young_view_is_saved_long_before_the_first_half_minute(kernel: Kernel) -> None:
    ran = kernel.run(
        "import time\n"
        "from tbnotebook import SummaryWriter\n"
        "writer = SummaryWriter('logs'); writer.show()\n"
        "for i in range(120):\n    writer.add_scalar('loss', i, i)\n    time.sleep(0.05)\n",
        cell="a",
    )
    totals = [_points(data["data"]) for data in ran.of("update_display_data")]
    assert 0 < totals[0] < 120
    assert totals[-1] == 120


def _points(data: dict[str, Any]) -> int:
    header, _ = decode(data[MIME])
    return int(header["frame"]["series"][0]["total"])
