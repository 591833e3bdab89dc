"""What is asked of a build, and what it answers."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec

from sitegen.findings import Finding

CACHE = ".sitegen"

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how much of it is done, and how much there is."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a build."""

    root: Path  # the project's folder
    output: Path
    theme: Path  # the templates that the package brings
    now: dt.datetime  # without a zone: in the site's own
    base_url: str | None = None  # instead of config.toml's
    drafts: bool = False
    future: bool = False
    expired: bool = False
    is_preview: bool = False  # every page says noindex, and the manifest says preview
    is_served: bool = False  # by a preview, which stands in for files that nobody needs to see
    is_check: bool = False  # build, but write nothing
    compared: Path | None = None  # a site that a check is compared with
    is_strict: bool = False  # warnings forbid publishing, too
    use_cache: bool = True
    cores: int = 1  # how many processes may work at once

    @property
    def cache_folder(self) -> Path | None:
        """Where the cache is kept; None for a build that uses none."""
        return self.root / CACHE if self.use_cache else None

    @property
    def site(self) -> str:
        """The name of the output folder in the cache: a project may be moved with both."""
        output = self.output
        is_inside = output.is_relative_to(self.root)
        return (output.relative_to(self.root) if is_inside else output.absolute()).as_posix()

    @property
    def key(self) -> bytes:
        """All that is asked, but the time and what does not show in the result."""
        asked = (self.base_url, self.drafts, self.future, self.expired)
        return msgspec.msgpack.encode((*asked, self.is_preview, self.is_served, self.is_strict))


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a sound build did, or would do."""

    findings: tuple[Finding, ...]  # warnings
    added: tuple[str, ...] = ()  # paths below output/
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    unpromised: tuple[str, ...] = ()  # permanent addresses that published.txt lacks
