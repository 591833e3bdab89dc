"""Which values of config.toml are well formed and yet cannot be used."""

import re
from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfoNotFoundError

from babel import localedata

from sitegen.findings import ADJUSTABLE, CODES
from sitegen.schema import suggestion
from sitegen.settings.config import Config, Images, Language

RESERVED = "(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])"
"""The names that Windows keeps for devices, in front of any ending."""

SLUG_LENGTH = 120
SLUG = re.compile(rf"(?!{RESERVED}$)(?!.{{{SLUG_LENGTH + 1}}})[a-z0-9]+(?:-[a-z0-9]+)*")
"""What one part of an address may be."""

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LOCALE = re.compile(r"[a-z]{2,3}_[A-Z]{2}")
PICTURE_FORMATS = ("avif", "webp")
WIDTHS = (100, 4000)  # pixels, from the least to the most
MENU_PLACES = ("news", "press", "archive", "search")
_HOST = r"[a-z0-9-]+(\.[a-z0-9-]+)*"
_ANY_HOST = _HOST.replace("a-z", "A-Za-z")
BASE_URL = re.compile(
    rf"[Hh][Tt][Tt][Pp][Ss]?://{_ANY_HOST}(:[0-9]{{1,5}})?(/(?!\.\.?(/|$))[A-Za-z0-9._~%-]+)*/?"
)
BASE_URL_MEND = "write it as https://www.example.com or https://example.com/path"
WAYS = {
    "email": (re.compile(r"[^\s@,;:<>\"]+@[^\s@,;:<>\"]+\.[^\s@,;:<>\"]+"), "name@example.com"),
    "phone": (re.compile(r"\+?[0-9(][0-9()\u00a0 .-]{1,30}[0-9]"), "+45 12 34 56 78"),
    "url": (re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/\"<>]+\.[^\s\"<>]+"), "https://example.com"),
}
_AUTHORITY = re.compile(rf"([a-z0-9._-]+@)?{_HOST}")

ValueFault = tuple[tuple[str, ...], str, str]
"""The path of keys to a value that cannot be used, what is wrong, how to mend it."""


def way_fault(kind: str, value: str) -> str:
    """Return how to write an "email", "phone" or "url", or nothing when `value` is one."""
    pattern, example = WAYS[kind]
    return "" if pattern.fullmatch(value) else f"write it as {example}"


def value_faults(config: Config) -> Iterator[ValueFault]:
    """Yield what is well formed and yet cannot be used."""
    yield from _site_faults(config)
    yield from _language_faults(config)
    yield from _number_faults(config)
    yield from _way_faults(config)
    yield from _picture_faults(config.images)


def _site_faults(config: Config) -> Iterator[ValueFault]:
    if not config.title.strip():
        yield ("title",), "`title` is empty", "write the site's name"
    if not BASE_URL.fullmatch(config.base_url):
        yield ("base_url",), f"`base_url` cannot be {config.base_url!r}", BASE_URL_MEND
    if config.id_authority and not _AUTHORITY.fullmatch(config.id_authority):
        what = f"`id_authority` cannot be {config.id_authority!r}"
        yield ("id_authority",), what, "write a domain of yours, such as example.com"
    try:
        _ = config.zone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        what = f"there is no time zone {config.timezone!r}"
        yield ("timezone",), what, "write it as Europe/Copenhagen"
    for code in config.checks:
        if code not in CODES:
            yield ("checks", code), f"there is no check {code!r}", suggestion(code, ADJUSTABLE)
        elif code not in ADJUSTABLE:
            what = f"`{code}` is always an error"
            yield ("checks", code), what, "mend what it finds; take this line away"


