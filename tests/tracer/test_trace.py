"""What a trace says of a model: scopes, operations, edges, facts."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from torch import nn
from torch.nn import functional

from tbnotebook.tracer import Trace, TraceError, trace, trace_input
from tests.tracer.found import reads, scope, the


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.dense = nn.Linear(10, 1)

    def forward(self, x):
        return self.dense(x)


def test_the_quickstarts_net():
    graph = trace(Net(), torch.rand(2, 10)).graph
    linear = the(graph, op="linear")
    assert [(p.name, p.shape) for p in linear.params] == [("weight", (1, 10)), ("bias", (1,))]
    assert [t.shape for t in linear.outputs] == [(2, 1)]
    assert [(n.name, n.outputs[0].shape) for n in reads(graph, linear)] == [("x", (2, 10))]
    assert reads(graph, the(graph, kind="output")) == [linear]
    assert (graph.params, graph.trainable, graph.flops, graph.dtypes) == (11, 11, 40, ["float32"])
    dense = scope(graph, "dense")
    assert (dense.cls, dense.total, dense.flops, dense.bytes) == ("Linear", 11, 40, 8)
    assert (dense.attrs["in_features"], dense.attrs["out_features"]) == ("10", "1")
    assert dense.source.startswith("torch/nn/modules/linear.py:")


def test_the_source_of_a_class_is_its_own_line():
    graph = trace(Net(), torch.rand(2, 10)).graph
    file, _, line = graph.scopes[0].source.rpartition(":")
    assert file.endswith("test_trace.py")
    with open(__file__, encoding="utf-8") as source:
        assert source.read().splitlines()[int(line) - 1] == "class Net(nn.Module):"


def test_a_trace_tells_what_it_is_and_draws_itself(monkeypatch):
    drawn = []
    import tbnotebook.widget

    monkeypatch.setattr(tbnotebook.widget, "show_graph", drawn.append)
    made = trace(Net(), torch.rand(2, 10))
    assert isinstance(made, Trace)
    assert repr(made) == "<Trace of Net: 3 nodes, 11 parameters>"
    made._ipython_display_()
    assert drawn == [made.graph]


def test_a_function_is_a_model_too():
    def double(x):
        return x * 2

    graph = trace(double, torch.rand(3)).graph
    assert graph.name == "double"
    assert the(graph, op="mul").attrs == {"other": "2"}


class Wired(nn.Module):
    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, x):
        return self.body(x)


def traced(body, *shape):
    return trace(Wired(body), torch.rand(*(shape or (2, 4)))).graph


def test_a_write_through_a_view_is_seen_by_who_reads_the_whole():
    def body(x):
        y = x + 1
        y[:, 0].mul_(3)
        return y.exp()

    graph = traced(body)
    sources = [node.op for node in reads(graph, the(graph, op="exp"))]
    assert sources == ["add", "mul"]
    assert the(graph, op="mul").mutates


def test_a_view_does_not_hide_who_made_the_memory():
    def body(x):
        y = x + 1
        z = y.view(-1)
        return y.exp().sum() + z.sum()

    graph = traced(body)
    assert [node.op for node in reads(graph, the(graph, op="exp"))] == ["add"]
    assert the(graph, op="view").is_view


def test_what_leads_nowhere_is_dropped_but_not_a_module_that_ran():
    class Idle(nn.Module):
        def __init__(self):
            super().__init__()
            self.unused = nn.Linear(4, 4)

        def forward(self, x):
            self.unused(x)
            x.exp().sum()
            return x + 1

    graph = trace(Idle(), torch.rand(2, 4)).graph
    assert sorted(node.op for node in graph.nodes if node.kind == "op") == ["add", "linear"]


def test_a_module_that_hands_its_input_on_is_a_step():
    graph = trace(nn.Sequential(nn.Linear(4, 4), nn.Dropout(), nn.ReLU()).eval(), torch.rand(2, 4)).graph
    drop = the(graph, kind="module")
    assert drop.op == "Dropout"
    assert [node.op for node in reads(graph, drop)] == ["linear"]
    assert reads(graph, the(graph, op="relu")) == [drop]


def test_a_model_that_hands_its_input_on_is_a_step_too():
    graph = trace(nn.Identity(), torch.rand(2)).graph
    assert [node.kind for node in graph.nodes] == ["input", "module", "output"]


def test_a_jagged_tensor_has_the_sizes_that_are_numbers():
    def body(x):
        return torch.nested.nested_tensor([x[:1], x], layout=torch.jagged).sin().values()

    assert the(traced(body), op="sin").outputs[0].shape == (2, None, 4)


def test_a_tensor_from_nowhere_is_a_constant():
    table = torch.arange(4.0)
    graph = traced(lambda x: x + table + table)
    assert the(graph, kind="const").outputs[0].shape == (4,)


def test_attention_is_counted_by_its_shapes():
    def body(x):
        return functional.scaled_dot_product_attention(x, x, x)

    graph = traced(body, 2, 3, 5, 8)
    assert the(graph, op="scaled_dot_product_attention").flops == 2 * (2 * 3) * 5 * 5 * (8 + 8)


def test_a_meta_model_is_traced_without_values():
    with torch.device("meta"):
        model = nn.Sequential(nn.Linear(8192, 8192), nn.ReLU())
    graph = trace_input(model, torch.rand(2, 8192))
    assert graph.mode == "meta+functions+kernels"
    assert graph.params == 8192 * 8193
    assert graph.flops == 2 * 2 * 8192 * 8192


def test_a_decision_on_a_value_that_a_meta_model_lacks_is_guessed_and_said():
    class Decides(nn.Module):
        def __init__(self):
            super().__init__()
            self.f = nn.Linear(4, 4)

        def forward(self, x):
            return self.f(x) if x.sum() > 0 else x

    with torch.device("meta"):
        model = Decides()
    graph = trace_input(model, torch.rand(2, 4))
    assert scope(graph, "f").called
    assert graph.mode == "meta+functions+kernels+guess"
    assert "bool of a tensor without data was taken to be true" in graph.notes


def test_any_model_can_be_traced_without_values():
    class Sizes(nn.Module):
        def __init__(self):
            super().__init__()
            self.f = nn.Linear(4, 4)
            self.register_buffer("steps", torch.zeros(()))

        def forward(self, x):
            self.steps += 1
            return self.f(x)

    model = Sizes()
    graph = trace_input(model, torch.rand(2, 4), fake=True)
    assert graph.mode == "fake+functions+kernels"
    assert scope(graph, "f").outputs[0].shape == (2, 4)
    assert graph.flops == 2 * 2 * 4 * 4
    assert type(model.steps) is torch.Tensor
    assert model.steps == 0


def test_without_fake_tensors_a_meta_model_that_asks_for_a_value_raises():
    with torch.device("meta"):
        model = Wired(lambda x: x if x.sum() > 0 else -x)
        model.f = nn.Linear(4, 4)
    with pytest.raises(TraceError, match="meta tensors"):
        trace_input(model, torch.rand(2, 4), fake=False)


def test_to_a_depth_the_modules_beneath_are_one_node():
    block = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
    model = nn.Sequential(block, nn.Sequential(nn.Sequential(nn.Linear(4, 4)), nn.Tanh()), nn.Linear(4, 2))
    whole = trace_input(model, torch.rand(2, 4))
    graph = trace_input(model, torch.rand(2, 4), depth=1)
    assert [s.path for s in graph.scopes] == ["", "0", "1", "2"]
    assert [(n.op, n.kind, graph.scopes[n.scope].path) for n in graph.nodes[1:-1]] == [
        ("Sequential", "module", "0"),
        ("Sequential", "module", "1"),
        ("linear", "op", "2"),
    ]
    assert [edge.source for node in graph.nodes for edge in node.inputs] == [0, 1, 2, 3]
    assert [s.total for s in graph.scopes] == [50, 20, 20, 10]
    assert graph.flops == whole.flops
    assert [s.flops for s in graph.scopes] == [whole.scopes[0].flops, 64, 64, 32]
    assert graph.notes == ["Modules deeper than 1 are not opened."]
    assert trace_input(model, torch.rand(2, 4), depth=3) == whole


def test_a_depth_that_is_none_is_told():
    with pytest.raises(ValueError, match="0 or more, not -1"):
        trace_input(Net(), torch.rand(2, 10), depth=-1)


def test_a_lazy_module_is_described_as_it_ran_and_stays_lazy():
    model = nn.Sequential(nn.LazyLinear(3))
    graph = trace_input(model, torch.rand(2, 5))
    assert [(p.name, p.shape) for p in scope(graph, "0").params] == [("weight", (3, 5)), ("bias", (3,))]
    assert scope(graph, "0").cls == "Linear"
    assert nn.parameter.is_lazy(model[0].weight)
    assert type(model[0]) is nn.LazyLinear
    assert model(torch.rand(2, 7)).shape == (2, 3)


def test_the_pass_is_made_once(monkeypatch):
    calls = []
    traced(lambda x: calls.append(1) or x + 1)
    assert calls == [1]


def test_what_other_threads_do_is_in_the_graph():
    class Pool(nn.Module):
        def __init__(self):
            super().__init__()
            self.parts = nn.ModuleList(nn.Sequential(nn.Linear(4, 4), nn.Tanh()) for _ in range(8))

        def forward(self, x):
            with ThreadPoolExecutor(4) as pool:
                return list(pool.map(lambda part: part(x), self.parts))

    graph = trace(Pool(), torch.rand(2, 4)).graph
    assert Counter(node.op for node in graph.nodes) == {"input": 1, "linear": 8, "tanh": 8, "output": 8}
    for node in graph.nodes:
        if node.kind == "output":
            (tanh,) = reads(graph, node)
            (linear,) = reads(graph, tanh)
            assert [node.kind for node in reads(graph, linear)] == ["input"]
            part, _, _ = graph.scopes[linear.scope].path.rpartition(".")
            assert graph.scopes[tanh.scope].path == f"{part}.1"


def test_torchs_compiler_is_not_imported():
    code = (
        "import sys, torch; from tbnotebook import trace; trace(torch.nn.Linear(4, 2), torch.rand(1, 4));"
        " assert 'torch._dynamo' not in sys.modules; assert 'tbnotebook.widget' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("present", [None, "2.3.1"])
def test_without_a_torch_that_it_works_with_the_error_says_what_to_install(present):
    code = (
        "import sys, types\n"
        f"version = {present!r}\n"
        "sys.modules['torch'] = version and types.SimpleNamespace(__version__=version)\n"
        "try:\n    import tbnotebook.tracer\n"
        "except ImportError as error:\n    print(error)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert "pip install" in said
    assert "tbnotebook[torch]" in said
    assert said.startswith("add_graph needs torch")
