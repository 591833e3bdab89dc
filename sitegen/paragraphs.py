"""An article as the paragraphs that a translator sees; how it is spaced and quoted shows nowhere.

Two articles that say the same have the same paragraphs; one that is as it was has its digest.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b

from sitegen.model.content import FrontMatter

TRANSLATED = (
    "title", "summary", "description", "image_alt", "image_caption", "quote",
)  # fmt: skip
"""The keys of the front matter that are written anew in each language."""

_LOOKS = (
    ("“", '"'), ("”", '"'), ("„", '"'), ("»", '"'), ("«", '"'), ("‘", "'"), ("’", "'"),
    ("‚", "'"), ("…", "..."), ("\u00ad", ""), ("\u200b", ""), ("&nbsp;", " "), ("&shy;", ""),
)  # fmt: skip
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
_RULE = re.compile(r"[\s|:+=_*-]+")  # between paragraphs, under a heading, in a table, after a box
_NUMBER = re.compile(r"\d+[.)] ")
_START = re.compile(
    r"#{1,6} |[-*+] |:::|\||\[[^\]]+\]: |: |\*\[[^\]]+\]: |!\[|(?P<number>\d+[.)] )"
)
_HEADING = re.compile(r"(#{1,6}) +(.*?)[ #]*")
_ATTRIBUTES = re.compile(r" ?\{:[^}]*\}")
_PICTURE = re.compile(r"!\[([^\]]*)\]\( *(?:<[^>]*>|[^\s\")]*) *(?:\"([^\"|]*)[^\"]*\")? *\)")
_BAR = re.compile(r" ?\| ?")


def paragraphs_of(front: FrontMatter, body: str) -> tuple[str, ...]:
    """Return what an article says in its own language, one paragraph each, first its headline."""
    said = (" ".join(_alike(text).split()) for text in _front(front))
    return (*said, *_body(_alike(body)))


def digest_of(front: FrontMatter, body: str) -> str:
    """Return what changes with any letter of it; far cheaper than the paragraphs."""
    text = "\n\n".join((*_front(front), body))
    return blake2b(text.encode(), digest_size=12).hexdigest()


def _front(front: FrontMatter) -> list[str]:
    said = [f"{key}: {text}" for key in TRANSLATED if (text := getattr(front, key))]
    said += [f"correction: {each.date.day} {each.text}" for each in front.corrections]
    return [*said, f"withdrawn: {front.withdrawn.reason}"] if front.withdrawn else said


def _alike(text: str) -> str:
    """Return the text with quotation marks, ellipses and hidden signs in their plainest form."""
    if not text.isascii() or "&" in text:
        for look, plain in _LOOKS:
            text = text.replace(look, plain)
    return _COMMENT.sub("", text) if "<!--" in text else text


def _body(text: str) -> Iterator[str]:
    if "```" in text or "~~~" in text:
        yield from _Reader().read(text)
        return
    for block in _BLANK_LINES.split(text.strip("\n")):
        if block[:1].isalpha() and "\n" not in block and "{" not in block and "![" not in block:
            yield " ".join(block.split())
        else:
            yield from _Reader().read(block)


class _Reader:
    """Reads Markdown line by line where a blank line is not all that parts its paragraphs."""

    def __init__(self) -> None:
        self._parts: list[str] = []  # of the paragraph that is being read
        self._code: list[str] = []
        self._fence = ""

    def read(self, text: str) -> Iterator[str]:
        """Yield the paragraphs of a text."""
        for line in text.split("\n"):
            bare = line.strip()
            if self._fence:
                yield from self._in_code(line, bare)
            elif fence := _FENCE.fullmatch(bare):
                yield from self._ended()
                self._fence, self._code = fence[1], [f"```{fence[2].strip()}"]
            else:
                yield from self._in_prose(bare)
        yield from self._ended()
        if self._fence:
            yield "\n".join(self._code)

    def _in_code(self, line: str, bare: str) -> Iterator[str]:
        """Keep code as it is, but for empty lines; indented, no line of it looks like prose."""
        if bare.startswith(self._fence) and not bare.strip(self._fence[0]):
            yield "\n".join(self._code)
            self._fence = ""
        elif bare:
            self._code.append(f"    {line.rstrip()}")

    def _in_prose(self, bare: str) -> Iterator[str]:
        mark = "> " if bare.startswith(">") else ""
        bare = bare.lstrip("> ") if mark else bare
        if not bare or _RULE.fullmatch(bare) or not bare.strip(":"):
            yield from self._ended()
            return
        if self._starts(bare):
            yield from self._ended()
        self._parts.append(bare if self._parts or not mark else mark + bare)
        if bare.startswith(("# ", "## ", "### ", "#### ", "##### ", "###### ", ":::")):
            yield from self._ended()

    def _starts(self, bare: str) -> bool:
        """Tell whether a line starts a paragraph; in the midst of one, `3. maj` does not."""
        start = _START.match(bare)
        if start and start["number"]:
            return not self._parts or _NUMBER.match(self._parts[0]) is not None
        return start is not None

    def _ended(self) -> Iterator[str]:
        text = " ".join(" ".join(self._parts).split())
        self._parts = []
        text = _PICTURE.sub(_pictured, _ATTRIBUTES.sub("", text))
        if heading := _HEADING.fullmatch(text):
            text = f"{heading[1]} {heading[2]}"
        elif text.startswith("|"):
            text = _BAR.sub(" | ", text).strip()
        elif text.startswith(("* ", "+ ")):
            text = f"- {text[2:]}"
        if text:
            yield text


def _pictured(match: re.Match[str]) -> str:
    """Return a picture as what is said of it: its file and its photographer are no text."""
    caption = (match[2] or "").strip()
    return f'![{match[1]}]("{caption}")' if caption else f"![{match[1]}]"
