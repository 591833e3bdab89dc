"""One article on the prose road: what has been written of it, and what it refers to."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from sitegen.markup.draft import Draft
from sitegen.markup.headings import slug
from sitegen.model.content import Heading


class DoubtError(Exception):
    """The prose road is not certain to write what Python-Markdown would."""


class Article:
    """The state of one article, given up as a whole at the first doubt."""

    def __init__(self, draft: Draft) -> None:
        self.language = draft.language
        self.lines: list[str] = []  # of plain text
        self.lines_beside: list[str] = []  # likewise of the boxes
        self.boxes: list[str] = []
        self.excerpt = ""
        self.is_in_box = False
        self.level = 1  # of the last heading in the flow of the text
        self.headings: list[Heading] = []
        self.fragments: list[str] = []  # of links within the article
        self.pictures: list[tuple[str, str, str]] = []  # target, alternative text, Markdown
        self.links: list[str] = []
        self._draft = draft
        self._ids: set[str] = set()
        self._picture_count = draft.body.count("![")

    def says(self, text: str) -> str:
        """Note the text of a block; returns it, on one line."""
        if "\n" in text or "  " in text or text[:1] == " " or text[-1:] == " ":
            text = " ".join(text.split())
        if text:
            self.lines.append(text)
        return text

    def paragraph(self, html: str) -> str:
        """Note a paragraph that has just been said; returns its HTML."""
        if not self.excerpt and not self.is_in_box:
            self.excerpt = self.lines[-1]
        return f"<p>{html}</p>"

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Put aside what is said meanwhile: it stands in a box."""
        flow, self.lines, self.is_in_box = self.lines, self.lines_beside, True
        yield
        self.lines, self.is_in_box = flow, False

    def region(self, label: str) -> str:
        """Return the attributes of what scrolls, in the order of the alphabet."""
        attributes = sorted({"class": "scroll", **self._draft.region(label)}.items())
        if any(mark in value for _, value in attributes for mark in '<>&"'):
            raise DoubtError
        return "".join(f' {name}="{value}"' for name, value in attributes)

    def heading(self, level: int, text: str) -> str:
        """Note a heading; returns its id."""
        wanted = slug(text)
        names = chain([wanted], (f"{wanted}-{number}" for number in range(2, 100)))
        found = next((name for name in names if name not in self._ids), "")
        if not found:
            raise DoubtError
        self._ids.add(found)
        self.headings.append(Heading(level=level, id=found, text=text))
        return found

    def link(self, target: str) -> str:
        """Return the token of a link; pictures have the first numbers."""
        self.links.append(target)
        return f"\x02{self._picture_count + len(self.links) - 1}\x03"

    def picture(self, target: str, alt: str, typed: str) -> str:
        """Return the token of a picture."""
        self.pictures.append((target, alt, typed))
        return f"\x02{len(self.pictures) - 1}\x03"
