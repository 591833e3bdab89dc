"""The pages that list the news: gateway, front page, news list, years, archive."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from sitegen.addresses import GATEWAY, Addresses
from sitegen.model.pages import Entry, Group, Page
from sitegen.plan.editions import Newsroom, alternates, nearest
from sitegen.plan.pagination import paginated

GATEWAY_ENTRIES = 3
ARCHIVE_LIMIT = 1000  # above this many headlines the archive shows years only


def front_pages(newsroom: Newsroom, addresses: Addresses, lead: str) -> Iterator[Page]:
    """Yield each language's front page; `lead` is the key of a pinned story, or empty."""
    everywhere = {language: addresses.front(language) for language in newsroom.editions}
    size = addresses.config.build.front_size + 1
    for language, edition in newsroom.editions.items():
        pinned = [entry for entry in edition.listed if entry.story.key == lead]
        rest = [entry for entry in edition.listed[:size] if entry.story.key != lead]
        yield Page(
            kind="front",
            language=language,
            address=addresses.front(language),
            template="front.html",
            title=addresses.config.languages[language].title,
            description=addresses.config.languages[language].description,
            alternates=alternates(everywhere, addresses, GATEWAY),
            entries=tuple((*pinned, *rest)[:size]),
        )


def gateway(newsroom: Newsroom, addresses: Addresses) -> Page:
    """Return the page at "/", which offers every language and its newest headlines."""
    config = addresses.config
    everywhere = {language: addresses.front(language) for language in newsroom.editions}
    return Page(
        kind="gateway",
        language=config.default_language,
        address=GATEWAY,
        template="gateway.html",
        title=config.title,
        description=config.languages[config.default_language].description,
        alternates=alternates(everywhere, addresses, GATEWAY),
        groups=tuple(
            Group(name=name, address=everywhere[name], entries=edition.own[:GATEWAY_ENTRIES])
            for name, edition in newsroom.editions.items()
        ),
    )


def news_lists(newsroom: Newsroom, addresses: Addresses) -> Iterator[Page]:
    """Yield the pages of each language's news list."""
    lists = {name: edition.listed for name, edition in newsroom.editions.items()}

    def page(language: str) -> Page:
        return Page(
            kind="list",
            language=language,
            address=addresses.news(language),
            template="list.html",
            title=addresses.wordings[language].say("news"),
            description=addresses.wordings[language].say(
                "news_intro", site=addresses.config.languages[language].title
            ),
        )

    return paginated(lists, page, addresses.news, addresses)


def years(newsroom: Newsroom, addresses: Addresses) -> Iterator[Page]:
    """Yield a page for each year of each language, and each language's archive."""
    grouped = {
        language: _by_year(language, edition.own, addresses)
        for language, edition in newsroom.editions.items()
    }
    for language, groups in grouped.items():
        bare = tuple(_without_entries(group) for group in groups)
        for group in groups:
            there = {
                other: addresses.year(other, int(group.name))
                for other, others in grouped.items()
                if any(each.name == group.name for each in others)
            }
            yield Page(
                kind="year",
                language=language,
                address=group.address,
                template="year.html",
                title=addresses.wordings[language].say("year_title", year=group.name),
                description=_year_description(language, group, addresses),
                alternates=alternates(there, addresses),
                nearest=nearest(language, there, addresses),
                year=int(group.name),
                entries=group.entries,
                groups=bare,
            )
        total = sum(group.count for group in groups)
        everywhere = {other: addresses.archive(other) for other in grouped}
        yield Page(
            kind="archive",
            language=language,
            address=addresses.archive(language),
            template="archive.html",
            title=addresses.wordings[language].say("archive_title"),
            description=_archive_description(language, total, addresses),
            alternates=alternates(everywhere, addresses),
            groups=groups if total <= ARCHIVE_LIMIT else bare,
        )


def _year_description(language: str, group: Group, addresses: Addresses) -> str:
    wording = addresses.wordings[language]
    return wording.say(
        "year_intro",
        stories=wording.count("stories", group.count),
        site=addresses.config.languages[language].title,
        year=group.name,
    )


def _archive_description(language: str, total: int, addresses: Addresses) -> str:
    wording = addresses.wordings[language]
    headlines = wording.count("headlines", total)
    title = addresses.config.languages[language].title
    return f"{title}: {wording.say('archive_intro', headlines=headlines)}"


def _by_year(language: str, entries: Sequence[Entry], addresses: Addresses) -> tuple[Group, ...]:
    groups: list[Group] = []
    for year, members in groupby(entries, key=_year):
        own = tuple(members)
        address = addresses.year(language, year)
        groups.append(Group(name=str(year), address=address, entries=own, count=len(own)))
    return tuple(groups)


def _year(entry: Entry) -> int:
    return entry.story.date.day.year if entry.story.date else 1


def _without_entries(group: Group) -> Group:
    return Group(name=group.name, address=group.address, entries=(), count=group.count)
