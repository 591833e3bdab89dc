"""The site's config.toml, typed, and every fault of it."""

from collections.abc import Sequence
from typing import Any

import msgspec

from sitegen.findings import CODES, Findings, UsageError
from sitegen.schema import Fault, fill
from sitegen.settings.config import (
    EXAMPLE_BASE_URL,
    Build,
    Company,
    Config,
    Contact,
    Deploy,
    Images,
    Language,
    New,
    Translations,
)
from sitegen.settings.toml import key_line, read_toml
from sitegen.settings.values import (
    BASE_URL,
    BASE_URL_MEND,
    LANGUAGE_TAG,
    LEAST,
    LOCALE,
    MENU_PLACES,
    PICTURE_FORMATS,
    RESERVED,
    SLUG,
    SLUG_LENGTH,
    WAYS,
    WIDTHS,
    is_locale,
    language_holes,
    missing_languages,
    value_faults,
    way_fault,
)

__all__ = [
    "BASE_URL",
    "EXAMPLE_BASE_URL",
    "LANGUAGE_TAG",
    "LEAST",
    "LOCALE",
    "MENU_PLACES",
    "PATH",
    "PICTURE_FORMATS",
    "RESERVED",
    "SLUG",
    "SLUG_LENGTH",
    "WAYS",
    "WIDTHS",
    "Build",
    "Company",
    "Config",
    "Contact",
    "Deploy",
    "Images",
    "Language",
    "New",
    "Translations",
    "is_locale",
    "key_line",
    "missing_languages",
    "read_config",
    "read_toml",
    "way_fault",
]

PATH = "config.toml"


def read_config(text: str, findings: Findings, base_url: str | None = None) -> Config | None:
    """Return the config that `text` describes, with every fault among the findings.

    Faulty values are left out, so that the rest of the site can be judged in the same run; None
    when too little is left for that.
    """
    values = read_toml(text, PATH, "config-syntax", findings)
    if values is None:
        return None
    if base_url is not None:
        if not BASE_URL.fullmatch(base_url):
            raise UsageError(f"the address cannot be {base_url!r}; {BASE_URL_MEND}")
        values["base_url"] = base_url
    reporter = _Reporter(text, findings)
    config = fill(Config, values, reporter.fault) or _judgeable(reporter.faulty, values)
    for at, what, mend in value_faults(config):
        if at not in reporter.faulty:
            reporter.add("config-value", at, what, mend)
    for at, what, mend in language_holes(config):
        if at not in reporter.faulty:
            reporter.add("language-missing", at, what, mend)
    if config.base_url == EXAMPLE_BASE_URL and ("base_url",) not in reporter.faulty:
        what = f"`base_url` is still {EXAMPLE_BASE_URL}"
        mend = "write the site's own address before you publish it"
        reporter.add("base-url-unknown", ("base_url",), what, mend)
    return _without(reporter.faulty, values) if reporter.faulty else config


class _Reporter:
    """Notes faults of config.toml at their lines, and remembers where they are."""

    def __init__(self, text: str, findings: Findings) -> None:
        self._text = text
        self._findings = findings
        self.faulty: list[tuple[str, ...]] = []
        self._meant: set[tuple[tuple[str, ...], str]] = set()

    def fault(self, fault: Fault, at: tuple[str, ...], what: str, mend: str) -> None:
        codes = {
            "unknown": "config-unknown-key", "missing": "config-required", "type": "config-type",
        }  # fmt: skip
        self._meant.add((at[:-1], mend))
        if fault == "missing":
            if (at[:-1], f"did you mean `{at[-1]}`?") in self._meant:
                self.faulty.append(at)  # and told where it is misspelt
                return
            mend = _EXAMPLES[at[-1]]
        place = f" in [{'.'.join(at[:-1])}]" if len(at) > 1 else ""
        self.add(codes[fault], at, what + place, mend)

    def add(self, code: str, at: tuple[str, ...], what: str, mend: str) -> None:
        self._findings.add(code, what, mend, path=PATH, line=key_line(self._text, at))
        if CODES[code].level == "error":
            self.faulty.append(at)


_EXAMPLES = {
    "title": 'add a line such as title = "Conscensia"',
    "default_language": 'add a line such as default_language = "da"',
    "languages": "add a table [languages.da]",
    "label": 'add a line such as label = "Dansk"',
    "locale": 'add a line such as locale = "da_DK"',
    "section": 'add a line such as section = "nyheder"',
}
_LANGUAGE = {"label": "–", "locale": "en_GB", "title": "–", "section": "news"}


def _remove(faulty: Sequence[tuple[str, ...]], values: dict[str, Any]) -> None:
    for at in faulty:
        table: Any = values
        for key in at[:-1]:
            table = table.get(key, {}) if isinstance(table, dict) else {}
        if isinstance(table, dict):
            table.pop(at[-1], None)


def _judgeable(faulty: Sequence[tuple[str, ...]], values: dict[str, Any]) -> Config:
    """Return a config without the faulty values, with stand-ins for those that it must have."""
    _remove(faulty, values)
    languages = {tag: _LANGUAGE | said for tag, said in values.get("languages", {}).items()}
    needed = {"title": "–", "default_language": next(iter(languages), "")}
    return msgspec.convert({**needed, **values, "languages": languages}, Config)


def _without(faulty: Sequence[tuple[str, ...]], values: dict[str, Any]) -> Config | None:
    """Return the config that is left without its faulty values, if enough is."""
    _remove(faulty, values)
    config = fill(Config, values, lambda *_: None)
    return config if config and not list(value_faults(config)) else None
