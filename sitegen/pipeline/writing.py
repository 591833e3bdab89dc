"""From planned pages to finished files: what is made of the same as before stays as it is."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import msgspec

from sitegen.addresses import output_path
from sitegen.assets import Assets
from sitegen.cache import Cache, encode
from sitegen.discover import Project
from sitegen.findings import Finding, Findings
from sitegen.metadata import sitemap
from sitegen.model.pages import Page
from sitegen.pipeline.emblems import bring_assets
from sitegen.pipeline.handover import Handover
from sitegen.pipeline.hosting import hosting_files
from sitegen.pipeline.inputs import Inputs, hash_of, hash_of_values
from sitegen.pipeline.kits import with_kits
from sitegen.pipeline.making import Press, Task
from sitegen.pipeline.media import Media
from sitegen.pipeline.order import Progress
from sitegen.pipeline.searching import write_index
from sitegen.pipeline.surroundings import places_of, surroundings_of
from sitegen.pipeline.syndication import Subject, feed_paths, subjects
from sitegen.pipeline.work import Work
from sitegen.pipeline.workers import pays, spread
from sitegen.publish import Staging
from sitegen.render import Theme
from sitegen.verify import Hidden

FEED_TEMPLATES = ("feeds/atom.xml", "feeds/rss.xml")


def write_files(
    work: Work,
    hidden: Hidden,
    staging: Staging,
    cache: Cache,
    handover: Handover,
    findings: Findings,
    progress: Progress,
) -> Press:
    """Hand over every file of the site, and return what made its pages."""
    media = Media(work, cache, handover, findings)
    assets = bring_assets(work, media, handover, findings)
    press = press_of(work, hidden, staging, cache, assets, media, progress)
    print_pages(press, tuple(subjects(work)), cache, handover, findings, progress)
    write_index(work, cache, handover)
    if not work.order.is_preview:  # nothing in that is for search engines
        for file in sitemap(work.site.pages, work.sources.addresses):
            handover.bring_sitemap(file)
    for file in hosting_files(work, assets.hrefs):
        handover.bring(file, b"")
    media.files()
    return press


def print_pages(
    press: Press,
    feeds: Sequence[Subject],
    cache: Cache,
    handover: Handover,
    findings: Findings,
    progress: Progress,
) -> None:
    """Hand over the pages of a site, and some feeds."""
    code = {**press.theme.code}
    tasks = list(_tasks(press, feeds, cache, handover))
    _print(press, tasks, handover, findings, progress)
    if press.theme.code != code:
        cache.keep_note("", "code", encode(press.theme.code))


def press_of(
    work: Work,
    hidden: Hidden,
    staging: Staging,
    cache: Cache,
    assets: Assets,
    media: Media,
    progress: Progress,
) -> Press:
    """Return all that making pages needs, with every picture that they show."""
    places = places_of(work, dict(media.of_articles(staging, progress)))
    surroundings = surroundings_of(work, assets)
    return Press(
        work=work,
        places=with_kits(places, work, surroundings, cache, media),
        surroundings=surroundings,
        shares=dict(media.shares()),
        hidden=hidden,
        staging=staging,
        bodies=None if cache.folder else cache,
        theme=theme_of(work.sources.project, cache),
    )


def theme_of(project: Project, cache: Cache) -> Theme:
    """Return the templates of a site, with the code that earlier builds made of them."""
    code = _decoded(cache.note("", "code"))
    return Theme(project.templates, project.template_paths, code)


def _print(
    press: Press, tasks: list[Task], handover: Handover, findings: Findings, progress: Progress
) -> None:
    """Make what is to be made, on all cores."""
    cores = press.work.order.cores if press.bodies is None else 1
    if pays(tasks, cores):
        press.theme.compile()
    found: dict[int, tuple[Finding, ...]] = {}
    for done, (place, result) in enumerate(spread(press, tasks, cores)):
        progress("writing pages", done, len(tasks))
        found[place] = result.findings
        for file in result.files:
            handover.take(file)
    findings.extend(_each_template_once(found[place] for place in sorted(found)))


def _each_template_once(found: Iterable[tuple[Finding, ...]]) -> Iterator[Finding]:
    """Yield the findings in the order of the pages; a template's fault as its first page met it."""
    told: set[tuple[str, str, int | None]] = set()
    for finding in chain.from_iterable(found):
        place = finding.code, finding.path, finding.line
        if not finding.code.startswith("template-") or place not in told:
            yield finding
        told.add(place)


def _closures(theme: Theme, cache: Cache) -> dict[str, bytes]:
    """Return a hash of each template and of all that it may use."""
    key = theme.hash.hex()
    kept = cache.note(key, "closures")
    if kept is None:
        kept = encode(theme.closures())
        cache.keep_note(key, "closures", kept)
    return _decoded(kept)


def _decoded(note: bytes | None) -> dict[str, bytes]:
    return msgspec.msgpack.decode(note, type=dict[str, bytes]) if note else {}


def _tasks(
    press: Press, feeds: Sequence[Subject], cache: Cache, handover: Handover
) -> Iterator[Task]:
    """Yield what is made of something else than the build before."""
    for subject, paths, templates, made_of in materials(press, feeds, cache):
        if not handover.keep(*paths, inputs=made_of):
            yield Task(
                subject=subject,
                templates=templates,
                inputs=made_of,
                standing={path: handover.standing(path) for path in paths},
                known=handover.known(*paths),
                stands=all(map(handover.before, paths)),
            )


def materials(
    press: Press, feeds: Iterable[Subject], cache: Cache
) -> Iterator[tuple[Page | Subject, tuple[str, ...], bytes, bytes]]:
    """Yield each page and feed, its files, and the hashes of its templates and its inputs."""
    inputs = Inputs(_settings(press), press.places)
    closures = _closures(press.theme, cache)
    for page in press.work.site.pages:
        templates = closures.get(page.template, b"")
        yield page, (output_path(page.address),), templates, inputs.of(page, templates)
    templates = hash_of(b"".join(closures.get(name, b"") for name in FEED_TEMPLATES))
    for subject in feeds:
        made_of = inputs.of_feed(subject.entries, templates, subject.language, subject.topic)
        yield subject, feed_paths(subject, press.work), templates, made_of


def _settings(press: Press) -> bytes:
    """Return a hash of all that every page depends on."""
    around = press.surroundings
    return hash_of_values(
        around.addresses,
        around.registry,
        sorted(around.known),
        around.fixed,
        around.topics,
        around.assets,
        press.shares,
        press.work.order.is_preview,
    )
