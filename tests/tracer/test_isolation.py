"""What a forward pass changes is put back."""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass

import numpy as np
import pytest
import torch
from torch import nn

from tbnotebook.tracer import trace
from tests.tracer.zoo import Record


def unchanged(model, *args, **kwargs):
    """Trace, and return the facts that are not as they were."""
    before = Record(model, args, kwargs)
    trace(model, *args, **kwargs)
    after = Record(model, args, kwargs)
    return [fact for fact, value in before.facts.items() if after.facts[fact] != value]


class Tally:
    """What a user writes beside a model, to count in."""

    def __init__(self):
        self.count, self.seen = 0, []


class Does(nn.Module):
    """A module that does something to itself, then one step."""

    calls = 0
    known = []  # noqa: RUF012

    def __init__(self, deed):
        super().__init__()
        self.f = nn.Linear(4, 4)
        self.register_buffer("mean", torch.zeros(4))
        self.cache = {"list": [1], "queue": set()}
        self.plain = torch.zeros(4)
        self.deed = deed
        self.tally = Tally()
        self.sums = np.zeros(3)
        self.dice = (torch.Generator(), np.random.default_rng(1), random.Random(1))

    def forward(self, x):
        self.deed(self, x)
        return self.f(x)


class Other(nn.Linear):
    """What a module may turn into."""


def write_parameter(model, x):
    with torch.no_grad():
        model.f.weight.mul_(2)
        model.f.bias.data[0] = 7


DEEDS = {
    "a parameter is written": write_parameter,
    "a parameter is replaced": lambda m, x: setattr(m.f, "weight", nn.Parameter(torch.ones(4, 4))),
    "a parameter's data are replaced": lambda m, x: setattr(m.f.weight, "data", torch.ones(4, 4)),
    "a parameter is frozen": lambda m, x: m.f.weight.requires_grad_(False),
    "a buffer is written": lambda m, x: m.mean.add_(x.mean(0)),
    "a buffer is replaced": lambda m, x: setattr(m, "mean", m.mean + 1),
    "a plain tensor is written": lambda m, x: m.plain.add_(1),
    "a nested container grows": lambda m, x: (m.cache["list"].append(x), m.cache["queue"].add(1)),
    "an attribute appears": lambda m, x: setattr(m, "last", x),
    "an attribute goes": lambda m, x: delattr(m, "cache"),
    "the mode changes": lambda m, x: m.eval(),
    "a module is added": lambda m, x: m.add_module("late", nn.Linear(2, 2)),
    "a hook is added": lambda m, x: m.f.register_forward_hook(lambda *a: None),
    "the class changes": lambda m, x: setattr(m.f, "__class__", Other),
    "random numbers are drawn": lambda m, x: (torch.rand(3), np.random.rand(3), random.random()),
    "the input is written": lambda m, x: x.add_(1),
    "the class counts": lambda m, x: setattr(type(m), "calls", m.calls + 1),
    "the class gets an attribute": lambda m, x: setattr(type(m), "late", x),
    "the class's list grows": lambda m, x: m.known.append(x),
    "an object of one's own counts": lambda m, x: (setattr(m.tally, "count", 1), m.tally.seen.append(x)),
    "an array is written": lambda m, x: m.sums.__iadd__(1),
    "its own generators are used": lambda m, x: (
        torch.rand(3, generator=m.dice[0]),
        m.dice[1].random(),
        m.dice[2].random(),
    ),
    "gradients are cleared": lambda m, x: setattr(m.f.weight, "grad", None),
}


@pytest.mark.parametrize("deed", [pytest.param(deed, id=name) for name, deed in DEEDS.items()])
def test_it_is_as_if_nothing_had_run_when(deed):
    model, x = Does(deed), torch.rand(2, 4)
    model.f.weight.grad = torch.ones(4, 4)
    assert unchanged(model, x) == []
    assert torch.equal(model.plain, torch.zeros(4))


def test_a_generator_among_the_arguments_stands_where_it_stood():
    dice = torch.Generator()
    state = dice.get_state()
    trace(lambda x, generator: x + torch.rand(2, generator=generator), torch.rand(2), generator=dice)
    assert torch.equal(dice.get_state(), state)


def test_an_object_that_is_not_the_models_may_change_meanwhile():
    """A logger that the model refers to writes on, whoever calls it."""
    heard = []
    handler = logging.Handler()
    handler.emit = heard.append
    logger = logging.getLogger("tbnotebook.test")

    def deed(model, x):
        logger.addHandler(handler)
        logger.error("called")

    model = Does(deed)
    model.logger = logger
    trace(model, torch.rand(2, 4))
    assert logger.handlers == [handler]
    assert [record.getMessage() for record in heard] == ["called"]
    logger.removeHandler(handler)


def test_gradients_that_a_forward_accumulates_are_taken_back():
    class Trains(nn.Module):
        def __init__(self):
            super().__init__()
            self.f = nn.Linear(4, 1)

        def forward(self, x):
            loss = self.f(x).sum()
            loss.backward()
            return loss.detach()

    model = Trains()
    model.f.weight.grad = torch.ones(1, 4)
    kept = model.f.weight.grad
    assert unchanged(model, torch.rand(2, 4)) == []
    assert model.f.weight.grad is kept
    assert model.f.bias.grad is None


def test_one_tensor_given_twice_stays_one_tensor():
    def same(a, b):
        return a + 1 if a is b["again"][0] else a.exp()

    x = torch.rand(2)
    graph = trace(same, x, {"again": [x]}).graph
    assert [node.op for node in graph.nodes if node.kind == "op"] == ["add"]


@dataclass
class Batch:
    x: torch.Tensor
    lock: object = None


def test_an_argument_that_cannot_be_copied_costs_only_itself():
    import threading

    x, lock = torch.rand(2), threading.Lock()

    def model(batch):
        return [part.add_(1) for part in batch if isinstance(part, torch.Tensor)]

    before = x.clone()
    trace(model, [x, lock])
    assert torch.equal(x, before)


def test_a_batch_of_ones_own_class_is_written_in_a_copy():
    x = torch.rand(2)
    before = x.clone()
    graph = trace(lambda batch: batch.x.add_(1), Batch(x)).graph
    assert torch.equal(x, before)
    assert [node.name for node in graph.nodes if node.kind == "input"] == ["batch.x"]


def test_an_argument_that_holds_itself_is_copied():
    loop = [torch.rand(2)]
    loop.append(loop)
    graph = trace(lambda value: value[1][0] + 1, loop).graph
    assert any(node.op == "add" and node.inputs for node in graph.nodes)


def test_another_thread_that_runs_its_own_model_is_not_in_the_graph():
    import threading

    other = nn.Linear(4, 4)

    def deed(model, x):
        worker = threading.Thread(target=other, args=(torch.rand(1, 4),))
        worker.start()
        worker.join()

    graph = trace(Does(deed), torch.rand(2, 4)).graph
    assert [scope.path for scope in graph.scopes] == ["", "f"]
