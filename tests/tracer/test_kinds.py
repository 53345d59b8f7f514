"""Kinds of models, each with its own pitfall: all module calls with their shapes, and nothing changed."""

from __future__ import annotations

from collections import Counter

import pytest
import torch

from tbnotebook.graph import from_graphdef, to_events_payload
from tbnotebook.tracer import trace
from tbnotebook.tracer.values import shape_of, tensors
from tests.tracer.kinds import KINDS
from tests.tracer.zoo import Record

CASES = [pytest.param(make, id=name) for name, make in KINDS.items()]


def calls(make):
    """How often which modules were called and made what, by hooks and without a tracer."""
    torch.manual_seed(0)
    model, args = make()
    counted = Counter()

    def hook(module, given, made):
        counted[type(module).__name__, str([shape_of(tensor) for _, tensor in tensors(made, objects=False)])] += 1

    for module in model.modules():
        if not isinstance(module, (torch.jit.ScriptModule, torch._dynamo.OptimizedModule)):
            module.register_forward_hook(hook)
    made = model(*args)
    if hasattr(made, "__next__"):
        list(made)
    return counted


@pytest.mark.parametrize("make", CASES)
def test_every_call_is_in_the_graph_and_its_event(make):
    torch.manual_seed(0)
    model, args = make()
    graph = trace(model, *args).graph
    scopes, data = to_events_payload(graph)
    assert from_graphdef(data, scopes) == graph
    known = Counter(
        (scope.cls, str([tensor.shape for tensor in scope.outputs])) for scope in graph.scopes if scope.called
    )
    assert not calls(make) - known


@pytest.mark.parametrize("make", CASES)
def test_nothing_is_changed_by_the_trace(make):
    model, args = make()
    before = Record(model, args, {})
    trace(model, *args)
    after = Record(model, args, {})
    assert [fact for fact, value in before.facts.items() if after.facts[fact] != value] == []
