"""Cuts a text into the pieces of the encoder's vocabulary: the likeliest cut, word by word (a unigram tokeniser)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SPACE = "\u2581"
START, PAD, END, UNKNOWN = 0, 1, 2, 3
_PREFIX = "query: "  # the base model was trained with it
_LONGEST_CACHE = 50_000


@dataclass(frozen=True, slots=True)
class Pieces:
    """A vocabulary. `known` gives the number and the log-probability of a piece, `alike` the spelling of odd signs."""

    known: Mapping[str, tuple[int, float]]
    alike: Mapping[int, str]
    penalty: float
    longest: int
    cache: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, pieces: Sequence[str], scores: Sequence[float], alike: Mapping[str, str], penalty: float) -> "Pieces":
        """The vocabulary of pieces in the order of their numbers; `penalty` is the score of an unknown letter."""
        known: dict[str, tuple[int, float]] = {}
        for number, (piece, score) in enumerate(zip(pieces, scores, strict=True)):
            if piece and piece not in known and number != UNKNOWN:
                known[piece] = (number, score)
        return cls(known, str.maketrans(dict(alike)), penalty, max(map(len, known)))

    def cut(self, text: str, most: int = 256) -> list[int]:
        """The numbers of the pieces of a text, at most so many, between the marks of start and end."""
        numbers = [START]
        for word in (_PREFIX + text).translate(self.alike).split():
            numbers += self._word(SPACE + word)
            if len(numbers) >= most - 1:
                break
        return [*numbers[: most - 1], END]

    def _word(self, word: str) -> tuple[int, ...]:
        cut = self.cache.get(word)
        if cut is None:
            cut = self._best(word)
            if len(self.cache) < _LONGEST_CACHE:
                self.cache[word] = cut
        return cut

    def _best(self, word: str) -> tuple[int, ...]:
        """The likeliest cut of a word, letter by letter (Viterbi)."""
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)] + [(-1e30, UNKNOWN, 0)] * len(word)
        for start in range(len(word)):
            so_far = best[start][0]
            for end in range(start + 1, min(len(word), start + self.longest) + 1):
                found = self.known.get(word[start:end])
                if found is not None and so_far + found[1] > best[end][0]:
                    best[end] = (so_far + found[1], found[0], start)
            if so_far + self.penalty > best[start + 1][0]:
                best[start + 1] = (so_far + self.penalty, UNKNOWN, start)
        numbers, at = [], len(word)
        while at:
            _, number, at = best[at]
            numbers.append(number)
        return tuple(reversed(numbers))
