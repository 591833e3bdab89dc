"""What is written down when somebody says that the languages of a story agree."""

from collections.abc import Iterable, Iterator, Set
from itertools import combinations

from sitegen.findings import SiteError
from sitegen.model.stories import Article, Story
from sitegen.pipeline.translating import text_of
from sitegen.status.gathering import Desk, unread_of
from sitegen.status.worklist import bases_of
from sitegen.translations import Basis, Head, basis_path, basis_text, revision


def accepted_texts(desk: Desk, stories: Iterable[Story], languages: Set[str]) -> dict[str, str]:
    """Return the text of each sidecar, by path, once these languages agree with all others.

    What two other languages are to each other stays as it was; a sidecar without a text is to go.
    Raises SiteError when a file of one of the stories cannot be read.
    """
    found: dict[str, str] = {}
    for story in stories:
        if unread_of(desk, story):
            raise SiteError(tuple(each for each in desk.findings if each.severity == "error"))
        found |= dict(_texts(desk, story, languages))
    return found


def _texts(desk: Desk, story: Story, languages: Set[str]) -> Iterator[tuple[str, str]]:
    """Yield the path and text of each sidecar of a story.

    Of two languages the one that config.toml names later has the sidecar.
    """
    texts = {
        article.language: text_of(desk.root, article.card.source, desk.moment.zone)
        for article in story.articles
    }
    before = {
        (article.language, basis.head.source): basis
        for article in story.articles
        for basis in bases_of(desk, article)
    }
    parts: dict[str, list[Basis]] = {article.language: [] for article in story.articles}
    for source, own in combinations(story.articles, 2):
        if languages & {source.language, own.language}:
            basis = _basis(source, own, texts)
        elif known := _known(before, source.language, own.language):
            basis = known
        else:
            continue
        parts[own.language].append(basis)
    for article in story.articles:
        path = basis_path(article.card.source)
        if parts[article.language] or path in desk.bases:
            yield path, basis_text(parts[article.language])


def _known(before: dict[tuple[str, str], Basis], source: str, own: str) -> Basis | None:
    """Return what was accepted of two languages, though it may lie beside the other one."""
    if basis := before.get((own, source)):
        return basis
    other = before.get((source, own))
    if other is None:
        return None
    head = Head(
        source=source,
        source_digest=other.head.own_digest,
        own_digest=other.head.source_digest,
        source_updated=other.head.own_updated,
        own_updated=other.head.source_updated,
    )
    return Basis(head=head, source=other.own, own=other.source)


def _basis(source: Article, own: Article, texts: dict[str, tuple[str, ...]]) -> Basis:
    head = Head(
        source=source.language,
        source_digest=source.card.said,
        own_digest=own.card.said,
        source_updated=revision(source.card.front),
        own_updated=revision(own.card.front),
    )
    return Basis(head=head, source=texts[source.language], own=texts[own.language])
