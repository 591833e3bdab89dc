"""An article as the rules read it: its words and figures at their lines, without the markup."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property

from sitegen.markup.code import FENCED
from sitegen.model.content import Card

DIGIT = b"0"
"""What stands in `Written.shadow` for any digit."""

_FENCE = re.compile(r"\n---[ \t]*(?:\n|\Z)")
_CODE = re.compile(
    rf"{FENCED}|(?<!`)(?P<ticks>`+)(?!`)(?:[^\n]|\n(?!\n))+?(?<!`)(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TARGET = re.compile(r"\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)[^\s@]+@[^\s@]+")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>")
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
_TEXTS = ("title", "summary", "image_caption")
_SHADOW = bytes(
    ord("0") if chr(code).isdigit() and code < 128
    else ord(chr(code).lower()) if chr(code).isalpha() and code != 0xAA
    else code if chr(code) == "-"
    else ord(" ")
    for code in range(256)
)  # fmt: skip


class Written:
    """The text of one file: what its title, summary and caption say, then its body."""

    def __init__(self, content: bytes, card: Card) -> None:
        decoded = content.decode("utf-8").lstrip("\ufeff")
        text = unicodedata.normalize("NFC", decoded.replace("\r\n", "\n").replace("\r", "\n"))
        self.language = card.source.language
        fence = _FENCE.search(text, text.find("---") + 3)
        start = fence.end() if fence else 0
        self.body = text[start:]
        self._above = text[:start]
        self._first_line = text.count("\n", 0, start) + 1
        self._front = [  # key, line, text
            (key, card.lines.get(key, 1), " ".join(said.split()))
            for key in _TEXTS
            if (said := getattr(card.front, key))
        ]
        head = "".join(f"{said}\n\n" for _, _, said in self._front)
        self._head = len(head)
        self.whole = head + _without_markup(self.body)

    def is_marked(self, number: int) -> bool:
        """Tell whether something in a block says which language it is in."""
        line = self._starts[1][number]
        below = line + self.blocks[number].count("\n") + 1  # where `{: lang=en }` stands
        return any(line <= each <= below for each in self._marks)

    @cached_property
    def _marks(self) -> list[int]:
        """The lines of the body on which a language is named."""
        lines = enumerate(self.body.split("\n"), self._first_line)
        return [number for number, line in lines if "lang=" in line]

    @cached_property
    def shadow(self) -> bytes:
        """The whole, letter by letter: words in small letters between blanks, digits as zeros."""
        return self.whole.encode("latin-1", "replace").translate(_SHADOW)

    @cached_property
    def words(self) -> list[bytes]:
        """All words, as in the shadow."""
        return self.shadow.split()

    @cached_property
    def blocks(self) -> list[str]:
        """The paragraphs, headings, lists … of the whole."""
        return self.whole.split("\n\n")

    @property
    def head_blocks(self) -> int:
        """How many blocks stand before the body."""
        return len(self._front)

    def block_words(self, number: int) -> list[bytes]:
        """Return the words of a block."""
        start = self._starts[0][number]
        return self.shadow[start : start + len(self.blocks[number])].split()

    def block_start(self, number: int) -> int:
        """Return where a block begins in the whole."""
        return self._starts[0][number]

    def block_line(self, number: int) -> int:
        """Return the line on which a block begins."""
        block = self.blocks[number]
        return self._starts[1][number] + len(block) - len(block.lstrip("\n"))

    @cached_property
    def _starts(self) -> tuple[list[int], list[int]]:
        """Where each block begins in the whole, and its line of the file."""
        starts, lines, reached = [], [], 0
        line, count = self._first_line, len(self._front)
        for number, block in enumerate(self.blocks):
            starts.append(reached)
            lines.append(line if number >= count else self._front[number][1])
            reached += len(block) + 2
            if number >= count:
                line += block.count("\n") + 2
        return starts, lines

    def at(self, place: int) -> tuple[int, int]:
        """Return the number of the block at a place of the whole, and the line of the file."""
        number = self.whole.count("\n\n", 0, place)
        if place < self._head:
            return number, self._front_line(number, place)
        return number, self._first_line + self.whole.count("\n", self._head, place)

    def _front_line(self, number: int, place: int) -> int:
        """Return the line on which a word of the front matter stands, or that of its key."""
        key, line, _ = self._front[number]
        start = self._above.find(f"\n{key}:") + 1
        found = self._above.find(self.whole[place : place + 20].split(maxsplit=1)[0], start)
        return line + self._above.count("\n", start, found) if found > start > 0 else line

    def at_all(self, places: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield the block and the line of each place; quick where they come in their order."""
        whole, reached = self.whole, self._head
        block, line = len(self._front), self._first_line
        for place in places:
            if place < reached:  # in the title or summary
                yield self.at(place)
                continue
            block += whole.count("\n\n", reached, place)
            line += whole.count("\n", reached, place)
            reached = place
            yield block, line

    def body_line(self, place: int) -> int:
        """Return the line of a place in the body, as it was typed."""
        return self._first_line + self.body.count("\n", 0, place)


def _without_markup(body: str) -> str:
    """Return the body with as many lines as before, and nothing in them but what is said."""
    if "`" in body or "~~~" in body:
        body = _CODE.sub(_lines, body)
    if "<" in body:
        body = _TAG.sub("", _COMMENT.sub(_lines, _ADDRESS.sub("", body)))
    if "](" in body:
        body = _TARGET.sub("]", body)
    if "://" in body or "@" in body or "www." in body:
        body = _ADDRESS.sub(" ", body)
    if "{" in body:
        body = _ATTRIBUTES.sub("", body)
    for mark, instead in (("\\", ""), ("**", ""), ("\u00a0", " "), ("\u202f", " "), ("\u00ad", "")):
        if mark in body:
            body = body.replace(mark, instead)
    return body


def _lines(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]+", "", match[0])
