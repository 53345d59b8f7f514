"""Networks whose graphs are measured, each with an example."""

from __future__ import annotations

import torch
from torch import nn

from tests.nets.gpt2 import GPT2LMHeadModel
from tests.nets.llama import LlamaForCausalLM
from tests.nets.resnet import ResNet


def resnet18() -> tuple[nn.Module, torch.Tensor]:
    """The network and an example, an image of 224 by 224."""
    return ResNet().eval(), torch.rand(1, 3, 224, 224)


def gpt2() -> tuple[nn.Module, torch.Tensor]:
    """The network and an example, 64 words."""
    return GPT2LMHeadModel().eval(), torch.randint(0, 50257, (1, 64))


def llama70b() -> tuple[nn.Module, torch.Tensor]:
    """The network on the meta device, in half precision, and an example of 2048 words."""
    with torch.device("meta"):
        return LlamaForCausalLM().to(torch.bfloat16).eval(), torch.zeros(1, 2048, dtype=torch.long)
