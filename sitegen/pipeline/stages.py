"""The stages in order: files become values, values become pages, pages become bytes.

discover → parse → pair → plan → link → render → stage; then `verify` judges the facts of every
page, and only what is sound is published. What is made of the same as before is not made again.
"""

import datetime as dt

from sitegen.cache import Cache
from sitegen.findings import Findings
from sitegen.pipeline.atlas import keep_chart, keep_read
from sitegen.pipeline.claims import Claims
from sitegen.pipeline.guard import Guard
from sitegen.pipeline.handover import Handover
from sitegen.pipeline.judging import SOUND, Evidence, hidden_texts
from sitegen.pipeline.linting import lint_stories
from sitegen.pipeline.order import Order, Outcome, Progress
from sitegen.pipeline.promises import keep_promise
from sitegen.pipeline.stories import read_stories
from sitegen.pipeline.translating import compare
from sitegen.pipeline.work import Work
from sitegen.pipeline.writing import write_files
from sitegen.plan import plan
from sitegen.publish import Changes, Destination
from sitegen.schedule import moments


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
    press = write_files(work, hidden, destination.staging, cache, handover, findings, progress)
    if not findings.errors:
        findings.adopt(work.differences)
    sound = evidence.judge(cache.note(order.site, SOUND), findings)
    outcome = _outcome(destination.publish(findings), unpromised, findings)
    handover.remember()
    cache.keep_note(order.site, SOUND, sound)
    cache.collect(work.sources.project.stamps)
    guard.remember(outcome, until)
    if guard.sources and not order.is_check:
        keep_chart(press, cache, order.site)
        keys = {path: card.body for path, card in work.cards.items()}
        keep_read(guard.sources, keys, order.root, cache, order.site)
    return outcome


def plan_site(
    order: Order, cache: Cache, progress: Progress
) -> tuple[Work, dt.datetime | None, Findings]:
    """Return the site as planned, until when that holds, and what is wrong so far."""
    told, findings = read_stories(order, cache, progress)
    sources, stories, moment = told.sources, told.stories, told.moment
    differences = lint_stories(order, sources, stories, cache, findings)
    agreement = compare(order, sources, stories, moment, cache, findings)
    site = plan(
        stories, sources.registry, sources.addresses, moment, findings,
        promise=sources.promise, ahead=agreement.ahead(),
    )  # fmt: skip
    asks = sources.config.build.news_sitemap
    until = agreement.until(
        moment.now, moments(stories, moment.zone, moment.now, tells_fresh=asks)[:1]
    )
    work = Work(
        order=order, sources=sources, cards=told.cards, site=site,
        differences=differences, accepted=frozenset(agreement.pairs),
    )  # fmt: skip
    return work, until, findings


def _outcome(changes: Changes, unpromised: tuple[str, ...], findings: Findings) -> Outcome:
    return Outcome(
        findings=findings.found,
        added=changes.added,
        changed=changes.changed,
        removed=changes.removed,
        unchanged=changes.unchanged,
        unpromised=unpromised,
    )
