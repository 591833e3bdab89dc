"""Turns each reference of an article into an address, or into a finding at its line."""

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote, unquote

import msgspec

from sitegen.addresses import Addresses
from sitegen.encoding import shortened
from sitegen.findings import Findings
from sitegen.model.content import Card, Reference
from sitegen.model.pages import Download, LinkedPage, Page, Target, Use
from sitegen.model.stories import Article, Story
from sitegen.schema import suggestion
from sitegen.targets import resolve

FILES = "content/files/"
_BESIDE = "put it beside the article, or write its name as the file has it, capitals too"
_ELSEWHERE = (
    "put the file beside the article, or write where it is, as in ../2024-05-17-x/index.da.md"
)
DOWNLOADS = (
    ".pdf", ".txt", ".rtf", ".csv", ".tsv", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx",
    ".odt", ".ods", ".odp", ".epub", ".json", ".ics", ".vcf", ".zip", ".tif", ".tiff", ".eps",
    ".ai", ".psd", ".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wav", ".flac", ".mp4",
    ".m4v", ".mov", ".webm", ".ogv", ".vtt", ".srt",
)  # fmt: skip
"""What may be published beside an article: nothing that browsers run, as they would HTML or SVG."""

NOWHERE = Target(href="#")  # never published: a finding says that something is missing


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """All that a reference can mean."""

    articles: Mapping[str, str]  # the address of each article that is shown, by its file
    hidden: Mapping[str, str]  # likewise of those that are not
    expired: Mapping[str, str] = {}  # likewise of those that were
    cards: Mapping[str, Card]  # by file
    media: Mapping[str, Target]  # published pictures and files, by file
    originals: Mapping[str, Target] = {}  # of those, pictures that are published whole, too
    files: Mapping[str, int]  # below content/files, which keep their names
    addresses: frozenset[str]  # of every page, feed and file
    downloads: Mapping[str, tuple[Download, ...]] = {}  # by the address of the page
    faulty: frozenset[str] = frozenset()  # files that exist, but are no use until mended


def link(page: Page, places: Places, addresses: Addresses, findings: Findings) -> LinkedPage:
    """Return the page with what each of its references means."""
    downloads = places.downloads.get(page.address, ())
    if page.article is None or page.kind not in {"article", "fixed", "press"}:
        return LinkedPage(page=page, image=_lead_image(page, places), downloads=downloads)
    card = page.article.card
    return LinkedPage(
        page=page,
        targets=tuple(
            _target(reference, card, places, addresses, findings) for reference in card.references
        ),
        image=_main_image(page, places, findings),
        downloads=downloads,
    )


def has_kit(page: Page, types: Collection[str]) -> bool:
    """Tell whether journalists can download an article with its pictures."""
    is_told = page.article is not None and page.article.card.front.withdrawn is None
    return (
        page.kind == "article" and is_told and page.story is not None and page.story.type in types
    )


def media_of(pages: Sequence[Page], kits: Collection[str] = ()) -> tuple[Use, ...]:
    """Return where the articles on these pages show or link to each file first, sorted by file."""
    uses = {use for page in pages for use in _uses(page, is_offered=has_kit(page, kits))}
    first: dict[tuple[str, bool], Use] = {}
    for use in sorted(uses):
        first.setdefault((use.file, use.is_shown), use)
    return tuple(use for use in first.values() if use.file and not use.file.endswith(".md"))


def _uses(page: Page, *, is_offered: bool) -> Iterator[Use]:
    """Yield each file that a page names, and how; what a kit offers is as good as linked to."""
    for use in _named(page):
        yield use
        if is_offered and use.is_shown:
            yield msgspec.structs.replace(use, is_shown=False)


def _named(page: Page) -> Iterator[Use]:
    if page.article is None or page.story is None:
        return
    path = page.article.path
    for each in page.article.card.references:
        yield Use(file=each.path, path=path, line=each.line, is_shown=each.kind == "image")
    if page.story.image:
        teller, line = _teller(page.story, page.article)
        for file in image_paths(page.story):
            yield Use(file=file, path=teller.path, line=line, is_shown=True)


def _target(
    reference: Reference, card: Card, places: Places, addresses: Addresses, findings: Findings
) -> Target:
    path, fragment, address = reference.path, reference.fragment, reference.address
    is_article = path in places.articles or path in places.expired
    is_page = is_article or (address.endswith("/") and address in places.addresses)
    if is_page and reference.kind == "image":
        _report_kind(reference.target, card.source.path, reference.line, findings)
    if is_article:
        _check_anchor(path, fragment, reference, card, places, findings)
        return Target(href=addresses.href(_article_address(path, fragment, places)))
    tail = f"#{reference.target.partition('#')[2]}" if fragment else ""
    if target := _file(path, reference, places):
        if not target.width:
            _check_kind(reference, path, card, findings)
        return msgspec.structs.replace(target, href=target.href + tail)
    if path.startswith(FILES) and path.removeprefix(FILES) in places.files:
        return Target(href=addresses.href(addresses.file(path.removeprefix(FILES))) + tail)
    if address in places.addresses:
        return Target(href=addresses.href(address) + tail)
    if path in places.hidden or address in places.hidden.values():
        findings.add(
            "link-unpublished",
            f"the link leads to {path or address}, which readers cannot see yet",
            "publish that article first, or remove the link",
            path=card.source.path,
            line=reference.line,
        )
        return NOWHERE
    _report(reference, card, path, places, findings)
    return NOWHERE


def _file(path: str, reference: Reference, places: Places) -> Target | None:
    """Return a published file; who follows a link to a picture wants all of it."""
    whole = places.originals.get(path) if reference.kind == "link" else None
    return whole or places.media.get(path)


