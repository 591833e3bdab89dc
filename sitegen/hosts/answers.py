"""What a host shall answer where no page can say it: moved for good, gone, not found."""

from collections.abc import Sequence

import msgspec

from sitegen.addresses import Addresses
from sitegen.model.pages import Page, Promise


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """All that is not an ordinary page; addresses without base path, targets with it."""

    base_path: str
    moved: tuple[tuple[str, str], ...]  # an old address, and where it leads
    gone: tuple[str, ...]  # taken back, and nothing stands there
    ended: tuple[str, ...]  # the time of what stood there is over, which a page says
    not_found: tuple[tuple[str, str], ...]  # the front of a part of the site, and its error page


def answers_of(pages: Sequence[Page], promise: Promise, addresses: Addresses) -> Answers:
    """Return what the planned pages and gone.txt ask of a host."""
    ended = sorted(page.address for page in pages if page.kind == "tombstone")
    languages = addresses.config.languages
    errors = [(addresses.front(each), addresses.not_found(each)) for each in languages]
    return Answers(
        base_path=addresses.config.base_path,
        moved=tuple(
            sorted((page.address, addresses.href(page.target)) for page in pages if page.target)
        ),
        gone=tuple(sorted(promise.gone.keys() - set(ended))),
        ended=tuple(ended),
        not_found=(("/", addresses.not_found()), *errors),
    )
