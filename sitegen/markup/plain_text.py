"""The words of an article without its markup: for excerpts, counts, lints and names."""

import re
from html import unescape
from xml.etree.ElementTree import Element

from sitegen.typography import plain

_STASHED = re.compile("\x02[^\x03]*\x03")
_NOTE_LINK = re.compile(
    r'<sup id="fnref-[^"]*">.*?</sup>|'
    r'(?<!\s)\s*<a (?:aria-label="[^"]*" )?class="footnote-back".*?</a>'
)
_BREAK = re.compile(
    r'<br>|<span class="credit">|<(?:[uod]l|blockquote)\b[^>]*>|</(?:p|li|h[2-6]|t[dhr]|d[dt])>|'
    r"</(?:figcaption|caption|summary|blockquote|pre|figure|div)>"
)
_TAG = re.compile(r"<[^>]*>")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_DASH = re.compile(r" [^\w ]+(?= )")
_CAPITALS = "".join(chr(code) for code in range(0x530) if chr(code).isupper())
_NAME = rf"[{_CAPITALS}](?:\.(?=[ ]\w)|[\w'’-]*\w|)"
_PARTICLE = r"(?:von|van|der|de|du|la|le|bin|al|el)[ ]"
_FIRST = _NAME.replace("]", r"](?<![\w.-].)", 1)  # a set comes first, as that is quickly sought
NAMES = re.compile(rf"{_FIRST}(?:[ ](?:{_PARTICLE}){{0,2}}{_NAME})+")


def count_words(text: str) -> int:
    """Return how many words there are: what blanks part, without dashes that stand alone."""
    words = f" {text} ".replace("\n", " ")
    return words.count(" ") - 1 - len(_DASH.findall(words)) if text else 0


def text_of(element: Element) -> str:
    """Return the text of an element of the tree, on one line."""
    return plain(" ".join(unescape(_STASHED.sub("", "".join(element.itertext()))).split()))


def text_in(html: str) -> str:
    """Return the text of finished HTML, each block on a line of its own."""
    parted = _BREAK.sub("\n", _NOTE_LINK.sub("", html.replace("\n", " ")))
    lines = plain(unescape(_TAG.sub("", parted))).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def excerpt_of(html: str) -> str:
    """Return the text of the first paragraph of finished HTML."""
    paragraph = _PARAGRAPH.search(html)
    return " ".join(text_in(paragraph[1]).split()) if paragraph else ""
