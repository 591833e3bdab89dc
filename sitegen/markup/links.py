"""Links: where they may lead, and the tokens for addresses that only the finished site knows.

A token is a number between two control characters, which no article can contain, so prose never
forges one. It is always the whole value of an attribute: `href="\\x023\\x03"`.
"""

import re
from html import unescape
from typing import Literal
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from sitegen.markup.draft import Draft
from sitegen.model.content import Reference

TOKEN = re.compile("\x02([0-9]+)\x03")
"""Matches one token; group 1 is the index of its reference."""

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_HOST = r"(?:[\w-]+\.)*[\w-]+(?::[0-9]{1,5})?"
_PART = r"""[^\s()<>"”“«»\x02\x03`]"""
_PATH = rf"[/?#](?:\({_PART}*\)|{_PART})*(?<![.,;:!?'’*_…])"
WEB = rf"""(?<![\w/"'=@])(https?://{_HOST}(?:{_PATH})?)"""
MAIL = r"<(?:mailto:)?([^<>\s@]+@[^<>\s@]+)>"

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\u2060\ufeff]")
_WEB = re.compile(r"https?://[^/?#|\\<>^]+(?:[/?#]|\Z)")


def finish(root: Element, draft: Draft) -> None:
    """Judge the target of every link of the tree, and put tokens in place; returns nothing."""
    for link in root.iter("a"):
        link.set("href", judged("href", link.get("href", ""), draft))


def check_fragments(html: str, draft: Draft) -> None:
    """Report links within the article to ids that it does not have; returns nothing."""
    for fragment in re.findall(r'<a [^>]*href="#([^"]+)"', html):
        wanted = unquote(unescape(fragment))
        if wanted not in draft.ids and wanted != "top":
            what = f"the link #{wanted} leads to no place in this article"
            mend = "write a heading in small letters, with hyphens for blanks, or add {: #id }"
            draft.fault("anchor-broken", what, mend, draft.lines.of_target(f"#{wanted}"))


def judged(attribute: str, target: str, draft: Draft, alt: str | None = None) -> str:
    """Return what stands in the attribute: the target, a token, or nothing when it is forbidden."""
    bare = _INVISIBLE.sub("", unescape(target)).lower()
    fault = _fault(target, bare, is_embedded=attribute != "href")
    if not fault and (_SCHEME.match(bare) or (bare.startswith("#") and attribute == "href")):
        return target.strip()
    line = draft.lines.of_target(target)
    if fault:
        draft.fault(*fault, line)
        return ""
    kind: Literal["link", "image"] = "link" if alt is None and attribute != "poster" else "image"
    reference = Reference(kind=kind, target=unescape(target).strip(), line=line, alt=alt)
    draft.references.append(reference)
    return f"\x02{len(draft.references) - 1}\x03"


def _fault(target: str, bare: str, *, is_embedded: bool) -> tuple[str, str, str] | None:
    """Return the code for what is wrong with a target, its words, and how to mend it."""
    scheme = _SCHEME.match(bare)
    is_foreign = scheme is not None or bare.startswith(("//", "\\\\", "/\\", "\\/"))
    if not bare or bare == "#":
        mend = "write its address in the round brackets, as in [text](https://www.example.com)"
        return "link-empty", "the link leads nowhere", mend
    if is_foreign and is_embedded:
        what = f"the picture or file {target!r} would be fetched from another site"
        return "link-scheme", what, "put it beside the article and name the file"
    if is_foreign and (scheme is None or scheme[1] not in SCHEMES):
        what = f"a link cannot begin with {scheme[0] if scheme else bare[:2]!r}"
        return "link-scheme", what, "begin it with https://, mailto: or tel:"
    if scheme and scheme[1].startswith("http") and not _WEB.match(bare):
        what = f"{target!r} is no address of a web page"
        return "link-scheme", what, "write it as https://www.example.com/page"
    return None


def address(match: re.Match[str]) -> Element:
    """Return a link to an address in the text."""
    link = Element("a", {"href": match[1] if "://" in match[1] else f"mailto:{match[1]}"})
    link.text = AtomicString(match[1])
    return link
