"""The stages in order: files become values, values become pages, pages become bytes.

discover → parse → pair → plan → link → render → stage; then `verify` judges the facts of every
page, and only what is sound is published. What is made of the same as before is not made again.
"""

import datetime as dt

from sitegen.cache import Cache
from sitegen.findings import Findings
from sitegen.model.content import Card
from sitegen.model.stories import Story
from sitegen.pair import pair
from sitegen.pipeline.claims import Claims
from sitegen.pipeline.erased import report_erased
from sitegen.pipeline.guard import Guard
from sitegen.pipeline.handover import Handover
from sitegen.pipeline.judging import Evidence, hidden_texts
from sitegen.pipeline.order import Order, Outcome, Progress
from sitegen.pipeline.promises import keep_promise
from sitegen.pipeline.reading import Sources, parse_all, read_sources
from sitegen.pipeline.translating import compare
from sitegen.pipeline.work import Work
from sitegen.pipeline.writing import write_files
from sitegen.plan import plan
from sitegen.publish import Changes, Destination
from sitegen.schedule import Moment, moments
from sitegen.settings import Config

SOUND = "sound"
"""The note on what `verify` found nothing wrong with."""


def make_site(
    order: Order, cache: Cache, destination: Destination, guard: Guard, progress: Progress
) -> Outcome:
    """Return what was published; raises SiteError when the site has errors."""
    work, until, findings = plan_site(order, cache, progress)
    unpromised = keep_promise(work, findings)
    hidden = hidden_texts(work, cache)
    known = cache.pages(order.site)
    evidence = Evidence(work, hidden, known)
    claims = Claims(frozenset(work.sources.project.files), findings, known.keys())
    handover = Handover(order.site, known, cache, destination, claims, evidence)
    write_files(work, hidden, destination.staging, cache, handover, findings, progress)
    sound = evidence.judge(cache.note(order.site, SOUND), findings)
    outcome = _outcome(destination.publish(findings), unpromised, findings)
    handover.remember()
    cache.keep_note(order.site, SOUND, sound)
    cache.collect(work.sources.project.stamps)
    guard.remember(outcome, until)
    return outcome


def read_stories(
    order: Order, cache: Cache, progress: Progress
) -> tuple[Sources, dict[str, Card], tuple[Story, ...], Findings]:
    """Return all that was read, a card for each article, the stories they tell, what is wrong."""
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
    return sources, cards, stories, findings


def plan_site(
    order: Order, cache: Cache, progress: Progress
) -> tuple[Work, dt.datetime | None, Findings]:
    """Return the site as planned, until when that holds, and what is wrong so far."""
    sources, cards, stories, findings = read_stories(order, cache, progress)
    sources.check_use(cards.values(), findings)
    sources.stop_without_words(findings)
    moment = moment_of(order, sources.config)
    agreement = compare(order, sources, stories, moment, cache, findings)
    site = plan(
        stories, sources.registry, sources.addresses, moment, findings,
        promise=sources.promise, ahead=agreement.ahead(),
    )  # fmt: skip
    until = agreement.until(moment.now, moments(stories, moment.zone, moment.now)[:1])
    return Work(order=order, sources=sources, cards=cards, site=site), until, findings


def moment_of(order: Order, config: Config) -> Moment:
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
