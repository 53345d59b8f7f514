"""What ``input_to_model`` stands for."""

from __future__ import annotations

from collections import namedtuple

import pytest
import torch
from torch import nn

from tbnotebook.tracer import TraceError, trace_input
from tbnotebook.tracer.inputs import calls_of, input_names

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
    assert repr(calls_of(model, given)[0]) == repr((args, kwargs))


class Detector(nn.Module):
    """Takes a list of images, as those of torchvision do."""

    def forward(self, images, targets=None):
        assert all(image.dim() == 3 for image in images), "images have three dimensions"
        return [image.sum() for image in images]


def test_a_list_that_is_one_argument_is_tried_where_its_members_do_not_do():
    images = [torch.rand(3, 4, 5), torch.rand(3, 2, 2)]
    assert [repr(call[0]) for call in calls_of(Detector(), images)] == [repr((*images,)), repr((images,))]
    graph = trace_input(Detector(), images)
    assert [node.name for node in graph.nodes if node.kind == "input"] == ["images.0", "images.1"]


def test_a_list_that_is_more_than_the_arguments_is_one():
    assert calls_of(One(), [X, Y]) == [(([X, Y],), {})]


def test_where_no_call_does_the_error_is_that_of_the_likeliest():
    with pytest.raises(TraceError, match="images have three dimensions") as caught:
        trace_input(Detector(), [torch.rand(2, 2)])
    assert "given images [2, 2]" in str(caught.value)


def test_inputs_have_the_names_that_the_model_gives_them():
    assert [name for name, _ in input_names(Two(), ((X, Y), {"scale": 1}))] == ["x", "mask", "scale"]
    assert [name for name, _ in input_names(Any_(), ((X,), {}))] == ["input"]
    assert [name for name, _ in input_names(Any_(), ((X, Y), {}))] == ["input.0", "input.1"]
