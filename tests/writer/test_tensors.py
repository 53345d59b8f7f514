from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
import torch

from tbnotebook import SummaryWriter
from tbnotebook.writer import WriterWarning
from tests.events.reading import scalars_in

GOOD: list[tuple[Any, float]] = [
    (torch.tensor(0.5), 0.5),
    (torch.tensor([0.5]), 0.5),
    (torch.tensor([[3]]), 3.0),
    (torch.tensor(True), 1.0),
    (torch.tensor(0.5, dtype=torch.float64), 0.5),
    (torch.tensor(0.5, requires_grad=True), 0.5),
    (torch.tensor(0.5, requires_grad=True) * 3, 1.5),
    (torch.tensor(0.5, dtype=torch.float16), 0.5),
    (torch.tensor(2.0**17, dtype=torch.bfloat16), 2.0**17),
    (torch.tensor(0.5).to(torch.float8_e4m3fn), 0.5),
    (torch.tensor(float("inf")), math.inf),
]
BAD = [
    torch.tensor([1.0, 2.0]),
    torch.tensor([]),
    torch.tensor(1j),
    torch.tensor(1.0, device="meta"),
]


@pytest.mark.parametrize(("given", "stored"), GOOD)
def test_a_tensor_of_one_element_is_written(tmp_path: Path, given: Any, stored: float) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer:
        writer.add_scalar("x", given, torch.tensor(3))
    assert scalars_in(tmp_path) == [(b"x", 3, stored)]


@pytest.mark.parametrize("given", BAD, ids=["two elements", "empty", "complex", "meta"])
def test_any_other_tensor_is_left_out_and_counted(tmp_path: Path, given: Any) -> None:
    with pytest.warns(WriterWarning, match="one real number"), SummaryWriter(tmp_path) as writer:
        writer.add_scalar("x", given, 3)
    assert scalars_in(tmp_path) == []
    assert writer.health.dropped == 1


def test_a_tensor_that_changes_in_place_is_taken_as_it_was(tmp_path: Path) -> None:
    loss = torch.zeros(())
    with SummaryWriter(tmp_path) as writer:
        for step in range(500):
            loss += 1
            writer.add_scalar("loss", loss, step)
    assert scalars_in(tmp_path) == [(b"loss", step, step + 1.0) for step in range(500)]
