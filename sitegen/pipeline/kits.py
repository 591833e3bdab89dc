"""Offers press kits and whole pictures on the articles whose type has them."""

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

import msgspec

from sitegen.assets import digest
from sitegen.cache import Cache, encode, fingerprint
from sitegen.discover import read
from sitegen.findings import Findings
from sitegen.front_matter import read_front_matter
from sitegen.images import Picture, prepare
from sitegen.kit import Kind, Release, Shot, as_json, as_text, press_kit
from sitegen.link import Places, has_kit, image_paths, link
from sitegen.markup import Caption, captions_of
from sitegen.model.content import Body
from sitegen.model.contexts import ArticlePage
from sitegen.model.pages import Download, LinkedPage, Page, Target, Use
from sitegen.model.stories import Article
from sitegen.model.views import Head
from sitegen.pipeline.media import Media
from sitegen.pipeline.work import Work
from sitegen.render import Surroundings, context_of

_NO_HEAD = Head(title="", description="", canonical="", robots="")


def with_kits(
    places: Places, work: Work, surroundings: Surroundings, cache: Cache, media: Media
) -> Places:
    """Return the places with what each article offers for download."""
    kits = _Kits(places, work, surroundings, cache, media)
    types = work.sources.config.press.kits
    offered = {page.address: kits.of(page) for page in work.site.pages if has_kit(page, types)}
    return msgspec.structs.replace(places, downloads={**places.downloads, **offered})


class _Kits:
    """Makes the kits of a site, unless they stand as they would be."""

    def __init__(
        self, places: Places, work: Work, surroundings: Surroundings, cache: Cache, media: Media
    ) -> None:
        self._places = places
        self._work = work
        self._surroundings = surroundings
        self._cache = cache
        self._media = media

    def of(self, page: Page) -> tuple[Download, ...]:
        """Return what an article offers: its kit, then each of its pictures."""
        article = page.article
        # what is wrong is told when the page is made
        linked = link(page, self._places, self._work.sources.addresses, Findings())
        body = self._cache.body(article.card.body) if article else None
        seen = context_of(linked, _NO_HEAD, body, self._surroundings)
        if article is None or body is None or not isinstance(seen, ArticlePage):
            raise TypeError(page.address)
        found = dict(self._pictures(page, article, body, seen))
        release = Release(
            name=f"{article.slug}-{article.language}",
            page=seen,
            links=dict(self._links(linked, article, found)),
            shots=tuple(found.values()),
        )
        pictures = (
            Download(
                text=shot.title, href=shot.href, name=shot.file, size=shot.size, credit=shot.credit
            )
            for shot in release.shots
        )
        return (*self._kit(release, article, tuple(found)), *pictures)

    def _pictures(
        self, page: Page, article: Article, body: Body, seen: ArticlePage
    ) -> Iterator[tuple[str, Shot]]:
        """Yield each picture that the article shows, by its file, with what is said of it."""
        front, names = article.card.front, set[str]()
        credit = page.story.image_credit if page.story else ""
        main = Caption(
            alt=front.image_alt or "",
            caption=front.image_caption,
            credit=f"{seen.t['photo']}: {credit}" if credit else "",
        )
        told = dict.fromkeys(image_paths(page.story), main) if page.story else {}
        for said in captions_of("\n".join((body.html, *body.boxes))):
            told.setdefault(article.card.references[said.index].path, said)
        for path, said in told.items():
            target = self._places.originals.get(path)
            if target and target.width:
                stem, _, rest = posixpath.basename(target.address).partition(".")
                short = f"{stem}.{rest.rpartition('.')[2]}"
                name = f"{stem}.{rest}" if short in names else short
                names.add(name)
                yield path, _shot(name, target, said)

    def _links(
        self, linked: LinkedPage, article: Article, found: Mapping[str, Shot]
    ) -> Iterator[tuple[tuple[Kind, str], str]]:
        """Yield each target as it is written, and where the kit or the site has it."""
        origin = self._work.sources.config.origin
        for reference, target in zip(article.card.references, linked.targets, strict=True):
            shot = found.get(reference.path) if reference.kind == "image" else None
            here = shot.file if shot else f"{origin}{target.href}"
            yield (reference.kind, unquote(reference.target)), here

    def _kit(
        self, release: Release, article: Article, files: tuple[str, ...]
    ) -> Iterator[Download]:
        """Yield the ZIP file, if the article can be read."""

        def draw() -> Picture | None:
            content = read(self._work.order.root, article.path, Findings())
            split = content and read_front_matter(
                content, article.path, self._work.sources.config.zone, "news", Findings()
            )
            if not split:
                return None
            made = press_kit(release, split.body, map(self._content, files, release.shots))
            return Picture(content=made, ending="", width=0, height=0)

        name = f"{release.name}.zip"
        told = (
            as_text(release),
            as_json(release),
            article.card.body,
            [*release.links.items()],
            release.shots,
        )
        made = self._media.prepared(
            fingerprint(b"kit", encode(told)),
            draw,
            lambda kit: self._work.sources.addresses.media(name, digest(kit.content)),
        )
        if made:
            href = self._work.sources.addresses.href(made.address)
            yield Download(text=release.page.t["press_kit"], href=href, name=name, size=made.size)

    def _content(self, file: str, shot: Shot) -> bytes:
        """Return the bytes of a picture; a check, which keeps no file, makes them again."""
        if kept := self._media.content(shot.address):
            return kept
        use, most = Use(file=file, path=file, line=1), self._work.sources.config.images
        content = read(self._work.order.root, file, Findings()) or b""
        picture = prepare(content, use, most.max_megapixels, Findings())
        return picture.content if picture else b""


def _shot(name: str, target: Target, said: Caption) -> Shot:
    return Shot(
        file=name,
        address=target.address,
        href=target.href,
        size=target.size,
        alt=said.alt,
        caption=said.caption,
        credit=said.credit,
    )
