"""The pages of articles and fixed pages, and what stands in place of those that are gone."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from sitegen.addresses import Addresses
from sitegen.collation import sort_key
from sitegen.model.pages import Alternate, Entry, Page, PageKind
from sitegen.model.stories import Article, Person, Registry, Story
from sitegen.plan.editions import NO_STANDINS, PRESS, Newsroom, alternates, nearest

_GENITIVE = re.compile("[’']?s$")
_ENDINGS = ("", "s", "’s", "'s")
_WINDOW = 25  # neighbours in date on either side that may be related: a new article moves few pages


def article_pages(
    newsroom: Newsroom,
    people: "People",
    addresses: Addresses,
    ahead: Mapping[str, Sequence[str]],
) -> Iterator[Page]:
    """Yield a page for each article that is shown, with its neighbours and related news."""
    neighbours = _neighbours(newsroom)
    relations = Relations(newsroom, addresses.config.build.related)
    sets = {key: alternates(told, addresses) for key, told in newsroom.translations.items()}
    for showing in newsroom.shown:
        story, article = showing.story, showing.article
        if story.key == PRESS:
            continue  # its text heads the press page
        newer, older = neighbours.get(article.path, (None, None))
        translations = newsroom.translations[story.key]
        standins = newsroom.standins.get(story.key, NO_STANDINS)
        yield Page(
            kind=_kind(story),
            language=article.language,
            address=showing.address,
            template=article.card.front.template or TEMPLATES[_kind(story)],
            title=article.title,
            description=article.card.front.description,
            alternates=sets[story.key],
            nearest=nearest(article.language, translations, addresses, standins),
            story=story,
            article=article,
            more=relations.of(story, article.language),
            newer=newer,
            older=older,
            people=people.named_in(article),
            mark="" if showing.state == "public" else showing.state,
            ahead=_alternates(ahead.get(article.path, ()), translations),
        )


def _neighbours(newsroom: Newsroom) -> dict[str, tuple[Entry | None, Entry | None]]:
    """Return the newer and the older neighbour of each listed article, by its file."""
    return {
        entry.article.path: (newer, older)
        for edition in newsroom.editions.values()
        for newer, entry, older in zip(
            (None, *edition.own), edition.own, (*edition.own[1:], None), strict=False
        )
    }


def _alternates(languages: Iterable[str], translations: Mapping[str, str]) -> tuple[Alternate, ...]:
    """Return where a story stands in these languages, as far as it is shown in them."""
    return tuple(
        Alternate(language=language, address=translations[language])
        for language in languages
        if language in translations
    )


def standin_pages(newsroom: Newsroom, people: "People", addresses: Addresses) -> Iterator[Page]:
    """Yield a page for each story that a language shows in another's words."""
    for story_key, standins in newsroom.standins.items():
        for language, standin in standins.items():
            article, translations = standin.entry.article, newsroom.translations[story_key]
            yield Page(
                kind="article",
                language=language,
                address=standin.entry.address,
                template=article.card.front.template or TEMPLATES["article"],
                title=article.title,
                description=article.card.front.description,
                nearest=nearest(language, translations, addresses, standins),
                story=standin.entry.story,
                article=article,
                people=people.named_in(article),
                mark=standin.entry.mark,
                original=standin.original,
            )


TEMPLATES: dict[PageKind, str] = {"article": "article.html", "fixed": "page.html"}


def _kind(story: Story) -> PageKind:
    return "article" if story.kind == "news" else "fixed"


def redirects(newsroom: Newsroom, addresses: Addresses) -> Iterator[Page]:
    """Yield a redirect page for each alias."""
    for showing in newsroom.shown:
        for alias in showing.article.card.front.aliases:
            yield Page(
                kind="redirect",
                language=showing.article.language,
                address=alias,
                template="redirect.html",
                title=showing.article.title,
                nearest=nearest(showing.article.language, {}, addresses),
                article=showing.article,
                target=showing.address,
            )


def tombstones(newsroom: Newsroom, addresses: Addresses) -> Iterator[Page]:
    """Yield a neutral page for each article that has expired; it says nothing of what was there."""
    for gone in newsroom.tombstones:
        for address in (gone.address, *gone.article.card.front.aliases):
            yield _tombstone(address, gone.article.language, addresses)


def gravestones(
    gone: Iterable[str], pages: Iterable[Page], newsroom: Newsroom, addresses: Addresses
) -> Iterator[Page]:
    """Yield a neutral page for each address of gone.txt at which nothing is, or is to come."""
    taken = {page.address for page in pages} | {showing.address for showing in newsroom.hidden}
    for address in gone:
        if address not in taken and address.endswith(("/", ".html")):
            language = addresses.language_of(address) or addresses.config.default_language
            yield _tombstone(address, language, addresses)


