"""What stands around a number: its currency before it; its power of ten and its unit behind."""

import re
from typing import NamedTuple

from sitegen.lint.facts.vocabulary import SHORT_SCALES, UNITS

_NEXT = re.compile(r"[\s-]?([%‰€$£]|[^\W\d_]+[²³]?)")
_MONEY = re.compile(r"(?:(DKK|EUR|USD|GBP|SEK|NOK|CHF|PLN|UAH|[Kk]r\.?)\s?|([€$£]))~?\Z")
_MONEY_ENDS = frozenset("€$£KRDPNFHr.")  # as the names of currencies end
_DOUBLE = {"per": "", "percentage": "-", "square": "-", "sq": "-"}  # what joins them to the next


class Behind(NamedTuple):
    """What follows a number."""

    end: int
    power: int = 0  # of ten
    unit: str = ""
    is_short: bool = False  # the power stands in a letter that may be a unit: 5m


def currency_before(text: str, start: int) -> tuple[int, str]:
    """Return where a currency right before a number begins, and which it is, if there is one."""
    last = text[start - 1 : start]
    if (text[start - 2 : start - 1] if last in " ~" else last) not in _MONEY_ENDS:
        return start, ""
    found = _MONEY.search(text[start - 5 if start > 5 else 0 : start])
    if found is None:
        return start, ""
    return start - len(found[0]), UNITS[(found[1] or found[2]).rstrip(".").lower()]


def what_follows(
    text: str, end: int, scales: dict[str, int], *, is_english: bool, is_money: bool
) -> Behind:
    """Return the power of ten and the unit of a number that ends there."""
    word = _NEXT.match(text, end)
    if word is None:
        return Behind(end + 2, 0, "DKK") if text.startswith(",-", end) else Behind(end)
    name, power, is_short = word[1].lower(), 0, False
    if name in scales:
        power = scales[name]
    elif is_english and name in SHORT_SCALES and (is_money or word.start(1) == end):
        power, is_short = SHORT_SCALES[name], not is_money
    if power:
        end = word.end()
        word = _NEXT.match(text, end + 1 if text.startswith(".", end) else end)
        if word is None:
            return Behind(end, power, "", is_short)
        name = word[1].lower()
    if name in UNITS:
        return Behind(word.end(), power, UNITS[name], is_short)
    if name in _DOUBLE and (second := _NEXT.match(text, word.end())):
        two = f"{name}{_DOUBLE[name]}{second[1].lower()}"
        if two in UNITS:
            return Behind(second.end(), power, UNITS[two], is_short)
    return Behind(end, power, "", is_short)
