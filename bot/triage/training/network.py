"""The encoder as torch trains it: a plain BERT cut to its first layers, mean pooling, one layer to what it tells."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from bot.triage.encoder import LONGEST
from bot.triage.pieces import PAD

WIDTH, HEADS, INNER = 384, 12, 1536
_EPSILON = 1e-12
Weights = Mapping[str, NDArray[np.float32]]


class Layer(nn.Module):
    """Self-attention and a feed-forward step, normalised after each."""

    def __init__(self) -> None:
        super().__init__()
        self.ask = nn.Linear(WIDTH, 3 * WIDTH)
        self.answer = nn.Linear(WIDTH, WIDTH)
        self.after_answer = nn.LayerNorm(WIDTH, _EPSILON)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.after_narrow = nn.LayerNorm(WIDTH, _EPSILON)
        self.drop = nn.Dropout(0.1)

    def forward(self, states: Tensor, hidden: Tensor) -> Tensor:
        """The next states; `hidden` is added to the attention and shuts out the padding."""
        batch, length, _ = states.shape
        parts = self.ask(states).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        query, key, value = parts[0], parts[1], parts[2]
        weights = (query * (1 / math.sqrt(WIDTH // HEADS))) @ key.transpose(-1, -2) + hidden.to(query.dtype)
        mixed = (weights.softmax(-1).to(value.dtype) @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        states = self.after_answer(states + self.drop(self.answer(mixed)))
        inner = nn.functional.gelu(self.widen(states))
        after: Tensor = self.after_narrow(states + self.drop(self.narrow(inner)))
        return after


class Network(nn.Module):
    """Log-odds of so many columns (`encoder.COLUMNS` and more) from the vectors of the pieces, which stay as they are
    in the base model.
    """

    def __init__(self, layers: int, columns: int) -> None:
        super().__init__()
        self.places = nn.Embedding(LONGEST, WIDTH)
        self.first = nn.LayerNorm(WIDTH, _EPSILON)
        self.layers = nn.ModuleList([Layer() for _ in range(layers)])
        self.head = nn.Linear(WIDTH, columns)
        self.drop = nn.Dropout(0.1)

    def forward(self, vectors: Tensor, places: Tensor, mask: Tensor) -> Tensor:
        """`vectors` (texts, pieces, width), `places` (pieces), `mask` (texts, pieces; 1 for a piece, 0 for padding)."""
        states = self.drop(self.first(vectors + self.places(places)))
        hidden = (1.0 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            states = layer(states, hidden)
        pooled = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        odds: Tensor = self.head(self.drop(pooled))
        return odds


def build(weights: Weights, layers: int, columns: int) -> Network:
    """The network with the weights of the base model's first layers; the head is fresh."""
    network = Network(layers, columns)

    def put(parameter: Tensor, name: str) -> None:
        parameter.copy_(torch.tensor(weights[name]).view(parameter.shape))

    with torch.no_grad():
        places = torch.tensor(weights["emb.pos"]).view(-1, WIDTH)[:LONGEST] + torch.tensor(weights["emb.type"])[:WIDTH]
        network.places.weight.copy_(places)
        put(network.first.weight, "emb.ln.w")
        put(network.first.bias, "emb.ln.b")
        for number, layer in enumerate(network.layers):
            assert isinstance(layer, Layer)
            ask = torch.cat([torch.tensor(weights[f"l{number}.{part}.w"]).view(WIDTH, WIDTH) for part in "qkv"])
            layer.ask.weight.copy_(ask)
            layer.ask.bias.copy_(torch.cat([torch.tensor(weights[f"l{number}.{part}.b"]) for part in "qkv"]))
            for module, name in (
                (layer.answer, "ao"),
                (layer.widen, "fi"),
                (layer.narrow, "fo"),
                (layer.after_answer, "aln"),
                (layer.after_narrow, "oln"),
            ):
                put(module.weight, f"l{number}.{name}.w")
                put(module.bias, f"l{number}.{name}.b")
        nn.init.normal_(network.head.weight, std=0.02)
        nn.init.zeros_(network.head.bias)
    return network


def pad(cuts: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """The numbers of several texts side by side, and the mask of the padding."""
    length = max(map(len, cuts))
    numbers, mask = torch.full((len(cuts), length), PAD), torch.zeros(len(cuts), length)
    for row, cut in enumerate(cuts):
        numbers[row, : len(cut)] = torch.tensor(cut)
        mask[row, : len(cut)] = 1
    return numbers, mask
