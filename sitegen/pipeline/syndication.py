"""The feeds of each language and topic, with the articles as a feed reader shows them."""

from collections.abc import Callable, Iterator
from html import escape
from itertools import islice

import msgspec

from sitegen.addresses import FeedKind, output_path, topic_slug
from sitegen.cache import Bodies
from sitegen.feeds import feed_files, feed_of
from sitegen.findings import Findings
from sitegen.link import Places, link
from sitegen.markup import fill_tokens
from sitegen.model.pages import Entry, LinkedPage, OutputFile, Page
from sitegen.model.stories import Topic
from sitegen.pipeline.work import Work
from sitegen.render import Theme

FEED_KINDS: tuple[FeedKind, ...] = ("atom", "rss", "json")


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed is about: a language, or a topic in it."""

    language: str
    topic: Topic | None = None
    entries: tuple[Entry, ...] = ()  # the newest


def subjects(work: Work) -> Iterator[Subject]:
    """Yield each language, and each of its topics that has a page in it."""
    most = work.sources.config.build.feed_size
    told_of = {(page.language, page.topic.id) for page in work.site.pages if page.topic}
    for language, entries in work.site.entries.items():
        yield Subject(language=language, entries=entries[:most])
        for tag, topic in work.sources.registry.topics.items():
            if (language, tag) in told_of:
                told = (entry for entry in entries if tag in entry.story.tags)
                chosen = tuple(islice(told, most))
                yield Subject(language=language, topic=topic, entries=chosen)


def feed_addresses(subject: Subject, work: Work) -> tuple[str, ...]:
    """Return where the forms of a feed stand."""
    slug = topic_slug(subject.topic, subject.language) if subject.topic else ""
    addresses = work.sources.addresses
    return tuple(addresses.feed(subject.language, kind, slug) for kind in FEED_KINDS)


def feed_paths(subject: Subject, work: Work) -> tuple[str, ...]:
    """Return the files of a feed, below output/."""
    return tuple(map(output_path, feed_addresses(subject, work)))


def written_feed(
    subject: Subject, work: Work, places: Places, theme: Theme, bodies: Bodies, findings: Findings
) -> tuple[OutputFile, ...]:
    """Return the files of a feed."""

    def fill(template: str, context: msgspec.Struct) -> str | None:
        return theme.fill(template, context, findings)

    feed = feed_of(
        subject.language,
        subject.topic,
        subject.entries,
        _contents(work, places, bodies, findings),
        work.site.articles,
        work.sources.addresses,
        work.sources.registry,
    )
    return feed_files(feed, fill)


def _contents(
    work: Work, places: Places, bodies: Bodies, findings: Findings
) -> Callable[[Entry], str]:
    """Return what gives an article's main picture, text and fact boxes as HTML."""

    def content_of(entry: Entry) -> str:
        article = entry.article
        page = Page(
            kind="article",
            language=article.language,
            address=entry.address,
            template="",
            title=article.title,
            story=entry.story,
            article=article,
        )
        linked = link(page, places, work.sources.addresses, findings)
        body = bodies.body(article.card.body)
        parts = (fill_tokens(part, linked.targets) for part in (body.html, *body.boxes))
        return _main_picture(linked, work) + "".join(parts)

    return content_of


def _main_picture(linked: LinkedPage, work: Work) -> str:
    page, image = linked.page, linked.image
    if image is None or page.article is None or page.story is None:
        return ""
    front, photo = page.article.card.front, work.sources.wordings[page.language].text["photo"]
    credit = f"{photo}: {page.story.image_credit}" if page.story.image_credit else ""
    text = escape(" ".join(filter(None, [front.image_caption, credit])))
    caption = f"<figcaption>{text}</figcaption>" if text else ""
    size = f'width="{image.width}" height="{image.height}"'
    picture = f'<img src="{escape(image.href)}" {size} alt="{escape(front.image_alt or "")}">'
    return f"<figure>{picture}{caption}</figure>\n"
