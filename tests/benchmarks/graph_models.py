"""Networks whose graphs are measured, with the sizes of the originals and without packages of models."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional


class BasicBlock(nn.Module):
    """Two convolutions and a way around them."""

    def __init__(self, given: int, made: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(given, made, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(made)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(made, made, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(made)
        self.downsample = None
        if stride != 1 or given != made:
            self.downsample = nn.Sequential(nn.Conv2d(given, made, 1, stride, bias=False), nn.BatchNorm2d(made))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The block's output."""
        around = x if self.downsample is None else self.downsample(x)
        out = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
        out += around
        return self.relu(out)


class ResNet18(nn.Module):
    """He et al. 2015, as torchvision has it: 11,689,512 parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = nn.Sequential(BasicBlock(64, 64, 1), BasicBlock(64, 64, 1))
        self.layer2 = nn.Sequential(BasicBlock(64, 128, 2), BasicBlock(128, 128, 1))
        self.layer3 = nn.Sequential(BasicBlock(128, 256, 2), BasicBlock(256, 256, 1))
        self.layer4 = nn.Sequential(BasicBlock(256, 512, 2), BasicBlock(512, 512, 1))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(512, 1000)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Scores of the classes."""
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(self.avgpool(x), 1))


class GPT2Attention(nn.Module):
    """Causal self-attention."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.c_attn = nn.Linear(width, 3 * width)
        self.c_proj = nn.Linear(width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """What each place gathers from those before it."""
        query, key, value = (
            part.view(*part.shape[:2], self.heads, -1).transpose(1, 2) for part in self.c_attn(x).chunk(3, dim=-1)
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        return self.c_proj(mixed.transpose(1, 2).reshape(x.shape))


class GPT2Block(nn.Module):
    """Attention, then two layers."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.ln_1 = nn.LayerNorm(width)
        self.attn = GPT2Attention(width, heads)
        self.ln_2 = nn.LayerNorm(width)
        self.mlp = nn.Sequential(
            nn.Linear(width, 4 * width), nn.GELU(approximate="tanh"), nn.Linear(4 * width, width), nn.Dropout(0.1)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The block's output."""
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class GPT2(nn.Module):
    """Radford et al. 2019, the smallest: 124,439,808 parameters, the head tied to the embedding."""

    def __init__(self, width: int = 768, layers: int = 12, heads: int = 12, words: int = 50257) -> None:
        super().__init__()
        self.wte = nn.Embedding(words, width)
        self.wpe = nn.Embedding(1024, width)
        self.drop = nn.Dropout(0.1)
        self.h = nn.ModuleList(GPT2Block(width, heads) for _ in range(layers))
        self.ln_f = nn.LayerNorm(width)
        self.lm_head = nn.Linear(width, words, bias=False)
        self.lm_head.weight = self.wte.weight

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        """Scores of the next word."""
        x = self.drop(self.wte(input_ids) + self.wpe(torch.arange(input_ids.shape[1], device=input_ids.device)))
        for block in self.h:
            x = block(x)
        return self.lm_head(self.ln_f(x))


class RMSNorm(nn.Module):
    """Zhang and Sennrich 2019."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`x` with a root mean square of `weight`."""
        wide = x.to(torch.float32)
        wide = wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + 1e-5)
        return self.weight * wide.to(x.dtype)


def rotated(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """Queries or keys turned by their places (Su et al. 2021)."""
    half = x.shape[-1] // 2
    return x * cos + torch.cat((-x[..., half:], x[..., :half]), dim=-1) * sin


class LlamaAttention(nn.Module):
    """Attention in which eight queries share a key."""

    def __init__(self, width: int, heads: int, shared: int) -> None:
        super().__init__()
        self.size = width // heads
        self.groups = heads // shared
        self.q_proj = nn.Linear(width, width, bias=False)
        self.k_proj = nn.Linear(width, shared * self.size, bias=False)
        self.v_proj = nn.Linear(width, shared * self.size, bias=False)
        self.o_proj = nn.Linear(width, width, bias=False)

    def forward(self, x: torch.Tensor, places: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        """What each place gathers from those before it."""
        shape = (*x.shape[:2], -1, self.size)
        query = rotated(self.q_proj(x).view(shape).transpose(1, 2), *places)
        key = rotated(self.k_proj(x).view(shape).transpose(1, 2), *places)
        value = self.v_proj(x).view(shape).transpose(1, 2)
        key, value = (part.repeat_interleave(self.groups, dim=1) for part in (key, value))
        mixed = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        return self.o_proj(mixed.transpose(1, 2).reshape(x.shape))


class LlamaMLP(nn.Module):
    """A gated layer and one back."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(width, inner, bias=False)
        self.up_proj = nn.Linear(width, inner, bias=False)
        self.down_proj = nn.Linear(inner, width, bias=False)
        self.act_fn = nn.SiLU()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The layer's output."""
        return self.down_proj(self.act_fn(self.gate_proj(x)) * self.up_proj(x))


class LlamaDecoderLayer(nn.Module):
    """Attention, then the gated layers."""

    def __init__(self, width: int, inner: int, heads: int, shared: int) -> None:
        super().__init__()
        self.self_attn = LlamaAttention(width, heads, shared)
        self.mlp = LlamaMLP(width, inner)
        self.input_layernorm = RMSNorm(width)
        self.post_attention_layernorm = RMSNorm(width)

    def forward(self, x: torch.Tensor, places: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        """The block's output."""
        x = x + self.self_attn(self.input_layernorm(x), places)
        return x + self.mlp(self.post_attention_layernorm(x))


class Llama70B(nn.Module):
    """Llama 3 with 70,553,706,496 parameters."""

    def __init__(self, layers: int = 80, width: int = 8192, inner: int = 28672, words: int = 128256) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(words, width)
        self.layers = nn.ModuleList(LlamaDecoderLayer(width, inner, 64, 8) for _ in range(layers))
        self.norm = RMSNorm(width)
        self.lm_head = nn.Linear(width, words, bias=False)
        self.size = width // 64

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        """Scores of the next word."""
        x = self.embed_tokens(input_ids)
        steps = torch.arange(0, self.size, 2, device=x.device) / self.size
        angles = torch.arange(x.shape[1], device=x.device)[:, None] * (500_000.0**-steps)[None, :]
        turned = torch.cat((angles, angles), dim=-1)
        places = (turned.cos().to(x.dtype), turned.sin().to(x.dtype))
        for layer in self.layers:
            x = layer(x, places)
        return self.lm_head(self.norm(x))


def resnet18() -> tuple[nn.Module, Any]:
    """The network and an example, an image of 224 by 224."""
    return ResNet18().eval(), torch.rand(1, 3, 224, 224)


def gpt2() -> tuple[nn.Module, Any]:
    """The network and an example, 64 words."""
    return GPT2().eval(), torch.randint(0, 50257, (1, 64))


def llama70b() -> tuple[nn.Module, Any]:
    """The network on the meta device, in half precision, and an example of 2048 words."""
    with torch.device("meta"):
        return Llama70B().to(torch.bfloat16).eval(), torch.zeros(1, 2048, dtype=torch.long)
