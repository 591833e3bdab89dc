"""What a build would change on a site, by language, as lines of text or for JSON."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from sitegen.pipeline import Outcome

SHARED = ""
"""The name of what belongs to no language: gateway, sitemap, pictures, styles."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What a build would change of one language: sorted addresses, without base path."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def differences(outcome: Outcome, languages: Sequence[str]) -> dict[str, Difference]:
    """Return what would change in each language, and in what they share."""
    return {
        language: Difference(
            added=_addresses(outcome.added, language, languages),
            changed=_addresses(outcome.changed, language, languages),
            removed=_addresses(outcome.removed, language, languages),
        )
        for language in (*languages, SHARED)
    }


def _addresses(paths: Iterable[str], language: str, languages: Sequence[str]) -> tuple[str, ...]:
    tags = {tag.lower(): tag for tag in languages}
    return tuple(
        f"/{path}".removesuffix("index.html") if f"/{path}".endswith("/index.html") else f"/{path}"
        for path in paths
        if tags.get(path.partition("/")[0], SHARED) == language
    )


def as_lines(
    found: dict[str, Difference], heading: str, unpromised: Sequence[str]
) -> Iterator[str]:
    """Yield the lines that tell an editor what would change, and the new addresses."""
    for language, difference in found.items():
        kinds = msgspec.structs.asdict(difference)
        counts = ", ".join(f"{len(addresses)} {kind}" for kind, addresses in kinds.items())
        yield f"{language or 'shared'}: {counts}"
        for kind, addresses in kinds.items():
            yield from (f"  {kind}: {address}" for address in addresses)
    if unpromised:
        yield heading
        yield from (f"  {address}" for address in unpromised)


def as_values(found: dict[str, Difference], unpromised: Sequence[str]) -> dict[str, Any]:
    """Return the same for JSON."""
    pages = {language or "shared": each for language, each in found.items()}
    return {"pages": pages, "unpromised": unpromised}
