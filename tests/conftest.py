"""The `site` fixture: a project made from one string, built as an editor would build it."""

import datetime as dt
import functools
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import jinja2
import msgspec
import pytest

from sitegen import icons, images
from sitegen.cache import disk_time
from sitegen.cache.stamps import TICK
from sitegen.discover.state import state_of_sources
from sitegen.findings import Finding, SiteError
from sitegen.pipeline import Order, Outcome, build

ROOT = Path(__file__).parent.parent
THEME = ROOT / "templates"
GOLDEN = Path(__file__).parent / "golden"
NOW = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)

CONFIG = """\
base_url = "https://news.example.org"
title = "Avisen"
default_language = "da"
x_default = "en"

[languages.da]
label = "Dansk"
locale = "da_DK"
title = "Avisen"
section = "nyheder"

[languages.en]
label = "English"
locale = "en_GB"
title = "The Paper"
section = "news"
"""

APART = f"""\
{CONFIG}
[checks]
facts-differ = "off"
headings-differ = "off"
links-differ = "off"
pictures-differ = "off"
"""
"""The config of a site whose languages do not say the same."""

# CI must not depend on luck; `--hypothesis-profile=search` looks for what nobody has seen yet.
SLOW = [hypothesis.HealthCheck.too_slow]  # as any test is on a busy machine
hypothesis.settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=SLOW
)
hypothesis.settings.register_profile(
    "search", derandomize=False, deadline=None, suppress_health_check=SLOW, max_examples=1000
)
hypothesis.settings.load_profile("repeatable")


def one_in(number: int) -> hypothesis.settings:
    """Return the settings of a test whose examples are dear: a share of the profile's number.

    A failing one is told as it was found, as looking for a smaller one would take minutes.
    """
    return hypothesis.settings(
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.reuse, hypothesis.Phase.generate],
        max_examples=max(1, hypothesis.settings().max_examples // number),
        suppress_health_check=list(hypothesis.HealthCheck),
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="Write the golden site, docs/findings.md anew."
    )


class Site:
    """A project in a folder of its own, with a chain of verbs for stories across builds."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.output = root / "output"
        self.outcome: Outcome | None = None
        self.findings: tuple[Finding, ...] = ()

    def write(self, text: str) -> "Site":
        """Write the files of a text with `-- path --` headings; config.toml unless it has one."""
        parts = re.split(r"^-- (\S.*?) --\n", text, flags=re.M)
        files = dict(zip(parts[1::2], parts[2::2], strict=True))
        if not (self.root / "config.toml").exists():
            files.setdefault("config.toml", CONFIG)
        for path, content in files.items():
            self.change(path, content)
        return self

    def change(self, path: str, content: str | bytes) -> "Site":
        """Write one file."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = content.encode()
        target.write_bytes(content)
        return self

    def remove(self, path: str) -> "Site":
        """Delete one file."""
        (self.root / path).unlink()
        return self

    def order(self, **changes: Any) -> Order:
        """Return the order for a build at the moment of these tests."""
        order = Order(root=self.root, output=self.output, theme=THEME, now=NOW)
        return msgspec.structs.replace(order, **changes)

    def build(self, **changes: Any) -> "Site":
        """Build; what was found is kept, whether the site was sound or not."""
        self.outcome = None
        try:
            self.outcome = build(self.order(**changes), lambda *_: None)
            self.findings = self.outcome.findings
        except SiteError as error:
            self.findings = error.findings
        return self

    @property
    def is_sound(self) -> bool:
        """Tell whether the last build was published."""
        return self.outcome is not None

    @property
    def lines(self) -> list[str]:
        """Return what the last build found, as editors read it."""
        return [str(finding) for finding in self.findings]

    def page(self, path: str) -> str:
        """Return a finished file's text."""
        return (self.output / path).read_text("utf-8")

    def main(self, path: str) -> str:
        """Return what a finished page has within <main>, on one line with plain spaces."""
        inside = re.search(r"<main[^>]*>(.*)</main>", self.page(path), re.S)
        assert inside
        return " ".join(inside[1].replace("\u00a0", " ").split())

    def files(self) -> dict[str, bytes]:
        """Return every file of output/ by its path."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file()
        }


@pytest.fixture(scope="session", autouse=True)
def _what_never_changes_is_made_once() -> Iterator[None]:
    """Keep the code of each template and each drawn picture for all tests, to make them quick."""
    kept: dict[tuple[object, ...], Any] = {}
    original = jinja2.Environment.compile

    def compile_once(self: jinja2.Environment, *text: Any, **options: Any) -> Any:
        key = (*text, *sorted(options.items()))
        if key not in kept:
            kept[key] = original(self, *text, **options)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", compile_once)
        patch.setattr("sitegen.pipeline.media.share_image", functools.cache(images.share_image))
        patch.setattr("sitegen.pipeline.emblems.pixel_icon", functools.cache(icons.pixel_icon))
        yield


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str], Site]:
    """Return a function that makes a project from one string."""

    def make(text: str = "") -> Site:
        return Site(tmp_path / "project").write(text)

    return make


def settled(site: Site) -> Site:
    """Let so much time pass on the disk that every change from now on has a time of its own."""
    state = state_of_sources(site.root, THEME)
    assert state
    clock = site.root / ".sitegen-clock"
    while disk_time(clock) < state.changed + TICK:
        pass
    clock.unlink()
    return site


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the golden site, in which every kind of page occurs; built once, only to be read."""
    root = tmp_path_factory.mktemp("golden") / "project"
    shutil.copytree(GOLDEN / "site", root)
    return settled(Site(root)).build()
