"""The pages about something: topics, people, the press."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

from sitegen.addresses import Addresses, topic_slug
from sitegen.model.pages import Entry, Page
from sitegen.model.stories import Person, Registry, Topic
from sitegen.plan.articles import People
from sitegen.plan.editions import PRESS, Newsroom, alternates
from sitegen.plan.pagination import paginated

RELEASES = 10  # on the press page
QUOTED = 20  # stories in which a person is named, on their page


def topics(
    newsroom: Newsroom, registry: Registry, addresses: Addresses, published: Container[str] = ()
) -> Iterator[Page]:
    """Yield the pages of each topic, in each language that has, or had, an article on it."""
    lists: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for language, edition in newsroom.editions.items():
        told = {tag for entry in edition.own for tag in entry.story.tags}
        for entry in edition.listed:
            for tag in entry.story.tags:
                if tag in told:
                    lists[tag][language].append(entry)
        for tag, topic in registry.topics.items():
            if addresses.topic(language, topic_slug(topic, language)) in published:
                lists[tag].setdefault(language, [])
    for tag in sorted(lists):
        if tag in registry.topics:
            yield from _topic(registry.topics[tag], lists[tag], addresses)


def _topic(
    topic: Topic, lists: Mapping[str, Sequence[Entry]], addresses: Addresses
) -> Iterator[Page]:
    def address(language: str, number: int = 1) -> str:
        return addresses.topic(language, topic_slug(topic, language), number)

    def page(language: str) -> Page:
        wording = addresses.wordings[language]
        name = topic.name.get(language, topic.id)
        return Page(
            kind="topic",
            language=language,
            address=address(language),
            template="topic.html",
            title=name,
            description=topic.description.get(language) or wording.say("topic_intro", topic=name),
            topic=topic,
        )

    return paginated(lists, page, address, addresses)


def people(
    newsroom: Newsroom,
    registry: Registry,
    known: People,
    addresses: Addresses,
    published: Container[str] = (),
) -> Iterator[Page]:
    """Yield the pages of each person, in each language that has, or had, something on them."""
    written: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    quoted: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for language, edition in newsroom.editions.items():
        for entry in edition.own:
            authors = [credit.id for credit in entry.story.authors]
            for author in authors:
                written[author][language].append(entry)
            for person in known.named_in(entry.article):
                if person.id not in authors and len(quoted[person.id][language]) < QUOTED:
                    quoted[person.id][language].append(entry)
    for person in registry.people.values():
        lists = {
            language: written[person.id][language]
            for language in newsroom.editions
            if written[person.id][language]
            or quoted[person.id][language]
            or (addresses.person(language, person.id) in published and not person.erased)
        }
        yield from _person(person, lists, quoted[person.id], addresses)


def _person(
    person: Person,
    written: Mapping[str, Sequence[Entry]],
    quoted: Mapping[str, Sequence[Entry]],
    addresses: Addresses,
) -> Iterator[Page]:
    def address(language: str, number: int = 1) -> str:
        return addresses.person(language, person.id, number)

    def page(language: str) -> Page:
        return Page(
            kind="person",
            language=language,
            address=address(language),
            template="person.html",
            title=person.name,
            description=addresses.wordings[language].say("person_intro", name=person.name),
            person=person,
            more=tuple(quoted.get(language, ())),
        )

    return paginated(written, page, address, addresses)


def press(newsroom: Newsroom, addresses: Addresses) -> Iterator[Page]:
    """Yield each language's press page, headed by the text of content/pages/press."""
    heads = {
        showing.article.language: showing
        for showing in newsroom.shown
        if showing.story.key == PRESS
    }
    everywhere = {language: addresses.press(language) for language in newsroom.editions}
    for language, edition in newsroom.editions.items():
        head = heads.get(language)
        releases = [entry for entry in edition.own if entry.story.type == "press"]
        title = addresses.wordings[language].say("press")
        yield Page(
            kind="press",
            language=language,
            address=addresses.press(language),
            template="press.html",
            title=head.article.title if head else title,
            description=addresses.wordings[language].say(
                "press_intro", company=addresses.config.company.name or addresses.config.title
            ),
            alternates=alternates(everywhere, addresses),
            story=head.story if head else None,
            article=head.article if head else None,
            entries=tuple(releases[:RELEASES]),
            mark="" if head is None or head.state == "public" else head.state,
        )
