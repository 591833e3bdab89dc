"""What each language shows: its entries, newest first, and what readers must not see."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import msgspec

from sitegen.addresses import Addresses
from sitegen.dates import instant_of
from sitegen.model.pages import Alternate, Entry
from sitegen.model.stories import Article, Story
from sitegen.plan.standins import StandIn, stand_ins
from sitegen.schedule import Moment, State
from sitegen.settings import Config

PRESS = "pages/press"
"""The story whose text heads the press page."""

NO_STANDINS: Mapping[str, StandIn] = MappingProxyType({})


class Showing(msgspec.Struct, frozen=True, kw_only=True):
    """One article that has a page, and where."""

    story: Story
    article: Article
    address: str
    state: State

    @property
    def is_listed(self) -> bool:
        """Tell whether lists, feeds and search know it."""
        return self.state != "expired" and self.article.card.front.withdrawn is None


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """The news of one language."""

    language: str
    own: tuple[Entry, ...]  # told in this language, newest first
    listed: tuple[Entry, ...]  # these and, as a fallback, stories told in other languages only


class Newsroom(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is shown at one moment, by what the pages ask for."""

    shown: tuple[Showing, ...]
    hidden: tuple[Showing, ...]  # drafts and what is not yet due
    tombstones: tuple[Showing, ...]  # expired, and not asked for
    editions: Mapping[str, Edition]
    translations: Mapping[str, Mapping[str, str]]  # story → language → address
    standins: Mapping[str, Mapping[str, StandIn]]  # story → language, for want of a translation


def open_newsroom(stories: Sequence[Story], moment: Moment, addresses: Addresses) -> Newsroom:
    """Return what is shown at `moment`."""
    shown: list[Showing] = []
    tombstones: list[Showing] = []
    hidden: list[Showing] = []
    for story in sorted(stories, key=lambda story: story.key):
        for article in story.articles:
            state = moment.state(story, article)
            address = article_address(story, article, addresses)
            showing = Showing(story=story, article=article, address=address, state=state)
            if moment.shows(state):
                shown.append(showing)
            elif state == "expired":
                tombstones.append(showing)
            else:
                hidden.append(showing)
    entries = _entries(shown, moment)
    config = addresses.config
    preferred = _preferred(config)
    translations = _translations(shown)
    taken = _claimed((*shown, *hidden, *tombstones))
    standins = stand_ins(entries, preferred, translations, taken, addresses)
    return Newsroom(
        shown=tuple(shown),
        hidden=tuple(hidden),
        tombstones=tuple(tombstones),
        editions={
            name: _edition(
                name,
                entries,
                () if config.fallback(name) == "off" else preferred,
                translations,
                standins,
            )
            for name in config.languages
        },
        translations=translations,
        standins=standins,
    )


def _claimed(showings: Iterable[Showing]) -> Iterator[str]:
    """Yield the addresses that articles have or had."""
    for showing in showings:
        yield from (showing.address, *showing.article.card.front.aliases)


def article_address(story: Story, article: Article, addresses: Addresses) -> str:
    """Return where an article stands."""
    language = article.language
    if story.kind == "news":
        year = story.date.day.year if story.date else 1
        return addresses.article(language, year, article.slug)
    if story.key == PRESS:
        return addresses.press(language)
    return addresses.fixed(language, article.slug)


def _translations(shown: Iterable[Showing]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for showing in shown:
        found.setdefault(showing.story.key, {})[showing.article.language] = showing.address
    return found


def _entries(shown: Iterable[Showing], moment: Moment) -> list[dict[str, Entry]]:
    """Return each listed news story as its entries by language, newest story first."""
    by_story: dict[str, dict[str, Entry]] = {}
    for showing in shown:
        if showing.is_listed and showing.story.kind == "news":
            entry = Entry(
                story=showing.story, article=showing.article, address=showing.address,
                mark="" if showing.state == "public" else showing.state,
            )  # fmt: skip
            by_story.setdefault(showing.story.key, {})[showing.article.language] = entry

    def age(told: dict[str, Entry]) -> tuple[dt.datetime, str]:
        story = next(iter(told.values())).story
        when = story.date
        return (
            instant_of(when, moment.zone) if when else dt.datetime.min.replace(tzinfo=dt.UTC),
            story.key,
        )

    return sorted(by_story.values(), key=age, reverse=True)


def _edition(
    language: str,
    stories: Iterable[Mapping[str, Entry]],
    fallback: Sequence[str],
    translations: Mapping[str, Mapping[str, str]],
    standins: Mapping[str, Mapping[str, StandIn]],
) -> Edition:
    """Return the stories told in a language and, where it is silent, in one of `fallback`."""
    own: list[Entry] = []
    listed: list[Entry] = []
    for told in stories:
        entry = next((told[name] for name in (language, *fallback) if name in told), None)
        if entry is None:
            continue
        if language in told:
            own.append(entry)
        elif standin := standins.get(entry.story.key, {}).get(language):
            entry = standin.entry
        if language in told or language not in translations[entry.story.key]:  # not withdrawn
            listed.append(entry)
    return Edition(language=language, own=tuple(own), listed=tuple(listed))


def _preferred(config: Config) -> tuple[str, ...]:
    """Return the site's languages, first the one for readers of neither."""
    first = config.x_default or config.default_language
    return tuple(dict.fromkeys((first, config.default_language, *config.languages)))


def alternates(
    translations: Mapping[str, str], addresses: Addresses, x_default: str = ""
) -> tuple[Alternate, ...]:
    """Return the hreflang set of a page that exists in these languages; none for a single one."""
    if len(translations) < 2:
        return ()
    config = addresses.config
    found = [
        Alternate(language=language, address=translations[language])
        for language in config.languages
        if language in translations
    ]
    preferred = next(translations[name] for name in _preferred(config) if name in translations)
    return (*found, Alternate(language="x-default", address=x_default or preferred))


def nearest(
    language: str,
    translations: Mapping[str, str],
    addresses: Addresses,
    standins: Mapping[str, StandIn] = NO_STANDINS,
) -> tuple[Alternate, ...]:
    """Return where to go in each language that a page lacks: its stand-in, or the news list."""
    return tuple(
        Alternate(
            language=other,
            address=standins[other].entry.address if other in standins else addresses.news(other),
        )
        for other in addresses.config.languages
        if other != language and other not in translations
    )
