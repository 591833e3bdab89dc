"""Long lists in pages, each paired with the same page of the other languages."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from sitegen.addresses import Addresses
from sitegen.model.pages import Alternate, Entry, Page, Pagination
from sitegen.plan.editions import alternates, nearest


def paginated(
    lists: Mapping[str, Sequence[Entry]],
    page: Callable[[str], Page],
    address: Callable[[str, int], str],
    addresses: Addresses,
) -> Iterator[Page]:
    """Yield each language's list in pages, paired with the same page of the other languages."""
    size = addresses.config.build.page_size
    numbers = {language: max(1, -(-len(entries) // size)) for language, entries in lists.items()}
    for language, entries in lists.items():
        first = page(language)
        everywhere = tuple(address(language, n + 1) for n in range(numbers[language]))
        for number in range(1, numbers[language] + 1):
            there = {other: address(other, number) for other in lists if number <= numbers[other]}
            nearby = {other: address(other, 1) for other in lists if number > numbers[other]}
            yield _numbered(
                first,
                entries[(number - 1) * size : number * size],
                Pagination(number=number, addresses=everywhere),
                there,
                nearby,
                addresses,
            )


def _numbered(
    first: Page,
    entries: Sequence[Entry],
    pagination: Pagination,
    there: Mapping[str, str],
    nearby: Mapping[str, str],
    addresses: Addresses,
) -> Page:
    """Return one page of a list."""
    found = nearest(first.language, {**there, **nearby}, addresses)
    elsewhere = [Alternate(language=name, address=where) for name, where in nearby.items()]
    return msgspec.structs.replace(
        first,
        address=pagination.addresses[pagination.number - 1],
        entries=tuple(entries),
        more=first.more if pagination.number == 1 else (),
        pagination=pagination,
        alternates=alternates(there, addresses),
        nearest=(*elsewhere, *found),
    )
