"""Finds what claims an address that something else has, in the same letters or nearly so."""

import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

import msgspec

from sitegen.findings import Findings
from sitegen.model.pages import Page
from sitegen.model.stories import Article
from sitegen.plan.editions import PRESS, Newsroom

_SLUG = "give one of them another `slug`, as in slug: another-name"
_ALIAS = "remove the alias, or write another"
_WORDS = "change `section` in config.toml, or a word under [addresses] of the wording"


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Something that wants an address."""

    address: str
    owner: str  # as a finding names it
    mend: str
    path: str = ""  # where it can be mended; empty: it is one of the site's own pages
    line: int | None = None


def check_collisions(pages: Sequence[Page], newsroom: Newsroom, findings: Findings) -> None:
    """Report each two sources of one address, naming both; what is not yet due counts, too."""
    taken: dict[str, Claim] = {}
    claims = (*_of_pages(pages), *_of_articles(newsroom))
    for claim in sorted(claims, key=lambda claim: claim.mend == _ALIAS):  # aliases yield to all
        first = taken.setdefault(_folded(claim.address), claim)
        if first is not claim:
            # the finding belongs where an editor can mend it: in the article, not in the list
            mine, other = (claim, first) if claim.path else (first, claim)
            findings.add(
                "address-taken",
                f"the address {mine.address} is also that of {other.owner}",
                mine.mend,
                path=mine.path or "config.toml",
                line=mine.line,
            )


def _folded(address: str) -> str:
    text = unicodedata.normalize("NFC", unquote(address)).casefold()
    return text.removesuffix("index.html").rstrip("/")


def _of_pages(pages: Sequence[Page]) -> Iterator[Claim]:
    """Yield what the site's own pages and aliases claim; a list's later pages claim nothing new."""
    for page in pages:
        if page.kind == "redirect" and page.article:
            yield _of_article(page.address, page.article, _ALIAS, ("aliases",))
        elif page.topic and page.pagination and page.pagination.number == 1:
            yield Claim(
                address=page.address,
                owner=f"the topic `{page.topic.id}`",
                mend=_SLUG,
                path="content/topics.toml",
            )
        elif page.kind not in {"article", "fixed", "tombstone", "topic"}:
            owner = f"the site's own page “{page.title}”"
            yield Claim(address=page.address, owner=owner, mend=_WORDS)


def _of_articles(newsroom: Newsroom) -> Iterator[Claim]:
    """Yield what articles claim; one without a slug has a finding already, a draft may change."""
    due = (showing for showing in newsroom.hidden if showing.state == "scheduled")
    for showing in (*newsroom.shown, *newsroom.tombstones, *due):
        if showing.article.slug and showing.story.key != PRESS:
            yield _of_article(showing.address, showing.article, _SLUG, ("slug", "title"))
    for showing in newsroom.tombstones:
        for alias in showing.article.card.front.aliases:
            yield _of_article(alias, showing.article, _ALIAS, ("aliases",))


def _of_article(address: str, article: Article, mend: str, keys: Sequence[str]) -> Claim:
    lines = article.card.lines
    line = next((lines[key] for key in keys if key in lines), None)
    return Claim(address=address, owner=article.path, mend=mend, path=article.path, line=line)
