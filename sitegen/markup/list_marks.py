"""Marks that begin no list: bullets, dashes and `1)`, as they come from Word, mail and phones."""

import re
from collections.abc import Iterator

from sitegen.markup.draft import Draft, Fault

_OF_FONTS = "\uf0a7\uf0b7\uf0d8"  # what Word's own fonts leave of their bullets
_BULLETS = f"•·●○◦▪▫■□‣⁃➢➤❖{_OF_FONTS}"
_MARKED = re.compile(
    rf"(?P<indent>[ >\u00a0]*)(?:(?P<bullet>[{_BULLETS}]|[o§](?=[ \u00a0]{{2}}))|"
    r"(?P<dash>[–—−](?=[ \u00a0])|-(?=[^\W\d_]))|"
    r"(?P<order>\d{1,2}|[a-h])(?P<round>\)))(?P<gap>[ \u00a0]*)(?P<text>[^\s|][^|]*)"
)
_ITEM = re.compile(r"(?P<indent>[ >\u00a0]*)(?:[-*+]|\d{1,3}\.)[ \u00a0]")
_HINT = re.compile(
    rf"^[ >\u00a0]*(?:[{_BULLETS}–—−]|[o§][ \u00a0]{{2}}|-\w|\d{{1,2}}\)|[a-h]\))", re.MULTILINE
)
_END = re.compile(r"[ >]*(?::::|\Z|[-*+][ \u00a0])")

_Line = tuple[int, re.Match[str]]


def stand_in(draft: Draft) -> bool:
    """Tell whether `check` would report something."""
    return any(True for _ in _found(draft))


def check(draft: Draft) -> None:
    """Report each run of lines that look like a list and are none; returns nothing.

    What may be prose is left alone: a dash begins a line of dialogue, and a dot may part two names.
    """
    for run in _found(draft):
        number, _ = run[0]
        what, mend = _words(run)
        draft.fault("list-mark", what, mend, draft.lines.at(0) + number)


def _found(draft: Draft) -> Iterator[list[_Line]]:
    if _HINT.search(draft.body):
        yield from _runs(draft.body.split("\n"), draft.lines.prose.split("\n"))


def _words(run: list[_Line]) -> Fault:
    """Return what is wrong with the lines of a run, and how to mend it."""
    first = run[0][1]
    mark = f"{first['order']})" if first["order"] else first["bullet"] or first["dash"]
    mark = "•" if mark in _OF_FONTS else mark
    lines = "this line begins" if len(run) == 1 else f"these {len(run)} lines begin"
    lines += f" with “{mark}”" + (" and no blank behind it" if mark == "-" else "")
    listed = f"`{'1.' if first['order'] else '-'} {first['text'][:40].rstrip()}`"
    mend = f"write {listed}" if len(run) == 1 else f"begin each as in {listed}"
    if first["dash"] and mark != "-":
        mend += ", or leave a blank line between when it is dialogue"
    return f"{lines}, which makes no list", mend


def _runs(lines: list[str], prose: list[str]) -> Iterator[list[_Line]]:
    """Yield the marked lines that stand together, are meant as a list, and are no code."""
    run: list[_Line] = []
    for number, line in enumerate([*lines, ""]):
        marked = _MARKED.fullmatch(line)
        if marked and prose[number][marked.end("indent")] == " ":
            marked = None
        if marked and (not run or _goes_on(run[-1][1], marked)):
            run.append((number, marked))
            continue
        if run and _is_list(run, lines, is_last=bool(_END.match(line))):
            yield run
        run = [(number, marked)] if marked else []


def _goes_on(previous: re.Match[str], marked: re.Match[str]) -> bool:
    """Tell whether the line goes on with the list of the line before."""
    if marked["order"] and previous["order"]:
        return _rank(marked["order"]) == _rank(previous["order"]) + 1
    return previous["bullet"] == marked["bullet"] and previous["dash"] == marked["dash"]


def _rank(order: str) -> int:
    return int(order) if order.isdecimal() else ord(order)


def _is_list(run: list[_Line], lines: list[str], *, is_last: bool) -> bool:
    """Tell whether an editor must have meant a list, from the run and what stands around it."""
    number, first = run[0]
    before = lines[number - 1] if number else ""
    item = _ITEM.match(before)
    follows_item = item is not None and item["indent"] == first["indent"]
    is_spaced = len(first["gap"]) > 1  # a tab, as Word puts it behind its bullets
    if first["bullet"]:
        begins = _END.match(before) or before.rstrip().endswith(":")
        return len(run) > 1 or bool(begins) or follows_item or is_spaced
    if first["order"]:
        return len(run) > 1
    is_broken = any(lines[each].endswith(("  ", "\\")) for each, _ in run)
    together = len(run) > 1 or follows_item
    return is_spaced or (together and is_last and not is_broken)
