"""Builds the head of a page: title, description, languages, Open Graph and structured data."""

from collections.abc import Iterator

from sitegen.addresses import Addresses
from sitegen.metadata.descriptions import description_of, title_of
from sitegen.metadata.news import News, ShareImage, news_of, one_line
from sitegen.metadata.structured import json_ld
from sitegen.model.pages import Page
from sitegen.model.stories import Registry
from sitegen.model.views import AlternateLink, Head, Property
from sitegen.policy import META_POLICY

_WITHOUT_ADDRESS = {"not_found", "tombstone"}


def head_of(
    page: Page,
    addresses: Addresses,
    registry: Registry,
    image: ShareImage | None,
    *,
    is_preview: bool = False,
) -> Head:
    """Return what stands in a page's head for machines; `is_preview` hides it from search."""
    is_indexed = page.is_indexed and not is_preview
    news = news_of(page, addresses, registry)
    if news and news.is_withdrawn and image and not image.is_drawn:
        image = None  # it is no longer shown
    description = description_of(page, addresses)
    canonical = _canonical(page, addresses)
    properties: tuple[Property, ...] = ()
    if canonical and not page.target:
        properties = tuple(_open_graph(page, addresses, description, news, image))
    return Head(
        title=title_of(page, addresses),
        description=description,
        canonical=canonical,
        robots="max-image-preview:large" if is_indexed else "noindex",
        alternates=alternate_links(page, addresses) if is_indexed else (),
        properties=properties,
        json_ld="" if page.original else json_ld(page, addresses, description, news, image),
        refresh=addresses.href(page.target) if page.target else "",
        policy=META_POLICY if addresses.config.deploy.sends_no_headers else "",
    )


def _canonical(page: Page, addresses: Addresses) -> str:
    if page.kind in _WITHOUT_ADDRESS:
        return ""
    return addresses.absolute(page.target or page.original or page.address)


def alternate_links(page: Page, addresses: Addresses) -> tuple[AlternateLink, ...]:
    """Return a page's hreflang set, which the sitemap repeats."""
    return tuple(
        AlternateLink(language=each.language, url=addresses.absolute(each.address))
        for each in page.alternates
    )


def _open_graph(
    page: Page,
    addresses: Addresses,
    description: str,
    news: News | None,
    image: ShareImage | None,
) -> Iterator[Property]:
    language = addresses.config.languages[page.language]
    values = (
        ("og:type", "article" if news else "website"),
        ("og:title", one_line(page.title)),
        ("og:description", description),
        ("og:url", _canonical(page, addresses)),
        ("og:site_name", one_line(language.title)),
        *_locales(page, addresses),
        *(_picture(image, addresses) if image else ()),
        *(_article(news) if news else ()),
        ("twitter:card", "summary_large_image" if image else "summary"),
    )
    for name, content in values:
        if content:
            yield Property(name=name, content=content)


def _locales(page: Page, addresses: Addresses) -> Iterator[tuple[str, str]]:
    """Yield the page's locale and, where it is translated, those of the translations."""
    languages = addresses.config.languages
    yield "og:locale", languages[page.language].locale
    for each in page.alternates if page.is_indexed else ():
        if each.language in languages and each.language != page.language:
            yield "og:locale:alternate", languages[each.language].locale


def _picture(image: ShareImage, addresses: Addresses) -> Iterator[tuple[str, str]]:
    yield "og:image", addresses.absolute(image.address)
    yield "og:image:width", str(image.width)
    yield "og:image:height", str(image.height)
    yield "og:image:alt", one_line(image.alt)


def _article(news: News) -> Iterator[tuple[str, str]]:
    yield "article:published_time", news.published
    yield "article:modified_time", news.modified
    for author in news.authors:
        yield "article:author", author.url
    for topic in news.topics[:1]:
        yield "article:section", topic.name
    for topic in news.topics:
        yield "article:tag", topic.name
