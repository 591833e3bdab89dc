"""Numbers said in words: fem, enogtyve, fifth, twenty-one, twice, halvdelen, two million."""

import re
from functools import cache

from sitegen.lint.facts.fact import Fact, canonical
from sitegen.lint.facts.vocabulary import UNITS, scales
from sitegen.lint.written import Written

_ONES = {
    "da": "to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten "
    "atten nitten",
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
}
_TENS = {
    "da": "tyve tredive fyrre halvtreds tres firs halvfjerds halvfems",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
_TEN_VALUES = {"da": (20, 30, 40, 50, 60, 80, 70, 90), "en": (20, 30, 40, 50, 60, 70, 80, 90)}
_ORDINALS = {
    "da": "tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte",
    "en": "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
}
_OTHERS: dict[str, dict[str, tuple[str, ...]]] = {
    "da": {
        "begge": ("2",), "dobbelt": ("2",), "dobbelte": ("2",), "halvanden": ("1.5",),
        "halvandet": ("1.5",), "halvdelen": ("0.5", "50"), "halv": ("0.5", "50"),
        "halve": ("0.5", "50"), "kvart": ("0.25", "25"), "tredjedel": ("3", "1/3"),
        "tredjedele": ("3", "2/3"), "fjerdedel": ("4", "25", "1/4"),
        "fjerdedele": ("4", "75", "3/4"), "dusin": ("12",), "hundrede": ("100",),
        "tusind": ("1000",), "tusinde": ("1000",), "midnat": ("t00:00", "t24:00"),
        "nul": ("0",), "anden": ("2",), "andet": ("2",), "årti": ("10",),
    },
    "en": {
        "both": ("2",), "twice": ("2",), "double": ("2",), "doubled": ("2",), "second": ("2",),
        "pair": ("2",), "half": ("0.5", "50"), "halves": ("0.5", "50"), "thirds": ("3", "2/3"),
        "quarter": ("4", "25", "0.25", "1/4"), "quarters": ("4", "75", "3/4"),
        "dozen": ("12",), "hundred": ("100",), "thousand": ("1000",), "decade": ("10",),
        "decades": ("10",), "noon": ("t12:00",), "midnight": ("t00:00", "t24:00"),
        "zero": ("0",), "fortnight": ("14", "2"),
    },
}  # fmt: skip
_NEXT = re.compile(r"[\s-]?([%‰€$£]|[^\W\d_]+)")
_AND_A_HALF = re.compile(r"([^\W\d_]+)\s+(?:and\s+a|og\s+en|og\s+et)\s+\Z")
_CERTAIN = 3
"""From this number on, words say no more than they count: "both", "second" may say other things."""


@cache
def figure_words(language: str) -> dict[bytes, tuple[str, ...]]:
    """Return what each number word of a language can mean; none for languages without rules."""
    language = language.partition("-")[0]
    if language not in _ONES:
        return {}
    found: dict[str, tuple[str, ...]]
    found = {word: (str(n),) for n, word in enumerate(_ONES[language].split(), start=2)}
    tens = dict(zip(_TENS[language].split(), _TEN_VALUES[language], strict=True))
    ones = [("en" if language == "da" else "one", 1)]
    ones += [(word, n) for n, word in enumerate(_ONES[language].split()[:8], start=2)]
    for word, ten in tens.items():
        found[word] = (str(ten),)
        for one, n in ones:
            joined = f"{one}og{word}" if language == "da" else f"{word}-{one}"
            found[joined] = (str(ten + n),)
    found |= {word: (str(n),) for n, word in enumerate(_ORDINALS[language].split(), start=3)}
    found |= _OTHERS[language]
    return {word.encode("latin-1"): readings for word, readings in found.items()}


def number_words_in(written: Written, hits: frozenset[bytes]) -> tuple[Fact, ...]:
    """Return what an article says by those of its number words."""
    known, padded = figure_words(written.language), b" %b " % written.shadow
    places = []
    for word in hits:
        if word not in known:
            continue
        start = padded.find(b" %b " % word)
        while start >= 0:
            places.append((start, word))
            start = padded.find(b" %b " % word, start + 1)
    return tuple(_fact(written, start, word, known[word]) for start, word in sorted(places))


def _fact(written: Written, start: int, word: bytes, readings: tuple[str, ...]) -> Fact:
    """Return the fact of a number word: "two" in "two million kroner" stands for both."""
    place, line = written.at(start)
    end, unit = start + len(word), ""
    more = _AND_A_HALF.search(written.whole[max(0, start - 25) : start])
    if more and "0.5" in readings:
        counted = _value(more[1].lower(), written.language)
        start, readings = start - len(more[0]), (f"{counted}.5",)
    behind = _NEXT.match(written.whole, end)
    name = behind[1].lower() if behind else ""
    power = scales(written.language).get(name, 0)
    if behind and power and readings[0].replace(".", "").isdigit():
        whole, _, fraction = readings[0].partition(".")
        readings, end = (canonical(whole, fraction, power),), behind.end()
        behind = _NEXT.match(written.whole, end)
        name = behind[1].lower() if behind else ""
    if behind and name in UNITS:
        unit, end = UNITS[name], behind.end()
    elif name == "per" and written.whole[end:].lstrip().startswith("per cent"):
        unit = "%"
    said = " ".join(written.whole[start:end].split())
    return Fact(place=place, line=line, said=said, readings=readings, unit=unit, is_soft=True)


def _value(word: str, language: str) -> str:
    """Return the number that a word stands for; it is one when no table has it."""
    return figure_words(language).get(word.encode("latin-1", "replace"), ("1",))[0]


def is_certain(fact: Fact) -> bool:
    """Tell whether a number word can mean nothing but its number."""
    first = fact.readings[0]
    return len(fact.readings) == 1 and first.isdigit() and int(first) >= _CERTAIN
