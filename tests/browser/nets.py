"""The networks of which pictures of the diagram are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from tbnotebook import trace
from tbnotebook.graph import Graph
from tests.nets.gpt2 import GPT2LMHeadModel
from tests.nets.llama import LlamaForCausalLM
from tests.nets.resnet import ResNet
from tests.nets.unet import UNet


class Net(nn.Module):
    """The network of the README."""

    def __init__(self) -> None:
        super().__init__()
        self.dense = nn.Linear(in_features=10, out_features=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.dense(x)


def _traced(model: Callable[[], nn.Module], *example: Tensor) -> Graph:
    return trace(model().eval(), *example).graph


def _llama() -> Graph:
    with torch.device("meta"):
        model = LlamaForCausalLM().to(torch.bfloat16)
        return trace(model.eval(), torch.zeros(1, 512, dtype=torch.int64)).graph


@dataclass(frozen=True)
class Named:
    """A network by the name that its pictures have."""

    name: str
    graph: Callable[[], Graph]


NETS = [
    Named("net", lambda: _traced(Net, torch.rand(2, 10))),
    Named("resnet18", lambda: _traced(ResNet, torch.rand(1, 3, 224, 224))),
    Named("unet", lambda: _traced(UNet, torch.rand(1, 3, 256, 256))),
    Named("gpt2", lambda: _traced(GPT2LMHeadModel, torch.zeros(1, 128, dtype=torch.int64))),
    Named("llama70b", _llama),
]
