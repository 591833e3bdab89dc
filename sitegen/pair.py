"""Pairs articles into stories: what is told, in every language that tells it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sitegen.addresses import SLUG, is_portable, slugify
from sitegen.encoding import shortened
from sitegen.findings import Findings
from sitegen.model.content import SHARED_KEYS, Card, When
from sitegen.model.stories import Article, Registry, Story
from sitegen.schema import suggestion

_PER_LANGUAGE = {"publish_date"}  # a language that says nothing takes what another says


def pair(
    cards: Sequence[Card],
    registry: Registry,
    languages: Sequence[str],
    findings: Findings,
    *,
    unread: Collection[str] = frozenset(),
) -> tuple[Story, ...]:
    """Return the stories that the cards tell, sorted by key.

    Nobody is blamed for naming one of which a file is `unread`, or for what that file may say.
    """
    stories = [
        _story(key, members, languages, findings, is_whole=key not in unread)
        for key, members in _groups(cards).items()
    ]
    for story in stories:
        _check_registry(story, registry, findings)
    names = dict(_names(stories))
    names |= {each.removeprefix("news/"): each for each in unread if each not in names}
    stories.sort(key=lambda story: story.key)
    return tuple(_with_related(story, names, findings) for story in stories)


def _groups(cards: Iterable[Card]) -> dict[str, list[Card]]:
    """Return the cards of each story: one folder or stem, or one translation key."""
    cards = sorted(cards, key=lambda card: card.source)
    renamed = {card.source.story: key for card in cards if (key := card.front.translation_key)}
    groups: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        groups[_key(card, renamed)].append(card)
    return groups


def _key(card: Card, renamed: Mapping[str, str]) -> str:
    key = renamed.get(card.source.story)
    return f"{card.source.kind}/{key}" if key else card.source.story


def _story(
    key: str,
    cards: Sequence[Card],
    languages: Sequence[str],
    findings: Findings,
    *,
    is_whole: bool,
) -> Story:
    """Return one story; it is made even when something is wrong, so that all is found at once."""
    ordered = _one_a_language(cards, languages, findings)
    _check_keys(cards, findings)
    shared = _shared(ordered, findings)
    date = shared.pop("date") or _folder_date(ordered)
    if date is None and is_whole:
        _report_date(ordered, findings)
    published = shared.pop("publish_date")
    _check_expiry(ordered, published or date, shared["expiry_date"], findings)
    return Story(
        key=key,
        kind=cards[0].source.kind,
        articles=tuple(_article(card, published, findings) for card in ordered),
        date=date,
        **{name: value for name, value in shared.items() if value is not None},
    )


def _report_date(cards: Sequence[Card], findings: Findings) -> None:
    """News need a date; one that is said and cannot be read has its finding."""
    if cards[0].source.kind == "news" and not any("date" in card.lines for card in cards):
        findings.add(
            "date-missing",
            "the front matter needs a date",
            "add a line such as date: 2024-05-17",
            path=cards[0].source.path,
            line=max(cards[0].lines.values(), default=0) + 1,
        )


def _one_a_language(
    cards: Sequence[Card], languages: Sequence[str], findings: Findings
) -> list[Card]:
    """Return a story's cards in the order of the site's languages; a second one is a finding."""
    told: dict[str, Card] = {}
    for card in cards:
        first = told.setdefault(card.source.language, card)
        if first is not card:
            findings.add(
                "story-duplicate",
                f"this is the same article as {first.source.path}",
                "delete one of the two files, or name one for another language, as in index.en.md",
                path=card.source.path,
            )
    return [told[language] for language in languages if language in told]


def _check_keys(cards: Sequence[Card], findings: Findings) -> None:
    """A folder whose files name two stories belongs to neither."""
    sayers = [card for card in cards if card.front.translation_key]
    for card in sayers[1:]:
        if card.front.translation_key != sayers[0].front.translation_key:
            _report_difference("translation_key", sayers[0], card, findings)


def _shared(cards: Sequence[Card], findings: Findings) -> dict[str, Any]:
    """Return the value of each shared key, from whichever language says it."""
    values: dict[str, Any] = {}
    for key in SHARED_KEYS:
        sayers = [card for card in cards if getattr(card.front, key) is not None]
        values[key] = getattr(sayers[0].front, key) if sayers else None
        for card in sayers[1:]:
            if getattr(card.front, key) != values[key] and key not in _PER_LANGUAGE:
                _report_difference(key, sayers[0], card, findings)
    return values


def _report_difference(key: str, first: Card, second: Card, findings: Findings) -> None:
    findings.add(
        "story-shared-key",
        f"`{key}` says something else here than in {first.source.path}:{first.lines[key]}",
        "it holds for every language, so say it in one file only",
        path=second.source.path,
        line=second.lines[key],
    )


def _check_expiry(
    cards: Sequence[Card], opens: When | None, ends: When | None, findings: Findings
) -> None:
    """Report a story that in some language would be over before it is out."""
    openings = [when for card in cards if (when := card.front.publish_date or opens)]
    if ends and any(_is_over(ends, when) for when in openings):
        sayer = next(card for card in cards if card.front.expiry_date)
        findings.add(
            "expiry-early",
            "`expiry_date` is before the day on which this comes out, so nobody would see it",
            "mend the one or the other date",
            path=sayer.source.path,
            line=sayer.lines["expiry_date"],
        )


def _is_over(ends: When, opens: When) -> bool:
    """Tell whether an end is before an opening; a bare day begins early and ends late."""
    if ends.day == opens.day and ends.instant and opens.instant:
        return ends.instant <= opens.instant
    return ends.day < opens.day


def _folder_date(cards: Sequence[Card]) -> When | None:
    days = [card.source.folder_day for card in cards if card.source.folder_day]
    return When(day=min(days)) if days else None


def _article(card: Card, published: When | None, findings: Findings) -> Article:
    slug = card.front.slug or card.slug or slugify(card.front.title)
    if card.front.slug and not SLUG.fullmatch(card.front.slug):
        findings.add(
            "slug-invalid",
            f"`slug` cannot be {shortened(card.front.slug)!r}",
            f"use a–z, 0–9 and hyphens, such as {slugify(card.front.slug) or 'my-article'}",
            path=card.source.path,
            line=card.lines["slug"],
        )
        slug = slugify(card.front.slug)
    if not slug and not card.front.slug:
        findings.add(
            "slug-empty",
            f"no address can be made of the title {card.front.title!r}",
            "add a line such as slug: my-article",
            path=card.source.path,
            line=card.lines.get("title"),
        )
    _check_aliases(card, findings)
    return Article(card=card, slug=slug, publish_date=card.front.publish_date or published)


_ALIAS_LENGTH = 1000  # some systems have paths no longer than four times that
_ALIAS = re.compile(r"/(?:[\w~-][\w.~-]*/)*(?:[\w~-][\w.~-]*\.html?)?")


def _check_aliases(card: Card, findings: Findings) -> None:
    for alias in card.front.aliases:
        sound = _ALIAS.fullmatch(alias) and is_portable(alias) and len(alias) <= _ALIAS_LENGTH
        if not sound or alias == "/":
            findings.add(
                "alias-invalid",
                f"`aliases` cannot have {shortened(alias)!r}",
                "write the old address without https:// and the host, such as /da/gammel-side/",
                path=card.source.path,
                line=card.lines["aliases"],
            )


def _check_registry(story: Story, registry: Registry, findings: Findings) -> None:
    """Every person and topic that an article names must be in the registries."""
    for card in (article.card for article in story.articles):
        named = [
            ("author-unknown", "authors", [credit.id for credit in card.front.authors or ()]),
            ("topic-unknown", "tags", card.front.tags or ()),
            ("contact-unknown", "contact", [card.front.contact] if card.front.contact else ()),
        ]
        for code, key, ids in named:
            known = registry.topics if key == "tags" else registry.people
            file = "topics.toml" if key == "tags" else "people.toml"
            for id_ in ids:
                if id_ not in known and file not in registry.unread:
                    findings.add(
                        code,
                        f"{id_!r} in `{key}` is not in content/{file}",
                        _likely(id_, known) or _entry(id_),
                        path=card.source.path,
                        line=card.lines[key],
                    )


def _likely(word: str, known: Collection[str]) -> str:
    near = suggestion(word, known)
    return near if near.startswith("did you mean") else ""


def _entry(id_: str) -> str:
    """Return how to list someone or something new; an id must be fit for an address."""
    slug = slugify(id_) or "my-id"
    return ("" if slug == id_ else f"write {slug} and ") + f"add it there as [{slug}] with a `name`"


def _names(stories: Iterable[Story]) -> Iterator[tuple[str, str]]:
    """Yield what `related` may call each news story, and its key."""
    for story in stories:
        if story.kind == "news":
            for name in (story.key, *(article.card.source.story for article in story.articles)):
                yield name, story.key
                yield name.removeprefix("news/"), story.key


def _with_related(story: Story, names: Mapping[str, str], findings: Findings) -> Story:
    """Return the story with its related stories told by their keys."""
    related: list[str] = []
    for name in story.related:
        key = names.get(name)
        if key is not None and key != story.key:
            related += filter(None, [key])
            continue
        card = next(a.card for a in story.articles if name in (a.card.front.related or ()))
        others = [other for other in names if names[other] != story.key and "/" not in other]
        what = "is this story itself" if key else "is no story"
        findings.add(
            "related-unknown",
            f"{name!r} in `related` {what}",
            ("" if key else _likely(name, others)) or "write the name of a folder in content/news",
            path=card.source.path,
            line=card.lines["related"],
        )
    return msgspec.structs.replace(story, related=tuple(dict.fromkeys(related)))
