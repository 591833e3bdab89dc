"""Stories: what is told, in each language that tells it."""

import msgspec

from sitegen.model.content import ArticleType, Card, Credit, Kind, When


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A story in one language."""

    card: Card
    slug: str
    publish_date: When | None = None  # its own, else the one that another language gives

    @property
    def language(self) -> str:
        """The language it is written in."""
        return self.card.source.language

    @property
    def path(self) -> str:
        """Its file, for findings."""
        return self.card.source.path

    @property
    def title(self) -> str:
        """The headline as typed, soft hyphens and all."""
        return self.card.front.title


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """What is told, with the keys that hold for every language of it."""

    key: str  # never shown; feed ids are made of it
    kind: Kind
    articles: tuple[Article, ...]  # in the order of config.toml's languages
    date: When | None = None  # always there for news
    authors: tuple[Credit, ...] = ()
    tags: tuple[str, ...] = ()
    type: ArticleType = "news"
    image: str = ""
    image_credit: str = ""
    expiry_date: When | None = None
    pinned_until: When | None = None
    together: bool = False
    related: tuple[str, ...] = ()
    contact: str = ""

    def article(self, language: str) -> Article | None:
        """The story in `language`, if it is told in it."""
        return next((a for a in self.articles if a.language == language), None)


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of people.toml."""

    id: str
    name: str
    title: dict[str, str] = {}  # job title by language
    email: str = ""
    phone: str = ""
    portrait: str = ""  # a file in content/files
    links: tuple[str, ...] = ()
    left: str = ""  # the month in which they left, as in 2014-01
    erased: bool = False  # to be named nowhere any more


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of topics.toml."""

    id: str
    name: dict[str, str]
    slug: dict[str, str] = {}
    description: dict[str, str] = {}


class Registry(msgspec.Struct, frozen=True, kw_only=True):
    """The people and topics that articles may name."""

    people: dict[str, Person] = {}
    topics: dict[str, Topic] = {}
    unread: frozenset[str] = frozenset()  # "people.toml", "topics.toml": who knows what they list
