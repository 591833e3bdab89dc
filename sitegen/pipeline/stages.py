"""The stages in order: files become values, values become pages, pages become bytes.

discover → parse → pair → plan → link → render → stage; then `verify` judges the facts of every
page, and only what is sound is published. What is made of the same as before is not made again.
"""

import datetime as dt

from sitegen.cache import Cache
from sitegen.findings import Findings
from sitegen.pair import pair
from sitegen.pipeline.claims import Claims
from sitegen.pipeline.erased import report_erased
from sitegen.pipeline.guard import Guard
from sitegen.pipeline.handover import Handover
from sitegen.pipeline.judging import Evidence, hidden_texts
from sitegen.pipeline.order import Order, Outcome, Progress
from sitegen.pipeline.promises import keep_promise
from sitegen.pipeline.reading import parse_all, read_sources
from sitegen.pipeline.work import Work
from sitegen.pipeline.writing import write_files
from sitegen.plan import plan
from sitegen.publish import Changes, Destination
from sitegen.schedule import Moment, moments
from sitegen.settings import Config


def make_site(
    order: Order, cache: Cache, destination: Destination, guard: Guard, progress: Progress
) -> Outcome:
    """Return what was published; raises SiteError when the site has errors."""
    work, until, findings = plan_site(order, cache, progress)
    unpromised = keep_promise(work, findings)
    hidden = hidden_texts(work, cache)
    evidence = Evidence(work, hidden)
    claims = Claims(frozenset(work.sources.project.files), findings)
    handover = Handover(order.site, cache, destination, claims, evidence)
    write_files(work, hidden, destination.staging, cache, handover, findings, progress)
    evidence.judge(findings)
    outcome = _outcome(destination.publish(findings), unpromised, findings)
    handover.remember()
    cache.collect(work.sources.project.stamps)
    guard.remember(outcome, until)
    return outcome


def plan_site(
    order: Order, cache: Cache, progress: Progress
) -> tuple[Work, dt.datetime | None, Findings]:
    """Return the site as planned, until when that holds, and what is wrong so far."""
    sources, findings = read_sources(order)
    cards = parse_all(order, sources, cache, findings, progress)
    report_erased(order, sources, cards.values(), findings)
    stories = pair(
        list(cards.values()),
        sources.registry,
        sources.languages,
        findings,
        unread=sources.unread(cards),
    )
    sources.check_use(cards.values(), findings)
    sources.stop_without_words(findings)
    moment = _moment(order, sources.config)
    site = plan(
        stories, sources.registry, sources.addresses, moment, findings, promise=sources.promise
    )
    asks = sources.config.build.news_sitemap
    until = next(iter(moments(stories, moment.zone, moment.now, tells_fresh=asks)), None)
    return Work(order=order, sources=sources, cards=cards, site=site), until, findings


def _moment(order: Order, config: Config) -> Moment:
    """Return the time of the build, and what is shown beside the public."""
    return Moment(
        now=order.now if order.now.tzinfo else order.now.replace(tzinfo=config.zone),
        zone=config.zone,
        languages=tuple(config.languages),
        drafts=order.drafts,
        future=order.future,
        expired=order.expired,
    )


def _outcome(changes: Changes, unpromised: tuple[str, ...], findings: Findings) -> Outcome:
    return Outcome(
        findings=findings.found,
        added=changes.added,
        changed=changes.changed,
        removed=changes.removed,
        unchanged=changes.unchanged,
        unpromised=unpromised,
    )
