"""Pages that show a story in another language, so that no list leads out of its own."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from sitegen.addresses import Addresses
from sitegen.model.pages import Entry


class StandIn(msgspec.Struct, frozen=True, kw_only=True):
    """A story as a language shows it that does not have it."""

    language: str
    entry: Entry  # at an address of this language
    original: str  # the address of the article itself


def stand_ins(
    stories: Iterable[Mapping[str, Entry]],
    preferred: Sequence[str],
    translations: Mapping[str, Mapping[str, str]],
    taken: Iterable[str],
    addresses: Addresses,
) -> dict[str, dict[str, StandIn]]:
    """Return the stand-ins of languages whose fallback is "page", by story and language.

    `stories` are the entries of each listed story by language; a language in `translations` has
    the story, though it may be withdrawn. What is taken stays so.
    """
    found: dict[str, dict[str, StandIn]] = {}
    config = addresses.config
    languages = [each for each in config.languages if config.fallback(each) == "page"]
    claimed = {_folded(address) for address in taken} if languages else set()
    for told in stories if languages else ():
        original = next(told[name] for name in preferred if name in told)
        key, date = original.story.key, original.story.date
        for language in languages:
            if language in translations[key] or date is None or not original.article.slug:
                continue
            address = addresses.article(language, date.day.year, original.article.slug)
            if _folded(address) not in claimed:
                claimed.add(_folded(address))
                entry = msgspec.structs.replace(original, address=address)
                standin = StandIn(language=language, entry=entry, original=original.address)
                found.setdefault(key, {})[language] = standin
    return found


def _folded(address: str) -> str:
    return address.casefold().removesuffix("index.html").rstrip("/")
