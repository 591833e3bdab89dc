"""Two styles of quotation marks in one article: ”…” here and »…« there."""

from collections.abc import Iterator

from sitegen.findings import Findings
from sitegen.lint.written import Written

_CLOSING = {"”": "”", "“": "”", "„": "“”", "»": "«", "«": "»"}
_MARKS = frozenset(_CLOSING)
_SHOWN = {"”": "”…”", "“": "“…”", "„": "„…“", "»": "»…«", "«": "«…»"}


def check(written: Written, path: str, findings: Findings) -> None:
    """Note a style of quotation marks that is not the article's other one.

    Quotes within quotes may differ, and straight ones are no style, as they become the language's.
    """
    used = [mark for mark in _MARKS if mark in written.whole]
    if len(used) < 2 or _are_pairs(used, written.whole):
        return
    lines: dict[str, list[int]] = {}
    for number, block in enumerate(written.blocks):
        if number < written.head_blocks:  # those quotes have been set in the language's own style
            continue
        if not _MARKS.isdisjoint(block) and not written.is_marked(number):
            for mark, place in _outer(block):
                line = written.at(written.block_start(number) + place)[1]
                lines.setdefault(mark, []).append(line)
    if len(lines) < 2:
        return
    usual, rare = sorted(lines, key=lambda mark: (-len(lines[mark]), lines[mark][0]))[:2]
    findings.add(
        "quotes-mixed",
        f"a quote stands in {_SHOWN[rare]}, and others in {_SHOWN[usual]}",
        f"use {_SHOWN[usual]} in the whole article, or straight quotes everywhere",
        path=path,
        line=lines[rare][0],
    )


def _are_pairs(used: list[str], text: str) -> bool:
    """Tell whether each of the only two marks goes with one of the other: the usual case."""
    if len(used) != 2 or set(used) not in ({"“", "”"}, {"»", "«"}, {"„", "“"}):
        return False
    return text.count(used[0]) == text.count(used[1])


def _outer(block: str) -> Iterator[tuple[str, int]]:
    """Yield the opening mark of each quote of a block, and its place; none if one is left open."""
    open_marks: list[str] = []
    found: list[tuple[str, int]] = []
    for place, mark in enumerate(block):
        if mark not in _MARKS:
            continue
        if open_marks and mark in _CLOSING[open_marks[-1]]:
            open_marks.pop()
            continue
        if not open_marks:
            found.append((mark, place))
        open_marks.append(mark)
    if not open_marks:
        yield from found
