"""The stages in order: files become values, values become pages, pages become bytes.

discover → parse → pair → plan → link → render → stage; then `verify` judges the facts of every
page, and only what is sound is published.
"""

from sitegen.cache import open_cache
from sitegen.findings import Findings
from sitegen.pair import pair
from sitegen.pipeline.claims import Claims
from sitegen.pipeline.judging import Evidence
from sitegen.pipeline.order import Order, Outcome, Progress
from sitegen.pipeline.promises import keep_promise
from sitegen.pipeline.reading import parse_all, read_sources
from sitegen.pipeline.work import Work
from sitegen.pipeline.writing import finished_files
from sitegen.plan import plan
from sitegen.publish import Changes, Destination, Publication, Rehearsal

__all__ = ["Order", "Outcome", "Progress", "build"]


def build(order: Order, progress: Progress) -> Outcome:
    """Return what was published; raises SiteError when the site has errors."""
    with _destination(order) as destination, open_cache(order.cache_folder) as cache:
        sources, findings = read_sources(order)
        cards = parse_all(order, sources, cache, findings, progress)
        stories = pair(list(cards.values()), sources.registry, sources.languages, findings)
        sources.stop_without_words(findings)
        moment = order.moment(sources.config)
        site = plan(
            stories, sources.registry, sources.addresses, moment, findings, promise=sources.promise
        )
        work = Work(order=order, sources=sources, cards=cards, site=site)
        unpromised = keep_promise(work, findings)
        evidence = Evidence(work, cache)
        claims = Claims(frozenset(sources.project.files), findings)
        for file in finished_files(work, cache, findings, progress):
            if claims.admit(file):
                destination.stage(file)
                evidence.take(file)
        evidence.judge(findings)
        changes = destination.publish(findings)
        cache.collect()
    return _outcome(changes, unpromised, findings)


def _destination(order: Order) -> Destination:
    if order.is_check:
        return Rehearsal(order.compared)
    return Publication(order.root, order.output, is_preview=order.is_preview)


def _outcome(changes: Changes, unpromised: tuple[str, ...], findings: Findings) -> Outcome:
    return Outcome(
        findings=findings.found,
        added=changes.added,
        changed=changes.changed,
        removed=changes.removed,
        unchanged=changes.unchanged,
        unpromised=unpromised,
    )
