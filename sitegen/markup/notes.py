"""Footnotes, with valid ids, numbered in the order in which readers meet them."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from sitegen.markup.draft import Draft
from sitegen.markup.headings import slug

_NAME = "note"  # the attribute that holds a note's name until its number is known


def extend(converter: Markdown, draft: Draft) -> None:
    """Teach the converter footnotes; returns nothing."""
    written = FootnoteExtension()
    written.parser = converter.parser
    notes = _Notes(written, draft)
    converter.parser.blockprocessors.register(FootnoteBlockProcessor(written), "footnote", 17)
    converter.inlinePatterns.register(_References(notes), "footnote", 175)
    converter.treeprocessors.register(_Section(notes), "footnote", 50)
    converter.treeprocessors.register(_Numbers(notes), "footnote_numbers", 19)


class _Notes:
    """The notes of one article and the places that refer to them."""

    def __init__(self, written: FootnoteExtension, draft: Draft) -> None:
        self.written = written  # where the library's block processor puts what it finds
        self.draft = draft
        self.section: Element | None = None
        self.items: dict[str, Element] = {}  # the list item of each note, by name
        self.places: dict[str, list[str]] = {}  # the ids of what refers to it, by name


class _References(InlineProcessor):
    """Makes `[^name]` the place of a link to the note."""

    def __init__(self, notes: _Notes) -> None:
        super().__init__(r"(?<!!)\[\^([^\]\n]+)\]")
        self._notes = notes

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, match: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        name, draft = match[1], self._notes.draft
        if name in self._notes.items:
            return Element("sup", {_NAME: name}), match.start(), match.end()
        what = f"there is no footnote `{name}`"
        mend = f"write its text on a line of its own: `[^{name}]: …`"
        draft.fault("footnote-missing", what, mend, draft.lines.of(match[0]))
        return AtomicString(match[0]), match.start(), match.end()


class _Section(Treeprocessor):
    """Puts the notes at the end of the article, before anything inline is read."""

    def __init__(self, notes: _Notes) -> None:
        super().__init__()
        self._notes = notes

    def run(self, root: Element) -> None:
        notes = self._notes
        if not notes.written.footnotes:
            return
        notes.section = SubElement(root, "div", {"class": "footnotes"})
        items = SubElement(notes.section, "ol")
        for name, text in notes.written.footnotes.items():
            content = Element("div")
            notes.written.parser.parseChunk(content, text)
            notes.items[name] = SubElement(items, "li")
            notes.items[name].extend(content)


class _Numbers(Treeprocessor):
    """Numbers the notes as the text refers to them, and links both ways."""

    def __init__(self, notes: _Notes) -> None:
        super().__init__()
        self._notes = notes

    def run(self, root: Element) -> None:
        notes = self._notes
        if notes.section is None:
            return
        for name, item in notes.items.items():
            item.set("id", notes.draft.unique_id(f"fn-{slug(name)}"))
        numbers: dict[str, int] = {}
        for place in root.iter("sup"):
            if name := place.attrib.pop(_NAME, ""):
                self._link(place, name, numbers.setdefault(name, len(numbers) + 1))
        unmentioned = [name for name in notes.items if name not in numbers]
        notes.section[0][:] = [notes.items[name] for name in [*numbers, *unmentioned]]
        for name, places in notes.places.items():
            self._link_back(notes.items[name], places)

    def _link(self, place: Element, name: str, number: int) -> None:
        notes = self._notes
        place.set("id", notes.draft.unique_id(f"fnref-{slug(name)}"))
        notes.places.setdefault(name, []).append(place.get("id", ""))
        href = f"#{notes.items[name].get('id')}"
        link = SubElement(place, "a", {"class": "footnote", "href": href})
        if label := notes.draft.labels.get("footnote", ""):
            link.set("aria-label", f"{label} {number}")
        link.text = AtomicString(str(number))

    def _link_back(self, item: Element, places: list[str]) -> None:
        last = item[-1] if len(item) and item[-1].tag == "p" else SubElement(item, "p")
        label = self._notes.draft.labels.get("footnote_back", "")
        for number, place in enumerate(places, 1):
            _append(last, "\u00a0")
            link = SubElement(last, "a", {"class": "footnote-back", "href": f"#{place}"})
            if label:
                link.set("aria-label", label if number == 1 else f"{label} ({number})")
            link.text = AtomicString("↩")


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''}{text}"
    else:
        element.text = f"{element.text or ''}{text}"
