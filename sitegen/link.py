"""Turns each reference of an article into an address, or into a finding at its line."""

import posixpath
import unicodedata
from collections.abc import Mapping, Sequence
from urllib.parse import quote, unquote

import msgspec

from sitegen.addresses import Addresses
from sitegen.findings import Findings
from sitegen.model.content import Card, Reference
from sitegen.model.pages import LinkedPage, Page, Target
from sitegen.schema import suggestion

CONTENT = "content"
FILES = "content/files/"
NOWHERE = Target(href="#")  # never published: a finding says that something is missing


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """All that a reference can mean."""

    articles: Mapping[str, str]  # the address of each article that is shown, by its file
    hidden: Mapping[str, str]  # likewise of those that are not
    expired: Mapping[str, str] = {}  # likewise of those that were
    cards: Mapping[str, Card]  # by file
    media: Mapping[str, Target]  # published pictures and files, by file
    files: Mapping[str, int]  # below content/files, which keep their names
    addresses: frozenset[str]  # of every page, feed and file
    faulty: frozenset[str] = frozenset()  # files that exist, but are no use until mended


def link(page: Page, places: Places, addresses: Addresses, findings: Findings) -> LinkedPage:
    """Return the page with what each of its references means."""
    if page.article is None or page.kind not in {"article", "fixed", "press"}:
        return LinkedPage(page=page)
    card = page.article.card
    return LinkedPage(
        page=page,
        targets=tuple(
            _target(reference, card, places, addresses, findings) for reference in card.references
        ),
        image=_main_image(page, places, findings),
    )


def media_of(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return the files that the articles on these pages use, sorted, each once."""
    used: set[str] = set()
    for page in pages:
        if page.article is None or page.story is None:
            continue
        card = page.article.card
        used.update(resolve(card.source.path, reference.target)[0] for reference in card.references)
        if page.story.image:
            used.update(_image_paths(page))
    return tuple(sorted(path for path in used if path and not path.endswith(".md")))


def resolve(source: str, target: str) -> tuple[str, str]:
    """Return the project path that a relative target means, and its fragment.

    The path is empty when the target is a site path or leads out of content/.
    """
    path, _, fragment = target.partition("#")
    path = _decoded(path.partition("?")[0])
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    inside = not path.startswith("/") and joined.startswith(f"{CONTENT}/")
    return (joined if inside else ""), _decoded(fragment)


def _decoded(text: str) -> str:
    """Return a part of an address as file names and headings are told: in one form of Unicode."""
    return unicodedata.normalize("NFC", unquote(text))


def _target(
    reference: Reference, card: Card, places: Places, addresses: Addresses, findings: Findings
) -> Target:
    path, fragment = resolve(card.source.path, reference.target)
    if path in places.articles or path in places.expired:
        _check_anchor(path, fragment, reference, card, places, findings)
        return Target(href=addresses.href(_article_address(path, fragment, places)))
    tail = f"#{reference.target.partition('#')[2]}" if fragment else ""
    if path in places.media:
        target = places.media[path]
        if reference.kind == "image" and not target.width:
            _report_kind(reference.target, card.source.path, reference.line, findings)
        return msgspec.structs.replace(target, href=target.href + tail)
    if path.startswith(FILES) and path.removeprefix(FILES) in places.files:
        return Target(href=addresses.href(addresses.file(path.removeprefix(FILES))) + tail)
    address = _site_address(reference.target)
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


def _article_address(path: str, fragment: str, places: Places) -> str:
    """Return where an article stands; no heading is left of one that is expired or withdrawn.

    A link to it was right once, and must not stop the build of the day after.
    """
    if path in places.expired:
        return places.expired[path]
    is_gone = places.cards[path].front.withdrawn is not None
    return places.articles[path] + ("" if is_gone or not fragment else f"#{fragment}")


def _site_address(target: str) -> str:
    """Return the address that a path of the site means, or nothing for another target."""
    path = target.partition("#")[0].partition("?")[0]
    return quote(_decoded(path)) if target.startswith("/") else ""


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
    picture = reference.kind == "image"
    folder = posixpath.dirname(card.source.path)
    relative = path and posixpath.relpath(path, folder)
    articles = () if picture else places.articles
    files = {*places.media, *articles, *(f"{FILES}{name}" for name in places.files)}
    known = places.addresses if not path else {posixpath.relpath(file, folder) for file in files}
    near = suggestion(relative or reference.target, known)
    findings.add(
        "media-missing" if picture else "link-broken",
        f"{'the picture' if picture else 'the link target'} {reference.target!r} does not exist",
        near if near.startswith("did you mean") else "write its path as seen from this file",
        path=card.source.path,
        line=reference.line,
    )


def _report_kind(name: str, path: str, line: int | None, findings: Findings) -> None:
    """Say that a file is no picture that every browser shows, or one that may hold a script."""
    what = f"{name!r} is of a kind that cannot stand as a picture in an article"
    findings.add("media-broken", what, "save it as JPEG or PNG", path=path, line=line)


def _image_paths(page: Page) -> tuple[str, ...]:
    """Return where the story's main picture may lie: beside any of its articles."""
    if page.story is None:
        return ()
    sources = (article.path for article in page.story.articles)
    name = quote(page.story.image)  # a file's name, in which # and ? mean themselves
    return tuple(dict.fromkeys(resolve(source, name)[0] for source in sources))


def _main_image(page: Page, places: Places, findings: Findings) -> Target | None:
    if page.story is None or page.article is None or not page.story.image:
        return None
    found = next((places.media[p] for p in _image_paths(page) if p in places.media), None)
    teller = next((a for a in page.story.articles if a.card.front.image), page.article)
    line = teller.card.lines.get("image")
    if found is None and not places.faulty.intersection(_image_paths(page)):
        findings.add(
            "media-missing",
            f"the picture {page.story.image!r} does not exist",
            "put it beside the article, or mend its name",
            path=teller.path,
            line=line,
        )
    if found is not None and not found.width:
        _report_kind(page.story.image, teller.path, line, findings)
    if not page.story.image_credit:
        findings.add(
            "image-credit-missing",
            "the main picture has no credit",
            "add a line `image_credit:` with the photographer's name",
            path=teller.path,
            line=line,
        )
    front, lines = page.article.card.front, page.article.card.lines
    if front.image_alt is None and not front.image_decorative:
        findings.add(
            "image-alt-missing",
            "the main picture has no alternative text",
            "add a line `image_alt:` that says what it shows, or `image_decorative: true`",
            path=page.article.path,
            line=lines.get("image", lines.get("title")),
        )
    return found
