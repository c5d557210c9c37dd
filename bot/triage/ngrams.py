"""Pieces of a text as numbers: every run of letters and every word, hashed into one table of weights.

Hashing needs no dictionary, so a model loads as a bare array, and numpy does the work for a whole text at once.
"""

import zlib
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_FOLD = np.uint64(29)


def buckets(text: str, *, shortest: int, longest: int, bits: int, words: bool) -> NDArray[np.int64]:
    """The buckets 0..2**bits of all letter runs of `text`, `shortest`..`longest` letters long, repeats included.

    With `words` also those of each word and of each two words beside each other. The text is padded by a space at both
    ends, so that runs know where words begin.
    """
    codes = np.frombuffer(f" {text} ".encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    shift = np.uint64(64 - bits)
    found = []
    runs = np.zeros(len(codes), dtype=np.uint64)
    for length in range(1, min(longest, len(codes)) + 1):
        runs = (runs[: len(codes) - length + 1] + codes[length - 1 :] + np.uint64(length)) * _STEP
        if length >= shortest:
            found.append(((runs ^ (runs >> _FOLD)) * _MIX) >> shift)
    if words:
        parts = text.split()
        pairs = [f"{one}\0{two}" for one, two in pairwise(parts)]
        sums = [zlib.crc32(part.encode("utf-8", "replace")) for part in parts + pairs]
        found.append((np.array(sums, dtype=np.uint64) * _STEP * _MIX) >> shift)
    return np.concatenate(found).astype(np.int64) if found else np.zeros(0, dtype=np.int64)
