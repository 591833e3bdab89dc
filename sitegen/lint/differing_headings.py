"""Headings of which a translation has more, fewer or others."""

from itertools import zip_longest

from sitegen.findings import Findings
from sitegen.lint.pair import Pair


def check(pair: Pair, findings: Findings) -> None:
    """Note the first heading that has no counterpart of its level in the other article."""
    ours, theirs = pair.ours.card.headings, pair.theirs.card.headings
    levels = [heading.level for heading in ours], [heading.level for heading in theirs]
    if levels[0] == levels[1]:
        return
    longer = pair.ours if len(ours) > len(theirs) else pair.theirs
    other = pair.other(longer)
    if pair.may_leave_out(other):
        return
    both = zip_longest(longer.card.headings, other.card.headings)
    heading, instead = next((a, b) for a, b in both if not (a and b and a.level == b.level))
    if len(ours) == len(theirs) and instead:
        what = f"the heading “{heading.text}” is of level {heading.level}, and its counterpart in "
        what += f"{other.path}:{other.line_of(instead.text)} of level {instead.level}"
        mend = "give both the same number of #"
    else:
        counts = len(longer.card.headings), len(other.card.headings)
        what = f"“{heading.text}” has no counterpart in {other.path}; "
        what += f"headings here: {counts[0]}, there: {counts[1]}"
        mend = "write it in both languages, or in neither"
    pair.report("headings-differ", longer, longer.line_of(heading.text), what, mend, findings)
