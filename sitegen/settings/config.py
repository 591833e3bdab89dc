"""What config.toml can say, typed."""

from functools import cached_property
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from sitegen.findings import Level
from sitegen.model.content import ArticleType

EXAMPLE_BASE_URL = "https://www.example.com"


class Language(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the site's languages."""

    label: str  # its own name, as in "Dansk"
    locale: str  # for dates and Open Graph, as in "da_DK"
    title: str  # the site's name in this language
    description: str = ""  # one sentence on the site, for search engines and feeds
    section: str  # the address of the news list, as in "nyheder"
    menu: tuple[str, ...] = ("news", "press", "archive", "search")
    fallback: Literal["", "off", "link", "page"] = ""  # empty: the one of [translations]


class Company(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who publishes the site; what is unknown stays empty and its line is left out."""

    name: str = ""
    tagline: dict[str, str] = {}  # by language
    about: dict[str, str] = {}  # the boilerplate under press releases, by language
    address: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    cvr: str = ""  # the Danish company number
    url: str = ""


class Contact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Today's press contact."""

    name: str = ""
    title: dict[str, str] = {}  # by language
    phone: str = ""
    email: str = ""


class Build(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much stands where."""

    page_size: int = 20  # news on one page of a list
    feed_size: int = 20  # entries of a feed
    front_size: int = 10  # news on a front page, its lead story not counted
    related: int = 3  # related news under an article
    news_sitemap: bool = False  # a sitemap of the last two days' news, for Google News


class Images(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What pictures may be, and how they are published."""

    max_megapixels: int = 80
    widths: tuple[int, ...] = (480, 768, 1080, 1440)  # in pixels
    formats: tuple[str, ...] = ("avif", "webp")  # beside JPEG or PNG, best first


class Press(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What journalists can download."""

    folder: str = "press"  # below content/files: the press page offers all that stands in it
    kits: tuple[ArticleType, ...] = ("press",)  # types of articles that have a press kit


class Deploy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the site will stand, as far as that decides which files go with it."""

    host: Literal["", "netlify", "cloudflare", "apache", "github", "plain"] = ""  # empty: unknown

    @property
    def sends_no_headers(self) -> bool:
        """Tell whether each page must carry the security policy itself."""
        return self.host in {"github", "plain"}


class Translations(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What becomes of articles that a language does not have, or has in an older version."""

    fallback: Literal["off", "link", "page"] = "link"
    notice: bool = False  # readers are told that a translation is behind
    days: int = 0  # after which a translation that is behind is an error; 0: never


class New(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How new stories begin."""

    author: str = ""  # an id of people.toml; empty: who has the name that Git knows


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """Everything that config.toml can say."""

    base_url: str = EXAMPLE_BASE_URL
    title: str
    default_language: str
    x_default: str = ""  # the language for readers of neither; empty: default_language
    timezone: str = "Europe/Copenhagen"
    id_authority: str = ""  # names the feed ids for ever; empty: the host of base_url
    languages: dict[str, Language]
    company: Company = Company()
    contact: Contact = Contact()
    build: Build = Build()
    images: Images = Images()
    press: Press = Press()
    checks: dict[str, Level] = {}
    translations: Translations = Translations()
    new: New = New()
    deploy: Deploy = Deploy()
    extra: dict[str, Any] = {}

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which days begin and end."""
        return ZoneInfo(self.timezone)

    @cached_property
    def base_path(self) -> str:
        """The path of base_url without a slash at its end, as in "/nyheder" or ""."""
        return urlsplit(self.base_url).path.rstrip("/")

    @cached_property
    def origin(self) -> str:
        """The scheme and host of base_url."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"

    def fallback(self, language: str) -> str:
        """What a language shows of stories that it lacks: "off", "link" or "page"."""
        return self.languages[language].fallback or self.translations.fallback

    @property
    def authority(self) -> str:
        """The name in front of every feed id."""
        return self.id_authority or urlsplit(self.base_url).hostname or ""
