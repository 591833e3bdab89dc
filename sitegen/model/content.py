"""What stands in content/, file by file, and what each file says."""

import datetime as dt
from typing import Any, Literal

import msgspec

Kind = Literal["news", "pages"]
ArticleType = Literal["news", "press", "customer"]


class When(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A day in the site's zone, or a moment on that day."""

    day: dt.date
    instant: dt.datetime | None = None  # in UTC; None: the editor gave a bare day


class Source(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One Markdown file of content/, told from its path alone."""

    path: str  # from the project's root, NFC, with forward slashes
    kind: Kind
    story: str  # what its translations share, as in "news/2012-03-15-faciliteringsteam"
    language: str
    folder_day: dt.date | None = None  # from a date at the head of the story's name


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """An author as the front matter names them."""

    id: str
    title: str = ""  # the job title held then; empty: the one in people.toml


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A dated note on what was wrong in an article."""

    date: When
    text: str


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """When and why an article was taken back."""

    date: When
    reason: str


class FrontMatter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the lines between the `---` say; None where nothing was said."""

    title: str
    date: When | None = None
    summary: str = ""
    description: str = ""
    authors: tuple[Credit, ...] | None = None
    tags: tuple[str, ...] | None = None
    type: ArticleType | None = None
    image: str | None = None
    image_alt: str | None = None
    image_decorative: bool = False
    image_credit: str | None = None
    image_caption: str = ""
    updated: When | None = None
    corrections: tuple[Correction, ...] = ()
    draft: bool = False
    publish_date: When | None = None
    expiry_date: When | None = None
    withdrawn: Withdrawal | None = None
    together: bool | None = None
    slug: str = ""
    aliases: tuple[str, ...] = ()
    translation_key: str = ""
    template: str = ""
    related: tuple[str, ...] | None = None
    pinned_until: When | None = None
    contact: str | None = None
    quote: str = ""
    extra: dict[str, Any] = {}


SHARED_KEYS = (
    "date",
    "authors",
    "tags",
    "type",
    "image",
    "image_credit",
    "publish_date",
    "expiry_date",
    "pinned_until",
    "together",
    "related",
    "contact",
)
"""Keys that hold for all of a story's articles when one of them says it."""


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """A heading of the body, as a place to link to."""

    level: int
    id: str
    text: str


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a body where an address stands that only the finished site knows."""

    kind: Literal["link", "image"]
    target: str  # as written: a relative path, perhaps with a #fragment
    line: int  # of the file
    alt: str | None = None  # of an image; None: not said
    path: str = ""  # what the target means: a file of the project …
    fragment: str = ""  # … and a place in it, or
    address: str = ""  # an address of the site


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """All of an article but its HTML; small enough to hold for every article at once."""

    source: Source
    front: FrontMatter
    lines: dict[str, int]  # the line of each front matter key
    body: str  # the key under which the Body is kept
    slug: str = ""  # of its title
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()  # the other ids to which links may lead, sorted
    references: tuple[Reference, ...] = ()  # the n-th stands where the body has token n
    excerpt: str = ""  # the first paragraph as plain text
    words: int = 0
    names: tuple[str, ...] = ()  # runs of capitalised words in the text, sorted, each once
    said: str = ""  # the digest of all that it says in its own language


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """An article's HTML, with a token (see `markup.TOKEN`) for the address of each reference."""

    html: str
    boxes: tuple[str, ...] = ()  # fact boxes, which stand in the rail beside the text
    terms: str = "\n\n"  # what search finds: a line each for headline, summary and the rest
