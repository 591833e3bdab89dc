"""Raw HTML in Markdown: what newsrooms use of it is kept, all else is a finding at its line."""

import re
from html import escape, unescape
from typing import Literal

from markdown import Markdown
from markdown.inlinepatterns import ENTITY_RE, InlineProcessor
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.util import AtomicString

from sitegen.markup import pictures, tables
from sitegen.markup.attributes import LANGUAGE
from sitegen.markup.draft import Draft
from sitegen.markup.links import judged

EVERYWHERE = frozenset({"class", "dir", "id", "lang", "title"})
_TEXT_TAGS = (
    "abbr b bdi blockquote br caption cite code dd del details dfn div dl dt em figcaption figure "
    "hr i ins kbd mark p picture pre q s samp small span strong sub summary sup table tbody tfoot "
    "thead tr u ul var wbr"
)
ALLOWED: dict[str, frozenset[str]] = {
    **{tag: frozenset() for tag in _TEXT_TAGS.split()},
    "a": frozenset({"href", "hreflang", "rel"}),
    "audio": frozenset({"controls", "loop", "muted", "preload", "src"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
    "img": frozenset({"alt", "height", "src", "width"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "source": frozenset({"media", "src", "type"}),
    "td": frozenset({"colspan", "headers", "rowspan"}),
    "th": frozenset({"abbr", "colspan", "headers", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
    "track": frozenset({"default", "kind", "label", "src", "srclang"}),
    "video": frozenset(
        {"controls", "height", "loop", "muted", "playsinline", "poster", "preload", "src", "width"}
    ),
}
"""The tags that an article may use, with their attributes besides those that all may have."""

VOID = frozenset({"br", "col", "hr", "img", "source", "track", "wbr"})

_MENDS = {
    "iframe": "write the address alone on its line: readers get a link that names its host",
    "script": "remove it: articles run no script",
    "style": "remove it: the theme says how things look",
    **dict.fromkeys(
        ("h1", "h2", "h3", "h4", "h5", "h6"), "write ## and a blank before the heading"
    ),
    **dict.fromkeys(("embed", "object"), "link to the file instead"),
    **dict.fromkeys(("font", "center"), "remove it: the theme says how things look"),
}
_Fault = tuple[str, str]
"""What is wrong, and how to mend it."""

_PIECE = re.compile(
    r"<!--.*?-->|<(?P<close>/?)(?P<tag>[a-zA-Z][^\s/>]*)"
    r"(?P<rest>(?:[^\"'<>]|\"[^\"]*\"|'[^']*')*)>|(?P<other><[!?][^>]*>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")


def extend(converter: Markdown, draft: Draft) -> None:
    """Let raw HTML pass only when it is allowed; returns nothing."""
    converter.inlinePatterns.register(_Entity(ENTITY_RE), "entity", 80)
    converter.postprocessors.register(_Judged(converter, draft), "raw_html", 30)


def clean(html: str, draft: Draft) -> str:
    """Return raw HTML without what is forbidden, which is reported, and without its comments."""
    parts: list[str] = []
    reached = 0
    is_credited = pictures.names_credit(html)
    for piece in _PIECE.finditer(html):
        parts.append(_text(html[reached : piece.start()]))
        parts.append(_clean_piece(piece, draft, is_credited=is_credited))
        reached = piece.end()
    return "".join([*parts, _text(html[reached:])])


class _Entity(InlineProcessor):
    """Makes `&copy;` the letter that it stands for; only what would be markup stays an entity."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, match: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        return AtomicString(_text(match[1])), match.start(), match.end()


class _Judged(RawHtmlPostprocessor):
    """Puts raw HTML back where it stood, in the order of the text, as far as it is allowed."""

    def __init__(self, converter: Markdown, draft: Draft) -> None:
        super().__init__(converter)
        self._draft = draft

    def stash_to_string(self, text: str) -> str:
        """Return the raw HTML cleaned."""
        return clean(text, self._draft)

    def isblocklevel(self, html: str) -> bool:
        """Tell whether the HTML needs no paragraph around it, as when it was but a comment."""
        return not html.strip() or super().isblocklevel(html)


def _text(text: str) -> str:
    return escape(unescape(text), quote=False)


def _clean_piece(piece: re.Match[str], draft: Draft, *, is_credited: bool) -> str:
    attributes, faults = _attributes(piece, draft)
    if faults or "id" in attributes:
        line = draft.lines.of(piece[0])
        for what, mend in faults:
            draft.fault("html-forbidden", what, mend, line)
    tag = (piece["tag"] or "").lower()
    if tag not in ALLOWED or (piece["close"] and tag in VOID):
        return ""
    if piece["close"]:
        return f"</{tag}></div>" if tag == "table" else f"</{tag}>"
    for name in [name for name in ("href", "src", "poster") if name in attributes]:
        if tag == "img":
            attributes[name] = pictures.check(attributes, draft, is_credited=is_credited)
        else:
            kind: Literal["link", "image"] = "image" if name == "poster" else "link"
            is_embedded = name != "href"
            attributes[name] = judged(attributes[name], kind, draft, is_embedded=is_embedded)
    if tag == "pre":
        attributes["tabindex"] = "0"
    written = (f' {name}="{escape(value)}"' for name, value in attributes.items())
    before = tables.region(draft) if tag == "table" else ""
    return f"{before}<{tag}{''.join(written)}>"


def _attributes(piece: re.Match[str], draft: Draft) -> tuple[dict[str, str], list[_Fault]]:
    """Return the attributes that are allowed, each once, and what is wrong with the tag."""
    if piece["tag"] is None:
        is_comment = piece["other"] is None
        return {}, [] if is_comment else [(f"{piece[0][:20]!r} has no place here", "remove it")]
    tag, faults = piece["tag"].lower(), dict[str, _Fault]()
    if tag not in ALLOWED:
        mend = _MENDS.get(tag, "remove it, or write &lt; if the sign is meant")
        return {}, [(f"the HTML tag <{piece['close']}{tag}> is not allowed", mend)]
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(piece["rest"]):
        name, value = match[1].lower(), unescape((match[2] or "").strip("\"'"))
        if name in found or name in faults:
            continue
        if fault := _fault(tag, name, value, draft):
            faults[name] = fault
        else:
            found[name] = value
    return found, list(faults.values())


def _fault(tag: str, name: str, value: str, draft: Draft) -> _Fault | None:
    if name.startswith("on"):
        return f"`{name}` on <{tag}> would run a script", "remove it"
    if name == "style":
        return f"`style` on <{tag}> is not allowed", "remove it: the theme says how things look"
    if name not in EVERYWHERE | ALLOWED[tag]:
        return f"<{tag}> cannot have the attribute `{name}`", "remove it"
    if name == "lang" and not LANGUAGE.fullmatch(value):
        return f"{value!r} is no language", 'write a short tag, as in lang="en"'
    if name == "id":
        return draft.claim_id(value)
    return None
