"""The feeds of each language and topic, with the articles as a feed reader shows them."""

from collections.abc import Callable, Iterator
from html import escape

import msgspec

from sitegen.cache import Cache
from sitegen.feeds import feed_files, feed_of
from sitegen.findings import Findings
from sitegen.link import Places, link
from sitegen.markup import fill_tokens
from sitegen.model.pages import Entry, LinkedPage, OutputFile, Page
from sitegen.model.stories import Topic
from sitegen.pipeline.work import Work
from sitegen.render import Theme


def feeds(
    work: Work, places: Places, theme: Theme, cache: Cache, findings: Findings
) -> Iterator[OutputFile]:
    """Yield the files of every feed."""
    sources = work.sources

    def fill(template: str, context: msgspec.Struct) -> str | None:
        return theme.fill(template, context, findings)

    for language, topic in feed_subjects(work):
        feed = feed_of(
            language,
            topic,
            work.site.entries[language],
            _contents(work, places, cache, findings),
            work.site.articles,
            sources.addresses,
            sources.registry,
        )
        yield from feed_files(feed, fill)


def feed_subjects(work: Work) -> Iterator[tuple[str, Topic | None]]:
    """Yield each language, and each of its topics that has a page in it."""
    told = {(page.language, page.topic.id) for page in work.site.pages if page.topic}
    for language in work.site.entries:
        yield language, None
        for tag, topic in work.sources.registry.topics.items():
            if (language, tag) in told:
                yield language, topic


def _contents(
    work: Work, places: Places, cache: Cache, findings: Findings
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
        body = cache.body(article.card.body)
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
