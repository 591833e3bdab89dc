"""Proves that a build is right: one that begins from nothing must end with the same bytes."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from sitegen.discover.state import state_of_sources
from sitegen.findings import Finding, MachineError, SiteError
from sitegen.pipeline import Order, Outcome, Progress, build
from sitegen.pipeline.order import CACHE
from sitegen.publish.twin import differing, room_for_twin

_TOLD = 5  # differences that a message names
_OF_THE_FOLDER = "output-foreign-file"  # a finding that a folder of its own cannot have


def build_verified(order: Order, progress: Progress) -> Outcome:
    """Return what a build did; raises MachineError when a clean one does not end the same."""
    before = state_of_sources(order.root, order.theme)
    outcome = build(order, progress)
    with room_for_twin(order.root / CACHE / "verify") as place:
        found = list(_differences(order, outcome, place, progress))
    if found and state_of_sources(order.root, order.theme) != before:
        raise MachineError("the sources changed while the site was verified: verify it again")
    if found:
        rest = len(found) - _TOLD
        told = ", ".join(found[:_TOLD]) + (f" and {rest} more" if rest > 0 else "")
        mend = f"that is sitegen's fault: delete {CACHE}, build again, and please report it"
        raise MachineError(f"the site differs from a clean build of it ({told}); {mend}")
    return outcome


def _differences(order: Order, outcome: Outcome, place: Path, progress: Progress) -> Iterator[str]:
    """Yield what a clean build in another place finds or makes otherwise."""
    clean = msgspec.structs.replace(order, output=place, use_cache=False)
    try:
        findings = build(clean, progress).findings
        yield from differing(order.output, place)
    except SiteError as error:
        findings = error.findings
    yield from map(str, sorted(_judged(findings) ^ _judged(outcome.findings), key=str))


def _judged(findings: tuple[Finding, ...]) -> set[Finding]:
    return {each for each in findings if each.code != _OF_THE_FOLDER}
