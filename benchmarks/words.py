"""Made-up words of a language, drawn as often as real ones: few very often, most hardly ever."""

import itertools
import random
from collections.abc import Sequence

import msgspec

ROOTS = 4000
COMPOUNDS = 0.06
"""The share of Danish words that are two in one."""
WORDS_BEFORE_COMPOUNDS = 24
"""The first words are those that hold a sentence together; they are never bent or joined."""


class Letters(msgspec.Struct, frozen=True, kw_only=True):
    """What the words of a language are made of."""

    little: Sequence[str]
    onsets: Sequence[str]
    vowels: Sequence[str]
    codas: Sequence[str]
    endings: Sequence[str]
    joints: Sequence[str] = ()


LETTERS = {
    "da": Letters(
        little=(
            "og i at det er en til som på de med den for af der ikke et har fra vi kan var ved så"
        ).split(),
        onsets="b bl d dr f fl fr g gr h j k kl kn l m n p pr r s sk sl sp st str t tr v".split(),
        vowels="a a e e e i i o u y æ ø å".split(),
        codas=["", "", "", *"d f g k l ld m n nd ng nk r rt s st t".split()],
        endings=["", "", "", *"en et er erne s ens ede te ende".split()],
        joints=["", "", "s", "e"],
    ),
    "en": Letters(
        little=(
            "the of and to in a is that for it as was with on be by at this from or an are we so"
        ).split(),
        onsets="b bl c ch cl d dr f fl g gr h j l m n p pl pr qu r s sh sp st t th tr w".split(),
        vowels="a a e e e i i o o u ai ea ee ou".split(),
        codas=["", "", "", *"ck d l ld m n nd ng nt p r rt s st t".split()],
        endings=["", "", "", *"s s ed ing ly er ers".split()],
    ),
}


class Vocabulary:
    """The words of one language; the same in every run."""

    def __init__(self, language: str) -> None:
        """Make the roots, and how often each occurs (Zipf's law)."""
        self.letters = LETTERS[language]
        rng = random.Random(f"words of {language}")
        roots = dict.fromkeys(self.letters.little)
        while len(roots) < ROOTS:
            syllables = 1 if len(roots) < 150 else rng.choice((1, 2, 2, 2, 3))
            roots["".join(self._syllable(rng) for _ in range(syllables))] = None
        self.roots = list(roots)
        shares = (1 / (rank + 2.7) ** 1.1 for rank in range(ROOTS))
        self.weights = list(itertools.accumulate(shares))

    def _syllable(self, rng: random.Random) -> str:
        letters = self.letters
        return rng.choice(letters.onsets) + rng.choice(letters.vowels) + rng.choice(letters.codas)

    def draw(self, rng: random.Random, number: int) -> list[str]:
        """Return a number of words as they stand in running text: bent, and joined if Danish."""
        roots = rng.choices(self.roots, cum_weights=self.weights, k=number)
        return [self._bent(rng, root) for root in roots]

    def _bent(self, rng: random.Random, root: str) -> str:
        if root in self.letters.little:
            return root
        if self.letters.joints and rng.random() < COMPOUNDS:
            other = self.roots[rng.randrange(WORDS_BEFORE_COMPOUNDS, 500)]
            root += rng.choice(self.letters.joints) + other
        return root + rng.choice(self.letters.endings)
