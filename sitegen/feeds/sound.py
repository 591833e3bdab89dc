"""Turns an article's HTML into what any feed reader can show."""

import re
from html import unescape

import nh3

_TAGS = {
    *("p", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "br", "div", "section"),
    *("ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "details", "summary", "aside"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s"),
    *("samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"),
    *("img", "audio", "video", "source", "track"),
}
_ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href", "hreflang"},
    "abbr": {"title"},
    "audio": {"src", "controls"},
    "img": {"src", "width", "height", "alt"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label"},
    "video": {"src", "controls", "poster", "width", "height"},
}
_DROPPED = {"script", "style", "template", "noscript", "svg", "nav", "form", "button"}

# nh3 writes "<" and ">" inside attributes as entities, so these meet tags alone
_BOX = re.compile(r"<(/?)aside\b")
_PICTURE_SOURCE = re.compile(r"<source(?![^>]* src=)[^>]*>")
_EMPTY = re.compile(r"<(div|span)></\1>")
_IMAGE = re.compile(r'<img [^>]*?\bsrc="([^"]*)"')
_PULL_QUOTE = re.compile(r'<aside class="pull[^>]*>.*?</aside>', re.DOTALL)

# all that XML 1.0 can hold (§ 2.2)
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def sound(html: str, base: str) -> str:
    """Return the HTML without looks, script and page furniture, every address absolute.

    A fact box becomes an ordinary section; a pull quote, which only repeats the text, is left out.
    """
    text = nh3.clean(
        _PULL_QUOTE.sub("", legible(html)),
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        link_rel=None,
        url_relative=("rewrite_with_base", base),
    )
    text = _PICTURE_SOURCE.sub("", _BOX.sub(r"<\1section", text))
    # once more: references such as &#1; have become characters
    return legible(_EMPTY.sub("", text)).strip()


def first_image(html: str) -> str:
    """Return the address of the first picture in sound HTML, or nothing."""
    found = _IMAGE.search(html)
    return unescape(found[1]) if found else ""


def legible(text: str) -> str:
    """Return the text without the characters that no XML file may hold."""
    return _ILLEGAL.sub("", text)
