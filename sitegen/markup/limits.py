"""What is refused before any Markdown is read: control characters, and texts that cost too much."""

import re

from sitegen.markup.draft import Draft

MAX_HTML = 5_000_000
MAX_COST = 500_000  # a megabyte of prose, 10,000 paragraphs or 200 abbreviations

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_OPEN_TAG = re.compile(r"<[a-zA-Z!?/][^<>]*(?=<|\Z)")
_BLOCK_END = re.compile(r"\n\n|\n(?= {0,3}[-*+] )")
_DEEP = re.compile(r"(?:\A|\n)(?: *(?:>|[*+-](?= ))){50}")


class TooComplexError(Exception):
    """The Markdown is nested too deeply, or would grow too large."""


def without_control_characters(draft: Draft) -> str:
    """Return the body without the characters that feeds cannot carry, each of them a finding."""
    for match in _CONTROL.finditer(draft.body):
        what = f"the text holds an invisible control character, U+{ord(match[0]):04X}"
        before = draft.body[: match.start()].rpartition("\n")[2]
        mend = f"delete it; it stands after “{_CONTROL.sub('', before)[-20:]}”"
        draft.fault("control-character", what, mend, draft.lines.at(match.start()))
    return _CONTROL.sub("", draft.body)


def check(body: str) -> None:
    """Raise an error when the body could not be rendered in reasonable time; returns nothing."""
    cost = len(body) // 2 + 50 * body.count("\n\n") + 2_500 * body.count("\n*[")
    cost += sum(map(_cost, _BLOCK_END.split(body))) + len(_OPEN_TAG.findall(body)) ** 2
    if cost > MAX_COST or _DEEP.search(body):
        raise TooComplexError


def _cost(block: str) -> int:
    """Return how long a block takes: time grows with the square of its brackets and stars."""
    brackets = block.count("[")
    marks = block.count("*") + block.count("_") + block.count("`")
    columns = max(row.count("|") for row in block.split("\n")) if "|" in block else 0
    return brackets**2 + marks**2 // 100 + columns * block.count("\n") * 50
