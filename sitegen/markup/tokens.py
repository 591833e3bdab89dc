"""The tokens that stand in an article's HTML until the finished site knows the addresses.

A token is a number between two control characters, which no article can contain, so prose never
forges one. It is always the whole value of an attribute: `href="\\x023\\x03"`.
"""

import re
from collections.abc import Sequence
from html import escape

from sitegen.model.pages import Target

TOKEN = re.compile("\x02([0-9]+)\x03")
"""Matches one token; group 1 is the index of its reference."""

_ATTRIBUTE = re.compile('(href|src|poster)="\x02([0-9]+)\x03"')


def token(index: int) -> str:
    """Return the token of the reference with that index."""
    return f"\x02{index}\x03"


def fill_tokens(html: str, targets: Sequence[Target]) -> str:
    """Return the HTML with each token replaced by the address of its target.

    `href="TOKEN"` becomes the address. `src="TOKEN"` does, too, and when the target is a picture
    (it has a width) the size follows, and that browsers may fetch it late:
    `src="…" width="…" height="…" loading="lazy" decoding="async"`.
    """

    def attribute(match: re.Match[str]) -> str:
        name, target = match[1], targets[int(match[2])]
        address = f'{name}="{escape(target.href)}"'
        if name != "src" or not target.width:
            return address
        size = f'width="{target.width}" height="{target.height}"'
        return f'{address} {size} loading="lazy" decoding="async"'

    return _ATTRIBUTE.sub(attribute, html)
