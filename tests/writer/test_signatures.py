"""Whatever can be called of the peers' writers can be called of ours: the same names, order, defaults."""

from __future__ import annotations

import inspect
from inspect import Parameter
from typing import Any

import pytest
import tensorboardX
import tensorboardX.writer
import torch.utils.tensorboard
import torch.utils.tensorboard.writer

import tbnotebook

PAIRS = {
    "torch": (torch.utils.tensorboard.SummaryWriter, tbnotebook.SummaryWriter),
    "torch's FileWriter": (torch.utils.tensorboard.writer.FileWriter, tbnotebook.FileWriter),
    "tensorboardX": (tensorboardX.SummaryWriter, tbnotebook.SummaryWriter),
    "tensorboardX's FileWriter": (tensorboardX.writer.FileWriter, tbnotebook.FileWriter),
    "tensorboardX's GlobalSummaryWriter": (tensorboardX.GlobalSummaryWriter, tbnotebook.GlobalSummaryWriter),
}
# Names that stand in another place, or are another's: known by name, and where they are of another kind by that, too.
MOVED = {
    ("__init__", "logdir"),
    ("__init__", "log_dir"),
    ("__init__", "comet_config"),
    ("add_hparams", "name"),
    ("add_hparams", "global_step"),  # behind `name`
    ("add_image_with_boxes", "dataformats"),
    ("add_image_with_boxes", "labels"),
    ("add_scalar", "display_name"),
    ("add_scalar", "summary_description"),
    ("add_onnx_graph", "prototxt"),
}

CASES = [
    (side, name)
    for side, (theirs, _) in PAIRS.items()
    for name, method in inspect.getmembers(theirs, callable)
    if name == "__init__" or not name.startswith("_")
]


def parameters(method: Any) -> dict[str, Parameter]:
    found = inspect.signature(method).parameters
    return {name: each for name, each in found.items() if name != "self" and each.kind is not Parameter.VAR_KEYWORD}


@pytest.mark.parametrize(("side", "name"), CASES)
def test_a_call_of_the_peers_is_one_of_ours(side: str, name: str) -> None:
    theirs, ours = (parameters(getattr(kind, name)) for kind in PAIRS[side])
    for place, (parameter, told) in enumerate(theirs.items()):
        if (name, parameter) in MOVED:
            if parameter in ("logdir", "log_dir") and place == 0:
                assert next(iter(ours)) in ("logdir", "log_dir")
            assert parameter in ours or (side, parameter) == ("tensorboardX's FileWriter", "logdir")
            continue
        assert list(ours)[place] == parameter
        assert ours[parameter].kind == told.kind
        assert told.default in (Parameter.empty, ours[parameter].default)
    more = [each for other, each in ours.items() if other not in theirs and other != "log_dir"]
    assert all(each.default is not Parameter.empty for each in more)


def test_nothing_is_lacking() -> None:
    for theirs, ours in PAIRS.values():
        public = {name for name, _ in inspect.getmembers(theirs, callable) if not name.startswith("_")}
        assert {name for name in public if not hasattr(ours, name)} == set()
