"""Hyperparameters: the real TensorBoard's page shows them, our reader makes no run of them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tensorboard.backend.event_processing import data_provider
from tensorboard.backend.event_processing.plugin_event_multiplexer import EventMultiplexer
from tensorboard.context import RequestContext
from tensorboard.plugins import base_plugin
from tensorboard.plugins.hparams import api_pb2, backend_context, list_session_groups

from tbnotebook import LogDir, SummaryWriter
from tbnotebook.writer import BadValue, WriterWarning
from tbnotebook.writer.summaries.hparams import flattened
from tests.events.reading import scalars_in

GIVEN = {
    "lr": 0.1,
    "batch": np.int64(32),
    "amp": True,
    "name": "résumé",
    "seed": None,
    "act": torch.nn.ReLU,
    "opt": {"kind": "adam", "betas": [0.9, 0.99]},
    "wd": torch.tensor(0.5),
}


def page(folder: Path) -> tuple[Any, list[Any]]:
    """What TensorBoard's HParams page shows: the experiment and its groups of sessions."""
    multiplexer = EventMultiplexer().AddRunsFromDirectory(str(folder))
    multiplexer.Reload()
    provider = data_provider.MultiplexerDataProvider(multiplexer, str(folder))
    context = backend_context.Context(base_plugin.TBContext(data_provider=provider))
    request = RequestContext()
    metadata = context.hparams_metadata(request, "")
    hparams = context.hparams_from_data_provider(request, "", limit=100)
    experiment = context.experiment_from_metadata(request, "", True, metadata, hparams)
    wanted = api_pb2.ListSessionGroupsRequest(
        start_index=0,
        slice_size=100,
        include_metrics=True,
        allowed_statuses=[api_pb2.STATUS_SUCCESS],
        col_params=[api_pb2.ColParams(metric=metric.name) for metric in experiment.metric_infos],
    )
    handler = list_session_groups.Handler(request, context, "", wanted)
    return experiment, list(handler.run().session_groups)


def test_tensorboards_page_shows_what_was_given_and_how_it_ended(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer:
        writer.add_hparams(GIVEN, {"acc": 0.75, "loss": torch.tensor(0.25)}, {"lr": [0.1, 0.2]}, "trial 1", 3)
        writer.add_hparams({"lr": 0.2, "amp": False, "seed": 3}, {"acc": 0.5}, "trial 2")
    experiment, groups = page(tmp_path)
    assert {metric.name.tag for metric in experiment.metric_infos} == {"acc", "loss"}
    first = next(group for group in groups if group.hparams["lr"].number_value == 0.1)
    assert {name: value.WhichOneof("kind") for name, value in first.hparams.items()} == {
        "lr": "number_value",
        "batch": "number_value",
        "amp": "bool_value",
        "name": "string_value",
        "seed": "null_value",
        "act": "string_value",
        "opt/kind": "string_value",
        "opt/betas/0": "number_value",
        "opt/betas/1": "number_value",
        "wd": "number_value",
    }
    assert (first.hparams["amp"].bool_value, first.hparams["name"].string_value) == (True, "résumé")
    values = {value.name.tag: (value.value, value.training_step) for value in first.metric_values}
    assert values == {"acc": (0.75, 3), "loss": (0.25, 3)}
    assert len(groups) == 2


def test_our_reader_takes_it_for_a_part_of_the_run(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("loss", 1.0, 0)
        writer.add_hparams({"lr": 0.1}, {"acc": 0.75}, run_name="trial")
        writer.add_hparams({"lr": 0.2}, {}, run_name="../away")
    log = LogDir(tmp_path)
    log.poll()
    assert log.runs["trial"].parent == "."
    assert dict(log.runs["trial"].keys) == {"acc": "trial"}
    assert {run.parent for run in log.runs.values()} == {None, "."}
    assert not list(tmp_path.parent.glob("away*"))


def test_metrics_have_their_own_run_and_step(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_hparams({"lr": 0.1}, {"acc": 0.75}, None, "trial", 9)
    assert scalars_in(tmp_path / "trial") == [(b"acc", 9, 0.75)]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"a": {"b": {"c": 1}}, "d": [1, [2]]}, {"a/b/c": 1, "d/0": 1, "d/1/0": 2}),
        ({"a": {}, "b": [], "c": ()}, {"a": "{}", "b": "[]", "c": "()"}),
        ({1: 2}, {"1": 2}),
        ({"a": list(range(101))}, {"a": str(list(range(101)))}),
        ({"a": math.inf}, {"a": math.inf}),
        ({"a": np.bool_(True), "b": b"x"}, {"a": True, "b": "x"}),
    ],
)
def test_nested_ones_are_flattened_by_one_rule(given: Any, names: dict[str, Any]) -> None:
    assert flattened(given) == names


def test_what_nests_for_ever_or_is_no_dict_is_left_out_and_counted(tmp_path: Path) -> None:
    loop: dict[str, Any] = {}
    loop["again"] = loop
    for given, metrics in ((loop, {}), ([], {}), ({}, []), ({}, {"acc": "high"})):
        with SummaryWriter(tmp_path / "lax") as writer:
            with pytest.warns(WriterWarning):
                writer.add_hparams(given, metrics, run_name="trial")
            assert writer.health.dropped == 1
        with SummaryWriter(tmp_path / "strict", strict=True) as writer, pytest.raises(BadValue):
            writer.add_hparams(given, metrics)


def test_a_domain_may_hold_whatever_a_hyperparameter_may_be(tmp_path: Path) -> None:
    with SummaryWriter(tmp_path, strict=True) as writer:
        writer.add_hparams({"layers": 3}, {}, {"layers": [3, [4, 5], {"a": 1}, None]})
