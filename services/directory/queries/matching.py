"""What matches what somebody typed, typing errors forgiven. Pure; the keys are those of `search_keys` in Postgres."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

LONGEST_WORD, MOST_WORDS = 32, 6
WORD = re.compile(r"[^\W_]+")
SAME, BEGINS, ONE_LETTER_OFF, ALIKE = 1.0, 0.9, 0.75, 0.6
ENOUGH = 0.5  # of the trigrams of what was typed, to be alike


@lru_cache(maxsize=50_000)
def words_of(text: str) -> tuple[str, ...]:
    """Lower case, without accents."""
    if not text.isascii():
        text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return tuple(word[:LONGEST_WORD] for word in WORD.findall(text.lower()))


@lru_cache(maxsize=20_000)
def trigrams(word: str) -> frozenset[str]:
    """Three letters in a row each; the first begins with a blank, for the beginning of the word."""
    padded = f" {word}"
    return frozenset(padded[at : at + 3] for at in range(len(word) - 1))


@lru_cache(maxsize=20_000)
def one_off(word: str) -> frozenset[str]:
    """Words that are one letter off, or have two swapped, have one of these in common."""
    if not 3 <= len(word) <= 12:
        return frozenset()
    without = {word[:at] + word[at + 1 :] for at in range(len(word))} if len(word) > 3 else set()
    return frozenset(f"-{each}" for each in {word, *without})


@dataclass(frozen=True)
class Typed:
    """What somebody typed. `all_of`: keys of whatever has its longest word or begins with it; `some_of`: what is like
    it has one of these. Whatever matches has to match the longest word, so that one is looked up.
    """

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Typed":
        return cls(tuple(dict.fromkeys(words_of(text)))[:MOST_WORDS])

    @property
    def longest(self) -> str:
        return max(self.words, key=len, default="")

    @property
    def all_of(self) -> list[str]:
        return sorted(trigrams(self.longest))

    @property
    def some_of(self) -> list[str]:
        """Of the trigrams that of the word's beginning is not needed: half of them must be there, so one other is."""
        word = self.longest
        inner = trigrams(word) - {f" {word[:2]}"} if len(word) > 3 else frozenset()
        return sorted(inner | one_off(word))

    def score(self, texts: Iterable[str]) -> float:
        """How well these texts together have every word that was typed, up to 1; 0 when one is missing."""
        words = {word for text in texts for word in words_of(text)}
        best = [max((likeness(typed, word) for word in words), default=0.0) for typed in self.words]
        return sum(best) / len(best) if best and min(best) > 0 else 0.0


def likeness(typed: str, word: str) -> float:
    """From 1, the same, to 0, another word."""
    if typed == word:
        return SAME
    if word.startswith(typed):
        return BEGINS
    if one_off(typed) & one_off(word):
        return ONE_LETTER_OFF
    wanted = trigrams(typed)
    share = len(wanted & trigrams(word)) / len(wanted) if len(typed) > 3 else 0.0
    return ALIKE * share if share >= ENOUGH else 0.0
