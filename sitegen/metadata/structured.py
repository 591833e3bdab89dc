"""Writes what search engines read of a page as a JSON-LD graph: only what readers see there too."""

from typing import Any

import msgspec

from sitegen.addresses import GATEWAY, Addresses
from sitegen.metadata.news import Named, News, ShareImage, one_line
from sitegen.model.pages import Page
from sitegen.model.stories import Person

Node = dict[str, Any]


def json_ld(
    page: Page,
    addresses: Addresses,
    description: str,
    news: News | None,
    image: ShareImage | None,
) -> str:
    """Return the graph of a page, safe inside a script element; empty when there is none."""
    nodes: list[Node] = []
    if news:
        nodes = [
            _news_article(page, addresses, description, news, image),
            _organization(addresses),
            _breadcrumbs(page, addresses, news),
        ]
    elif page.kind in {"gateway", "front"}:
        nodes = [_website(page, addresses, description), _organization(addresses)]
    elif page.person and _is_first(page):
        nodes = [_profile(page, page.person, addresses), _organization(addresses)]
    if not nodes:
        return ""
    graph = {"@context": "https://schema.org", "@graph": [_known(node) for node in nodes]}
    return msgspec.json.encode(graph).decode().replace("<", "\\u003c")


def _known(node: Node) -> Node:
    """Return a node without what nobody knows."""
    return {key: value for key, value in node.items() if value}


def _news_article(
    page: Page,
    addresses: Addresses,
    description: str,
    news: News,
    image: ShareImage | None,
) -> Node:
    url = addresses.absolute(page.address)
    pictures = () if image is None or image.is_drawn else (image.address, *image.crops)
    return {
        "@type": "NewsArticle",
        "@id": _work(url),
        "headline": one_line(page.title),
        "description": description,
        "image": [addresses.absolute(picture) for picture in pictures],
        "datePublished": news.published,
        "dateModified": news.modified,
        "author": [_author(each) for each in news.authors] or [_publisher(addresses)],
        "publisher": _publisher(addresses),
        "mainEntityOfPage": url,
        "url": url,
        "inLanguage": page.language,
        "articleSection": next((topic.name for topic in news.topics), ""),
        "keywords": [topic.name for topic in news.topics],
        "creativeWorkStatus": "Withdrawn" if news.is_withdrawn else "",
        **_translations(page, addresses),
    }


def _work(url: str) -> str:
    return f"{url}#article"


def _author(author: Named) -> Node:
    named = {"@type": "Person", "name": author.name, "url": author.url, "jobTitle": author.title}
    return _known(named)


def _translations(page: Page, addresses: Addresses) -> Node:
    """Return the ties to the other languages; the default language counts as the original."""
    works = {
        each.language: {"@id": _work(addresses.absolute(each.address))}
        for each in page.alternates
        if each.language not in {page.language, "x-default"}
    }
    original = works.get(addresses.config.default_language)
    return {"translationOfWork": original} if original else {"workTranslation": [*works.values()]}


def _breadcrumbs(page: Page, addresses: Addresses, news: News) -> Node:
    """Return the trail that a page shows from its menu over its topic to its headline."""
    wording = addresses.wordings[page.language]
    trail = [
        (one_line(wording.say("news")), addresses.absolute(addresses.news(page.language))),
        *((topic.name, topic.url) for topic in news.topics[:1] if topic.url),
        (one_line(page.title), addresses.absolute(page.address)),
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(trail, start=1)
        ],
    }


def _publisher(addresses: Addresses) -> Node:
    """Return a reference to the company that also tells its name."""
    return {
        "@type": "Organization",
        "@id": f"{addresses.absolute(GATEWAY)}#organization",
        "name": one_line(addresses.config.company.name or addresses.config.title),
    }


def _organization(addresses: Addresses) -> Node:
    company = addresses.config.company
    return {
        **_publisher(addresses),
        "url": company.url or addresses.absolute(GATEWAY),
        "email": company.email,
        "telephone": company.phone,
        "address": ", ".join(company.address),
    }


def _website(page: Page, addresses: Addresses, description: str) -> Node:
    config = addresses.config
    is_gateway = page.kind == "gateway"
    url = addresses.absolute(page.address)
    return {
        "@type": "WebSite",
        "@id": f"{url}#website",
        "name": one_line(config.title if is_gateway else config.languages[page.language].title),
        "description": description,
        "url": url,
        "inLanguage": [*config.languages] if is_gateway else page.language,
        "publisher": _publisher(addresses),
    }


def _profile(page: Page, person: Person, addresses: Addresses) -> Node:
    url = addresses.absolute(page.address)
    about = {
        "@type": "Person",
        "name": one_line(person.name),
        "jobTitle": "" if person.left else one_line(person.title.get(page.language, "")),
        "worksFor": None if person.left else _publisher(addresses),
        "url": url,
        "sameAs": [*person.links],
    }
    return {
        "@type": "ProfilePage",
        "url": url,
        "inLanguage": page.language,
        "mainEntity": _known(about),
    }


def _is_first(page: Page) -> bool:
    return page.pagination is None or page.pagination.number == 1
