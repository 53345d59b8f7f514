"""Pictures from a cell that is busy, beside curves that are live: how late both come, and what memory they take."""

from __future__ import annotations

import json
from dataclasses import dataclass

from playwright.sync_api import expect

from tbnotebook.wire import MIME
from tests.browser.cells import IMPORTS
from tests.browser.latency import OBSERVE
from tests.browser.notebook import Notebook, wait_painted

TAGS, SIDE = 20, 256
CURVE = "curve00"

# A view that is idle: the page acknowledges what it gets, and so tells how wide the connection is.
BEFORE = """
import numpy as np

y, x = np.mgrid[0:{side}, 0:{side}]
noise = np.random.default_rng(0).normal(0, 4, (3, {side}, {side}))

def picture(tag, step):
    waves = np.stack([np.sin(x / 17 + tag + step / 9), np.cos(y / 23 + step / 7), np.sin((x + y) / 40 + tag)])
    return np.clip(128 + 90 * waves + noise, 0, 255).astype(np.uint8)

with SummaryWriter("before") as writer:
    for step in range(5):
        writer.add_image("picture", picture(0, step), step)
show("before")
"""

# Memory is what the process holds, in bytes, after a third of the steps and at the end.
TRAIN = """
def held():
    return int(open("/proc/self/statm").read().split()[1]) * 4096

matrix = torch.rand(300, 300)
pictures = [[picture(tag, step) for tag in range({tags})] for step in range(4)]
written, logged, memory = [], [], []
writer = SummaryWriter("logs")
show("logs")
began = time.perf_counter()
for step in range({steps}):
    for tag in range({tags}):
        writer.add_image(f"picture{{tag:02}}", pictures[step % 4][tag], step)
        logged.append((f"picture{{tag:02}}", step, time.time()))
    for part in range(5):
        number = 5 * step + part
        written.append(time.time())
        for tag in range({tags}):
            writer.add_scalar(f"curve{{tag:02}}", math.sin(number / 30 + tag), number)
        while time.perf_counter() < began + {pause} * (step + (part + 1) / 5):
            matrix @ matrix
    if step in ({steps} // 3, {steps} - 1):
        memory.append(held())
writer.close()
json.dump([written, logged, memory], open("written.json", "w"))
"""

# When which picture came whole, on the same clock as the kernel's time.time(); by which channel the page spoke, and
# what the front end took the kernel's status for.
OBSERVE_PICTURES = """() => {
  const came = (window.tbnPictures = []);
  const spoken = (window.tbnSpoken = { control: 0, shell: 0 });
  const statuses = (window.tbnStatuses = []);
  const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
  kernel.statusChanged.connect((_, status) => statuses.push([status, Date.now() / 1000]));
  kernel.anyMessage.connect((_, { direction, msg }) => {
    const word = msg.content?.tbnotebook?.word ?? msg.content?.data?.content;
    if (direction === "send" && word?.type === "got") spoken[msg.channel] += 1;
    const content = direction === "recv" && msg.header.msg_type === "comm_msg" ? msg.content.data?.content : null;
    if (content?.type !== "blobs") return;
    for (const { kind, tag, at, body, piece } of content.items) {
      const whole = piece === undefined || piece[0] + body[1] === piece[1];
      if (kind === "images" && whole) came.push([tag, at, Date.now() / 1000]);
    }
  });
}"""


@dataclass(frozen=True)
class Live:
    """What was seen.

    Attributes
    ----------
    curve, picture : float
        Seconds from being logged until a point is painted, until a picture or a later one of its tag is in the page:
        95th percentiles.
    came : int
        Pictures that the page got while the cell ran.
    kernel : int
        Bytes that the kernel's process grew by after a third of the steps.
    heap : int
        Bytes that the page's heap grew by from the second third of the time to the last: the least of each.
    saved : int
        Bytes of the saved output.
    control, shell : int
        Acknowledgements that the page sent over each channel.
    idle : int
        How often the front end took the kernel for idle while the cell ran.
    """

    curve: float
    picture: float
    came: int
    kernel: int
    heap: int
    saved: int
    control: int
    shell: int
    idle: int


def measure(notebook: Notebook, steps: int, pause: float, *, known: bool) -> Live:
    """Log pictures every `pause` seconds; on a connection whose width is `known` or not."""
    before = BEFORE.format(side=SIDE)
    train = TRAIN.format(tags=TAGS, steps=steps, pause=pause)
    notebook.open([IMPORTS, before if known else before.rpartition("show(")[0], train])
    notebook.run(0)
    notebook.run(1)
    if known:
        expect(notebook.view(1)).to_be_visible()
        notebook.page.wait_for_timeout(2000)
    page = notebook.page
    page.evaluate(OBSERVE, CURVE)
    page.evaluate(OBSERVE_PICTURES)
    notebook.run(2, wait=False)
    wait_painted(notebook.card(2, CURVE), 1)
    heap = _heap_while_busy(notebook)
    notebook.wait_ended()
    wait_painted(notebook.card(2, CURVE), 5 * steps - 1)
    page.wait_for_timeout(3000)
    written, logged, memory = json.loads((notebook.folder / "written.json").read_text())
    came = page.evaluate("window.tbnPictures")
    curve = _late([(CURVE, step, at) for step, at in enumerate(written)], [(CURVE, *one) for one in _painted(notebook)])
    saved = notebook.save()["cells"][2]["outputs"]
    (output,) = (output["data"] for output in saved if MIME in output.get("data", {}))
    return Live(
        curve=curve,
        picture=_late(logged, came),
        came=sum(at < logged[-1][2] for *_, at in came),
        kernel=memory[1] - memory[0],
        heap=min(heap[2 * len(heap) // 3 :]) - min(heap[len(heap) // 3 : 2 * len(heap) // 3]),
        saved=len(json.dumps(output)),
        **page.evaluate("window.tbnSpoken"),
        idle=sum(
            status == "idle" and logged[0][2] < at < logged[-1][2] for status, at in page.evaluate("window.tbnStatuses")
        ),
    )


def _heap_while_busy(notebook: Notebook) -> list[int]:
    """Return what was in use of the page's JavaScript heap twice a second until the cells ended."""
    session = notebook.page.context.new_cdp_session(notebook.page)
    used = []
    while notebook.page.evaluate("window.tbnTestRuns") > 0:
        used.append(int(session.send("Runtime.getHeapUsage")["usedSize"]))
        notebook.page.wait_for_timeout(500)
    session.detach()
    return used


def _painted(notebook: Notebook) -> list[tuple[int, float]]:
    painted: list[tuple[int, float]] = notebook.page.evaluate("window.tbnPainted")
    return painted


def _late(logged: list[tuple[str, int, float]], came: list[tuple[str, int, float]]) -> float:
    """Return how long it takes until what was logged, or what is newer of its tag, has come: the 95th percentile."""
    waits = sorted(
        min((at for name, other, at in came if name == tag and other >= step), default=1e12) - began
        for tag, step, began in logged
    )
    return waits[int(0.95 * (len(waits) - 1))]
