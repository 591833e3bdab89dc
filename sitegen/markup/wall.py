"""The second wall: a sanitiser reads the finished HTML and must find nothing to change."""

import re

import nh3

from sitegen.markup.draft import Draft
from sitegen.markup.links import SCHEMES
from sitegen.markup.raw_html import ALLOWED, EVERYWHERE, VOID

_TAGS = {*ALLOWED, "aside", "h2", "h3", "h4", "h5", "h6"}
_ATTRIBUTES = {
    "*": {*EVERYWHERE, "aria-label", "aria-labelledby", "role", "tabindex"},
    **{tag: set(names) for tag, names in ALLOWED.items()},
}
_SANITISER = nh3.Cleaner(
    tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(SCHEMES), link_rel=None
)
_TOKEN = re.compile("\x02([0-9]+)\x03")
_STAND_IN = re.compile(r'((?:href|src|poster)=")token-([0-9]+)"')
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")


def stand_behind(html: str, draft: Draft) -> str:
    """Return the HTML as the sanitiser leaves it; any change it had to make is a finding."""
    shown = _TOKEN.sub(r"token-\1", html)
    cleaned = _SANITISER.clean(shown)
    if cleaned == shown.replace("\u00a0", "&nbsp;"):
        return html
    _report(html, shown, cleaned, draft)
    return _STAND_IN.sub('\\1\x02\\2\x03"', cleaned.replace("&nbsp;", "\u00a0"))


def _report(html: str, shown: str, cleaned: str, draft: Draft) -> None:
    unbalanced = _unbalanced(html)
    if unbalanced:
        what = f"the HTML tag {unbalanced} has no partner, or is closed in the wrong order"
        line = draft.lines.of_pattern(re.escape(unbalanced.rstrip(">")) + r"\b")
        draft.fault("html-forbidden", what, "close each tag that you open, inside out", line)
        return
    place = next(
        (n for n, pair in enumerate(zip(shown, cleaned, strict=False)) if pair[0] != pair[1]), 0
    )
    before = " ".join(re.sub(r"<[^>]*>?", " ", shown[:place]).split())[-30:]
    what = f"browsers would read the HTML after “{before}” differently from how it stands"
    line = draft.lines.of(before.rpartition(" ")[2])
    draft.fault("html-forbidden", what, "write it as Markdown, or nest its tags otherwise", line)


def _unbalanced(html: str) -> str:
    """Return the first tag that is not closed, or closes nothing, as in "<div>"."""
    opened: list[str] = []
    for tag in _TAG.finditer(html):
        if tag[2] in VOID:
            continue
        if not tag[1]:
            opened.append(tag[2])
        elif opened and opened[-1] == tag[2]:
            opened.pop()
        else:
            return f"<{opened[-1]}>" if tag[2] in opened else f"</{tag[2]}>"
    return f"<{opened[-1]}>" if opened else ""
