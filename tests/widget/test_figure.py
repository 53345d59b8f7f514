"""`view.figure` of runs that are one experiment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.still.log_picture import picture_of
from tbnotebook.widget.figure import figure
from tbnotebook.wire import DEFAULTS, Colors, smooth

SEEDS = 3


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> LogDir:
    folder = tmp_path_factory.mktemp("seeds")
    for run in [*(f"adam_seed{seed}" for seed in range(SEEDS)), "alone"]:
        with SummaryWriter(folder / run) as writer:
            for step in range(20):
                writer.add_scalar("loss", hash_of(run, step), step)
    log = LogDir(folder)
    log.poll()
    return log


def hash_of(run: str, step: int) -> float:
    return float(np.random.default_rng([len(run), ord(run[-1]), step]).random())


def test_of_several_tags_each_has_its_dash_and_is_named(log: LogDir) -> None:
    options = {**DEFAULTS, "smoothing": 0, "hidden": ["adam_seed1", "adam_seed2"]}
    whole = figure(log, ["loss", "loss"], options, Colors())
    assert [(trace.name, trace.line.dash) for trace in whole.data] == [
        ("adam_seed0, loss", "solid"),
        ("alone, loss", "solid"),
        ("adam_seed0, loss", "dash"),
        ("alone, loss", "dash"),
    ]


def drawn(log: LogDir, **options: Any) -> Any:
    return figure(log, "loss", {**DEFAULTS, "groups": "seeds", **options}, Colors())


def values(log: LogDir, weight: float) -> np.ndarray[Any, Any]:
    return np.array([smooth(log.runs[f"adam_seed{seed}"].scalars["loss"].value, weight) for seed in range(SEEDS)])


@pytest.mark.parametrize("weight", [0.0, 0.6])
def test_a_group_is_the_mean_of_what_is_drawn_of_its_runs_in_its_band(log: LogDir, weight: float) -> None:
    low, high, centre = drawn(log, smoothing=weight).data[-3:]
    mean, deviation = values(log, weight).mean(axis=0), values(log, weight).std(axis=0, ddof=1)
    assert centre.name == "adam, mean ± std of 3"
    np.testing.assert_allclose(centre.y, mean, rtol=1e-12)
    np.testing.assert_allclose(low.y, mean - deviation, rtol=1e-12)
    np.testing.assert_allclose(high.y, mean + deviation, rtol=1e-12)
    assert high.fill == "tonexty"


def test_a_group_takes_the_place_of_its_runs_unless_they_are_wanted(log: LogDir) -> None:
    assert [trace.name for trace in drawn(log, smoothing=0, band="none").data] == ["alone", "adam, mean of 3"]
    assert len(drawn(log, smoothing=0, band="none", members=True).data) == 2 + SEEDS
    assert len(drawn(log, smoothing=0, groups="").data) == 1 + SEEDS
    assert len(drawn(log, smoothing=0, band="none", hidden=["adam_seed0", "adam_seed1"]).data) == 2


def test_runs_that_were_given_the_same_are_a_group_in_figure_and_picture(tmp_path: Path) -> None:
    for number, lr in enumerate([0.1, 0.1, 1e-5, 1e-5]):
        with SummaryWriter(tmp_path / f"run{number}") as writer:
            writer.add_scalar("loss", number, 0)
            writer.add_hparams({"lr": lr}, {"hparam/loss": number})
    with SummaryWriter(tmp_path / "several") as writer:
        writer.add_scalar("loss", 9, 0)
        for lr in (0.1, 0.1):
            writer.add_hparams({"lr": lr}, {"hparam/loss": 1})
    log = LogDir(tmp_path)
    log.poll()
    options = {**DEFAULTS, "groups": "hparam:lr", "smoothing": 0, "band": "none"}
    names = [trace.name for trace in figure(log, "loss", options, Colors()).data]
    assert names == ["several", "lr=0.1, mean of 2", "lr=1e-5, mean of 2"]
    picture = picture_of(log, options, colors=Colors(), title="logs", note="", view_id="v")
    assert [legend.name for legend in picture.runs] == ["lr=0.1 · 2 runs", "lr=1e-5 · 2 runs", "several"]
