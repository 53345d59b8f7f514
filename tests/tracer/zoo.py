"""The zoo of models in the shared folder, and a record of all that a trace must leave as it is."""

from __future__ import annotations

import importlib.util
import os
import random
import sys
import unittest
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.utils._pytree import tree_leaves, tree_map

REPOSITORY = Path(__file__).parents[2]
ZOO_FILE = Path(os.environ.get("TBNOTEBOOK_SHARED", REPOSITORY.parent / "shared")) / "zoo" / "zoo.py"


def load():
    """The zoo as a module, or None where the shared folder is missing."""
    if not ZOO_FILE.is_file():
        return None
    spec = importlib.util.spec_from_file_location("tbnotebook_zoo", ZOO_FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


ZOO = load()
ALL_NAMES = [name for name, _ in ZOO.CASES] if ZOO else []
NAMES = [name for name in ALL_NAMES if not ZOO.META[name].get("heavy")]
GOOD = [name for name in NAMES if ZOO.META[name]["expect"] == "ok"]


def make(name: str) -> tuple[Any, tuple, dict]:
    """A fresh model and its arguments; skips the test where the case's package is missing."""
    try:
        return dict(ZOO.CASES)[name]()
    except unittest.SkipTest as reason:
        pytest.skip(str(reason))


def oracle(name: str) -> list:
    """Every module call of a real pass, by plain hooks; what torch.compile wraps goes by its own name.

    As the zoo tells them: path, class, number of children, shapes of inputs and outputs, whether an output is an input.
    A model on the meta device that asks for a value in its forward pass runs with fake tensors only.
    """
    case = dict(ZOO.CASES)[name]
    try:
        calls = ZOO.oracle(case)
    except RuntimeError as error:
        if "meta tensors" not in str(error):
            raise
        model, *given = case()
        with FakeTensorMode(allow_non_fake_inputs=True) as mode:
            args, kwargs = tree_map(lambda part: mode.from_tensor(part) if torch.is_tensor(part) else part, given)
            calls = ZOO.oracle(lambda: (model, args, kwargs))
    return [
        (path.removeprefix("_orig_mod").removeprefix("."), cls, *rest)
        for path, cls, *rest in calls
        if cls != "OptimizedModule"
    ]


class Record:
    """What can be told of a model, its inputs and the process; two records are equal if nothing changed."""

    def __init__(self, model: Any, args: tuple, kwargs: dict) -> None:
        model = getattr(model, "_orig_mod", model)
        self.modules = list(model.modules()) if isinstance(model, nn.Module) else []
        self.facts = {
            "state": [self._values(m) for m in self.modules],
            "grads": [(p.grad is None, bits(p.grad)) for p in self._parameters()],
            "identities": [id(p) for p in self._parameters()],
            "asks for gradients": [p.requires_grad for p in self._parameters()],
            "classes": [type(m) for m in self.modules],
            "forwards": [type(m).__dict__.get("forward") for m in self.modules],
            "attributes": [self._attributes(m) for m in self.modules],
            "inputs": [bits(t) for t in tensors_in((args, kwargs))],
            "versions": [t._version for t in tensors_in((args, kwargs))],
            "random": random.getstate(),
            "numpy": [str(part) for part in np.random.get_state()],
            "torch": bits(torch.get_rng_state()),
            "call": nn.Module.__call__,
            "gradients on": torch.is_grad_enabled(),
            "fast path": torch.backends.mha.get_fastpath_enabled(),
            "recursion": sys.getrecursionlimit(),
        }

    def _parameters(self):
        return [p for m in self.modules for p in m.parameters(recurse=False)]

    @staticmethod
    def _values(module):
        tensors = [*module.named_parameters(recurse=False), *module.named_buffers(recurse=False)]
        return [(name, bits(tensor)) for name, tensor in tensors]

    @staticmethod
    def _attributes(module):
        if isinstance(module, torch.jit.ScriptModule):
            return []
        return [(key, shape_of_value(value)) for key, value in vars(module).items()]


def shape_of_value(value):
    """An attribute so that a change in it, in its members or in their order shows."""
    if isinstance(value, dict):
        return [(key, id(part)) for key, part in value.items()]
    if isinstance(value, (list, tuple)):
        return [id(part) for part in value]
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    return value if isinstance(value, (int, float, str, bool, type(None))) else id(value)


def bits(tensor):
    """A tensor's content, NaN equal to NaN."""
    if tensor is None or nn.parameter.is_lazy(tensor) or tensor.device.type == "meta":
        return None
    with torch.no_grad():
        dense = tensor.detach().to_dense() if tensor.layout != torch.strided else tensor.detach()
        return dense.cpu().contiguous().view(-1).view(torch.uint8).numpy().tobytes() if dense.numel() else b""


def tensors_in(value):
    return [leaf for leaf in tree_leaves(value) if isinstance(leaf, torch.Tensor)]
