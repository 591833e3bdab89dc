"""From files to typed values: config, registries, wording, and a card for every article."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec

from sitegen.addresses import Addresses, topic_slug
from sitegen.cache import (
    Bodies,
    Cache,
    DamagedCacheError,
    Parsed,
    content_digest,
    encode,
    fingerprint,
    open_bodies,
)
from sitegen.discover import Portion, Project, discover, read, read_config_text
from sitegen.findings import Finding, Findings, Level, SiteError, has_errors
from sitegen.lint import read_article
from sitegen.markup import TooComplexError
from sitegen.model.content import Card, Source
from sitegen.model.pages import Promise
from sitegen.model.stories import Registry
from sitegen.parse import Rules, parse
from sitegen.pipeline.backstop import time_limit
from sitegen.pipeline.order import Order, Progress
from sitegen.pipeline.workers import spread
from sitegen.promise import read_promise
from sitegen.registry import check_use, read_registry
from sitegen.settings import Config, read_config
from sitegen.terms import words_of
from sitegen.wording import Wording, read_wording


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """All that was read, typed."""

    config: Config
    project: Project
    registry: Registry
    wordings: dict[str, Wording]
    promise: Promise

    @property
    def languages(self) -> tuple[str, ...]:
        """The site's languages, in the order of config.toml."""
        return tuple(self.config.languages)

    def unread(self, cards: Mapping[str, Card]) -> frozenset[str]:
        """Return the stories of which a file has no card."""
        return frozenset(each.story for each in self.project.sources if each.path not in cards)

    @property
    def addresses(self) -> Addresses:
        """The maker of this site's addresses."""
        return Addresses(config=self.config, wordings=self.wordings)

    def check_use(self, cards: Collection[Card], findings: Findings) -> None:
        """Note what of the registries no article names; after an error nobody can tell."""
        if cards and not findings.errors:
            texts = self.project.people or "", self.project.topics or ""
            promised = frozenset(self._promised())
            check_use(*texts, self.registry, cards, self.config, findings, promised=promised)

    def _promised(self) -> Iterator[str]:
        """Yield the people and topics whose pages readers know: their entries must stay."""
        known, addresses = self.promise.published, self.addresses
        for language in self.wordings if known else ():
            for person in self.registry.people:
                if addresses.person(language, person) in known:
                    yield person
            for topic in self.registry.topics.values():
                if addresses.topic(language, topic_slug(topic, language)) in known:
                    yield topic.id

    def stop_without_words(self, findings: Findings) -> None:
        """Raise SiteError when nobody knows where a language's pages stand."""
        if self.wordings.keys() != self.config.languages.keys():
            raise SiteError(findings.found)


