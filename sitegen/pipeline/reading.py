"""From files to typed values: config, registries, wording, and a card for every article."""

import msgspec

from sitegen.addresses import Addresses
from sitegen.cache import Cache, Parsed, fingerprint
from sitegen.discover import Project, discover, read, read_config_text
from sitegen.findings import Findings, SiteError
from sitegen.model.content import Card
from sitegen.model.pages import Promise
from sitegen.model.stories import Registry
from sitegen.parse import Rules, parse
from sitegen.pipeline.order import Order, Progress
from sitegen.promise import read_promise
from sitegen.registry import read_registry
from sitegen.settings import Config, read_config
from sitegen.wording import Wording, read_wording


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """All that was read, typed."""

    config: Config
    project: Project
    registry: Registry
    wordings: dict[str, Wording]
    promise: Promise
    is_worded: bool  # every language has all of its wording

    @property
    def languages(self) -> tuple[str, ...]:
        """The site's languages, in the order of config.toml."""
        return tuple(self.config.languages)

    @property
    def addresses(self) -> Addresses:
        """The maker of this site's addresses."""
        return Addresses(config=self.config, wordings=self.wordings)

    def stop_without_words(self, findings: Findings) -> None:
        """Raise SiteError when a language lacks words: no page or address can be made in it."""
        if not self.is_worded:
            raise SiteError(findings.found)


def read_sources(order: Order) -> tuple[Sources, Findings]:
    """Return everything but the articles; raises SiteError when nothing can go on."""
    early = Findings()
    text = read_config_text(order.root, early)
    config = read_config(text, early, order.base_url) if text is not None else None
    if config is None:
        raise SiteError(early.found)
    findings = Findings(config.checks, is_strict=order.is_strict)
    findings.adopt(early.found)
    project = discover(
        order.root, order.theme, tuple(config.languages), config.default_language, findings
    )
    holes = Findings()  # of the one level that they have: a page cannot be silent
    wordings = read_wording(config, project.templates, project.template_paths, holes)
    findings.extend(holes.found)
    registry = read_registry(project.people, project.topics, tuple(config.languages), findings)
    sources = Sources(
        config=config,
        project=project,
        registry=registry,
        wordings=wordings,
        promise=read_promise(project.published, project.gone, tuple(config.languages), findings),
        is_worded=not holes.errors,
    )
    return sources, findings


def parse_all(
    order: Order, sources: Sources, cache: Cache, findings: Findings, progress: Progress
) -> dict[str, Card]:
    """Return the card of every article that can be read, by its file."""
    cards: dict[str, Card] = {}
    rules = Rules(
        timezone=sources.config.timezone,
        labels={name: _labels(wording) for name, wording in sources.wordings.items()},
    )
    shape = msgspec.msgpack.encode((rules, sources.config.checks), order="deterministic")
    total = len(sources.project.sources)
    for done, source in enumerate(sources.project.sources):
        progress("reading articles", done, total)
        content = read(order.root, source.path, findings)
        if content is None:
            continue
        key = fingerprint(shape, msgspec.msgpack.encode(source), content)
        parsed = cache.parsed(key)
        if parsed is None:
            own = Findings(sources.config.checks)
            card, body = parse(source, content, key, rules, own)
            parsed = Parsed(card=card, findings=own.found)
            cache.keep(key, parsed, body)
        findings.extend(parsed.findings)
        if parsed.card is not None:
            cards[source.path] = parsed.card
    return cards


def _labels(wording: Wording) -> dict[str, str]:
    """Return what screen readers hear of the parts of a text."""
    names = ("table", "code", "footnote", "footnote_back")
    return {name: wording.text.get(name, name) for name in names}
