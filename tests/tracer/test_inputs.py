"""What ``input_to_model`` stands for."""

from __future__ import annotations

from collections import namedtuple

import pytest
import torch
from torch import nn

from tbnotebook.tracer.inputs import call_of, input_names

X, Y = torch.rand(2), torch.rand(2)
Pair = namedtuple("Pair", "a b")


class Two(nn.Module):
    def forward(self, x, mask=None, *, scale=1.0):
        return x


class One(nn.Module):
    def forward(self, batch):
        return batch


class Any_(nn.Module):
    def forward(self, *args, **kwargs):
        return args


@pytest.mark.parametrize(
    ("model", "given", "args", "kwargs"),
    [
        (Two(), X, (X,), {}),
        (Two(), (X, Y), (X, Y), {}),
        (Two(), [X, Y], (X, Y), {}),
        (One(), ([X, Y],), ([X, Y],), {}),
        (One(), Pair(X, Y), (Pair(X, Y),), {}),
        (Two(), {"x": X, "scale": 2.0}, (), {"x": X, "scale": 2.0}),
        (One(), {"x": X}, ({"x": X},), {}),
        (One(), {1: X}, ({1: X},), {}),
        (Two(), (X, {"scale": 2.0}), (X,), {"scale": 2.0}),
        (Two(), (X, {"mask": Y}), (X,), {"mask": Y}),
        (Two(), (X, {"no": Y}), (X, {"no": Y}), {}),
        (One(), ({"x": X},), ({"x": X},), {}),
        (Any_(), (X, {"x": Y}), (X, {"x": Y}), {}),
        (Two(), None, (), {}),
        (Two(), (), (), {}),
    ],
)
def test_arguments(model, given, args, kwargs):
    assert repr(call_of(model, given)) == repr((args, kwargs))


def test_inputs_have_the_names_that_the_model_gives_them():
    assert [name for name, _ in input_names(Two(), ((X, Y), {"scale": 1}))] == ["x", "mask", "scale"]
    assert [name for name, _ in input_names(Any_(), ((X,), {}))] == ["input"]
    assert [name for name, _ in input_names(Any_(), ((X, Y), {}))] == ["input.0", "input.1"]
