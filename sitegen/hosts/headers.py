"""Which headers go with which files; each header is set by one rule only, as some hosts add up."""

from collections.abc import Iterator, Mapping

import msgspec

from sitegen.addresses import ASSETS, FEED_TYPES, GATEWAY, MEDIA, Addresses
from sitegen.policy import POLICY

FOR_EVER = "public, max-age=31536000, immutable"  # a hash of the content is in the name
ASK_AGAIN = "public, max-age=0, must-revalidate"
YEAR = 31_536_000

MANIFEST_TYPE = "application/manifest+json"
PREFETCH = "/prefetch.json"  # what browsers may fetch ahead
PREFETCH_TYPE = "application/speculationrules+json"


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """The headers of some files."""

    place: str  # "/x/" and all below it as "/x/*"; a part of any name as ":topic"
    headers: tuple[tuple[str, str], ...]


def header_rules(
    assets: Mapping[str, str], addresses: Addresses, *, is_preview: bool
) -> tuple[Rule, ...]:
    """Return the headers of the whole site, then those of its parts."""
    return tuple(_rules(assets, addresses, is_preview=is_preview))


def _rules(assets: Mapping[str, str], addresses: Addresses, *, is_preview: bool) -> Iterator[Rule]:
    everywhere = [*_safety(addresses)]
    everywhere.append(("Speculation-Rules", f'"{addresses.href(PREFETCH)}"'))
    if is_preview:
        everywhere.append(("X-Robots-Tag", "noindex"))
    yield Rule(place="/*", headers=tuple(everywhere))
    for folder in (ASSETS, MEDIA):
        yield Rule(place=f"{folder}*", headers=(("Cache-Control", FOR_EVER),))
    for place in (GATEWAY, *(f"{addresses.front(each)}*" for each in addresses.config.languages)):
        yield Rule(place=place, headers=(("Cache-Control", ASK_AGAIN),))
    yield from _types(assets, addresses)


def _safety(addresses: Addresses) -> Iterator[tuple[str, str]]:
    """Yield what keeps readers safe on every page."""
    yield "Content-Security-Policy", POLICY
    yield "X-Content-Type-Options", "nosniff"
    yield "Referrer-Policy", "strict-origin-when-cross-origin"
    yield "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
    yield "Cross-Origin-Opener-Policy", "same-origin"
    if addresses.config.origin.startswith("https:"):
        yield "Strict-Transport-Security", f"max-age={YEAR}"


def _types(assets: Mapping[str, str], addresses: Addresses) -> Iterator[Rule]:
    """Yield the types that hosts do not know of themselves."""
    for language in addresses.config.languages:
        for kind, type_ in FEED_TYPES.items():
            for topic in ("", ":topic"):
                place = addresses.feed(language, kind, topic)
                yield _typed(place, type_)
    yield _typed(PREFETCH, PREFETCH_TYPE)
    for href in sorted(assets.values()):
        if href.endswith(".webmanifest"):
            yield _typed(href.removeprefix(addresses.config.base_path), MANIFEST_TYPE)


def _typed(place: str, type_: str) -> Rule:
    return Rule(place=place, headers=(("Content-Type", f"{type_}; charset=utf-8"),))


def prefetch(addresses: Addresses) -> str:
    """Return the rules by which browsers fetch a page of the site when a reader is about to ask.

    Pages end in a slash; feeds and downloads do not, and are never fetched ahead (R125).
    """
    base = addresses.config.base_path
    pages = {"where": {"href_matches": [f"{base}/", f"{base}/*/"]}, "eagerness": "moderate"}
    return msgspec.json.encode({"prefetch": [pages]}).decode()
