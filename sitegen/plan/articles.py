"""The pages of articles and fixed pages, and what stands in place of those that are gone."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
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
            alternates=alternates(translations, addresses),
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
        self._most = most
        self._place: dict[tuple[str, str], int] = {}
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self._topics: dict[tuple[str, str], list[int]] = defaultdict(list)
        for language, edition in newsroom.editions.items():
            self._entries[language] = edition.own
            for place, entry in enumerate(edition.own):
                self._place[language, entry.story.key] = place
                for tag in entry.story.tags:
                    self._topics[language, tag].append(place)

    def of(self, story: Story, language: str) -> tuple[Entry, ...]:
        """Return the related news of a story, in its language."""
        here = self._place.get((language, story.key))
        if here is None:
            return ()
        chosen = [
            self._place[language, key] for key in story.related if (language, key) in self._place
        ]
        shared = Counter(chain.from_iterable(self._near(here, language, tag) for tag in story.tags))
        ranked = nsmallest(
            self._most + 1,  # the story itself is among them
            [(-topics, abs(place - here), place) for place, topics in shared.items()],
        )
        found = dict.fromkeys((*chosen, *(place for _, _, place in ranked)))
        best = [place for place in found if place != here]
        return tuple(self._entries[language][place] for place in best[: self._most])

    def _near(self, here: int, language: str, tag: str) -> Sequence[int]:
        """Return the places of the stories on a topic that are near in date."""
        places = self._topics[language, tag]
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
        self._longest = max((name.count(" ") + 1 for name in self._by_name), default=0)

    def named_in(self, article: Article) -> tuple[Person, ...]:
        """Return the people that an article names, in the order of their names."""
        if article.path not in self._named:
            self._named[article.path] = self._found_in(article)
        return self._named[article.path]

    def _found_in(self, article: Article) -> tuple[Person, ...]:
        found: Mapping[str, Person] = {
            person.name: person
            for run in article.card.names
            for person in self._in_run(run.split(" "))
        }
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
