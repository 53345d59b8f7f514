"""Which scopes a trace makes of calls, and what it calls them."""

from __future__ import annotations

import torch
from torch import nn

from tbnotebook.tracer import trace
from tests.tracer.found import scope


def test_a_second_call_of_a_module_is_a_scope_of_its_own_that_names_the_first():
    class Twice(nn.Module):
        def __init__(self):
            super().__init__()
            self.f = nn.Linear(4, 4)

        def forward(self, x):
            return self.f(self.f(x))

    graph = trace(Twice(), torch.rand(2, 4)).graph
    first, second = (s for s in graph.scopes if s.path == "f")
    assert (first.name, second.name) == ("f", "f_1")
    assert (first.call, second.call) == (0, 1)
    assert graph.scopes[second.shared_with] is first


def test_tied_weights_name_the_first_of_them():
    class Tied(nn.Module):
        def __init__(self):
            super().__init__()
            self.emb = nn.Embedding(30, 8)
            self.dec = nn.Linear(8, 30, bias=False)
            self.dec.weight = self.emb.weight

        def forward(self, i):
            return self.dec(self.emb(i))

    graph = trace(Tied(), torch.randint(0, 30, (2, 4))).graph
    assert [p.shared for p in scope(graph, "dec").params] == ["emb.weight"]
    assert graph.params == 240


def test_a_direct_call_of_forward_is_a_call():
    class Direct(nn.Module):
        def __init__(self):
            super().__init__()
            self.f = nn.Linear(4, 4)

        def forward(self, x):
            return self.f.forward(x)

    assert scope(trace(Direct(), torch.rand(2, 4)).graph, "f").outputs[0].shape == (2, 4)


def test_modules_in_a_plain_list_go_by_the_lists_name():
    class Hidden(nn.Module):
        def __init__(self):
            super().__init__()
            self.convs = [nn.Sequential(nn.Linear(4, 4)), nn.Linear(4, 4)]

        def forward(self, x):
            for conv in self.convs:
                x = conv(x)
            return x

    graph = trace(Hidden(), torch.rand(2, 4)).graph
    assert [s.path for s in graph.scopes if s.called] == ["", "convs.0", "convs.0.0", "convs.1"]
    assert not scope(graph, "convs").called


def test_modules_in_containers_within_containers_go_by_all_their_places():
    class Hidden(nn.Module):
        def __init__(self):
            super().__init__()
            self.parts = {"a": [nn.Linear(4, 4)], "b.c": (nn.Linear(4, 4),)}

        def forward(self, x):
            return self.parts["b.c"][0](self.parts["a"][0](x))

    graph = trace(Hidden(), torch.rand(2, 4)).graph
    assert [s.path for s in graph.scopes if s.called] == ["", "parts.a.0", "parts.b_c.0"]


def test_a_module_that_its_forward_makes_goes_by_its_name():
    class Late(nn.Module):
        def forward(self, x):
            self.head = nn.Linear(4, 2)
            return self.head(x)

    assert scope(trace(Late(), torch.rand(2, 4)).graph, "head").outputs[0].shape == (2, 2)


def test_a_module_has_the_name_under_its_caller():
    class Both(nn.Module):
        def __init__(self):
            super().__init__()
            self.a = nn.Linear(4, 4)
            self.body = nn.Sequential(nn.ReLU(), self.a)

        def forward(self, x):
            return self.body(self.a(x))

    graph = trace(Both(), torch.rand(2, 4)).graph
    assert [s.path for s in graph.scopes] == ["", "a", "body", "body.0", "body.1"]
    assert graph.scopes[scope(graph, "body.1").shared_with].path == "a"


def test_a_module_that_holds_the_one_above_it_is_traced():
    class Child(nn.Module):
        def __init__(self, above):
            super().__init__()
            self.above, self.f = above, nn.Linear(4, 4)

        def forward(self, x):
            return self.f(x) * self.above.scale

    class Above(nn.Module):
        def __init__(self):
            super().__init__()
            self.scale = nn.Parameter(torch.ones(1))
            self.child = Child(self)

        def forward(self, x):
            return self.child(x)

    graph = trace(Above(), torch.rand(2, 4)).graph
    assert [s.path for s in graph.scopes] == ["", "child", "child.f"]
    assert graph.params == 21
