"""What stands around the pages of a site: the places that links mean, the footer, the topics."""

from collections.abc import Iterator, Mapping

from sitegen.addresses import ROBOTS, SITEMAP
from sitegen.assets import Assets
from sitegen.collation import sort_key
from sitegen.link import Places
from sitegen.model.pages import Page, Target, Use
from sitegen.model.views import Anchor
from sitegen.pipeline.press_files import press_files
from sitegen.pipeline.syndication import feed_addresses, subjects
from sitegen.pipeline.work import Work
from sitegen.render import Surroundings
from sitegen.typography import plain

FIXED_ORDER = ("pages/about", "pages/privacy", "pages/accessibility")


def places_of(work: Work, found: Mapping[Use, Target]) -> Places:
    """Return all that a reference in an article can mean."""
    shown = {use.file: target for use, target in found.items() if use.is_shown}
    originals = {use.file: target for use, target in found.items() if not use.is_shown}
    media = {**originals, **shown}
    return Places(
        articles=work.site.articles,
        hidden=work.site.hidden,
        expired=work.site.expired,
        cards=work.cards,
        media=media,
        originals=originals,
        downloads=press_files(work),
        files=work.sources.project.files,
        addresses=frozenset(_known_addresses(work)),
        faulty=frozenset(_files(work)) - work.cards.keys() - media.keys(),
    )


def _files(work: Work) -> Iterator[str]:
    yield from (source.path for source in work.sources.project.sources)
    yield from work.sources.project.media


def _known_addresses(work: Work) -> Iterator[str]:
    """Yield the address of every page, feed and file."""
    addresses = work.sources.addresses
    yield from (page.address for page in work.site.pages)
    yield from (addresses.file(name) for name in work.sources.project.files)
    for subject in subjects(work):
        yield from feed_addresses(subject, work)
    yield from (SITEMAP, ROBOTS)


def _lasting_addresses(work: Work) -> Iterator[str]:
    """Yield where pages stand that others point to by themselves: each new article adds none."""
    for page in work.site.pages:
        is_later = page.pagination is not None and page.pagination.number > 1
        if page.kind not in {"article", "redirect", "tombstone"} and not is_later:
            yield page.address


def surroundings_of(work: Work, assets: Assets) -> Surroundings:
    """Return the site around every page."""
    return Surroundings(
        addresses=work.sources.addresses,
        registry=work.sources.registry,
        known=frozenset(_lasting_addresses(work)),
        fixed=_fixed_pages(work),
        topics=_topics(work),
        assets=assets.hrefs,
    )


def _fixed_pages(work: Work) -> dict[str, tuple[Anchor, ...]]:
    """Return the fixed pages of each language for the footer: the usual ones first."""
    pages = [page for page in work.site.pages if page.kind == "fixed" and page.story]

    def rank(page: Page) -> tuple[int, tuple[str, str, str]]:
        key = page.story.key if page.story else ""
        place = FIXED_ORDER.index(key) if key in FIXED_ORDER else len(FIXED_ORDER)
        return place, sort_key(page.title, page.language)

    return {
        language: tuple(
            Anchor(text=plain(page.title), url=work.sources.addresses.href(page.address))
            for page in sorted(pages, key=rank)
            if page.language == language
        )
        for language in work.sources.languages
    }


def _topics(work: Work) -> dict[str, tuple[Anchor, ...]]:
    """Return the topics of each language that have articles, in the language's order."""
    pages = [page for page in work.site.pages if page.topic and page.pagination]
    return {
        language: tuple(
            Anchor(text=page.title, url=work.sources.addresses.href(page.address))
            for page in sorted(pages, key=lambda page: sort_key(page.title, language))
            if page.language == language and page.pagination and page.pagination.number == 1
        )
        for language in work.sources.languages
    }
