"""Looks ahead, without making a page: what the files of a site would be made of now."""

from sitegen.cache import Cache
from sitegen.findings import Findings
from sitegen.pipeline.claims import Claims
from sitegen.pipeline.emblems import bring_assets
from sitegen.pipeline.handover import Handover
from sitegen.pipeline.judging import Evidence
from sitegen.pipeline.making import Press
from sitegen.pipeline.media import Media
from sitegen.pipeline.order import Progress
from sitegen.pipeline.syndication import subjects
from sitegen.pipeline.work import Work
from sitegen.pipeline.writing import materials, press_of
from sitegen.publish import Rehearsal, Staging
from sitegen.verify import Hidden


def foresee(work: Work, cache: Cache, progress: Progress) -> Press:
    """Return what the next build would make pages with."""
    findings, hidden = Findings(), Hidden()
    site, known = work.order.site, cache.pages(work.order.site)
    claims, evidence = Claims(frozenset(), findings), Evidence(work, hidden, known)
    handover = Handover(site, known, cache, Rehearsal(), claims, evidence)
    media = Media(work, cache, handover, findings)
    assets = bring_assets(work, media, handover, findings)
    return press_of(work, hidden, Staging(None), cache, assets, media, progress)


def inputs_of(path: str, press: Press, cache: Cache) -> bytes | None:
    """Return the hashes of what a page or feed would be made of; None for another file."""
    made_of = (
        made_of
        for _, paths, _, made_of in materials(press, subjects(press.work), cache)
        if path in paths
    )
    return next(made_of, None)
