"""What each language of a story is, by what has changed since it was held against the others."""

from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

Standing = Literal["present", "stale", "both changed", "unaccepted", "missing"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a story's translations."""

    told: tuple[str, ...]  # the languages that have an article
    changed: Mapping[tuple[str, str], bool] = {}
    """Of each two languages of which the first was held against the second: whether the second
    has changed since."""
    updated: Mapping[tuple[str, str], str] = {}  # likewise: the second's last told change then

    def ahead(self, language: str) -> tuple[str, ...]:
        """Return the languages that have changed since this one was held against them."""
        return tuple(other for other in self.told if self.changed.get((language, other)))


def standing(outline: Outline, language: str) -> Standing:
    """Return what a language of a story is; no language is more the original than another."""
    if language not in outline.told:
        return "missing"
    others = [other for other in outline.told if other != language]
    if not others:
        return "present"
    if not any((language, other) in outline.changed for other in others):
        return "unaccepted"
    ahead = outline.ahead(language)
    if any(outline.changed.get((other, language)) for other in ahead):
        return "both changed"
    return "stale" if ahead else "present"
