"""The zoo of models in the shared folder, and a record of all that a trace must leave as it is."""

from __future__ import annotations

import collections
import gc
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
from torch.overrides import TorchFunctionMode

from tbnotebook.tracer.values import tensors

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
    A model on the meta device that asks whether a tensor is true is told so: there it has no values.
    """
    case = dict(ZOO.CASES)[name]
    try:
        calls = ZOO.oracle(case)
    except RuntimeError as error:
        if "meta tensors" not in str(error):
            raise
        with TrueOnMeta():
            calls = ZOO.oracle(case)
    return [
        (path.removeprefix("_orig_mod").removeprefix("."), cls, *rest)
        for path, cls, *rest in calls
        if cls != "OptimizedModule"
    ]


class TrueOnMeta(TorchFunctionMode):
    """Takes tensors without values to be true."""

    def __torch_function__(self, func, types, args=(), kwargs=None):
        if func is torch.Tensor.__bool__ and args[0].is_meta:
            return True
        return func(*args, **(kwargs or {}))


class Record:
    """What can be told of a model, its inputs and the process; two records are equal if nothing changed."""

    def __init__(self, model: Any, args: tuple, kwargs: dict) -> None:
        model = getattr(model, "_orig_mod", model)
        self.modules = list(model.modules()) if isinstance(model, nn.Module) else []
        given = [tensor for _, tensor in tensors((args, kwargs))]
        self.facts = {
            "state": [self._values(m) for m in self.modules],
            "grads": [(p.grad is None, bits(p.grad)) for p in self._parameters()],
            "identities": [id(p) for p in self._parameters()],
            "asks for gradients": [p.requires_grad for p in self._parameters()],
            "classes": [type(m) for m in self.modules],
            "forwards": [type(m).__dict__.get("forward") for m in self.modules],
            "class attributes": [
                list(vars(cls).items())
                for cls in {type(m): None for m in self.modules}
                if not cls.__module__.startswith("torch.")  # torch.jit keeps its own facts in them
            ],
            "attributes": [self._attributes(m) for m in self.modules],
            "inputs": [bits(t) for t in given],
            "input objects": [content(part, 0) for part in (*args, *kwargs.values())],
            "versions": [None if t.is_inference() else t._version for t in given],
            "random": random.getstate(),
            "numpy": [str(part) for part in np.random.get_state()],
            "torch": bits(torch.get_rng_state()),
            "call": nn.Module.__call__,
            "gradients on": torch.is_grad_enabled(),
            "default dtype": torch.get_default_dtype(),
            "fast path": torch.backends.mha.get_fastpath_enabled(),
            "recursion": sys.getrecursionlimit(),
            "collector": gc.isenabled(),
        }

    def _parameters(self):
        return [p for m in self.modules for p in m.parameters(recurse=False)]

    @staticmethod
    def _values(module):
        own = [*module.named_parameters(recurse=False), *module.named_buffers(recurse=False)]
        return [(name, bits(tensor)) for name, tensor in own]

    @staticmethod
    def _attributes(module):
        if isinstance(module, torch.jit.ScriptModule):
            return []
        return [(key, content(value, 0)) for key, value in vars(module).items()]


def content(value, depth):
    """A value so that a change in it, in its members or in their order shows."""
    if isinstance(value, (int, float, str, bool, type(None))):
        return value
    if isinstance(value, torch.Generator):
        return bits(value.get_state())
    if isinstance(value, np.ndarray):
        return value.tobytes()
    if isinstance(value, np.random.Generator):
        return str(value.bit_generator.state)
    if isinstance(value, random.Random):
        return value.getstate()
    if depth > 3 or isinstance(value, (nn.Module, torch.Tensor)):
        return id(value)
    if isinstance(value, dict):
        return [(key, content(part, depth + 1)) for key, part in value.items()]
    if isinstance(value, (list, tuple, collections.deque)):
        return [content(part, depth + 1) for part in value]
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    if type(value).__module__.partition(".")[0] in ("tests", "__main__", "tbnotebook_zoo", "more"):
        return [(key, content(part, depth + 1)) for key, part in getattr(value, "__dict__", {}).items()]
    return id(value)


def bits(tensor):
    """A tensor's content, NaN equal to NaN."""
    if tensor is None or nn.parameter.is_lazy(tensor) or tensor.device.type == "meta":
        return None
    if hasattr(tensor, "__tensor_flatten__"):
        parts = [getattr(tensor, name) for name in tensor.__tensor_flatten__()[0]]
        return [bits(part) for part in parts if isinstance(part, torch.Tensor)]
    with torch.no_grad():
        plain = tensor.detach()
        if plain.is_nested:
            return [bits(part) for part in plain.unbind()]
        dense = plain.to_dense() if plain.layout != torch.strided else plain
        # A copy: memory that numpy has looked at can no longer be resized, which some observers do.
        return dense.clone().cpu().contiguous().view(-1).view(torch.uint8).numpy().tobytes() if dense.numel() else b""
