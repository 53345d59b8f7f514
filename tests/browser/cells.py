"""Python that the tests' notebooks run."""

from __future__ import annotations

STEP = 0.05  # seconds between two points of a loop

# What a training loop does between two points, each bad for a background thread in its own way.
LOOPS = {
    "sleep": f"time.sleep({STEP})",
    "matmul": f"""until = time.perf_counter() + {STEP}
    while time.perf_counter() < until:
        matrix @ matrix""",
    "python": f"""until = time.perf_counter() + {STEP}
    while time.perf_counter() < until:
        total += step * step""",
}

# To import torch takes a new kernel two seconds of a processor.
WITHOUT_TORCH = "import json, math, time\nfrom tbnotebook import SummaryWriter, show"
IMPORTS = f"import torch\n{WITHOUT_TORCH}"


def quickstart(loop: str = "sleep", points: int = 100, folder: str = "logs") -> str:
    """Return the quickstart's cell: a view, a graph, and a curve that grows in a loop.

    A file ``enough`` ends the loop. When each point was written goes into ``written.json``, in seconds.
    """
    return f"""
import os, torch
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.dense = torch.nn.Linear(in_features=10, out_features=1)
    def forward(self, x):
        return self.dense(x)

matrix, total, written = torch.rand(600, 600), 0, []
writer = SummaryWriter(log_dir={folder!r})
writer.show()
writer.add_graph(Net(), input_to_model=(torch.rand(2, 10),))
for step in range({points}):
    written.append(time.time())
    writer.add_scalar("data/sin", torch.sin(torch.tensor(step / 10)), step)
    {LOOPS[loop]}
    if os.path.exists("enough"):
        break
writer.close()
json.dump(written, open("written.json", "w"))
"""


def folder_with(tags: list[str], points: int = 50, folder: str = "logs") -> str:
    """Return a cell that writes a curve for each tag and shows nothing."""
    return f"""
with SummaryWriter({folder!r}) as writer:
    for step in range({points}):
        for number, tag in enumerate({tags!r}):
            writer.add_scalar(tag, 2 + math.sin(step / 10 + number), step)
"""
