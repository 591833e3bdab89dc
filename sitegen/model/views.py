"""The parts of what templates see: text, numbers and addresses, nothing alive.

Every `url` and `href` here already holds the base path, and every text is plain: the templates
escape it. Only the fields that say "HTML" are markup.
"""

from typing import Any

import msgspec


class View(msgspec.Struct, frozen=True, kw_only=True):
    """The base of all that a template may look at."""


class Anchor(View, frozen=True, kw_only=True):
    """A link, or plain text where `url` is empty."""

    text: str
    url: str = ""
    language: str = ""  # when it leads to another language than the page's
    is_current: bool = False
    note: str = ""  # small text beside it: a job title, a file's type and size


class DateText(View, frozen=True, kw_only=True):
    """A date for readers and for machines."""

    text: str  # "15. marts 2012", with no-break spaces
    machine: str  # "2012-03-15T12:00:00+01:00", or a bare day


class Files(View, frozen=True, kw_only=True):
    """The files of a picture in one format."""

    type: str  # "image/avif"
    srcset: str


class Picture(View, frozen=True, kw_only=True):
    """An image with its true size."""

    url: str
    srcset: str = ""  # its files in the format that every browser shows, if there are several
    better: tuple[Files, ...] = ()  # in better formats, the best first
    width: int
    height: int
    alt: str
    credit: str = ""
    caption: str = ""


class Download(View, frozen=True, kw_only=True):
    """A file that readers may fetch."""

    text: str
    url: str
    note: str  # its format and size
    credit: str = ""  # of a picture


class FeedLink(View, frozen=True, kw_only=True):
    """A feed that the head announces."""

    type: str  # "application/atom+xml"
    title: str
    url: str


class AlternateLink(View, frozen=True, kw_only=True):
    """One line of the hreflang set."""

    language: str
    url: str  # absolute


class Property(View, frozen=True, kw_only=True):
    """One Open Graph or other `meta property` line."""

    name: str
    content: str


class Head(View, frozen=True, kw_only=True):
    """What stands in `<head>` for machines."""

    title: str
    description: str
    canonical: str  # absolute; empty on error pages
    robots: str
    alternates: tuple[AlternateLink, ...] = ()
    properties: tuple[Property, ...] = ()
    json_ld: str = ""  # JSON, with every "<" escaped, ready for its script element
    refresh: str = ""  # where a redirect page leads
    policy: str = ""  # what browsers may load, where the host sends no headers


class Switch(View, frozen=True, kw_only=True):
    """One language of the switcher."""

    language: str
    label: str
    url: str = ""  # empty: this is the page's own language
    note: str = ""  # why it does not lead to a translation of this very page


class Footer(View, frozen=True, kw_only=True):
    """The foot of every page; lines that nobody knows are left out."""

    company: str
    lines: tuple[Anchor, ...]  # tagline, address, e-mail, phone, CVR number
    feeds: tuple[Anchor, ...]
    pages: tuple[Anchor, ...]


class Frame(View, frozen=True, kw_only=True):
    """What is around the content of every page."""

    language: str
    site_title: str
    home: str
    menu: tuple[Anchor, ...]
    switcher: tuple[Switch, ...]
    feeds: tuple[FeedLink, ...]
    footer: Footer
    stylesheet: str
    icon: str  # SVG
    touch_icon: str  # PNG, for phones
    manifest: str  # of this language
    mark: str = ""  # in a preview: the text of the ribbon on drafts and future stories
    extra: dict[str, Any] = {}  # [extra] of config.toml


class Teaser(View, frozen=True, kw_only=True):
    """A story in a list."""

    title: str
    url: str
    date: DateText
    topic: Anchor | None = None
    summary: str = ""
    language: str = ""  # when it is told in another language than the page's
    note: str = ""  # then: "(in Danish)"
    mark: str = ""  # in a preview: "draft" or "scheduled", in words


class PersonView(View, frozen=True, kw_only=True):
    """A person as a byline, rail or page shows them."""

    name: str
    title: str = ""
    url: str = ""
    email: str = ""
    phone: str = ""
    links: tuple[Anchor, ...] = ()


class ContactView(View, frozen=True, kw_only=True):
    """The press contact."""

    name: str
    title: str = ""
    phone: Anchor | None = None
    email: Anchor | None = None


class Note(View, frozen=True, kw_only=True):
    """A dated remark: a correction, a withdrawal."""

    date: DateText
    text: str


class Notice(View, frozen=True, kw_only=True):
    """What readers are told of the languages of an article, with the way to another."""

    text: str
    link: Anchor


class PageLinks(View, frozen=True, kw_only=True):
    """Pagination."""

    label: str  # "Side 2 af 5"
    pages: tuple[Anchor, ...]  # "" as text and url for a gap
    newer: Anchor | None = None
    older: Anchor | None = None


class YearView(View, frozen=True, kw_only=True):
    """A year of an archive."""

    name: str
    url: str
    count: str  # "12 nyheder"
    entries: tuple[Teaser, ...] = ()
