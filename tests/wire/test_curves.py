"""The curves of a tag over the axis that a view has, and against a baseline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.wire import DEFAULTS, Curve, curves_of, smooth

STEPS = np.arange(20.0)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> LogDir:
    folder = tmp_path_factory.mktemp("log")
    for name, factor in (("a", 1.0), ("b", 3.0)):
        with SummaryWriter(folder / name) as writer:
            for step in range(20):
                writer.add_scalar("loss", factor * (step + 1), step)
                if name == "b" and step % 5 == 0:
                    writer.add_scalar("epoch", step // 5, step)
    log = LogDir(Path(folder))
    log.poll()
    return log


def drawn(log: LogDir, **options: Any) -> list[Curve]:
    return curves_of(log, "loss", {**DEFAULTS, "smoothing": 0.0, **options})


def test_over_another_tag_points_stand_where_that_tag_is_at_their_step(log: LogDir) -> None:
    [b] = drawn(log, x="epoch")
    assert b.run == "b"  # a has no epochs
    np.testing.assert_allclose(b.x, STEPS[:16] / 5)  # behind the last one there is nothing to say
    np.testing.assert_allclose(b.y, 3 * (STEPS[:16] + 1))


@pytest.mark.parametrize(("how", "want"), [("difference", 2 * (STEPS + 1)), ("ratio", np.full(20, 3.0))])
def test_against_a_baseline_it_is_flat_and_others_are_their_difference_or_multiple(
    log: LogDir, how: str, want: np.ndarray[Any, Any]
) -> None:
    a, b = drawn(log, baseline="a", compare=how)
    assert set(a.y.tolist()) == {0.0 if how == "difference" else 1.0}
    np.testing.assert_allclose(b.y, want)


def test_the_baseline_is_what_is_drawn_of_it(log: LogDir) -> None:
    _, b = drawn(log, baseline="a", smoothing=0.6)
    np.testing.assert_allclose(b.raw, 3 * (STEPS + 1) - smooth(STEPS + 1, 0.6))
    np.testing.assert_allclose(b.y, smooth(3 * (STEPS + 1), 0.6) - smooth(STEPS + 1, 0.6))


def test_against_a_run_that_there_is_not_nothing_is_drawn(log: LogDir) -> None:
    assert drawn(log, baseline="c") == []


def test_of_chosen_points_the_average_is_that_of_all(log: LogDir) -> None:
    some = curves_of(log, "loss", {**DEFAULTS, "x": "relative"}, lambda *_: np.array([0, 7, 19]))
    whole = curves_of(log, "loss", {**DEFAULTS, "x": "relative"})
    for few, all_points in zip(some, whole, strict=True):
        np.testing.assert_allclose(few.y, all_points.y[[0, 7, 19]])
        np.testing.assert_allclose(few.x, all_points.x[[0, 7, 19]])
