"""What translators are to follow: what has changed in one language since another was accepted."""

from collections.abc import Collection, Iterable, Iterator

import msgspec

from sitegen.discover import read_basis_file
from sitegen.model.stories import Article, Story
from sitegen.pipeline.translating import text_of
from sitegen.status.gathering import Desk
from sitegen.translations import Basis, Change, basis_path, changes, read_basis


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """The paragraphs of one language that another has to follow."""

    story: str
    language: str  # that is behind
    source: str  # what has changed
    file: str  # to be brought up to date
    paragraphs: tuple[Change, ...]


def worklist(desk: Desk, stories: Iterable[Story], languages: Collection[str]) -> tuple[Work, ...]:
    """Return what is to be followed in these languages."""
    return tuple(
        work for story in stories for language in languages for work in _of(desk, story, language)
    )


def _of(desk: Desk, story: Story, language: str) -> Iterator[Work]:
    article, ahead = story.article(language), desk.agreement.outline(story).ahead(language)
    if article is None or not ahead:
        return
    for other in story.articles:
        if other.language in ahead:
            now = text_of(desk.root, other.card.source, desk.moment.zone)
            yield Work(
                story=story.key,
                language=language,
                source=other.language,
                file=article.path,
                paragraphs=changes(_accepted(desk, article, other), now),
            )


def _accepted(desk: Desk, article: Article, other: Article) -> tuple[str, ...]:
    """Return what `other` said when the two were accepted, whichever has the sidecar."""
    for basis in bases_of(desk, article):
        if basis.head.source == other.language:
            return basis.source
    return next(
        (each.own for each in bases_of(desk, other) if each.head.source == article.language), ()
    )


def bases_of(desk: Desk, article: Article) -> tuple[Basis, ...]:
    """Return what the sidecar of an article says."""
    path = basis_path(article.card.source)
    return read_basis(read_basis_file(desk.root, path)) if path in desk.bases else ()
