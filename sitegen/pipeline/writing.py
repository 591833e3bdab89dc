"""From planned pages to finished files, one at a time: none is held once it is handed on."""

import posixpath
from collections.abc import Iterator

from sitegen.addresses import ROBOTS, SITEMAP, FeedKind, output_path, topic_slug
from sitegen.assets import Assets, digest, publish_assets
from sitegen.cache import Cache
from sitegen.collation import sort_key
from sitegen.discover import read
from sitegen.findings import Findings
from sitegen.images import PICTURES, SHARE_SIZE, favicon, prepare, share_image
from sitegen.link import FILES, Places, link, media_of
from sitegen.metadata import ShareImage, head_of, robots, sitemap
from sitegen.model.content import Body
from sitegen.model.pages import LinkedPage, OutputFile, Page, Target
from sitegen.model.views import Anchor
from sitegen.pipeline.order import Progress
from sitegen.pipeline.syndication import feed_subjects, feeds
from sitegen.pipeline.work import Work
from sitegen.render import Surroundings, Theme, context_of, render
from sitegen.typography import plain

FIXED_ORDER = ("pages/about", "pages/privacy", "pages/accessibility")
FEED_KINDS: tuple[FeedKind, ...] = ("atom", "rss", "json")


def finished_files(
    work: Work, cache: Cache, findings: Findings, progress: Progress
) -> Iterator[OutputFile]:
    """Yield every file of the site."""
    addresses = work.sources.addresses
    assets = publish_assets(work.sources.project.assets, favicon(), addresses)
    yield from assets.files
    media: dict[str, Target] = {}
    published: set[str] = set()
    for path, target, file in _media(work, findings, progress):
        media[path] = target
        if file.path not in published:  # two stories may show the same picture
            yield file
        published.add(file.path)
    share = {language: _drawn_share_image(work, language) for language in work.sources.languages}
    yield from (file for _, file in share.values())
    places = _places(work, media)
    theme = Theme(work.sources.project.templates, work.sources.project.template_paths)
    surroundings = _surroundings(work, places, assets)
    for linked, body in _linked(work, places, cache, findings, progress):
        page = linked.page
        image = _own_share_image(linked) or share[page.language][0]
        head = head_of(
            page, addresses, surroundings.registry, image, is_preview=work.order.is_preview
        )
        rendered = render(page, context_of(linked, head, body, surroundings), theme, findings)
        if rendered is not None:
            yield rendered
    yield from feeds(work, places, theme, cache, findings)
    if not work.order.is_preview:  # nothing in that is for search engines
        yield from sitemap(work.site.pages, addresses)
        yield from filter(None, [robots(addresses)])
    yield from _copied_files(work, findings)


def _copied_files(work: Work, findings: Findings) -> Iterator[OutputFile]:
    """Yield content/files as it is."""
    for name in work.sources.project.files:
        content = read(work.order.root, f"{FILES}{name}", findings)
        if content is not None:
            yield OutputFile(path=name, content=content)


def _media(
    work: Work, findings: Findings, progress: Progress
) -> Iterator[tuple[str, Target, OutputFile]]:
    """Yield what articles on pages use: pictures made fit to publish, other files as they are."""
    addresses = work.sources.addresses
    used = [use for use in media_of(work.site.pages) if use.file in work.sources.project.media]
    for done, use in enumerate(used):
        progress("preparing pictures", done, len(used))
        path, name = use.file, posixpath.basename(use.file)
        content = read(work.order.root, path, findings)
        if content is None:
            continue
        width = height = 0
        if path.lower().endswith(PICTURES):
            picture = prepare(content, use, work.sources.config.images.max_megapixels, findings)
            if picture is None:
                continue
            content, width, height = picture.content, picture.width, picture.height
            name = posixpath.splitext(name)[0] + picture.ending
        address = addresses.media(name, digest(content))
        target = Target(href=addresses.href(address), address=address, width=width, height=height)
        yield path, target, OutputFile(path=output_path(address), content=content)


def _places(work: Work, media: dict[str, Target]) -> Places:
    return Places(
        articles=work.site.articles,
        hidden=work.site.hidden,
        expired=work.site.expired,
        cards=work.cards,
        media=media,
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
    for language, topic in feed_subjects(work):
        slug = topic_slug(topic, language) if topic else ""
        yield from (addresses.feed(language, kind, slug) for kind in FEED_KINDS)
    yield from (SITEMAP, ROBOTS)


def _surroundings(work: Work, places: Places, assets: Assets) -> Surroundings:
    return Surroundings(
        addresses=work.sources.addresses,
        registry=work.sources.registry,
        known=places.addresses,
        fixed=_fixed_pages(work),
        topics=_topics(work),
        assets=assets.hrefs,
    )


def _linked(
    work: Work, places: Places, cache: Cache, findings: Findings, progress: Progress
) -> Iterator[tuple[LinkedPage, Body | None]]:
    """Yield each page with its references resolved, and its body."""
    for done, page in enumerate(work.site.pages):
        progress("writing pages", done, len(work.site.pages))
        body = cache.body(page.article.card.body) if page.article else None
        yield link(page, places, work.sources.addresses, findings), body


def _drawn_share_image(work: Work, language: str) -> tuple[ShareImage, OutputFile]:
    """Return the picture that a language's pages are shared with, for want of one of their own."""
    title = work.sources.config.languages[language].title
    content = share_image(title, work.sources.wordings[language].say("news"))
    address = work.sources.addresses.asset(f"share-{language}.png", digest(content))
    width, height = SHARE_SIZE
    return (
        ShareImage(address=address, width=width, height=height, alt=title, is_drawn=True),
        OutputFile(path=output_path(address), content=content),
    )


def _own_share_image(linked: LinkedPage) -> ShareImage | None:
    """Return the article's picture, as links to the page show it elsewhere."""
    if linked.image is None or linked.page.article is None:
        return None
    return ShareImage(
        address=linked.image.address,
        width=linked.image.width,
        height=linked.image.height,
        alt=linked.page.article.card.front.image_alt or "",
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
