"""What the template of each kind of page sees, at its top level."""

from typing import Any

from sitegen.model.views import (
    Anchor,
    ContactView,
    DateText,
    Download,
    Frame,
    Head,
    Note,
    Notice,
    PageLinks,
    PersonView,
    Picture,
    Teaser,
    View,
    YearView,
)


class Context(View, frozen=True, kw_only=True):
    """What all kinds of page have."""

    frame: Frame
    head: Head
    t: dict[str, str]  # the wording of the page's language


class ArticlePage(Context, frozen=True, kw_only=True):
    """article.html"""

    title: str
    language: str  # of the text, where that is not the page's
    notices: tuple[Notice, ...]  # that it is in another language, or behind one
    label: str  # "Pressemeddelelse", "Kundehistorie"; empty for plain news
    topic: Anchor | None
    lead: str
    byline: tuple[PersonView, ...]
    company: str  # the author when the byline is empty
    published: DateText
    updated: DateText | None
    reading_time: str
    image: Picture | None
    body: str  # HTML
    boxes: tuple[str, ...]  # HTML of each fact box
    quote: str
    people: tuple[PersonView, ...]  # named in the text
    tags: tuple[Anchor, ...]
    corrections: tuple[Note, ...]
    withdrawn: Note | None
    contact: ContactView | None
    about: str  # the boilerplate, for press releases
    downloads: tuple[Download, ...]  # for the press: all of it in one file, each picture
    share: tuple[Anchor, ...]
    address: str  # absolute, for copying
    related: tuple[Teaser, ...]
    newer: Teaser | None
    older: Teaser | None
    extra: dict[str, Any]  # as the article's front matter says


class FrontPage(Context, frozen=True, kw_only=True):
    """front.html"""

    title: str
    lead: Teaser | None
    image: Picture | None = None  # of the lead
    entries: tuple[Teaser, ...]
    more: Anchor | None  # to the whole list


class ListPage(Context, frozen=True, kw_only=True):
    """list.html, year.html, topic.html"""

    title: str
    intro: str
    entries: tuple[Teaser, ...]
    pagination: PageLinks | None
    more: Anchor | None  # a year or topic leads back to the archive
    years: tuple[YearView, ...]  # without entries: the way to other years
    feeds: tuple[Anchor, ...]  # of a topic


class ArchivePage(Context, frozen=True, kw_only=True):
    """archive.html"""

    title: str
    intro: str  # how many headlines there are
    years: tuple[YearView, ...]
    topics: tuple[Anchor, ...]


class PersonPage(Context, frozen=True, kw_only=True):
    """person.html"""

    person: PersonView
    entries: tuple[Teaser, ...]  # written
    quoted: tuple[Teaser, ...]  # in which they are named
    pagination: PageLinks | None = None


class FixedPage(Context, frozen=True, kw_only=True):
    """page.html"""

    title: str
    notices: tuple[Notice, ...]
    lead: str
    body: str  # HTML
    boxes: tuple[str, ...]  # HTML
    updated: DateText | None
    extra: dict[str, Any]  # as the page's front matter says


class PressPage(Context, frozen=True, kw_only=True):
    """press.html"""

    title: str
    lead: str
    body: str  # HTML; empty when there is no content/pages/press
    contact: ContactView | None
    about: str
    downloads: tuple[Download, ...]
    entries: tuple[Teaser, ...]  # the newest press releases
    more: Anchor | None


class SearchPage(Context, frozen=True, kw_only=True):
    """search.html"""

    title: str
    archive: Anchor
    topics: tuple[Anchor, ...]
    script: str  # its address
    stemmer: str  # the address of the language's own script; empty when it has none
    locale: str  # "da-DK"
    found: dict[str, str]  # what is said of so many stories, by plural form


class GatewayLanguage(View, frozen=True, kw_only=True):
    """One language's half of the gateway, in that language."""

    language: str
    label: str
    url: str
    title: str
    description: str
    entries: tuple[Teaser, ...]
    t: dict[str, str]


class GatewayPage(Context, frozen=True, kw_only=True):
    """gateway.html"""

    languages: tuple[GatewayLanguage, ...]


class NotFoundText(View, frozen=True, kw_only=True):
    """An error page's words in one language."""

    language: str
    title: str
    text: str
    links: tuple[Anchor, ...]


class NotFoundPage(Context, frozen=True, kw_only=True):
    """not_found.html"""

    texts: tuple[NotFoundText, ...]  # every language at the root, one below /da/ or /en/


class RedirectPage(Context, frozen=True, kw_only=True):
    """redirect.html"""

    title: str
    target: Anchor


class TombstonePage(Context, frozen=True, kw_only=True):
    """tombstone.html"""

    title: str
    text: str
    links: tuple[Anchor, ...]


CONTEXTS: dict[str, type[Context]] = {
    "article": ArticlePage,
    "front": FrontPage,
    "list": ListPage,
    "year": ListPage,
    "topic": ListPage,
    "archive": ArchivePage,
    "person": PersonPage,
    "fixed": FixedPage,
    "press": PressPage,
    "search": SearchPage,
    "gateway": GatewayPage,
    "not_found": NotFoundPage,
    "redirect": RedirectPage,
    "tombstone": TombstonePage,
}
"""The context of each kind of page."""
