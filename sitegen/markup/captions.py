"""What an article says of the pictures in its text: alternative text, caption and credit."""

import re
from collections.abc import Iterator
from html import unescape

import msgspec

from sitegen.markup.links import TOKEN
from sitegen.markup.plain_text import text_in

_PIECE = re.compile(r"<figure\b.*?</figure>|<img\b[^<>]*>", re.DOTALL)
_PICTURE = re.compile(rf'<img\b[^<>]*? src="{TOKEN.pattern}"[^<>]*>')
_ALT = re.compile(r' alt="([^"]*)"')
_CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)
_CREDIT = re.compile(r'<span class="credit">(.*?)</span>', re.DOTALL)


class Caption(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a picture, as plain text."""

    index: int = -1  # of its reference
    alt: str
    caption: str = ""
    credit: str = ""  # as in "Foto: Eva Skov"


def captions_of(html: str) -> Iterator[Caption]:
    """Yield what the HTML of a text, with its tokens, says of each picture."""
    for piece in _PIECE.finditer(html):
        picture = _PICTURE.search(piece[0])
        if picture is None:
            continue
        alt, caption = _ALT.search(picture[0]), _CAPTION.search(piece[0])
        words = caption[1] if caption else ""
        credit = _CREDIT.search(words)
        yield Caption(
            index=int(picture[1]),
            alt=unescape(alt[1]) if alt else "",
            caption=text_in(_CREDIT.sub("", words)),
            credit=text_in(credit[1]) if credit else "",
        )
