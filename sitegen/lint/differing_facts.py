"""Figures, dates and times that one language tells and another tells otherwise, or not at all."""

from collections import defaultdict

from sitegen.encoding import shortened
from sitegen.findings import Findings
from sitegen.lint.facts import Difference, differences
from sitegen.lint.pair import Pair

Value = tuple[bool, str, str, str]
"""Whose it is, what it says and in which unit, and what the other says instead."""


def check(pair: Pair, findings: Findings) -> None:
    """Note each fact of which two translations do not say the same, at the line of it."""
    ours, theirs = pair.ours.notes, pair.theirs.notes
    told: defaultdict[Value, list[Difference]] = defaultdict(list)
    for each in differences(ours.facts, theirs.facts, ours.blocks, theirs.blocks):
        instead = each.other.readings[0] if each.other else ""
        told[each.is_ours, each.fact.readings[0], each.fact.unit, instead].append(each)
    for found in told.values():
        _report(sorted(found, key=lambda each: each.fact.line), pair, findings)


def _report(found: list[Difference], pair: Pair, findings: Findings) -> None:
    """Note one value that differs, with all its lines."""
    first = found[0]
    article = pair.ours if first.is_ours else pair.theirs
    other = pair.other(article)
    said = shortened(first.fact.said)
    if first.other:
        what = f"“{said}” stands here, and “{shortened(first.other.said)}” in "
        what += f"{other.path}:{first.other.line}"
        mend = "find out which is right, and correct the other"
    elif pair.may_leave_out(other):
        return
    else:
        what = f"“{said}” stands here, and nothing that says the same in {other.path}"
        mend = "say it in both languages, or in neither"
    if lines := sorted({each.fact.line for each in found} - {first.fact.line}):
        what += f" (also on line {', '.join(map(str, lines))})"
    pair.report("facts-differ", article, first.fact.line, what, mend, findings)
