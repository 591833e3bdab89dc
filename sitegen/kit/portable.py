"""Turns an article's Markdown into one that needs neither its folder nor what only we can read."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Literal
from urllib.parse import unquote

Kind = Literal["image", "link"]

_TARGET = re.compile(
    r"(?:(?P<image>!\[[^\]]*\]\(<?|<img\b[^<>]*? src=[\"'])|(?P<link>\]\(<?|href=[\"']))"
    r"(?P<target>[^)>\"'\n]*[^)>\"'\s])"
)
_BOX = re.compile(r" *:::+ *(?:(fact|quote)\b *(.*?))? *")
_PHRASE = re.compile(r"\[([^\[\]]+)\]\{[^{}\n]*\}")
_ATTRIBUTES = re.compile(r" *\{(?:: *|(?=[.#]))[^{}\n]*\}")
_CODE = re.compile(r" {0,3}(?:```|~~~)")


def portable(source: str, links: Mapping[tuple[Kind, str], str]) -> str:
    """Return the Markdown with addresses that hold anywhere, and boxes as ordinary text."""

    def placed(match: re.Match[str]) -> str:
        kind: Kind = "image" if match["image"] else "link"
        here = links.get((kind, unquote(unescape(match["target"]))), match["target"])
        return f"{match['image'] or match['link']}{here}"

    return "\n".join(_lines(_TARGET.sub(placed, source))).strip()


def _lines(source: str) -> Iterator[str]:
    """Yield the lines: a fact box becomes a bold heading and its text, a quote stays one."""
    speaker: str | None = None  # of the quote in which the line stands
    is_code = False
    for line in source.split("\n"):
        is_code ^= bool(_CODE.match(line))
        box = None if is_code else _BOX.fullmatch(line)
        if box and box[1] == "fact":
            yield from (f"**{box[2]}**", "")
        elif box and box[1] == "quote":
            speaker = box[2]
        elif box:
            yield from (">", f"> – {speaker}") if speaker else ()
            speaker = None
        else:
            text = line if is_code else _ATTRIBUTES.sub("", _PHRASE.sub(r"\1", line))
            yield text if speaker is None else f"> {text}".rstrip()
