"""Compares what readers were promised with the site that is planned."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from sitegen.addresses import Addresses, FeedKind, output_path, topic_slug
from sitegen.findings import Findings
from sitegen.model.pages import Page, Promise
from sitegen.model.stories import Article
from sitegen.promise.lists import GONE
from sitegen.promise.losses import folders_above, report_losses

_PERMANENT = {"article", "fixed", "press", "topic", "person"}


def keep(
    promise: Promise,
    pages: Sequence[Page],
    files: Iterable[str],
    hidden: Mapping[str, Article],
    addresses: Addresses,
    findings: Findings,
) -> tuple[str, ...]:
    """Return the permanent addresses that published.txt lacks; each that is lost is a finding.

    `files` are the addresses of content/files, `hidden` the articles that are drafts or not yet
    due, by their addresses, old ones included.
    """
    feeds = set(_feeds(pages, addresses))
    alive = {page.address for page in pages if page.kind != "tombstone"}.union(feeds, files)
    standing = set(map(output_path, alive))
    for address, line in promise.gone.items():
        if output_path(address) in standing:
            findings.add(
                "address-gone",
                f"the site still has {address}",
                "delete this line if that is right, or else what stands there",
                path=GONE,
                line=line,
            )
    standing |= {output_path(page.address) for page in pages}
    lost = {
        address: line
        for address, line in promise.published.items()
        if output_path(address) not in standing
        and not promise.gone.keys() & {address, *folders_above(address)}  # feeds of a topic
    }
    new = feeds.union(_permanent(pages)) - promise.published.keys() - promise.gone.keys()
    if lost:
        fresh = [page for page in pages if page.address in new]
        report_losses(lost, fresh, alive, hidden, addresses, findings)
    return tuple(sorted(new))


def _permanent(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the addresses of pages that are for good; later pages of a list come and go."""
    for page in pages:
        is_first = page.pagination is None or page.pagination.number == 1
        if page.kind in _PERMANENT and is_first and not page.mark and not page.original:
            yield page.address


def _feeds(pages: Iterable[Page], addresses: Addresses) -> Iterator[str]:
    for page in pages:
        if page.kind == "front" or page.topic:
            slug = topic_slug(page.topic, page.language) if page.topic else ""
            for kind in get_args(FeedKind):
                yield addresses.feed(page.language, kind, slug)
