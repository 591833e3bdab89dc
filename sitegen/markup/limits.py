"""What is refused before any Markdown is read: control characters, and texts that cost too much.

The unit of cost is about 3 µs. What costs grows faster than the text, so an article whose whole
cost is small needs no look at its blocks.
"""

import re

from sitegen.markup.draft import Draft

MAX_HTML = 5_000_000
MAX_COST = 500_000  # a megabyte of prose, or 7,000 paragraphs
MAX_LEVELS = 50
MAX_ABBREVIATIONS = 200

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_OPEN_TAG = re.compile(r"<[a-zA-Z!?/][^<>]*(?=<|\Z)")
_BLOCK = re.compile(r"(?s:.+?)(?:\n\n|\n(?= {0,3}[-*+] +\S)|\Z)")
_MARK = r"(?:[*+-]|\d{1,3}\.)(?= )"
_DEEP = re.compile(rf"^(?:(?: *(?:>|{_MARK})){{{MAX_LEVELS}}}| {{{2 * MAX_LEVELS},}}{_MARK})", re.M)
_ABBREVIATION = re.compile(r"^ {0,3}\*\[[^\]\n]+\]:", re.MULTILINE)
_REPEATED = re.compile(r"^ {0,3}\*?\[([^\]\n]+)\]:(.{200,})", re.MULTILINE)
_CELLS = "table cells"


class TooComplexError(Exception):
    """The Markdown is nested too deeply, would take too long, or would grow too large."""

    def __init__(self, what: str = "", place: int | None = None) -> None:
        super().__init__(what)
        self.place = place  # in the body, where it is known


def without_control_characters(draft: Draft) -> str:
    """Return the body without the characters that feeds cannot carry, each of them a finding."""
    if not _CONTROL.search(draft.body):
        return draft.body
    for number, line in enumerate(draft.body.split("\n"), draft.lines.at(0)):
        if found := _CONTROL.findall(line):
            what = f"the text holds an invisible control character, U+{ord(found[0]):04X}"
            what += f", and {len(found) - 1:,} more on this line" if len(found) > 1 else ""
            mend = f"delete it; it stands after “{line.partition(found[0])[0][-20:]}”"
            draft.fault("control-character", what, mend, number)
    return _CONTROL.sub("", draft.body)


def check(body: str) -> None:
    """Raise an error when the body could not be rendered in reasonable time; returns nothing."""
    if deep := _DEEP.search(body):
        what = f"this line is nested more than {MAX_LEVELS} levels deep"
        raise TooComplexError(what, deep.start())
    open_tags = list(_OPEN_TAG.finditer(body)) if body.count("<") > MAX_LEVELS else []
    if len(open_tags) ** 2 > MAX_COST:
        what = f"the text has {len(open_tags):,} signs < that no > closes, this one the first"
        raise TooComplexError(what, open_tags[0].start())
    if body.count("*[") > MAX_ABBREVIATIONS:
        short = list(_ABBREVIATION.finditer(body))
        if len(short) > MAX_ABBREVIATIONS:
            what = f"the article has {len(short):,} abbreviations, more than {MAX_ABBREVIATIONS}"
            raise TooComplexError(what, short[MAX_ABBREVIATIONS].start())
    for written in _REPEATED.finditer(body):
        times = body.count(written[1]) - 1
        if times * len(written[2]) > MAX_HTML:
            what = f"this text of {len(written[2]):,} characters would be repeated {times:,} times"
            raise TooComplexError(what, written.start())
    if sum(_costs(body).values()) > MAX_COST:
        _check_blocks(body)


def refuse(error: Exception, body: str, draft: Draft) -> None:
    """Report why the body could not be read, at the line that is to blame; returns nothing."""
    place = error.place if isinstance(error, TooComplexError) else None
    what = str(error) if isinstance(error, TooComplexError) else ""
    what = what or "the text is nested too deeply, grows too large or takes too long to read"
    if not isinstance(error, TooComplexError | RecursionError | MemoryError):
        what = f"the text cannot be read ({type(error).__name__}: {error})"
    if place is None:
        place = _heaviest(body)
        what += "; it is probably the block that begins at this line"
    mend = "divide it by blank lines, write it more simply, or make two articles of it"
    draft.fault("markdown-too-complex", what, mend, draft.lines.at(0) + body.count("\n", 0, place))


def _heaviest(body: str) -> int:
    """Return the place of the block that costs most to read."""
    costs = (
        (sum(_costs(block[0].strip()).values()), -block.start()) for block in _BLOCK.finditer(body)
    )
    return -max(costs, default=(0, 0))[1]


def _check_blocks(body: str) -> None:
    """Raise an error at the first block that is too much, by itself or with those before it."""
    total = 0
    for block in _BLOCK.finditer(body):
        costs = _costs(block[0])
        cost = sum(costs.values())
        total += cost
        if cost > MAX_COST:
            kind = max(costs, key=lambda each: costs[each])
            what = f"this block has too many {kind}: {_count(kind, block[0]):,}"
            raise TooComplexError(what, block.start())
        if total > MAX_COST:
            lines = body.count("\n", 0, block.start())
            what = f"the article is too long: up to here it has {block.start():,} characters"
            raise TooComplexError(f"{what} on {lines:,} lines", block.start())


def _count(kind: str, text: str) -> int:
    """Return how many characters, paragraphs … stand in the text."""
    if kind == _CELLS:
        return max(row.count("|") for row in text.split("\n")) * text.count("\n")
    return sum(map(text.count, _KINDS[kind]))


_KINDS = {
    "characters": ("",),
    "lines": ("\n",),
    "paragraphs": ("\n\n",),
    "square brackets": ("[", "]"),
    "stars, underscores and backticks": ("*", "_", "`"),
    "signs of HTML and addresses (<, &, \\ and ://)": ("<", "&", "\\", "://"),
    "underlined headings": ("\n-", "\n="),
    "definitions without a blank line between": ("\n:",),
    "boxes": (":::",),
}


def _costs(text: str) -> dict[str, int]:
    """Return what each kind of thing in a text costs: often the square of how many there are."""
    length, lines, paragraphs, brackets, marks, signs, underlined, defined, boxes = (
        _count(kind, text) for kind in _KINDS
    )
    cells = _count(_CELLS, text) if "|" in text else 0
    costs = (
        length // 2 + 2 * (length // 1_000) ** 2,
        lines * 10,
        paragraphs * 50,
        brackets**2 // 10 + brackets * 5,
        marks**2 // 100 + marks * 3,
        signs * (12 + length // 4_000),
        underlined**2 // 60,
        max(0, defined - boxes) ** 2 * 50,
        boxes**2 // 20 + boxes * 20,
    )
    return {**dict(zip(_KINDS, costs, strict=True)), _CELLS: cells * 50}