def _tombstone(address: str, language: str, addresses: Addresses) -> Page:
    return Page(
        kind="tombstone",
        language=language,
        address=address,
        template="tombstone.html",
        title=addresses.wordings[language].say("tombstone_title"),
        nearest=nearest(language, {}, addresses),
    )


class Relations:
    """Which stories go together: the editor's choice, then shared topics, then nearness in date."""

    def __init__(self, newsroom: Newsroom, most: int) -> None:
        self._entries = {name: edition.own for name, edition in newsroom.editions.items()}
        orders: dict[tuple[str, ...], _Order] = {}  # languages that tell the same share one
        self._orders = {
            language: orders.setdefault(tuple(each.story.key for each in own), _Order(own, most))
            for language, own in self._entries.items()
        }

    def of(self, story: Story, language: str) -> tuple[Entry, ...]:
        """Return the related news of a story, in its language."""
        entries = self._entries[language]
        return tuple(entries[place] for place in self._orders[language].related(story))


class _Order:
    """Stories in the order of a list, and which of them go together."""

    def __init__(self, entries: Sequence[Entry], most: int) -> None:
        self._most = most
        self._place = {entry.story.key: place for place, entry in enumerate(entries)}
        self._known: dict[str, tuple[int, ...]] = {}  # by story
        self._topics: dict[str, list[int]] = defaultdict(list)
        for place, entry in enumerate(entries):
            for tag in entry.story.tags:
                self._topics[tag].append(place)

    def related(self, story: Story) -> tuple[int, ...]:
        """Return the places of the stories that go with one; none when it has no place itself."""
        if story.key not in self._known:
            here = self._place.get(story.key)
            self._known[story.key] = () if here is None else tuple(self._best(story, here))
        return self._known[story.key]

    def _best(self, story: Story, here: int) -> Sequence[int]:
        found = dict.fromkeys(self._place[key] for key in story.related if key in self._place)
        shared = Counter(chain.from_iterable(self._near(here, tag) for tag in story.tags))
        for topics in range(max(shared.values(), default=0), 0, -1):
            if len(found) > self._most:  # the story itself is among them
                break
            places = sorted([place for place in shared if shared[place] == topics])
            found.update(dict.fromkeys(sorted(places, key=lambda place: abs(place - here))))
        return [place for place in found if place != here][: self._most]

    def _near(self, here: int, tag: str) -> Sequence[int]:
        """Return the places of the stories on a topic that are near in date."""
        places = self._topics[tag]
        at = bisect_left(places, here)
        return places[max(0, at - _WINDOW) : at + _WINDOW + 1]


class People:
    """Finds the people of the registry in the names that a text holds."""

    def __init__(self, registry: Registry) -> None:
        names = Counter(person.name for person in registry.people.values())
        self._by_name = {  # of two with one name, nobody can tell which is meant
            person.name: person for person in registry.people.values() if names[person.name] == 1
        }
        self._first = {  # the words with which a name can begin; one word is also its end
            word if space else f"{word}{ending}"
            for word, space, _ in (name.partition(" ") for name in self._by_name)
            for ending in _ENDINGS
        }
        self._named: dict[str, tuple[Person, ...]] = {}  # by article
        self._runs: dict[str, tuple[Person, ...]] = {}  # by run of words: few are said once only
        self._longest = max((name.count(" ") + 1 for name in self._by_name), default=0)

    def named_in(self, article: Article) -> tuple[Person, ...]:
        """Return the people that an article names, in the order of their names."""
        if article.path not in self._named:
            self._named[article.path] = self._found_in(article)
        return self._named[article.path]

    def _found_in(self, article: Article) -> tuple[Person, ...]:
        found: dict[str, Person] = {}
        for run in article.card.names:
            if run not in self._runs:
                self._runs[run] = tuple(self._in_run(run.split(" ")))
            found.update((person.name, person) for person in self._runs[run])
        return tuple(
            found[name] for name in sorted(found, key=lambda name: sort_key(name, article.language))
        )

    def _in_run(self, words: Sequence[str]) -> Iterator[Person]:
        for start, first in enumerate(words):
            if first not in self._first:
                continue
            for end in range(start + 1, min(len(words), start + self._longest) + 1):
                name = " ".join(words[start:end])
                person = self._by_name.get(name) or self._by_name.get(_GENITIVE.sub("", name))
                if person:
                    yield person
