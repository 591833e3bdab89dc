"""Two translations of one story, side by side, as the rules that compare them see them."""

from collections.abc import Callable

import msgspec

from sitegen.findings import Findings
from sitegen.lint.notes import Notes
from sitegen.model.content import Card

ABRIDGED = 0.6
"""A translation that has a smaller share of the words than this may leave out what it likes."""
_SHORT = 100
"""So many words are short already."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An article, and what is known of it."""

    card: Card
    notes: Notes
    text_of: Callable[[str], str]  # reads a file by its path: rarely needed, so asked for late

    @property
    def path(self) -> str:
        """Its file."""
        return self.card.source.path

    @property
    def text(self) -> str:
        """What stands in its file."""
        return self.text_of(self.path)

    def line_of(self, text: str) -> int:
        """Return the line on which a text stands first."""
        whole = self.text
        return whole.count("\n", 0, max(0, whole.find(text))) + 1


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """The article of the language that config.toml names first, and one in another."""

    ours: Told
    theirs: Told

    def other(self, told: Told) -> Told:
        """Return the article beside the given one."""
        return self.theirs if told is self.ours else self.ours

    def may_leave_out(self, told: Told) -> bool:
        """Tell whether an article is a short version of the other."""
        whole = self.other(told).card.words
        return whole > _SHORT and told.card.words < ABRIDGED * whole

    def report(
        self, code: str, told: Told, line: int | None, what: str, mend: str, findings: Findings
    ) -> None:
        """Note a finding in one of the two."""
        findings.add(code, what, mend, path=told.path, line=line)
