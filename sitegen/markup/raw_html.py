"""Raw HTML in Markdown: what newsrooms use of it is kept, all else is a finding at its line.

Behind this first wall stands a second: a sanitiser, which must find nothing to change.
"""

import re
from functools import partial
from html import escape, unescape
from os.path import commonprefix

import nh3
from markdown import Markdown
from markdown.postprocessors import RawHtmlPostprocessor

from sitegen.markup import pictures
from sitegen.markup.attributes import fault_of
from sitegen.markup.code import Shown, written
from sitegen.markup.draft import Draft, Fault
from sitegen.markup.links import SCHEMES, judged

EVERYWHERE = frozenset({"class", "dir", "id", "lang", "title"})
_TAGS = """\
a href hreflang rel
audio controls loop muted preload src
details open
img alt height src width
ol reversed start type
source media src type
td colspan headers rowspan
th abbr colspan headers rowspan scope
time datetime
track default kind label src srclang
video controls height loop muted playsinline poster preload src width"""
_PLAIN_TAGS = """
abbr b bdi blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption figure hr
i ins kbd li mark p picture pre q s samp small span strong sub summary sup table tbody tfoot thead
tr u ul var wbr"""
ALLOWED: dict[str, frozenset[str]] = {
    **{tag: frozenset(attributes) for tag, *attributes in map(str.split, _TAGS.split("\n"))},
    **{tag: frozenset() for tag in _PLAIN_TAGS.split()},
}
"""The tags that an article may use, with their attributes besides those that all may have."""

VOID = frozenset({"br", "col", "hr", "img", "source", "track", "wbr"})

_SANITISER = nh3.Cleaner(
    tags={*ALLOWED, "aside", "h2", "h3", "h4", "h5", "h6"},
    attributes={
        "*": {*EVERYWHERE, "aria-label", "aria-labelledby", "role", "tabindex"},
        **{tag: set(names) for tag, names in ALLOWED.items()},
    },
    url_schemes=set(SCHEMES),
    link_rel=None,
)
_MENDS = {
    "iframe": "write the address alone on its line: readers get a link that names its host",
    **dict.fromkeys(("h1", "h2", "h3", "h4"), "write ## and a blank before the heading"),
}
_PIECE = re.compile(
    r"<!--.*?-->|<(?P<close>/?)(?P<tag>[a-zA-Z][^\s/>]*)"
    r"(?P<rest>(?:[^\"'<>]|\"[^\"]*\"|'[^']*')*)>|(?P<other><[!?][^>]*>)|(?P<text>[^<]+|<)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")


def stand_behind(html: str, draft: Draft) -> str:
    """Return the HTML as the sanitiser leaves it; any change it had to make is a finding."""
    cleaned = _SANITISER.clean(html).replace("&nbsp;", "\u00a0")
    if cleaned == html:
        return html
    opened = {tag: len(re.findall(rf"<{tag}\b", html)) for tag in ALLOWED if tag not in VOID}
    odd = [tag for tag, times in opened.items() if times != html.count(f"</{tag}>")]
    if odd:
        what = f"the HTML tag <{odd[0]}> is opened and closed a different number of times"
        mend = "close each tag that you open, inside out"
        line = draft.lines.of(rf"</?{odd[0]}\b")
    else:
        before = re.sub(r"<[^>]*>?", " ", commonprefix((html, cleaned))).split()[-5:]  # noqa: RUF071
        what = f"browsers would read the HTML after “{' '.join(before)}” differently"
        mend = "write it as Markdown, or nest its tags otherwise"
        line = draft.lines.of(re.escape("".join(before[-1:])))
    draft.fault("html-forbidden", what, mend, line)
    return cleaned


class Judged(RawHtmlPostprocessor):
    """Puts raw HTML back where it stood, in the order of the text, as far as it is allowed."""

    def __init__(self, converter: Markdown, draft: Draft) -> None:
        super().__init__(converter)
        self._draft = draft

    def stash_to_string(self, text: str) -> str:
        """Return the raw HTML without what is forbidden, and without its comments."""
        if isinstance(text, Shown):
            return text
        is_credited = pictures.CREDIT.search(text) is not None
        return _PIECE.sub(partial(_judged, draft=self._draft, is_credited=is_credited), text)

    def isblocklevel(self, html: str) -> bool:
        """Tell whether the HTML needs no paragraph around it, as when it was but a comment."""
        return not html.strip() or super().isblocklevel(html)


def _judged(piece: re.Match[str], draft: Draft, *, is_credited: bool) -> str:
    """Return what is left of a tag, a comment or the text between; its faults are reported."""
    tag = (piece["tag"] or "").lower()
    if piece["text"]:
        return escape(unescape(piece["text"]), quote=False)
    if piece["other"]:
        _report(piece, f"{piece[0][:20]!r} has no place here", "remove it", draft)
    elif tag and tag not in ALLOWED and not (piece["close"] and tag in draft.opened_tags):
        mend = _MENDS.get(tag, "remove it, or write &lt; for < if you mean the sign")
        _report(piece, f"the HTML tag <{piece['close']}{tag}> is not allowed", mend, draft)
    if tag not in ALLOWED or tag == "picture" or (piece["close"] and tag in VOID):
        return ""  # pictures get a <picture> of their own
    if piece["close"]:
        return "</table></div>" if tag == "table" else f"</{tag}>"
    attributes = _attributes(tag, piece, draft)
    if tag == "img":
        attributes["src"] = pictures.check(attributes, draft, is_credited=is_credited)
    for name in [name for name in attributes if name in {"href", "src", "poster"} and tag != "img"]:
        attributes[name] = judged(name, attributes[name], draft)
    if tag == "pre":
        attributes |= draft.region("code")
    region = (
        f"<div{written({'class': 'scroll', **draft.region('table')})}>" if tag == "table" else ""
    )
    return f"{region}<{tag}{written(attributes)}>"


def _attributes(tag: str, piece: re.Match[str], draft: Draft) -> dict[str, str]:
    """Return the attributes that are allowed, each once; what is wrong with others is reported."""
    found: dict[str, str] = {}
    faults: list[Fault] = []
    for match in _ATTRIBUTE.finditer(piece["rest"]):
        name, value = match[1].lower(), unescape((match[2] or "").strip("\"'"))
        if name in found:
            continue
        if fault := fault_of(name, value, EVERYWHERE | ALLOWED[tag], draft):
            faults.append(fault)
        else:
            found[name] = value
    if faults:
        line = draft.lines.of(re.escape(piece[0]))
        for fault in faults:
            draft.fault("html-forbidden", *fault, line)
    return found


def _report(piece: re.Match[str], what: str, mend: str, draft: Draft) -> None:
    draft.fault("html-forbidden", what, mend, draft.lines.of(re.escape(piece[0])))
