"""Writes an article as plain text, Markdown and JSON, for whoever wants to use it elsewhere."""

from collections.abc import Iterator

import msgspec

from sitegen.kit.portable import portable
from sitegen.kit.release import Release
from sitegen.markup.plain_text import text_in
from sitegen.typography import plain


def as_text(release: Release) -> str:
    """Return the article as plain text, a blank line between its parts."""
    page = release.page
    label = [page.label.upper()] if page.label else []
    body = [line for html in (page.body, *page.boxes) for line in text_in(html).split("\n")]
    opening = [*label, page.title, page.published.text, page.lead]
    return _joined([*opening, *body, *_ending(release, "{}", "{}")])


def as_markdown(release: Release, source: str) -> str:
    """Return the article as Markdown that any program reads, given that in which it was written."""
    page = release.page
    lead = f"**{page.lead}**" if page.lead else ""
    body = portable(source, release.links)
    opening = [f"# {page.title}", page.published.text, lead]
    return _joined([*opening, body, *_ending(release, "## {}", "<{}>")])


def as_json(release: Release) -> str:
    """Return the article and all that belongs to it as JSON."""
    page, contact = release.page, release.page.contact
    said = {
        "url": page.address,
        "language": page.frame.language,
        "type": plain(page.label),
        "title": plain(page.title),
        "published": page.published.machine,
        "updated": page.updated.machine if page.updated else "",
        "lead": plain(page.lead),
        "text": [text_in(html) for html in (page.body, *page.boxes)],
        "pictures": [
            {"file": it.file, "alt": it.alt, "caption": it.caption, "credit": it.credit}
            for it in release.shots
        ],
        "contact": list(_contact(release)) if contact else [],
        "about": plain(page.about),
    }
    return msgspec.json.format(msgspec.json.encode(said), indent=2).decode() + "\n"


def _joined(parts: list[str]) -> str:
    return plain("\n\n".join(part.strip() for part in parts if part.strip())) + "\n"


def _ending(release: Release, heading: str, link: str) -> Iterator[str]:
    """Yield whom to ask, who the company is, whose the pictures are, and where all of it stands."""
    page, t = release.page, release.page.t
    if page.contact:
        yield heading.format(t["press_contact"])
        yield from _contact(release)
    if page.about:
        yield heading.format(page.frame.footer.company)
        yield page.about
    if release.shots:
        yield heading.format(t["pictures"])
    for shot in release.shots:
        yield " – ".join(dict.fromkeys(filter(None, (shot.file, shot.title, shot.credit))))
    yield link.format(page.address)


def _contact(release: Release) -> Iterator[str]:
    contact = release.page.contact
    if contact:
        yield ", ".join(filter(None, (contact.name, contact.title)))
        yield from (plain(way.text) for way in (contact.phone, contact.email) if way)
