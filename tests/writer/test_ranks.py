"""Several processes that train one model together."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from tbnotebook import LogDir, SummaryWriter
from tests.events.reading import files
from tests.writer.programs import run

TRAIN = """
import os, sys
from tbnotebook import SummaryWriter

with SummaryWriter(sys.argv[1], ranks=sys.argv[2]) as writer:
    for step in range(100):
        writer.add_scalar("loss", int(os.environ["RANK"]), step)
print(writer.log_dir)
"""


@pytest.mark.parametrize(("ranks", "runs"), [("all", {".": 0.0, "rank1": 1.0}), ("zero", {".": 0.0})])
def test_under_torchrun_each_rank_has_its_run_or_only_the_first(
    tmp_path: Path, ranks: str, runs: dict[str, float]
) -> None:
    program = tmp_path / "train.py"
    program.write_text(TRAIN)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    torchrun = "import sys; from torch.distributed.run import main; main(sys.argv[1:])"
    where = ["--nproc-per-node=2", "--master-addr=127.0.0.1", f"--master-port={port}"]
    run(torchrun, *where, program, tmp_path / "logs", ranks, silent=False)
    log = LogDir(tmp_path / "logs")
    log.poll()
    assert {name: run.scalars["loss"].value.max() for name, run in log.runs.items()} == runs
    assert all(len(run.scalars["loss"].step) == 100 for run in log.runs.values())
    assert len(list((tmp_path / "logs").rglob("*tfevents*"))) == len(runs)


@pytest.fixture
def no_group(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another test may have left one, and it would be asked first."""
    monkeypatch.delitem(sys.modules, "torch.distributed", raising=False)


@pytest.mark.usefixtures("no_group")
@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({}, "."),
        ({"RANK": "3"}, "."),  # anybody's variable
        ({"RANK": "3", "WORLD_SIZE": "1"}, "."),
        ({"RANK": "x", "WORLD_SIZE": "4"}, "."),
        ({"RANK": "0", "WORLD_SIZE": "4"}, "."),
        ({"RANK": "3", "WORLD_SIZE": "4"}, "rank3"),
    ],
)
def test_a_rank_is_what_torchrun_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], folder: str
) -> None:
    for name in ("RANK", "WORLD_SIZE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    SummaryWriter(tmp_path).close()
    assert len(files(tmp_path / folder)) == 1


def test_a_group_that_is_in_use_is_asked_before_the_environment(tmp_path: Path) -> None:
    output = run(
        """
        import sys
        import torch.distributed as group
        import torch.testing._internal.distributed.fake_pg  # a group of one process that stands for many
        from tbnotebook import SummaryWriter
        group.init_process_group("fake", rank=2, world_size=4, store=group.HashStore())
        SummaryWriter(sys.argv[1]).close()
        """,
        tmp_path,
        silent=False,
    )
    assert output == ""
    assert len(files(tmp_path / "rank2")) == 1


@pytest.mark.usefixtures("no_group")
def test_a_rank_that_writes_nothing_names_the_folder_of_the_one_that_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RANK", "1")
    monkeypatch.setenv("WORLD_SIZE", "2")
    with SummaryWriter(tmp_path / "logs", ranks="zero") as writer:
        writer.add_scalar("x", 1.0, 1)
    assert writer.log_dir == str(tmp_path / "logs")
    assert not (tmp_path / "logs").exists()


def test_any_other_choice_of_ranks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r'"all" or "zero"; got 0'):
        SummaryWriter(tmp_path, ranks=0)  # type: ignore[arg-type]
