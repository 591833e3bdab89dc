"""Small builders of the values that tests share: each gives what is asked for, and defaults."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.addresses import Addresses, slugify
from sitegen.findings import Findings
from sitegen.model.content import Card, FrontMatter, Heading, Kind, Reference, Source, When
from sitegen.model.stories import Article, Person, Registry, Story, Topic
from sitegen.schedule import Moment
from sitegen.settings import Config, Language
from sitegen.targets import placed
from sitegen.wording import Wording, read_wording

ZONE = ZoneInfo("Europe/Copenhagen")
TEMPLATES = Path(__file__).parent.parent / "templates"
LANGUAGES = {
    "da": Language(label="Dansk", locale="da_DK", title="Nyt", section="nyheder"),
    "en": Language(label="English", locale="en_GB", title="News", section="news"),
    "de": Language(label="Deutsch", locale="de_DE", title="Neues", section="nachrichten"),
    "fr": Language(label="Français", locale="fr_FR", title="Infos", section="actualites"),
}
PLACES = {
    "de": "seite archiv themen personen suche presse",
    "fr": "page archives sujets personnes recherche presse",
}


def a_config(*languages: str, **keys: Any) -> Config:
    """Return a config; of a site in Danish and English unless told."""
    tags = languages or ("da", "en")
    values: dict[str, Any] = {
        "base_url": "https://news.example.org",
        "title": "Conscensia",
        "default_language": tags[0],
        "languages": {tag: LANGUAGES[tag] for tag in tags},
    }
    return Config(**(values | keys))


@cache
def _theme_wording(language: str) -> str:
    return (TEMPLATES / f"wording/{language}.toml").read_text("utf-8")


def wording_text(language: str) -> str:
    """Return a wording file: the theme's own, or the English one with other addresses."""
    if language not in PLACES:
        return _theme_wording(language)
    english = _theme_wording("en")
    places = ("page", "archive", "topics", "people", "search", "press")
    table = "\n".join(
        f'{place} = "{word}"' for place, word in zip(places, PLACES[language].split(), strict=True)
    )
    return f"[addresses]\n{table}\n\n{english[english.index('[text]') :]}"


def wordings_of(config: Config) -> dict[str, Wording]:
    """Return the wording of each language of a site."""
    texts = {f"wording/{tag}.toml": wording_text(tag) for tag in config.languages}
    return read_wording(config, texts, {name: f"templates/{name}" for name in texts}, Findings())


def addresses_of(config: Config) -> Addresses:
    """Return the maker of a site's addresses."""
    return Addresses(config=config, wordings=wordings_of(config))


def when(text: str) -> When:
    """Return a day, or a moment in Copenhagen: "2012-03-15", "2012-03-15 09:00"."""
    moment = dt.datetime.fromisoformat(text)
    if len(text) == len("2012-03-15"):
        return When(day=moment.date())
    return When(day=moment.date(), instant=moment.replace(tzinfo=ZONE).astimezone(dt.UTC))


def at(text: str) -> dt.datetime:
    """Return a moment in Copenhagen, or with the offset that is given."""
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def a_moment(now: str = "2020-01-01 00:00", *languages: str, **shows: bool) -> Moment:
    """Return the time of a build."""
    return Moment(now=at(now), zone=ZONE, languages=languages or ("da", "en"), **shows)


def a_card(
    path: str,
    *,
    headings: tuple[str, ...] = (),
    anchors: tuple[str, ...] = (),
    references: tuple[Reference, ...] = (),
    names: tuple[str, ...] = (),
    lines: Mapping[str, int] | None = None,
    folder_day: str = "",
    **front: Any,
) -> Card:
    """Return the card of a file, such as "news/x/index.da.md" or "news/x.da.md".

    Its keys stand on lines of their own, the first on line 2.
    """
    values = {"title": "Ny partner", **front}
    stem, language = path.removesuffix(".md").rsplit(".", 1)
    kind: Kind = "pages" if path.startswith("pages/") else "news"
    source = Source(
        path=f"content/{path}",
        kind=kind,
        story=stem.removesuffix("/index"),
        language=language,
        folder_day=dt.date.fromisoformat(folder_day) if folder_day else None,
    )
    return Card(
        source=source,
        front=FrontMatter(**values),
        lines=dict(lines or {key: number for number, key in enumerate(values, start=2)}),
        body=path,
        headings=tuple(Heading(level=2, id=id_, text=id_) for id_ in headings),
        anchors=anchors,
        references=tuple(placed(each, source.path) for each in references),
        names=names,
    )


def an_article(path: str, **card: Any) -> Article:
    """Return the article of a file, under its title's slug."""
    made = a_card(path, **card)
    return Article(
        card=made,
        slug=made.front.slug or slugify(made.front.title),
        publish_date=made.front.publish_date,
    )


def a_story(key: str, *articles: Article, **keys: Any) -> Story:
    """Return a story; of one Danish and one English article of 15 March 2012 unless told."""
    name = key.rpartition("/")[2]
    kind: Kind = "pages" if key.startswith("pages/") else "news"
    made = articles or tuple(
        an_article(f"{key}/index.{tag}.md", title=f"{name} {tag}") for tag in ("da", "en")
    )
    values: dict[str, Any] = {"date": when("2012-03-15")} if kind == "news" else {}
    return Story(key=key, kind=kind, articles=made, **(values | keys))


def a_registry(people: Mapping[str, str] | None = None, topics: tuple[str, ...] = ()) -> Registry:
    """Return people by their names, and topics whose names are their ids."""
    return Registry(
        people={id_: Person(id=id_, name=name) for id_, name in (people or {}).items()},
        topics={id_: Topic(id=id_, name=dict.fromkeys(LANGUAGES, id_)) for id_ in topics},
    )


def lines_of(findings: Findings) -> list[str]:
    """Return the findings as they are shown."""
    return [str(finding) for finding in findings.found]