def read_sources(order: Order, portion: Portion | None = None) -> tuple[Sources, Findings]:
    """Return everything but the articles; raises SiteError when nothing can go on."""
    early = Findings()
    text = read_config_text(order.root, early)
    config = read_config(text, early, order.base_url) if text is not None else None
    if config is None:
        raise SiteError(early.found)
    findings = Findings(config.checks, is_strict=order.is_strict)
    findings.adopt(early.found)
    project = discover(
        order.root,
        order.theme,
        tuple(config.languages),
        config.default_language,
        findings,
        portion,
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
    )
    return sources, findings


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker made of one source."""

    key: str = ""  # empty: there is nothing to keep, the findings say why
    digest: bytes = b""  # of the file's content
    parsed: bytes = b""  # a Parsed, encoded; empty when the cache has it
    body: bytes = b""
    findings: tuple[Finding, ...] = ()


class ArticleMaker(msgspec.Struct, frozen=True, kw_only=True):
    """Reads and parses articles, in whatever process."""

    root: Path
    rules: Rules
    levels: Mapping[str, Level]
    folder: Path | None  # of the cache

    @property
    def shape(self) -> bytes:
        """What parsing depends on besides the file, in bytes."""
        return encode((self.rules, sorted(self.levels.items())))

    def begin(self) -> Callable[[Sequence[Source]], list[Read]]:
        """Return what makes cards and bodies of sources, unless they are known."""
        bodies = open_bodies(self.folder) if self.folder else None
        read_one = partial(self._read, shape=self.shape, bodies=bodies)
        return lambda sources: [read_one(source) for source in sources]

    def _read(self, source: Source, *, shape: bytes, bodies: Bodies | None) -> Read:
        own = Findings(self.levels)
        content = read(self.root, source.path, own)
        if content is None:
            return Read(findings=own.found)
        digest = content_digest(content)
        key = key_of(shape, source, digest)
        if bodies and bodies.has(key):
            return Read(key=key, digest=digest)
        try:
            with time_limit():
                card, body = parse(source, content, key, self.rules, own)
                notes = read_article(content, card, own) if card else b""
        except TooComplexError:  # in the midst of what is outside of Markdown's own boundary
            mend = "write it more simply, or divide it into several articles"
            own.add("markdown-too-complex", "reading this takes too long", mend, path=source.path)
            return Read(findings=own.found)
        if any(finding.code == "markdown-too-complex" for finding in own.found):
            return Read(findings=own.found)  # another day, the machine may have time enough
        parsed = encode(Parsed(card=card, findings=own.found, notes=notes))
        return Read(key=key, digest=digest, parsed=parsed, body=encode(body))


def key_of(shape: bytes, source: Source, digest: bytes) -> str:
    """Return the key of a parsed file: it changes with the file, its place and the rules."""
    return fingerprint(shape, encode(source), digest)


def parse_all(
    order: Order, sources: Sources, cache: Cache, findings: Findings, progress: Progress
) -> dict[str, Card]:
    """Return the card of every article that can be read, by its file."""
    project, maker = sources.project, _maker(order, sources, cache)
    keys = _known_keys(sources, maker, cache)
    unknown = [source for source in project.sources if source.path not in keys]
    results = spread(maker, unknown, order.cores if cache.folder else 1)
    for done, (place, result) in enumerate(results):
        progress("reading articles", done, len(unknown))
        path = unknown[place].path
        findings.extend(result.findings)
        if result.key:
            keys[path] = result.key
            cache.keep_source(path, project.stamps[path], result.digest)
        if result.parsed:
            cache.keep(result.key, result.parsed, result.body)
    cache.share()
    return dict(_cards(project.sources, keys, cache, findings))


def read_again(
    order: Order, sources: Sources, changed: Sequence[Source], cache: Cache
) -> dict[str, Parsed] | None:
    """Return what became of some articles, by file; None when there is an error in one."""
    keys: dict[str, str] = {}
    for source, result in zip(changed, _maker(order, sources, cache).begin()(changed), strict=True):
        if not result.key:
            return None
        keys[source.path] = result.key
        cache.keep_source(source.path, sources.project.stamps[source.path], result.digest)
        if result.parsed:
            cache.keep(result.key, result.parsed, result.body)
    cache.share()
    parsed = cache.parsed(keys.values())
    if any(each.card is None or has_errors(each.findings) for each in parsed.values()):
        return None
    return {path: parsed[key] for path, key in keys.items()}


def _maker(order: Order, sources: Sources, cache: Cache) -> ArticleMaker:
    return ArticleMaker(
        root=order.root,
        rules=_rules(sources),
        levels=sources.config.checks,
        folder=cache.folder,
    )


def _rules(sources: Sources) -> Rules:
    return Rules(
        timezone=sources.config.timezone,
        labels={name: _labels(wording) for name, wording in sources.wordings.items()},
        ignored={name: ignored_words(wording) for name, wording in sources.wordings.items()},
    )


def _known_keys(sources: Sources, maker: ArticleMaker, cache: Cache) -> dict[str, str]:
    """Return the key of every article whose file is as it was."""
    keys: dict[str, str] = {}
    shape, known = maker.shape, cache.keys()
    for source in sources.project.sources:
        digest = cache.source(source.path, sources.project.stamps[source.path])
        if digest and (key := key_of(shape, source, digest)) in known:
            keys[source.path] = key
    return keys


def _cards(
    sources: Iterable[Source], keys: Mapping[str, str], cache: Cache, findings: Findings
) -> Iterator[tuple[str, Card]]:
    found = cache.parsed(keys.values())
    if len(found) < len(keys):
        raise DamagedCacheError  # else an article would be missing, and nobody told
    for source in sources:
        if source.path in keys:
            parsed = found.pop(keys[source.path])
            findings.extend(parsed.findings)
            if parsed.card:
                yield source.path, parsed.card


def ignored_words(wording: Wording) -> tuple[str, ...]:
    """Return the words of a language that search passes over, as it compares them."""
    return tuple(sorted({*words_of(wording.text.get("search_ignored", ""))}))


def _labels(wording: Wording) -> dict[str, str]:
    """Return what screen readers hear of the parts of a text."""
    names = ("table", "code", "footnote", "footnote_back")
    return {name: wording.text.get(name, name) for name in names}