def _check_kind(reference: Reference, path: str, card: Card, findings: Findings) -> None:
    """Report a file that stands as a picture and is none, or that browsers would run."""
    if reference.kind == "image":
        _report_kind(reference.target, card.source.path, reference.line, findings)
    elif not path.casefold().endswith(DOWNLOADS):
        findings.add(
            "media-kind",
            f"{reference.target!r} is of a kind that is not published beside an article",
            "save it as PDF or ZIP, or put it in content/files/ and link to it there",
            path=card.source.path,
            line=reference.line,
        )


def _article_address(path: str, fragment: str, places: Places) -> str:
    """Return where an article stands; no heading is left of one that is expired or withdrawn.

    A link to it was right once, and must not stop the build of the day after.
    """
    if path in places.expired:
        return places.expired[path]
    is_gone = places.cards[path].front.withdrawn is not None
    return places.articles[path] + ("" if is_gone or not fragment else f"#{fragment}")


def _check_anchor(
    path: str, fragment: str, reference: Reference, card: Card, places: Places, findings: Findings
) -> None:
    target = places.cards[path]
    ids = {*(heading.id for heading in target.headings), *target.anchors}
    if fragment and fragment not in ids:
        findings.add(
            "anchor-broken",
            f"{path} has no place with the id {fragment!r}",
            suggestion(fragment, ids) if ids else "link to the article itself",
            path=card.source.path,
            line=reference.line,
        )


def _report(
    reference: Reference, card: Card, path: str, places: Places, findings: Findings
) -> None:
    """Say that a target does not exist, and what it may have meant."""
    if path in places.faulty:
        return  # its own findings say enough
    picture, name = reference.kind == "image", shortened(reference.target)
    known = places.addresses
    if path or not reference.target.startswith("/"):
        articles = () if picture else places.articles
        files = (f"{FILES}{name}" for name in places.files)
        found = _from(card.source.path, (*places.media, *places.faulty, *articles, *files))
        known = frozenset(file.translate(_ESCAPES) for file in found)
    findings.add(
        "media-missing" if picture else "link-broken",
        f"{'the picture' if picture else 'the link target'} {name!r} does not exist",
        _near(reference.target, known) or (_BESIDE if picture else _ELSEWHERE),
        path=card.source.path,
        line=reference.line,
    )


def _from(path: str, files: Iterable[str]) -> frozenset[str]:
    """Return files as they are named in an article at `path`."""
    folder = posixpath.dirname(path)
    return frozenset(posixpath.relpath(file, folder) for file in files)


_ESCAPES = str.maketrans({"%": "%25", "#": "%23", "?": "%3F"})  # in a link they mean something else


def _near(target: str, known: Collection[str]) -> str:
    """Return a "did you mean", also for what is right but for its folder, or nothing."""
    name = posixpath.basename(target.replace("\\", "/"))
    found = (suggestion(word, known) for word in (unquote(target), name))
    return next((each for each in found if each.startswith("did you mean")), "")


def _report_kind(name: str, path: str, line: int | None, findings: Findings) -> None:
    """Say that a file is no picture that every browser shows, or one that may hold a script."""
    what = f"{name!r} is of a kind that cannot stand as a picture in an article"
    findings.add("media-broken", what, "save it as JPEG or PNG", path=path, line=line)


def image_paths(story: Story) -> tuple[str, ...]:
    """Return where the story's main picture may lie: beside any of its articles."""
    if not story.image:
        return ()
    name = quote(story.image)  # a file's name, in which # and ? mean themselves
    return tuple(dict.fromkeys(resolve(each.path, name)[0] for each in story.articles))


def _teller(story: Story, article: Article) -> tuple[Article, int]:
    """Return the article that names the story's main picture, and the line that does."""
    teller = next((each for each in story.articles if each.card.front.image), article)
    return teller, teller.card.lines.get("image", 1)


def lead_of(page: Page) -> Story | None:
    """Return the story that a front page shows first, with its main picture."""
    return page.entries[0].story if page.kind == "front" and page.entries else None


def _lead_image(page: Page, places: Places) -> Target | None:
    """Return the main picture of a front page's first story; what is amiss, its article tells."""
    lead = lead_of(page)
    found = _published(image_paths(lead), places) if lead else None
    return found if found and found.width else None


def _published(paths: Sequence[str], places: Places) -> Target | None:
    return next((places.media[path] for path in paths if path in places.media), None)


def _main_image(page: Page, places: Places, findings: Findings) -> Target | None:
    if page.story is None or page.article is None or not page.story.image:
        return None
    paths = image_paths(page.story)
    found = _published(paths, places)
    teller, line = _teller(page.story, page.article)
    if found is None and not places.faulty.intersection(paths):
        findings.add(
            "media-missing",
            f"the picture {page.story.image!r} does not exist",
            _near(page.story.image, _from(teller.path, places.faulty)) or _BESIDE,
            path=teller.path,
            line=line,
        )
    if found is not None and not found.width:
        _report_kind(page.story.image, teller.path, line, findings)
    if not page.story.image_credit:
        findings.add(
            "image-credit-missing",
            "the main picture has no credit",
            "add a line with the photographer's name, such as image_credit: Olena Koval",
            path=teller.path,
            line=line,
        )
    front, lines = page.article.card.front, page.article.card.lines
    if front.image_alt is None and not front.image_decorative:
        findings.add(
            "image-alt-missing",
            "the main picture has no alternative text, for those who cannot see it",
            "say what it shows, as in image_alt: Our office, or write image_decorative: true",
            path=page.article.path,
            line=lines.get("image", lines.get("title")),
        )
    return found
