"""What the notebooks of the matrix import: a network, and a training loop that files beside the notebook direct."""

from __future__ import annotations

import os
import threading
import time
from itertools import count
from pathlib import Path

import torch

from tbnotebook import SummaryWriter

LEAST = 40  # points, also where the loop is told to stop at once
STEP = 0.05


class Net(torch.nn.Module):
    """The quickstart's network."""

    def __init__(self) -> None:
        super().__init__()
        self.dense = torch.nn.Linear(in_features=10, out_features=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.dense(x)


def train() -> None:
    """Keep the cell busy until a file "leave" exists, then train on in a thread until there is a file "stop"."""
    Path("pid").write_text(str(os.getpid()))
    writer = SummaryWriter("logs")
    writer.show()
    writer.add_graph(Net(), input_to_model=(torch.rand(2, 10),))
    steps = count()

    def go(until: str) -> None:
        for step in steps:
            writer.add_scalar("data/sin", torch.sin(torch.tensor(step / 10)), step)
            time.sleep(STEP)
            if step >= LEAST and os.path.exists(until):
                break

    def go_on() -> None:
        go("stop")
        writer.close()

    go("leave")
    if os.path.exists("stop"):
        writer.close()
    else:
        threading.Thread(target=go_on).start()
