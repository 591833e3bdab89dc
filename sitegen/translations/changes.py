"""What has really changed between two versions of a text, paragraph by paragraph.

A slip of the pen that was mended is no change: no translation is wrong because of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

import msgspec

_ALIKE = 0.5  # the share of words from which on two paragraphs are one, rewritten
_MANY = 1000  # paragraphs from which on those that come again and again are no landmarks
_NEAR = 100  # paragraphs among which one that was rewritten is looked for
_SHORTEST = 5  # letters of a word in which a slip can be told from another word
_TOKEN = re.compile(
    r"https?://\S+|\]\([^)]*\)|\]\[[^\]]*\]|<[^>]*>|`[^`]*`|\S+@\S+|\w*\d(?:[\w.,:/%-]*\w)?|"
    r"[^\W\d_]+|[^\s]"
)
_FIELD = re.compile(r"([a-z_]+): ")
_HEADING = re.compile("#{1,6} ")


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph that is not as it was."""

    kind: Literal["changed", "added", "removed", "moved"]
    old: str = ""
    new: str = ""


def changes(before: Sequence[str], after: Sequence[str]) -> tuple[Change, ...]:
    """Return what has changed, in the order of the text; nothing for mended slips alone."""
    is_long = len(before) + len(after) > _MANY
    matcher = SequenceMatcher(None, [*map(_key, before)], [*map(_key, after)], autojunk=is_long)
    stretches = [
        (before[start:end], after[new_start:new_end])
        for kind, start, end, new_start, new_end in matcher.get_opcodes()
        if kind != "equal"
    ]
    gone = Counter(_key(each) for old, _ in stretches for each in old)
    come = Counter(_key(each) for _, new in stretches for each in new)
    moved = gone & come
    left, found = Counter(moved), Counter(moved)
    return tuple(
        change for old, new in stretches for change in _between(_without(old, left), new, found)
    )


def _without(paragraphs: Iterable[str], moved: Counter[str]) -> list[str]:
    """Return the paragraphs but those that stand elsewhere now; each is counted off."""
    return [each for each in paragraphs if not _take(each, moved)]


def _take(paragraph: str, moved: Counter[str]) -> bool:
    key = _key(paragraph)
    moved[key] -= 1
    return moved[key] >= 0


def _key(paragraph: str) -> str:
    """Return what paragraphs share that differ in commas and the length of dashes alone."""
    return paragraph if paragraph.startswith("```") else " ".join(_tokens(paragraph))


def _between(before: Sequence[str], after: Iterable[str], moved: Counter[str]) -> Iterator[Change]:
    """Yield the changes between two stretches of text, first of what is one paragraph rewritten."""
    left = 0
    waiting: list[str] = []  # paragraphs that are new between two that are not
    for new in after:
        if _take(new, moved):
            yield Change(kind="moved", old=new, new=new)
            continue
        nearby = range(left, min(left + _NEAR, len(before)))
        at = next((at for at in nearby if _is_same(before[at], new)), None)
        if at is None:
            waiting.append(new)
            continue
        yield from _rest(before[left:at], waiting)
        if not is_slip(before[at], new):
            yield Change(kind="changed", old=before[at], new=new)
        left, waiting = at + 1, []
    yield from _rest(before[left:], waiting)


def _rest(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Yield the changes between paragraphs of which none is like another."""
    for old, new in zip_longest(before, after, fillvalue=""):
        if old and new and _sort(old) == _sort(new):
            yield Change(kind="changed", old=old, new=new)
            continue
        if old:
            yield Change(kind="removed", old=old)
        if new:
            yield Change(kind="added", new=new)


def _is_same(old: str, new: str) -> bool:
    """Tell whether two paragraphs are one that was rewritten."""
    if _sort(old) != _sort(new):
        return False
    if _FIELD.match(old) and not old.startswith("correction: "):
        return True
    words, others = Counter(old.split()), Counter(new.split())
    return 2 * (words & others).total() >= _ALIKE * (words.total() + others.total()) or is_slip(
        old, new
    )


def _sort(paragraph: str) -> str:
    """Return what a paragraph is: a key of the front matter, a heading, an item, or text."""
    if field := _FIELD.match(paragraph):
        return field[1]
    return "#" if _HEADING.match(paragraph) else ""


def is_slip(old: str, new: str) -> bool:
    """Tell whether two paragraphs differ at most by commas, dashes and mended slips of the pen."""
    if old.startswith("```") or new.startswith("```"):
        return old == new
    words, others = _tokens(old), _tokens(new)
    return len(words) == len(others) and all(
        word == other or _is_slip_of(word, other) for word, other in zip(words, others, strict=True)
    )


def _tokens(text: str) -> list[str]:
    """Return the words, figures, addresses and signs of a paragraph, without its commas."""
    plain = text.replace("–", "-").replace("—", "-")
    return [token for token in _TOKEN.findall(plain) if token != ","]


def _is_slip_of(word: str, other: str) -> bool:
    """Tell whether a letter was added, left out or exchanged, or two neighbours were.

    Only in words of small letters that are long enough, and never at the beginning: a name, a
    figure, `now` and `not`, `lovlig` and `ulovlig` are other words.
    """
    if min(len(word), len(other)) < _SHORTEST or word[0] != other[0]:
        return False
    if not (word.isalpha() and word.islower() and other.isalpha() and other.islower()):
        return False
    shorter, longer = sorted((word, other), key=len)
    at = next(
        (at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter)
    )  # the first letter that differs
    if len(longer) > len(shorter):
        return shorter[at:] == longer[at + 1 :]
    swapped = longer[at + 1 : at + 2] + longer[at : at + 1]
    return shorter[at + 1 :] == longer[at + 1 :] or (
        shorter[at : at + 2] == swapped and shorter[at + 2 :] == longer[at + 2 :]
    )
