"""The preview's own words, in the language that the editor's browser asks for."""

import re
from functools import cache
from importlib import resources

import msgspec

_FALLBACK = "en"
_WISH = re.compile(r"\s*([a-z]{2,3})(?:-[^,;]*)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*", re.I)


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that overlay, badge and our own pages say."""

    language: str
    error: tuple[str, str]  # one, several
    warning: tuple[str, str]
    not_built: str
    broken: str
    worth_a_look: str
    fine: str
    preview: str
    follow: str
    hide: str
    more: str
    ended: str
    being_built: str
    no_page: str
    not_found: str


def words_for(wishes: str, default: str) -> Words:
    """Return the words for an Accept-Language header, else for the site's default language."""
    known = _known()
    found = (_WISH.fullmatch(wish) for wish in wishes[:1000].split(","))
    ranked = sorted((-float(wish[2] or 1), n, wish[1]) for n, wish in enumerate(found) if wish)
    wanted = [language.lower() for weight, _, language in ranked if weight]
    return known[next((each for each in (*wanted, default) if each in known), _FALLBACK)]


@cache
def _known() -> dict[str, Words]:
    text = resources.files("sitegen.preview").joinpath("assets/words.json").read_bytes()
    return {words.language: words for words in msgspec.json.decode(text, type=list[Words])}
