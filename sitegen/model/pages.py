"""Pages: what has an address, before and after it is rendered."""

from typing import Literal

import msgspec

from sitegen.model.stories import Article, Person, Story, Topic

PageKind = Literal[
    "article",
    "front",
    "list",
    "year",
    "archive",
    "topic",
    "person",
    "fixed",
    "press",
    "search",
    "gateway",
    "not_found",
    "redirect",
    "tombstone",
]


class Alternate(msgspec.Struct, frozen=True, kw_only=True):
    """The same page in a language."""

    language: str  # or "x-default"
    address: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A story as a list shows it, in the list's language or, for want of it, in another."""

    story: Story
    article: Article
    address: str
    mark: str = ""  # in a preview: "draft", "scheduled" or "expired"


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The entries of one year, or of one language on the gateway."""

    name: str
    address: str
    entries: tuple[Entry, ...]
    count: int = 0  # of all that belongs to it, shown or not


class Pagination(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of a list a page is."""

    number: int
    addresses: tuple[str, ...]  # of every page of the list, in order


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What will stand at an address: everything chosen, nothing rendered."""

    kind: PageKind
    language: str
    address: str  # a site path without base path, as in "/da/nyheder/2012/x/"
    template: str  # its file in templates/, as in "article.html"
    title: str  # the heading, as typed: soft hyphens and no-break spaces may stand in it
    description: str = ""  # for search engines; plain
    alternates: tuple[Alternate, ...] = ()  # the true translations, itself included
    nearest: tuple[Alternate, ...] = ()  # where the switcher leads for want of a translation
    story: Story | None = None
    article: Article | None = None
    person: Person | None = None
    topic: Topic | None = None
    year: int = 0
    entries: tuple[Entry, ...] = ()  # the main list; newest first
    more: tuple[Entry, ...] = ()  # related news, or where a person is quoted
    newer: Entry | None = None
    older: Entry | None = None
    groups: tuple[Group, ...] = ()
    pagination: Pagination | None = None
    target: str = ""  # of a redirect
    people: tuple[Person, ...] = ()  # named in the article's text
    mark: str = ""  # in a preview: "draft", "scheduled" or "expired"
    ahead: tuple[Alternate, ...] = ()  # translations that have changed since this was made
    original: str = ""  # in another language, of which this stands in for a translation

    @property
    def is_indexed(self) -> bool:
        """Tell whether search engines and the sitemap shall know it."""
        is_hidden = self.kind in {"search", "not_found", "redirect", "tombstone"}
        return not (is_hidden or self.mark or self.original)


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One of the files of a picture that is published in several widths and formats."""

    address: str
    href: str = ""  # with base path
    width: int
    type: str  # its media type, as in "image/avif"


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What a reference turned out to mean."""

    href: str  # with base path, ready for an attribute
    address: str = ""  # of a picture or file: without it
    width: int = 0  # of a picture, in pixels
    height: int = 0
    size: int = 0  # of a file that is offered for download, in bytes
    sources: tuple[Source, ...] = ()  # of a picture: in each width the best format first


class Use(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Where an article names a picture or another file beside it."""

    file: str  # from the project's root
    path: str  # of the article, for findings
    line: int
    is_shown: bool = False  # as a picture; else it is linked to


class Download(msgspec.Struct, frozen=True, kw_only=True):
    """A file that a page offers to its readers."""

    text: str  # what it is
    href: str
    name: str  # of the file, for its ending
    size: int  # in bytes
    credit: str = ""  # of a picture


class LinkedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page whose references have all found what they mean."""

    page: Page
    targets: tuple[Target, ...] = ()  # the n-th for the body's token n
    image: Target | None = None  # the main picture
    downloads: tuple[Download, ...] = ()


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """The addresses that readers know for good, and those taken back, by their lines."""

    published: dict[str, int] = {}  # of published.txt
    gone: dict[str, int] = {}  # of gone.txt


class OutputFile(msgspec.Struct, frozen=True, kw_only=True):
    """Finished bytes and where they belong."""

    path: str  # below output/, as in "da/nyheder/index.html"
    content: bytes


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What `verify` needs to know of a finished HTML file, read off its bytes."""

    path: str
    language: str
    title: str
    h1: int  # how many there are
    canonical: str
    is_noindex: bool
    is_redirect: bool
    links: tuple[str, ...]  # every href and src of the page as written, sorted, each once
    ids: tuple[str, ...]
    alternates: tuple[tuple[str, str], ...]  # (language or x-default, absolute address)


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """All that pages need to know of a picture that was made fit to publish."""

    address: str
    size: int = 0  # in bytes, of a single file
    width: int = 0
    height: int = 0
    sources: tuple[Source, ...] = ()  # the files of one in several widths and formats


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """All that later builds need to know of a finished file to leave it as it is."""

    inputs: bytes  # hashes of what it was made of, one for each of `INPUTS`
    digest: str  # of its bytes
    context: bytes = b""  # hash of its templates and of what they saw
    secrets: bytes = b""  # hash of the hidden texts that were looked for in it
    facts: bytes = b""  # those of an HTML page, encoded: few are ever looked at again
    reason: str = ""  # which inputs had changed when its bytes last did; empty: nobody knew them
    again: bool = False  # it has findings, which are found by making it once more


INPUTS = ("settings", "templates", "address", "article", "stories", "links")
"""The groups of what a finished file is made of, in the order of `Made.inputs`."""
