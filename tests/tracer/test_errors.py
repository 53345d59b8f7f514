"""A model that raises: its own error, where it happened and given what; and the model left as it was."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from tbnotebook.tracer import TraceError, trace, trace_input
from tests.tracer.zoo import NAMES, ZOO, Record, make

ERRORS = [name for name in NAMES if ZOO.META[name]["expect"].startswith("error:")]


@pytest.mark.parametrize("name", ERRORS)
def test_the_zoos_errors_name_the_module_the_shapes_and_the_models_own_words(name):
    model, args, kwargs = make(name)
    with pytest.raises(TraceError, match="mat1 and mat2") as caught:
        trace_input(model, ZOO.as_input(args, kwargs))
    assert "in enc.1 (Linear), given input [2, 4]" in str(caught.value)
    assert isinstance(caught.value.__cause__, RuntimeError)


class Moody(nn.Module):
    """Changes all that it can, then raises."""

    def __init__(self):
        super().__init__()
        self.f = nn.Linear(4, 4)
        self.register_buffer("steps", torch.zeros(()))
        self.seen = []

    def forward(self, x, batch=None):
        self.steps += 1
        self.seen.append(x)
        self.extra = x
        self.f.weight.data.mul_(2)
        self.eval()
        torch.rand(1)
        x.add_(1)
        raise ValueError("no more")


def test_a_model_that_raises_is_left_as_it_was():
    model, x = Moody(), torch.rand(2, 4)
    before = Record(model, (x,), {})
    with pytest.raises(
        TraceError, match=r"forward raised ValueError in the model \(Moody\), given x \[2, 4\]: no more"
    ):
        trace(model, x)
    assert Record(model, (x,), {}).facts == before.facts


def test_a_missing_argument_is_told_in_the_models_words():
    with pytest.raises(TraceError, match="missing 1 required positional argument"):
        trace_input(nn.Linear(2, 2), None)


def test_what_cannot_be_called_is_no_model():
    with pytest.raises(TypeError, match=r"a model is a torch\.nn\.Module or a function, not int"):
        trace(3, torch.rand(2))


def test_an_error_that_the_model_catches_is_its_own_affair():
    class Tries(nn.Module):
        def __init__(self):
            super().__init__()
            self.wrong, self.right = nn.Linear(3, 3), nn.Linear(4, 4)

        def forward(self, x):
            try:
                return self.wrong(x)
            except RuntimeError:
                return self.right(x)

    graph = trace(Tries(), torch.rand(2, 4)).graph
    assert [node.op for node in graph.nodes if node.kind == "op"] == ["linear"]


def test_an_interrupt_goes_through_and_puts_everything_back():
    class Interrupted(nn.Module):
        def forward(self, x):
            self.extra = x
            raise KeyboardInterrupt

    model, x = Interrupted(), torch.rand(2)
    before = Record(model, (x,), {})
    with pytest.raises(KeyboardInterrupt):
        trace(model, x)
    assert Record(model, (x,), {}).facts == before.facts


def test_a_model_that_differentiates_in_its_forward_needs_the_next_rung_and_says_so():
    class Force(nn.Module):
        def __init__(self):
            super().__init__()
            self.f = nn.Linear(4, 1)

        def forward(self, x):
            x = x.requires_grad_()
            energy = self.f(x).sum()
            return torch.autograd.grad(energy, x)[0]

    graph = trace(Force(), torch.rand(2, 4)).graph
    assert graph.mode == "real+functions+kernels+grad"
    assert "RuntimeError" in graph.notes[0]
