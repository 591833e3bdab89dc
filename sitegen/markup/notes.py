"""Footnotes, with valid ids, numbered in the order in which readers meet them."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.footnotes import FootnoteExtension
from markdown.util import AtomicString

from sitegen.markup.draft import Draft
from sitegen.typography import NO_BREAK

_NAME = "note"  # the attribute that holds a note's name until its number is known
REFERENCE = r"(?<!!)\[\^([^\]\n]+)\]"


def add_section(root: Element, written: FootnoteExtension) -> None:
    """Put the notes at the end of the article, before anything inline is read; returns nothing."""
    if not written.footnotes:
        return
    items = SubElement(SubElement(root, "div", {"class": "footnotes"}), "ol")
    for name, text in written.footnotes.items():
        written.parser.parseChunk(SubElement(items, "li", {_NAME: name}), text)


def finish(root: Element, draft: Draft) -> None:
    """Number the notes as the text refers to them, and link both ways; returns nothing."""
    section = root.find("div[@class='footnotes']/ol")
    if section is None:
        return
    places: dict[str, list[Element]] = {}
    for place in root.iter("sup"):
        if name := place.attrib.pop(_NAME, ""):
            places.setdefault(name, []).append(place)
    items = {item.attrib.pop(_NAME): item for item in section}
    order = [*places, *(name for name in items if name not in places)]
    section[:] = [items[name] for name in order]
    for number, name in enumerate(order, 1):
        items[name].set("id", draft.unique_id(f"fn-{number}"))
        _link_both_ways(places.get(name, []), items[name], number, draft)


def reference(match: re.Match[str], notes: Mapping[str, str], draft: Draft) -> Element | str:
    """Return the place of a link to a note."""
    if match[1] in notes:
        return Element("sup", {_NAME: match[1]})
    what = f"there is no footnote `{match[1]}`"
    mend = f"write its text on a line of its own: `{match[0]}: …`"
    draft.fault("footnote-missing", what, mend, draft.lines.of(re.escape(match[0])))
    return AtomicString(match[0])


def _link_both_ways(places: list[Element], item: Element, number: int, draft: Draft) -> None:
    last = item[-1] if len(item) and item[-1].tag == "p" else SubElement(item, "p")
    forth, back = draft.labels.get("footnote"), draft.labels.get("footnote_back")
    for count, place in enumerate(places, 1):
        place.set("id", draft.unique_id(f"fnref-{number}"))
        _link(place, item, "footnote", str(number), forth and f"{forth} {number}")
        _add_space(last)
        nth = f" ({count})" if count > 1 else ""
        _link(last, place, "footnote-back", "↩", back and f"{back}{nth}")


def _link(parent: Element, target: Element, kind: str, text: str, name: str | None) -> None:
    """Add a link to an element; screen readers hear its name instead of its text."""
    link = SubElement(parent, "a", {"class": kind, "href": f"#{target.get('id')}"})
    link.text = text
    if name:
        link.set("aria-label", name)


def _add_space(element: Element) -> None:
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''}{NO_BREAK}"
    else:
        element.text = f"{element.text or ''}{NO_BREAK}"
