"""Explains one file of the site: what it is made of, what last changed it, what comes next."""

from collections.abc import Iterator

import msgspec

from sitegen.addresses import address_of
from sitegen.cache import Cache, DamagedCacheError, open_cache
from sitegen.findings import MachineError
from sitegen.model.pages import Made
from sitegen.pipeline import Order, Progress
from sitegen.pipeline.foresight import foresee, inputs_of
from sitegen.pipeline.inputs import changed
from sitegen.pipeline.making import Press
from sitegen.pipeline.stages import plan_site
from sitegen.publish import standing
from sitegen.why.asked import path_of
from sitegen.why.natures import COPIED, Nature, describe, natures
from sitegen.why.telling import as_lines, as_values, in_words

__all__ = ["Explanation", "as_lines", "as_values", "explain"]


_FAULTY = "publish nothing, as the site has errors: `sitegen check` tells them"


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of one file of the site."""

    address: str
    file: str  # from the project's root
    nature: Nature
    last: str  # what last changed its bytes; empty where nobody keeps that
    next: str  # what the next build would do with it
    will_be_made: bool  # the next build would look at it again


def explain(order: Order, asked: str, progress: Progress) -> Explanation:
    """Return what is known of what was asked for; raises UsageError when the site has no such."""
    try:
        return _explain(order, asked, progress)
    except DamagedCacheError:  # it has been removed
        return _explain(order, asked, progress)


def _explain(order: Order, asked: str, progress: Progress) -> Explanation:
    with open_cache(order.cache_folder) as cache:
        if cache.folder is None:
            what = f"{order.cache_folder} cannot be opened: another build is running, or it is"
            raise MachineError(f"{what} not yours to change; try again later")
        work, _, findings = plan_site(order, cache, progress)
        press = foresee(work, cache, progress)
        known = cache.pages(order.site)
        found = natures(press, known)
        path = path_of(asked, work, found.keys(), known.keys())
        made, nature = known.get(path), describe(path, found[path], press)
        reason = next(_reasons(path, made, nature, press, cache), "")
        return Explanation(
            address=address_of(path),
            file=f"{order.site}/{path}",
            nature=nature,
            last="" if isinstance(found[path], Nature) else _last(made),
            next=_FAULTY if findings.errors else reason or "leave it as it is",
            will_be_made=bool(reason) and not findings.errors,
        )


def _last(made: Made | None) -> str:
    if made is None:
        return "by no build that is known"
    if made.reason:
        return f"as these had changed: {in_words(made.reason)}"
    return "from nothing, as the page, the cache or this version of sitegen was new"


def _reasons(
    path: str, made: Made | None, nature: Nature, press: Press, cache: Cache
) -> Iterator[str]:
    """Yield what the next build has reason to do with a file."""
    digest, is_ours = standing(press.work.order.output, path)
    if made is None:
        known = "make it again, as nothing is known of what it was made of"
        yield known if digest else "make it for the first time"
        return
    if not digest:
        yield "make it again, as it is missing"
    elif digest != made.digest and not is_ours:
        yield "make it again, as somebody has altered it"
    elif digest != made.digest:  # a check has seen newer sources since
        yield f"make it again, as these have changed: {in_words(made.reason)}"
    now = inputs_of(path, press, cache)
    if now is not None and now != made.inputs:
        yield f"look at it again, as these have changed: {in_words(changed(made.inputs, now))}"
    if made.again:
        yield "look at it again, to tell once more what is wrong with it"
    if nature.kind in COPIED:
        stamp = press.work.sources.project.stamps[nature.sources[0]]
        if cache.source(nature.sources[0], stamp) != made.inputs:
            yield f"read {nature.sources[0]} again, as it may have changed"
    if nature.kind in {"sitemap", "robots", "host"}:
        yield "make it again, as every build does"
