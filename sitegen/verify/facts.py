"""Reads off a finished HTML page the few facts by which it is judged."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.model.pages import Facts, OutputFile

_ADDRESSES = frozenset({"href", "src", "poster", "data", "action"})
_CANDIDATES = frozenset({"srcset", "imagesrcset"})
_TELLING = frozenset({"h1", "title"})  # elements that say something without an attribute
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])[^,]*")  # of a srcset: address, then its width
_REFRESH = re.compile(r"\s*[\d.]+\s*[;,]\s*url\s*=\s*['\"]?([^'\"]*)", re.IGNORECASE)

Attributes = dict[str, str | None]


def facts_of(file: OutputFile) -> Facts:
    """Return the facts of an HTML page."""
    reading = _Reading()
    root = LexborHTMLParser(file.content).root
    if root is not None:
        for node in root.traverse():
            attributes = node.attributes
            if attributes or node.tag in _TELLING:
                reading.see(node, attributes)
    return Facts(
        path=file.path,
        language=reading.language,
        title=reading.title,
        h1=reading.h1,
        canonical=reading.canonical,
        is_noindex=reading.is_noindex,
        is_redirect=reading.is_redirect,
        links=tuple(sorted(reading.links)),
        ids=tuple(sorted(reading.ids)),
        alternates=tuple(reading.alternates),
    )


class _Reading:
    """What has been seen of a page so far."""

    def __init__(self) -> None:
        self.language = ""
        self.title = ""
        self.h1 = 0
        self.canonical = ""
        self.is_noindex = False
        self.is_redirect = False
        self.links: set[str] = set()
        self.ids: set[str] = set()
        self.alternates: list[tuple[str, str]] = []

    def see(self, node: LexborNode, attributes: Attributes) -> None:
        """Take in an element."""
        tag = node.tag
        if tag == "h1":
            self.h1 += 1
        elif tag == "title" and node.parent is not None and node.parent.tag == "head":
            self.title = " ".join(node.text().split())
        elif tag == "html":
            self.language = attributes.get("lang") or ""
        elif tag == "meta":
            self._see_meta(attributes)
        if tag != "link" or not self._is_relation(attributes):
            for name in _ADDRESSES.intersection(attributes):
                self.links.add(attributes[name] or "")
            for name in _CANDIDATES.intersection(attributes):
                self.links.update(_CANDIDATE.findall(attributes[name] or ""))
        identity = attributes.get("id") or (tag == "a" and attributes.get("name"))
        if identity:
            self.ids.add(identity)

    def _is_relation(self, attributes: Attributes) -> bool:
        """Take in a link element that says what the page is, rather than what it needs."""
        relations = (attributes.get("rel") or "").lower().split()
        href = attributes.get("href") or ""
        if "canonical" in relations:
            self.canonical = href
        elif "alternate" in relations and "hreflang" in attributes:
            self.alternates.append((attributes["hreflang"] or "", href))
        else:
            return False
        return True

    def _see_meta(self, attributes: Attributes) -> None:
        content = attributes.get("content") or ""
        if (attributes.get("name") or "").lower() == "robots":
            self.is_noindex = bool({"noindex", "none"} & set(re.split(r"[\s,]+", content.lower())))
        elif (attributes.get("http-equiv") or "").lower() == "refresh":
            self.is_redirect = True
            target = _REFRESH.match(content)
            if target:
                self.links.add(target[1])
        elif content.startswith(("https://", "http://")):
            self.links.add(content)
