"""Reads off a finished HTML page the few facts by which it is judged."""

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

from sitegen.model.pages import Facts, OutputFile

_ADDRESSES = frozenset({"href", "src", "poster", "data", "action"})
_CANDIDATES = frozenset({"srcset", "imagesrcset"})
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])[^,]*")  # of a srcset: address, then its width
_REFRESH = re.compile(r"\s*[\d.]+\s*[;,]\s*url\s*=\s*['\"]?([^'\"]*)", re.IGNORECASE)
_HIDING = re.compile(r"\b(noindex|none)\b", re.IGNORECASE)

Attributes = dict[str, str | None]


def facts_of(file: OutputFile) -> Facts:
    """Return the facts of an HTML page."""
    tree = LexborHTMLParser(file.content)
    metas: list[Attributes] = []
    relations: list[Attributes] = []
    others: list[Attributes] = []
    for node in tree.root.traverse() if tree.root else ():
        attributes = node.attributes
        if "content" in attributes:
            metas.append(attributes)
        elif "rel" in attributes and node.tag == "link" and _is_relation(attributes):
            relations.append(attributes)
        elif attributes:
            others.append(attributes)
    links, ids = _links_and_ids(others)
    said: dict[str, str] = {}
    for attributes in metas:
        content = attributes["content"] or ""
        said[(attributes.get("name") or attributes.get("http-equiv") or "").lower()] = content
        if content.startswith(("https://", "http://")):
            links.add(content)
    links.update(_REFRESH.findall(said.get("refresh", "")))
    addresses = [(it.get("hreflang"), it.get("href") or "") for it in relations]
    return Facts(
        path=file.path,
        language="".join(node.attributes.get("lang") or "" for node in tree.tags("html")),
        title=" ".join("".join(node.text() for node in tree.tags("title")[:1]).split()),
        h1=len(tree.tags("h1")),
        canonical=next((href for language, href in addresses if language is None), ""),
        is_noindex=bool(_HIDING.search(said.get("robots", ""))),
        is_redirect="refresh" in said,
        links=tuple(sorted(links)),
        ids=tuple(sorted(ids)),
        alternates=tuple((language, href) for language, href in addresses if language is not None),
    )


def _is_relation(attributes: Attributes) -> bool:
    """Tell whether a link element says what the page is, rather than what it needs."""
    return "hreflang" in attributes or (attributes["rel"] or "").lower() == "canonical"


def _links_and_ids(elements: Iterable[Attributes]) -> tuple[set[str], set[str]]:
    links: set[str] = set()
    ids: set[str] = set()
    for attributes in elements:
        for name, value in attributes.items():
            if name in _ADDRESSES:
                links.add(value or "")
            elif name in _CANDIDATES:
                links.update(_CANDIDATE.findall(value or ""))
            elif name == "id" and value:
                ids.add(value)
    return links, ids
