"""Lists every mention of the people whose entry says that they are to be named nowhere."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from sitegen.addresses import slugify
from sitegen.discover import is_basis, text_at
from sitegen.findings import Findings
from sitegen.model.content import Card
from sitegen.model.stories import Person
from sitegen.pipeline.order import Order
from sitegen.pipeline.reading import Sources
from sitegen.registry import TOPICS, mentions
from sitegen.settings import PATH

_Mention = tuple[str, int | None, str, str]
"""The path and line, who is named there and how, and how to mend it."""

_ACCEPT = "mend the article, and run sitegen status --accept for it: this is what was accepted"
_MEND = "write this without the name, and without anything else that tells who it is"


def report_erased(
    order: Order, sources: Sources, cards: Collection[Card], findings: Findings
) -> None:
    """Note each place that names them, so that somebody can go through the list."""
    erased = [person for person in sources.registry.people.values() if person.erased]
    texts = _texts(order, sources) if erased else ()
    for path, line, found, mend in chain(_by_name(erased, texts), _by_id(erased, cards)):
        what = f"{found} is to be erased, as content/people.toml says"
        findings.add("person-erased", what, mend, path=path, line=line)


def _by_name(erased: Sequence[Person], texts: Iterable[tuple[str, str]]) -> Iterator[_Mention]:
    for path, text in texts:
        for person in erased:
            for line, found in mentions(person, text):
                mend = _ACCEPT if is_basis(path.rpartition("/")[2]) else _MEND
                yield path, line, f"“{found}”", mend
            if slugify(person.name) in slugify(path):
                mend = "rename or delete the file"
                yield path, None, f"“{person.name}” in this file’s name", mend


def _by_id(erased: Sequence[Person], cards: Iterable[Card]) -> Iterator[_Mention]:
    for card in cards:
        named = {"authors": [credit.id for credit in card.front.authors or ()]}
        named["contact"] = [card.front.contact or ""]
        for key, ids in named.items():
            for person in erased:
                if person.id in ids:
                    mend = "name somebody else, or delete it here"
                    yield card.source.path, card.lines[key], f"`{person.id}` in `{key}`", mend


def _texts(order: Order, sources: Sources) -> Iterator[tuple[str, str]]:
    """Yield the path and text of every file that readers may come to see something of."""
    project = sources.project
    yield PATH, text_at(order.root, PATH)
    yield TOPICS, project.topics or ""
    yield from ((source.path, text_at(order.root, source.path)) for source in project.sources)
    yield from ((project.template_paths[name], text) for name, text in project.templates.items())
    yield from ((path, text_at(order.root, path)) for path in project.bases)
    yield from ((path, "") for path in project.media)
    yield from ((f"content/files/{path}", "") for path in project.files)
