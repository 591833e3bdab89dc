"""What is refused before any Markdown is read: control characters, and texts that cost too much."""

import re
import unicodedata

from sitegen.markup.draft import Draft

MAX_BYTES = 1_000_000
MAX_HTML = 5_000_000
MAX_DEPTH = 50
MAX_BLOCKS = 10_000
MAX_CELLS = 10_000
MAX_ABBREVIATIONS = 200
MAX_COST = (
    500_000  # of brackets and the like: time grows with the square of their number in a block
)

_PLANES = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_CONTROL = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")
_OPEN_TAG = re.compile(r"<[a-zA-Z!?/][^<>]*(?=<|\Z)")
_BLOCK_END = re.compile(r"\n\n|\n(?= {0,3}[-*+] )")
_ABBREVIATION = re.compile(r"^\*\[", re.MULTILINE)


class TooComplexError(Exception):
    """The Markdown is nested too deeply or would grow too large."""


def without_control_characters(draft: Draft) -> str:
    """Return the body without the characters that feeds cannot carry, each of them a finding."""

    def drop(match: re.Match[str]) -> str:
        place, code = match.start(), f"U+{ord(match[0]):04X}"
        name = unicodedata.name(match[0], "")
        before = draft.body[max(0, place - 20) : place].rpartition("\n")[2]
        after = _CONTROL.sub("", before)
        draft.fault(
            "control-character",
            f"the text holds an invisible control character, {code}{name and f' ({name})'}",
            f"delete it; it stands after “{after}”" if after else "delete it at the line's start",
            draft.lines.at(place),
        )
        return ""

    return _CONTROL.sub(drop, draft.body)


def is_bearable(draft: Draft, body: str) -> bool:
    """Tell whether the body can be rendered in reasonable time, with a finding if it cannot."""
    blocks = _BLOCK_END.split(body)
    cost = sum(map(_cost, blocks)) + (len(_OPEN_TAG.findall(body)) ** 2 if "<" in body else 0)
    if len(body.encode()) > MAX_BYTES:
        what, mend = "the text is longer than 1 MB", "divide it into several articles"
    elif (count := body.count("\n\n")) > MAX_BLOCKS:
        what, mend = f"the text has {count:,} paragraphs", "divide it into several articles"
    elif len(_ABBREVIATION.findall(body)) > MAX_ABBREVIATIONS:
        what = f"the text explains more than {MAX_ABBREVIATIONS} abbreviations"
        mend = "explain only those that readers do not know"
    elif cost > MAX_COST:
        what = "the text holds too many brackets, stars or open tags in a row"
        mend = "divide the paragraph, or remove what is no text"
    else:
        return True
    draft.fault("markdown-too-complex", what, mend, heaviest_line(draft))
    return False


def heaviest_line(draft: Draft) -> int:
    """Return the line of the paragraph that costs most, or is indented or quoted most deeply."""
    blocks = draft.body.split("\n\n")
    weights = [_cost(block) + max(map(_depth, block.split("\n"))) for block in blocks]
    heaviest = weights.index(max(weights))
    return draft.lines.at(sum(len(block) + 2 for block in blocks[:heaviest]))


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" >*+-\n"))


def _cost(block: str) -> int:
    brackets = block.count("[")
    marks = block.count("*") + block.count("_") + block.count("`")
    return brackets * brackets + marks * marks // 100
