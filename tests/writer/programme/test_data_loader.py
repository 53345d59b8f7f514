"""Workers of torch's DataLoader that hold the writer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.events.reading import files, scalars_in
from tests.writer.programs import run

# Of the two workers one logs what it loads, and the other is silent.
PROGRAM = """
import sys, warnings
warnings.simplefilter("ignore")
from torch.utils.data import DataLoader, Dataset, get_worker_info
from tbnotebook import SummaryWriter

class Squares(Dataset):
    def __init__(self, writer):
        self.writer = writer

    def __len__(self):
        return 40

    def __getitem__(self, index):
        if get_worker_info().id == 0:
            self.writer.add_scalar("loaded", index * index, index)
        return index * index

if __name__ == "__main__":
    writer = SummaryWriter(sys.argv[1])
    loader = DataLoader(Squares(writer), num_workers=2, batch_size=4, multiprocessing_context=sys.argv[2])
    for step, batch in enumerate(loader):
        writer.add_scalar("trained", batch.sum().item(), step)
    writer.close()
"""


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_what_a_worker_logs_is_written_once_and_a_silent_one_makes_no_file(tmp_path: Path, method: str) -> None:
    if method == "fork" and not hasattr(os, "fork"):
        pytest.skip("no fork here")
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    run(program, tmp_path / "logs", method, silent=False)
    found = scalars_in(tmp_path / "logs")
    assert [step for tag, step, _ in found if tag == b"trained"] == list(range(10))
    # The workers take batches in turn.
    loaded = [(step, value) for tag, step, value in found if tag == b"loaded"]
    assert loaded == [(index, index * index) for index in range(40) if index // 4 % 2 == 0]
    assert len(files(tmp_path / "logs")) == 2
