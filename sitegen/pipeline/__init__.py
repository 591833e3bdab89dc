"""From an order to a finished site: the stages in `stages`, unless there is nothing to do."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from sitegen.cache import DamagedCacheError, open_cache
from sitegen.pipeline.guard import Guard
from sitegen.pipeline.order import Order, Outcome, Progress
from sitegen.publish import Destination, Memory, Publication, Rehearsal

__all__ = ["Order", "Outcome", "Progress", "build"]


def build(order: Order, progress: Progress, memory: Memory | None = None) -> Outcome:
    """Return what was published; raises SiteError when the site has errors.

    Whoever builds again and again, for nobody but themselves, keeps a memory.
    """
    with _nothing_collected():
        try:
            return _build(order, progress, memory)
        except DamagedCacheError:
            return _build(msgspec.structs.replace(order, use_cache=False), progress, memory)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Keep Python from looking for cycles in what a build holds anyway; it took a third more."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _build(order: Order, progress: Progress, memory: Memory | None) -> Outcome:
    with _destination(order, memory) as destination, open_cache(order.cache_folder) as cache:
        destination.recall(cache.standing(order.site))
        guard = Guard(order, cache, destination)
        if outcome := guard.nothing_to_do():
            return outcome
        # What makes a site takes longer to load than all that came before.
        if isinstance(destination, Publication):
            from sitegen.pipeline.amending import amend  # noqa: PLC0415

            if outcome := amend(order, cache, destination, guard, progress):
                return outcome
        from sitegen.pipeline.stages import make_site  # noqa: PLC0415

        return make_site(order, cache, destination, guard, progress)


def _destination(order: Order, memory: Memory | None) -> Destination:
    if order.is_check:
        return Rehearsal(order.compared)
    return Publication(order.root, order.output, is_preview=order.is_preview, memory=memory)
