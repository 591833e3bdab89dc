"""Links: where they may lead, and addresses in the text that become links of themselves."""

import re
from html import unescape
from typing import Literal
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString, code_escape

from sitegen.markup.draft import Draft
from sitegen.markup.tokens import token
from sitegen.model.content import Reference

SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\u2060\ufeff]")
_HOST = r"(?:[\w-]+\.)*[\w-]+(?::[0-9]{1,5})?"
_ADDRESS = rf"""(?<![\w/"'=@])https?://{_HOST}(?:[/?#][^\s<>"”“«»\x02\x03`]*)?"""
_WEB = re.compile(
    rf"https?://(?:[^\s/?#@]*@)?(?:{_HOST}\.?|\[[0-9a-f:.]+\](?::[0-9]{{1,5}})?)(?:[/?#].*|)"
)
_END = ".,;:!?'’*_…"


def extend(converter: Markdown, draft: Draft) -> None:
    """Make bare web addresses links, and those between < and >; returns nothing."""
    converter.inlinePatterns.register(_Bare(_ADDRESS), "bare_address", 85)
    converter.inlinePatterns.register(
        _Bracketed(r"<([a-zA-Z][a-zA-Z0-9+.-]*://[^<>\s]+)>"), "autolink", 120
    )
    converter.inlinePatterns.register(
        _Bracketed(r"<(?:mailto:)?([^<>\s@]+@[^<>\s@]+)>"), "automail", 110
    )


def finish(root: Element, draft: Draft) -> None:
    """Judge the target of every link of the tree, and put tokens in place; returns nothing."""
    for link in root.iter("a"):
        link.set("href", judged(link.get("href", ""), "link", draft))


def check_fragments(html: str, draft: Draft) -> None:
    """Report links within the article to ids that it does not have; returns nothing."""
    for fragment in re.findall(r'<a [^>]*href="#([^"]+)"', html):
        wanted = unquote(unescape(fragment))
        if wanted not in draft.ids and wanted != "top":
            what = f"the link #{wanted} leads to no heading of this article"
            mend = "write the heading in small letters, with hyphens for blanks"
            line = draft.lines.of_target(f"#{wanted}")
            draft.fault("anchor-broken", what, mend, line)


def judged(
    target: str, kind: Literal["link", "image"], draft: Draft, *, is_embedded: bool = False
) -> str:
    """Return what stands in the attribute: the target, a token, or nothing when it is forbidden."""
    bare = _INVISIBLE.sub("", unescape(target)).lower()
    fault = _fault(target, bare, is_embedded=is_embedded or kind == "image")
    if not fault and (bare.startswith("#") or _SCHEME.match(bare)):
        return target.strip()
    line = draft.lines.of_target(target)
    if fault:
        draft.fault(*fault, line)
        return ""
    reference = Reference(kind=kind, target=unescape(target).strip(), line=line)
    draft.references.append(reference)
    return token(len(draft.references) - 1)


def _fault(target: str, bare: str, *, is_embedded: bool) -> tuple[str, str, str] | None:
    """Return the code for what is wrong with a target, its words, and how to mend it."""
    scheme = _SCHEME.match(bare)
    is_foreign = scheme is not None or bare.startswith(("//", "\\\\", "/\\", "\\/"))
    if not bare or bare == "#":
        mend = "write its address between the round brackets"
        return "link-empty", "the link leads nowhere", mend
    if is_foreign and is_embedded:
        what = f"the picture or file {target!r} would be fetched from another site"
        return "link-scheme", what, "put it beside the article and name the file"
    if is_foreign and (scheme is None or scheme[1] not in SCHEMES):
        what = f"a link cannot begin with {scheme[0] if scheme else bare[:2]!r}"
        return "link-scheme", what, "begin it with https://, mailto: or tel:"
    if scheme and scheme[1].startswith("http") and not _WEB.fullmatch(bare):
        what = f"{target!r} is no address of a web page"
        return "link-scheme", what, "write it as https://www.example.com/page"
    return None


class _Bare(InlineProcessor):
    """Links an address as far as it reaches, without the punctuation of the sentence around it."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, match: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        address = _without_punctuation(match[0])
        return _link(address, address), match.start(), match.start() + len(address)


class _Bracketed(InlineProcessor):
    """Links what stands between < and >."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, match: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        address = match[1]
        href = address if "://" in address else f"mailto:{address}"
        return _link(href, address), match.start(), match.end()


def _link(href: str, text: str) -> Element:
    element = Element("a", {"href": code_escape(href)})
    element.text = AtomicString(code_escape(text))
    return element


def _without_punctuation(address: str) -> str:
    while True:
        shorter = address.rstrip(_END)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter
