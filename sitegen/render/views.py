"""What templates see of a story, a person, a date: small views, made of text alone.

What many pages show is made once and remembered for as long as the build lasts.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar, TypeVarTuple
from urllib.parse import quote

import msgspec

from sitegen.addresses import Addresses, topic_slug
from sitegen.dates import day_text, machine
from sitegen.model.content import When
from sitegen.model.pages import Entry
from sitegen.model.stories import Person, Registry, Story
from sitegen.model.views import Anchor, ContactView, DateText, PersonView, Teaser
from sitegen.typography import no_break, plain

WORDS_A_MINUTE = 200

T = TypeVar("T")
About = TypeVarTuple("About")

Common = dict[str, Any]
"""What every context has: frame, head and wording."""


class Surroundings(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The site around a page, as far as its context needs it."""

    addresses: Addresses
    registry: Registry
    known: frozenset[str]  # every address that will exist
    fixed: Mapping[str, tuple[Anchor, ...]]  # each language's fixed pages, for the footer
    topics: Mapping[str, tuple[Anchor, ...]]  # each language's topics that have articles
    assets: Mapping[str, str]  # where each asset is found, by name

    @cached_property
    def views(self) -> Mapping[str, "Views"]:
        """The maker of each language's views, which remembers them."""
        return {language: Views(self, language) for language in self.addresses.config.languages}

    def href(self, address: str) -> str:
        """Return how a link says an address; empty for one that will not exist."""
        return self.addresses.href(address) if address in self.known else ""


class Views:
    """Makes the views of one language, and remembers those that come again."""

    def __init__(self, site: Surroundings, language: str) -> None:
        self.site = site
        self.language = language
        self.config = site.addresses.config
        self.wording = site.addresses.wordings[language]
        self.locale = self.config.languages[language].locale
        self._made: dict[Hashable, Any] = {}
        self._teasers: dict[tuple[str, str, str], Teaser] = {}

    def once(self, make: Callable[["Views", *About], T], *about: *About) -> T:
        """Return what `make` makes of these views and of `about`: the same, whoever asks."""
        if (make, about) not in self._made:
            self._made[make, about] = make(self, *about)
        made: T = self._made[make, about]
        return made

    def date(self, when: When) -> DateText:
        """Return a date for readers and for machines."""
        return self.once(Views._date, when)

    def _date(self, when: When) -> DateText:
        return DateText(
            text=day_text(when.day, self.locale), machine=machine(when, self.config.zone)
        )

    def spoken(self, language: str) -> str:
        """Return what this language calls a language in the midst of a sentence."""
        label = self.config.languages[language].label
        return self.wording.text.get(f"language_{language}", label)

    def text(self, text: str, language: str = "") -> str:
        """Return a headline or summary whose numbers stay with their units."""
        return self.once(Views._text, text, language or self.language)

    def _text(self, text: str, language: str) -> str:
        return no_break(text, language)

    def teaser(self, entry: Entry) -> Teaser:
        """Return a story as a list shows it; one in another language says so."""
        key = entry.article.path, entry.address, entry.mark
        if key not in self._teasers:
            self._teasers[key] = self._teaser(entry)
        return self._teasers[key]

    def _teaser(self, entry: Entry) -> Teaser:
        article, told_in = entry.article, entry.article.language
        foreign = told_in != self.language
        return Teaser(
            title=self.text(article.title, told_in),
            url=self.site.addresses.href(entry.address),
            date=self.date(dated(entry.story)),
            topic=None if foreign else self.topic(entry.story),
            summary=self.text(article.card.front.summary or article.card.excerpt, told_in),
            language=told_in if foreign else "",
            note=self._note(told_in) if foreign else "",
            mark=self.wording.say(entry.mark) if entry.mark else "",
        )

    def _note(self, told_in: str) -> str:
        name = self.wording.text.get(f"language_{told_in}")
        return self.wording.say("in_language", language=name) if name else told_in

    def teasers(self, entries: Iterable[Entry]) -> tuple[Teaser, ...]:
        """Return the teasers of a list."""
        return tuple(self.teaser(entry) for entry in entries)

    def topic(self, story: Story) -> Anchor | None:
        """Return the first topic of a story."""
        return next(iter(self.tags(story)), None)

    def tags(self, story: Story) -> tuple[Anchor, ...]:
        """Return all topics of a story, as the article lists them."""
        topics = self.site.registry.topics
        return tuple(self.once(Views._tag, tag) for tag in story.tags if tag in topics)

    def _tag(self, tag: str) -> Anchor:
        topic, addresses = self.site.registry.topics[tag], self.site.addresses
        address = addresses.topic(self.language, topic_slug(topic, self.language))
        return Anchor(text=topic.name[self.language], url=self.site.href(address))

    def person(self, person: Person, title: str = "") -> PersonView:
        """Return a person, with the job title held then or now."""
        return self.once(Views._person, person.id, title)

    def _person(self, id_: str, title: str) -> PersonView:
        person = self.site.registry.people[id_]
        address = self.site.addresses.person(self.language, person.id)
        return PersonView(
            name=person.name,
            title=title or person.title.get(self.language, ""),
            url=self.site.href(address),
            email="" if person.left else person.email,
            phone="" if person.left else person.phone,
            links=tuple(Anchor(text=_host(link), url=link) for link in person.links),
        )

    def contact(self, person: Person | None) -> ContactView | None:
        """Return the press contact: the story's own until they leave, else config.toml's."""
        contact = self.config.contact
        if person and not person.left:
            title = person.title.get(self.language, "")
            return _contact(person.name, title, person.phone, person.email)
        if contact.name or contact.phone or contact.email:
            title = contact.title.get(self.language, "")
            return _contact(contact.name, title, contact.phone, contact.email)
        return None

    def all_news(self) -> Anchor:
        """Return the way to the news list."""
        url = self.site.addresses.href(self.site.addresses.news(self.language))
        return Anchor(text=self.wording.say("all_news"), url=url)

    def archive(self) -> Anchor:
        """Return the way to the archive."""
        url = self.site.addresses.href(self.site.addresses.archive(self.language))
        return Anchor(text=self.wording.say("whole_archive"), url=url)

    def reading_time(self, words: int) -> str:
        """Return how long a text takes to read, in words."""
        minutes = max(1, -(-words // WORDS_A_MINUTE))
        return self.wording.count("reading_time", minutes)

    def share(self, title: str, address: str) -> tuple[Anchor, ...]:
        """Return links that share a page without any script."""
        url = quote(address, safe="")
        subject = quote(plain(title), safe="")
        return (
            Anchor(
                text=self.wording.say("share_email"),
                url=f"mailto:?subject={subject}&body={url}",
            ),
            Anchor(
                text=self.wording.say("share_linkedin"),
                url=f"https://www.linkedin.com/sharing/share-offsite/?url={url}",
            ),
        )


def dated(story: Story) -> When:
    """Return a story's date; one without has a finding already, so that any will do."""
    return story.date or When(day=dt.date.min)


def _contact(name: str, title: str, phone: str, email: str) -> ContactView:
    return ContactView(
        name=name,
        title=title,
        phone=phone_link(phone) if phone else None,
        email=Anchor(text=email, url=f"mailto:{email}") if email else None,
    )


def phone_link(phone: str) -> Anchor:
    """Return a telephone number as a link: digits and a leading plus alone."""
    digits = "".join(c for c in phone if c.isdigit() or c == "+")
    return Anchor(text=phone.replace(" ", "\u00a0"), url=f"tel:{digits}")


def _host(link: str) -> str:
    return link.split("//", 1)[-1].rstrip("/").removeprefix("www.")
