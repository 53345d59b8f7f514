"""Kinds of models that a tracer may stumble over, each as small as it can be: a name and what makes it."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils import parametrizations, parametrize, prune

Made = tuple[nn.Module, tuple[Any, ...]]
KINDS: dict[str, Callable[[], Made]] = {}


class Body(nn.Module):
    """A module whose forward is a function, with a layer to call and what else is given."""

    def __init__(self, body: Callable[..., Any], **parts: Any) -> None:
        super().__init__()
        self.layer = nn.Linear(4, 4)
        self.body = body
        for name, part in parts.items():
            setattr(self, name, part)

    def forward(self, *args: Any) -> Any:
        return self.body(self, *args)


def kind(name: str) -> Callable[[Callable[[], Made]], Callable[[], Made]]:
    """Register a function that makes a model and its arguments."""

    def register(make: Callable[[], Made]) -> Callable[[], Made]:
        KINDS[name] = make
        return make

    return register


def body(name: str, **parts: Callable[[], Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register the forward pass of a `Body` that is called with two rows of four."""

    def register(forward: Callable[..., Any]) -> Callable[..., Any]:
        KINDS[name] = lambda: (Body(forward, **{key: make() for key, make in parts.items()}), (torch.rand(2, 4),))
        return forward

    return register


@body("threads")
def _(model, x):
    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(model.layer, [x, x + 1]))


@body("asyncio")
def _(model, x):
    async def one():
        return model.layer(x)

    async def both():
        return await asyncio.gather(one(), one())

    return sum(asyncio.run(both()))


@body("a generator")
def _(model, x):
    for _ in range(3):
        x = model.layer(x)
        yield x


@body("a result that is its input")
def _(model, x):
    return x


@body("vmap")
def _(model, x):
    return torch.vmap(model.layer)(x)


@body("a Hessian")
def _(model, x):
    return torch.func.hessian(lambda row: model.layer(row).tanh().sum())(x[0])


@body("a tangent")
def _(model, x):
    return torch.func.jvp(model.layer, (x,), (torch.ones_like(x),))


@body("stacked members", members=lambda: nn.ModuleList(nn.Linear(4, 4) for _ in range(3)))
def _(model, x):
    parameters, buffers = torch.func.stack_module_state(list(model.members))
    member = model.members[0]
    return torch.vmap(lambda p, b: torch.func.functional_call(member, (p, b), (x,)))(parameters, buffers)


@body("forces, with gradients in the forward pass")
def _(model, x):
    with torch.enable_grad():
        x = x.detach().requires_grad_()
        energy = model.layer(x).pow(2).sum()
        return energy, torch.autograd.grad(energy, x, create_graph=True)[0]


@body("a step of learning")
def _(model, x):
    with torch.enable_grad():
        slopes = torch.autograd.grad(model.layer(x).pow(2).sum(), list(model.layer.parameters()))
    with torch.no_grad():
        for parameter, slope in zip(model.layer.parameters(), slopes, strict=True):
            parameter -= 0.1 * slope
    return model.layer(x)


@body("inference mode")
def _(model, x):
    with torch.inference_mode():
        return model.layer(x) + 1


@body("autocast")
def _(model, x):
    with torch.autocast("cpu", torch.bfloat16):
        return model.layer(x).softmax(-1)


@body("a loop over what is found")
def _(model, x):
    return torch.stack([model.layer(x[row]) for row in (x[:, 0] > -1).nonzero().flatten().tolist()])


@body("through numpy")
def _(model, x):
    return torch.from_numpy(model.layer(x).detach().numpy() * 2)


@body("a jagged tensor")
def _(model, x):
    return model.layer(torch.nested.nested_tensor([x[:1], x], layout=torch.jagged)).values()


@body("a parametrization that is cached")
def _(model, x):
    if not parametrize.is_parametrized(model.layer):
        return model.layer(x)
    with parametrize.cached():
        return model.layer(model.layer(x))


@body("a queue and a momentum encoder", key=lambda: nn.Linear(4, 4), queue=lambda: nn.Buffer(torch.randn(4, 16)))
def _(model, x):
    with torch.no_grad():
        for kept, learned in zip(model.key.parameters(), model.layer.parameters(), strict=True):
            kept.data = kept.data * 0.9 + learned.data * 0.1
    model.queue[:, :2] = model.key(x).T
    return model.layer(x) @ model.queue.clone()


@body("a recurrent state", cell=lambda: nn.GRUCell(4, 4), state=lambda: None)
def _(model, x):
    model.state = model.cell(x, model.state)
    return model.state