def _language_faults(config: Config) -> Iterator[ValueFault]:
    if not config.languages:
        yield ("languages",), "there is no language", "add a table [languages.da]"
        return
    for key in ("default_language", "x_default"):
        value = getattr(config, key)
        if value and value not in config.languages:
            mend = suggestion(value, config.languages)
            yield (key,), f"`{key}` is {value!r}, which is no language here", mend
    for tag, language in config.languages.items():
        yield from _faults_of(tag, language)
    for at in _BY_LANGUAGE:
        for tag in _said(config, at):
            if tag not in config.languages:
                what = f"`{at[1]}` has a text for {tag!r}, which is no language here"
                yield (*at, tag), what, suggestion(tag, config.languages)


_BY_LANGUAGE = (("company", "tagline"), ("company", "about"), ("contact", "title"))


def _said(config: Config, at: tuple[str, str]) -> dict[str, str]:
    said: dict[str, str] = getattr(getattr(config, at[0]), at[1])
    return said


def language_holes(config: Config) -> Iterator[ValueFault]:
    """Yield each text that some of the site's languages have and others lack."""
    for at in _BY_LANGUAGE:
        for tag in missing_languages(_said(config, at), config.languages):
            yield at, f"`{at[1]}` lacks the language `{tag}`", f'add {tag} = "…" to it'


def missing_languages(said: Mapping[str, str], languages: Iterable[str]) -> list[str]:
    """Return the languages that a text lacks; none when nothing is said, or in another language."""
    known = list(languages)
    if not any(text.strip() for text in said.values()) or not set(said) <= set(known):
        return []
    return [tag for tag in known if not said.get(tag, "").strip()]


def _faults_of(tag: str, language: Language) -> Iterator[ValueFault]:
    at = ("languages", tag)
    if not LANGUAGE_TAG.fullmatch(tag):
        yield at, f"{tag!r} is no language tag", "use a short one, as in [languages.da]"
    for key in ("label", "title"):
        if not getattr(language, key).strip():
            yield (*at, key), f"`{key}` is empty", "fill it in"
    if not SLUG.fullmatch(language.section):
        what = f"`section` cannot be {language.section!r}"
        yield (*at, "section"), what, "use small letters a–z, digits and hyphens"
    if not is_locale(language.locale):
        yield (
            (*at, "locale"),
            f"there is no locale {language.locale!r}",
            "write it as da_DK or en_GB",
        )
    for place in language.menu:
        if place not in MENU_PLACES:
            yield (*at, "menu"), f"the menu has no place {place!r}", suggestion(place, MENU_PLACES)


LEAST = {
    ("build", "page_size"): 1,
    ("build", "feed_size"): 1,
    ("build", "front_size"): 0,
    ("build", "related"): 0,
    ("images", "max_megapixels"): 1,
    ("translations", "days"): 0,
}
"""The smallest number that each key may have."""


def _number_faults(config: Config) -> Iterator[ValueFault]:
    for (table, key), number in LEAST.items():
        if getattr(getattr(config, table), key) < number:
            mend = f"give it a number from {number} up"
            yield (table, key), f"`{key}` is less than {number}", mend


def _way_faults(config: Config) -> Iterator[ValueFault]:
    for table in ("company", "contact"):
        said = getattr(config, table)
        for key in WAYS:
            value = getattr(said, key, "")
            if value and (mend := way_fault(key, value)):
                yield (table, key), f"`{key}` cannot be {value!r} in [{table}]", mend


def _picture_faults(images: Images) -> Iterator[ValueFault]:
    least, most = WIDTHS
    if not images.widths or not all(least <= width <= most for width in images.widths):
        what = f"`widths` must be numbers from {least} to {most}"
        yield ("images", "widths"), what, "write it as widths = [480, 768, 1080, 1440]"
    for each in images.formats:
        if each not in PICTURE_FORMATS:
            mend = 'JPEG and PNG are always made; write it as formats = ["avif", "webp"]'
            yield ("images", "formats"), f"pictures cannot be published as {each!r}", mend


def is_locale(name: str) -> bool:
    """Tell whether dates and numbers can be written for a locale, such as da_DK."""
    return LOCALE.fullmatch(name) is not None and localedata.exists(name)
