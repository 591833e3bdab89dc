"""What is around the content of every page: menu, language switcher, feeds, footer."""

from typing import Any

import msgspec

from sitegen.addresses import FEED_TYPES, Addresses, FeedKind, topic_slug
from sitegen.model.pages import Page, PageKind
from sitegen.model.stories import Topic
from sitegen.model.views import Anchor, FeedLink, Footer, Frame, Switch
from sitegen.render.views import Views, phone_link

STYLESHEET = "site.css"
ICON, TOUCH_ICON = "icon.svg", "icon-180.png"
FEEDS: tuple[tuple[FeedKind, str, str], ...] = (
    ("atom", "Atom", FEED_TYPES["atom"]),
    ("rss", "RSS", FEED_TYPES["rss"]),
    ("json", "JSON", FEED_TYPES["json"]),
)

_WITHOUT_TRANSLATION = {"not_found", "redirect", "tombstone"}
"""Kinds of page that say nothing worth translating: the switcher needs no excuse on them."""

_SECTIONS = {
    "news": {"front", "list", "article", "year", "topic", "person"},
    "archive": {"archive"},
    "press": {"press"},
    "search": {"search"},
}
"""The kinds of page that belong to each place of the menu."""


def frame_of(page: Page, views: Views) -> Frame:
    """Return what stands around a page."""
    language = views.config.languages[page.language]
    addresses = views.site.addresses
    return Frame(
        language=page.language,
        site_title=language.title,
        home=addresses.href(addresses.front(page.language)),
        menu=views.once(_menu, page.kind),
        switcher=_switcher(page, views),
        feeds=views.once(_feeds, page.topic.id if page.topic else ""),
        footer=views.once(_footer),
        stylesheet=views.site.assets.get(STYLESHEET, ""),
        icon=views.site.assets.get(ICON, ""),
        touch_icon=views.site.assets.get(TOUCH_ICON, ""),
        manifest=views.site.assets.get(manifest_name(page.language), ""),
        mark=views.wording.say(page.mark) if page.mark else "",
        extra=views.once(_extra),
    )


def manifest_name(language: str) -> str:
    """Return the name among the assets of a language's web manifest."""
    return f"manifest-{language}.webmanifest"


def _menu(views: Views, kind: PageKind) -> tuple[Anchor, ...]:
    """Return the menu; the gateway, which speaks every language, has none."""
    if kind == "gateway":
        return ()
    places = views.config.languages[views.language].menu
    return tuple(_menu_item(place, kind, views) for place in places)


def _menu_item(place: str, kind: PageKind, views: Views) -> Anchor:
    addresses = views.site.addresses
    return Anchor(
        text=views.wording.say(place),
        url=addresses.href(_place_address(place, views.language, addresses)),
        is_current=kind in _SECTIONS.get(place, set()),
    )


def _place_address(place: str, language: str, addresses: Addresses) -> str:
    made = {
        "news": addresses.news,
        "archive": addresses.archive,
        "press": addresses.press,
        "search": addresses.search,
    }
    return made[place](language)


def _switcher(page: Page, views: Views) -> tuple[Switch, ...]:
    """Return each language: the page's own as text, the others as links that never lie."""
    there = {each.language: each.address for each in page.alternates}
    if page.original and page.article:
        there[page.article.language] = page.original
    nearby = {each.language: each.address for each in page.nearest}
    addresses = views.site.addresses
    switches = []
    for name, language in views.config.languages.items():
        if name == page.language and page.kind != "gateway":
            switches.append(Switch(language=name, label=language.label))
            continue
        address = there.get(name) or nearby.get(name) or addresses.front(name)
        is_told = name in there or page.kind in _WITHOUT_TRANSLATION
        note = "" if is_told else _excuse(page, name, address, views)
        switches.append(
            Switch(language=name, label=language.label, url=addresses.href(address), note=note)
        )
    return tuple(switches)


def _excuse(page: Page, language: str, address: str, views: Views) -> str:
    """Return why the switcher leads to no translation: to a stand-in, or to the news."""
    spoken = views.spoken(language)
    if page.kind == "article" and address != views.site.addresses.news(language):
        return views.wording.say("switch_standin", language=spoken)
    return views.wording.say("switch_none", language=spoken)


def _feeds(views: Views, tag: str) -> tuple[FeedLink, ...]:
    """Return the feeds of a page in this language, those of its topic first."""
    title = views.config.languages[views.language].title
    found = _feed_links(views.wording.say("feed_title", site=title), "", views)
    if not tag:
        return found
    topic = views.site.registry.topics[tag]
    own = views.wording.say("feed_topic_title", site=title, topic=topic.name[views.language])
    return (*_feed_links(own, topic_slug(topic, views.language), views), *found)


def _feed_links(title: str, slug: str, views: Views) -> tuple[FeedLink, ...]:
    return tuple(
        FeedLink(type=kind, title=f"{title} ({label})", url=_feed(ending, slug, views))
        for ending, label, kind in FEEDS
    )


def _feed(kind: FeedKind, slug: str, views: Views) -> str:
    return views.site.addresses.href(views.site.addresses.feed(views.language, kind, slug))


def feed_anchors(views: Views, topic: Topic | None = None) -> tuple[Anchor, ...]:
    """Return the feeds of a language, or of one of its topics, as links for readers."""
    if topic is None:
        return tuple(Anchor(text=label, url=_feed(ending, "", views)) for ending, label, _ in FEEDS)
    slug, name = topic_slug(topic, views.language), topic.name[views.language]
    return tuple(
        Anchor(
            text=views.wording.say("feed_topic", format=label, topic=name),
            url=_feed(ending, slug, views),
        )
        for ending, label, _ in FEEDS
    )


def _footer(views: Views) -> Footer:
    company = views.config.company
    lines = [Anchor(text=company.tagline.get(views.language, "")), *map(_line, company.address)]
    if company.cvr:
        lines.append(Anchor(text=f"{views.wording.say('cvr')} {company.cvr}"))
    if company.email:
        lines.append(Anchor(text=company.email, url=f"mailto:{company.email}"))
    if company.phone:
        lines.append(phone_link(company.phone))
    return Footer(
        company=company.name or views.config.title,
        lines=tuple(line for line in lines if line.text),
        feeds=feed_anchors(views),
        pages=views.site.fixed.get(views.language, ()),
    )


def _extra(views: Views) -> dict[str, Any]:
    """Return what config.toml says for templates of one's own; its dates become texts."""
    found: dict[str, Any] = msgspec.to_builtins(views.config.extra)
    return found


def _line(text: str) -> Anchor:
    return Anchor(text=text)
