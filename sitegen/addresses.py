"""Every address of the site is made here, and nowhere else.

An address is a site path without the base path, such as "/da/nyheder/2012/x/".
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal
from urllib.parse import quote, unquote

import msgspec

from sitegen.model.stories import Topic
from sitegen.settings import RESERVED, SLUG, SLUG_LENGTH, Config
from sitegen.wording import Wording

FeedKind = Literal["atom", "rss", "json"]

_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "oe", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "œ": "oe",
     "ı": "i", "ħ": "h", "ŋ": "n", "’": "", "'": ""}
)  # fmt: skip
_TWO_LETTERS = (("a\u030a", "aa"), ("a\u0308", "ae"), ("o\u0308", "oe"))  # å ä ö, taken apart
_UNPORTABLE = re.compile(rf'^{RESERVED}(?:\.|$)|[. ]$|[\x00-\x1f<>:"\\|?*]', re.IGNORECASE)
_LONGEST_NAME = 255  # in bytes, on nearly every disk
__all__ = [
    "FAVICON", "GATEWAY", "MEDIA", "ROBOTS", "SITEMAP", "SLUG", "SLUG_LENGTH", "Addresses",
    "FeedKind", "address_of", "is_portable", "output_path", "sitemap_part", "slugify", "topic_slug",
]  # fmt: skip
GATEWAY = "/"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
FAVICON = "/favicon.ico"
MEDIA = "media/"  # where they stand below output/


@lru_cache(maxsize=1024)  # names of topics come again with every story
def slugify(text: str) -> str:
    """Return the address form of a text: "Kødpålæg på Ærø" → "koedpaalaeg-paa-aeroe"."""
    text = unicodedata.normalize("NFKD", text).lower().translate(_LETTERS)
    for letter, letters in _TWO_LETTERS:
        text = text.replace(letter, letters)
    text = "".join(unit for unit in text if unicodedata.category(unit) not in {"Mn", "Cf"})
    text = re.sub(r"(?<=[0-9])[.,](?=[0-9]{3}(?![0-9]))", "", text)  # 1.600, but not 12,5
    slug = re.sub(r"[^a-z0-9]+", "-", text).strip("-")
    if len(slug) > SLUG_LENGTH:
        slug = slug[:SLUG_LENGTH].rpartition("-")[0] or slug[:SLUG_LENGTH]
    return f"{slug}-1" if re.fullmatch(RESERVED, slug) else slug


def is_portable(path: str) -> bool:
    """Tell whether each part of a path can be a file's name on every system."""
    return not any(
        _UNPORTABLE.search(part) or len(part.encode()) > _LONGEST_NAME for part in path.split("/")
    )


class Addresses(msgspec.Struct, frozen=True, kw_only=True):
    """The addresses of a site, by what stands there."""

    config: Config
    wordings: Mapping[str, Wording]

    def front(self, language: str) -> str:
        """Return "/da/"."""
        return f"/{language.lower()}/"

    def language_of(self, address: str) -> str:
        """Return the language that an address is in, or an empty text."""
        found = (each for each in self.config.languages if address.startswith(self.front(each)))
        return next(found, "")

    def _place(self, language: str, place: str) -> str:
        return f"{self.front(language)}{self.wordings[language].addresses[place]}/"

    def news(self, language: str, number: int = 1) -> str:
        """Return "/da/nyheder/", or "/da/nyheder/side/2/" for a later page."""
        first = f"{self.front(language)}{self.config.languages[language].section}/"
        return self._numbered(first, language, number)

    def _numbered(self, first: str, language: str, number: int) -> str:
        word = self.wordings[language].addresses["page"]
        return first if number == 1 else f"{first}{word}/{number}/"

    def year(self, language: str, year: int) -> str:
        """Return "/da/nyheder/2012/"."""
        return f"{self.news(language)}{year:04}/"

    def article(self, language: str, year: int, slug: str) -> str:
        """Return "/da/nyheder/2012/<slug>/"."""
        return f"{self.year(language, year)}{slug}/"

    def archive(self, language: str) -> str:
        """Return "/da/nyheder/arkiv/"."""
        return f"{self.news(language)}{self.wordings[language].addresses['archive']}/"

    def topic(self, language: str, slug: str, number: int = 1) -> str:
        """Return "/da/emner/<slug>/", or a later page of it."""
        return self._numbered(f"{self._place(language, 'topics')}{slug}/", language, number)

    def person(self, language: str, slug: str, number: int = 1) -> str:
        """Return "/da/personer/<slug>/", or a later page of it."""
        return self._numbered(f"{self._place(language, 'people')}{slug}/", language, number)

    def press(self, language: str) -> str:
        """Return "/da/presse/"."""
        return self._place(language, "press")

    def search(self, language: str) -> str:
        """Return "/da/soeg/"."""
        return self._place(language, "search")

    def fixed(self, language: str, slug: str) -> str:
        """Return "/da/<slug>/"."""
        return f"{self.front(language)}{slug}/"

    def not_found(self, language: str = "") -> str:
        """Return "/da/404.html", or the one at the root, which speaks every language."""
        return f"{self.front(language)}404.html" if language else "/404.html"

    def feed(self, language: str, kind: FeedKind, topic_slug: str = "") -> str:
        """Return "/da/feed.atom", or the feed of a topic."""
        folder = self.topic(language, topic_slug) if topic_slug else self.front(language)
        return f"{folder}feed.{kind}"

    def asset(self, name: str, digest: str) -> str:
        """Return "/assets/site.1a2b3c4d.css": the hash lets browsers keep it for ever."""
        return f"/assets/{_hashed(name, digest)}"

    def media(self, name: str, digest: str) -> str:
        """Return "/media/team.1a2b3c4d.jpg"; languages share the files of a story."""
        return f"/media/{_hashed(name, digest)}"

    def file(self, path: str) -> str:
        """Return the address of a file of content/files, which keeps its name."""
        return f"/{quote(path)}"

    def href(self, address: str) -> str:
        """Return the address as a link says it: with the base path."""
        return f"{self.config.base_path}{address}"

    def absolute(self, address: str) -> str:
        """Return the address with scheme, host and base path."""
        return f"{self.config.origin}{self.config.base_path}{address}"

    def feed_id(self, story: str, language: str, year: int) -> str:
        """Return an id that outlives slug, headline and domain (RFC 4151)."""
        return f"tag:{self.config.authority},{year}:{quote(story)}/{language}"


def output_path(address: str) -> str:
    """Return the file below output/ that answers an address."""
    path = unquote(address.removeprefix("/"))
    return f"{path}index.html" if address.endswith("/") else path


def address_of(path: str) -> str:
    """Return the address that a file below output/ answers: "da/index.html" → "/da/"."""
    folder, _, name = f"/{path}".rpartition("/")
    return f"{folder}/" if name == "index.html" else f"{folder}/{name}"


def sitemap_part(number: int) -> str:
    """Return "/sitemap-1.xml", one of the files that a very large site's sitemap.xml names."""
    return f"/sitemap-{number}.xml"


def _hashed(name: str, digest: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return f"{slugify(name) or 'file'}.{digest[:8]}"
    return f"{slugify(stem) or 'file'}.{digest[:8]}.{ending.lower()}"


def topic_slug(topic: Topic, language: str) -> str:
    """Return a topic's part of its address; its id where its name gives none."""
    return topic.slug.get(language) or slugify(topic.name.get(language, "")) or topic.id