@body("a custom Function that writes into its input")
def _(model, x):
    return Doubled.apply(model.layer(x)) + 1


class Doubled(torch.autograd.Function):
    """Doubles in place."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
        ctx.mark_dirty(x)
        return x.mul_(2)

    @staticmethod
    def backward(ctx: Any, slope: torch.Tensor) -> torch.Tensor:
        return 2 * slope


class Tagged(torch.Tensor):
    """A tensor of one's own."""


@kind("a tensor subclass")
def _():
    return Body(lambda model, x: model.layer(x)), (torch.rand(2, 4).as_subclass(Tagged),)


@kind("a packed sequence")
def _():
    packed = nn.utils.rnn.pack_sequence([torch.rand(3, 4), torch.rand(2, 4)])
    return Body(lambda model, x: model.rnn(x)[0].data, rnn=nn.LSTM(4, 5, 2, bidirectional=True)), (packed,)


@kind("sparse memory")
def _():
    model = Body(lambda model, x: model.layer(model.edges @ x))
    model.register_buffer("edges", torch.eye(3).to_sparse_coo())
    return model, (torch.rand(3, 4),)


@kind("an encoder with a mask")
def _():
    layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
    mask = torch.tensor([[False] * 3, [False, True, True]])
    return nn.TransformerEncoder(layer, 2).eval(), (torch.rand(2, 3, 8), None, mask)


@kind("lazy layers")
def _():
    return nn.Sequential(nn.LazyLinear(8), nn.LazyBatchNorm1d(), nn.ReLU(), nn.LazyLinear(2)), (torch.rand(3, 5),)


@kind("pruned and parametrized layers")
def _():
    model = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 4), nn.Linear(4, 4))
    prune.l1_unstructured(model[0], "weight", 0.5)
    parametrizations.orthogonal(model[2])
    parametrizations.weight_norm(model[3])
    return model, (torch.rand(2, 4),)


@kind("hooks that change things")
def _():
    model = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
    handle = model[0].register_forward_hook(lambda module, given, made: (handle.remove(), made * 2)[1])
    model.register_forward_pre_hook(lambda module, given: (given[0] + 1,))
    model[1].register_full_backward_hook(lambda module, given, made: None)
    return model, (torch.rand(2, 4),)


@kind("a compiled part")
def _():
    part = torch.compile(nn.Sequential(nn.Linear(4, 4), nn.ReLU()), backend="eager")
    return Body(lambda model, x: model.part(model.layer(x)), part=part), (torch.rand(2, 4),)


@kind("a scripted part")
def _():
    with warnings.catch_warnings(action="ignore"):
        part = torch.jit.script(nn.Sequential(nn.Linear(4, 4), nn.ReLU()))
    return Body(lambda model, x: model.part(model.layer(x)), part=part), (torch.rand(2, 4),)


@kind("observers that learn")
def _():
    with warnings.catch_warnings(action="ignore"):
        from torch.ao import quantization

        model = nn.Sequential(quantization.QuantStub(), nn.Linear(4, 4), nn.ReLU(), quantization.DeQuantStub())
        model.qconfig = quantization.get_default_qat_qconfig("x86")
        return quantization.prepare_qat(model), (torch.rand(2, 4),)


@kind("one block twelve times")
def _():
    def forward(model, x):
        for _ in range(12):
            x = model.block(x)
        return x

    return Body(forward, block=nn.Sequential(nn.Linear(4, 4), nn.GELU())), (torch.rand(2, 4),)


@kind("many names for one module")
def _():
    class Pair(nn.Module):
        def __init__(self, part: nn.Module) -> None:
            super().__init__()
            self.left = self.right = part

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.right(x)

    model: nn.Module = nn.Linear(4, 4)
    for _ in range(40):  # a million million names
        model = Pair(model)
    return model, (torch.rand(2, 4),)


@kind("modules within modules")
def _():
    model: nn.Module = nn.Linear(4, 4)
    for _ in range(80):
        model = nn.Sequential(model)
    return model, (torch.rand(2, 4),)


@kind("names that a graph has no letters for")
def _():
    model = nn.Sequential()
    model.add_module("a/b:c^", nn.Linear(4, 4))
    model.add_module("名", nn.ReLU())
    return model, (torch.rand(2, 4),)


@kind("attention over a cache")
def _():
    def forward(model, x, cache):
        cache["keys"] = torch.cat([cache["keys"], model.layer(x)])
        return functional.scaled_dot_product_attention(x, cache["keys"], cache["keys"])

    return Body(forward), (torch.rand(2, 4), {"keys": torch.rand(3, 4)})
