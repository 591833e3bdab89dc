"""Finds fenced code in Markdown lines."""

import re
from collections.abc import Iterator, Sequence

import msgspec

_OPENING = re.compile(r"(?P<indent>[ >]*)(?P<fence>`{3,}|~{3,}) *\.?(?P<language>[\w#+.-]*)[^`]*")


class Fence(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of code between two fences, or between one and the end of the article."""

    start: int  # the index of the line with the opening fence
    end: int  # the index after the closing one
    indent: str  # what stands before the fence: blanks and the `>` of quotes
    language: str
    code: str


def fences(lines: Sequence[str]) -> Iterator[Fence]:
    """Yield the fenced code of these lines in order."""
    number = 0
    while number < len(lines):
        line = lines[number]
        opening = _OPENING.fullmatch(line) if "```" in line or "~~~" in line else None
        if opening is None:
            number += 1
            continue
        yield (fence := _fence(lines, number, opening))
        number = fence.end


def _fence(lines: Sequence[str], start: int, opening: re.Match[str]) -> Fence:
    indent, mark = opening["indent"], opening["fence"]
    closing = re.compile(rf"[ >]*{mark[0]}{{{len(mark)},}} *")
    end = next((n for n in range(start + 1, len(lines)) if closing.fullmatch(lines[n])), None)
    code = [_without(indent, line) for line in lines[start + 1 : end]]
    return Fence(
        start=start,
        end=len(lines) if end is None else end + 1,
        indent=indent,
        language=opening["language"],
        code="\n".join(code).rstrip(),
    )


def _without(indent: str, line: str) -> str:
    """Return a line of code without what stands before its fence, as far as it is there."""
    shared = 0
    while shared < min(len(indent), len(line)) and line[shared] == indent[shared]:
        shared += 1
    return line[shared:]
