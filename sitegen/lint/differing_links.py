"""Links that one translation has and the other has not, or that lead to another story."""

from collections.abc import Mapping

from sitegen.encoding import shortened
from sitegen.findings import Findings
from sitegen.lint.pair import Pair, Told

Link = tuple[str, int, str]
"""What it leads to, its line, and how it is written."""

_FILE, _WEB = "file", "web:"


def check(pair: Pair, stories: Mapping[str, str], findings: Findings) -> None:
    """Note each link that the other article lacks; `stories` knows the story of each file."""
    if not any((t.notes.links or t.card.references) for t in (pair.ours, pair.theirs)):
        return
    ours, theirs = (_links(told, stories) for told in (pair.ours, pair.theirs))
    for link in list(ours):
        same = next((each for each in theirs if each[0] == link[0]), None)
        if same:
            ours.remove(link)
            theirs.remove(same)
    for is_web in (False, True):
        _compare(
            pair,
            [link for link in ours if link[0].startswith(_WEB) == is_web],
            [link for link in theirs if link[0].startswith(_WEB) == is_web],
            findings,
        )


def _links(told: Told, stories: Mapping[str, str]) -> list[Link]:
    """Return the links of an article; of a file only that it is one: each language has its own."""
    links = [
        (stories.get(each.path, _FILE), each.line, each.target)
        for each in told.card.references
        if each.kind == "link" and (each.path or each.address)
    ]
    return [*links, *((_WEB + host, line, host) for line, host in told.notes.links)]


def _compare(pair: Pair, ours: list[Link], theirs: list[Link], findings: Findings) -> None:
    """Note what is left of links of one kind: sites differ by language, stories must not."""
    for one, other in zip(ours, theirs, strict=False):
        if not one[0].startswith(_WEB):
            what = f"the link leads to {shortened(other[2])}, which is another story than "
            what += f"{shortened(one[2])} in {pair.ours.path}:{one[1]}"
            mend = "link to the same story in both languages"
            pair.report("links-differ", pair.theirs, other[1], what, mend, findings)
    count = min(len(ours), len(theirs))
    for told, links in ((pair.ours, ours[count:]), (pair.theirs, theirs[count:])):
        other_article = pair.other(told)
        if pair.may_leave_out(other_article):
            continue
        for _, line, target in links:
            what = f"the link to {shortened(target)} has no counterpart in {other_article.path}"
            mend = "link in both languages, or in neither"
            pair.report("links-differ", told, line, what, mend, findings)
