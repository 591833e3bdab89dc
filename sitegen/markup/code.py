"""Fenced code: shown as it is typed, in a block that scrolls."""

import re
from collections.abc import Mapping
from html import escape

from markdown.util import HtmlStash

FENCED = (
    r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})[^`\n]*(?:\n|\Z)"
    r"(?P<code>.*?)(?:^ *(?P=fence)[`~]* *$|\Z)"
)
"""Matches code between two fences, or between one and the end of the article."""


class Shown(str):
    """The HTML of code, which is not judged as an editor's HTML is."""


def take_out(body: str, stash: HtmlStash, region: Mapping[str, str]) -> str:
    """Return the Markdown with its fenced code in the stash, where none of it is Markdown."""

    def store(found: re.Match[str]) -> str:
        indent, attributes = found["indent"], written(region)
        code = re.sub(rf"^ {{0,{len(indent)}}}", "", found["code"], flags=re.MULTILINE).rstrip()
        html = f"<pre{attributes}><code>{escape(code, quote=False)}\n</code></pre>"
        return f"\n{indent}{stash.store(Shown(html))}\n\n"

    if "```" not in body and "~~~" not in body:
        return body
    return re.sub(FENCED, store, body, flags=re.MULTILINE | re.DOTALL)


def written(attributes: Mapping[str, str]) -> str:
    """Return the attributes as they stand in a tag."""
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
