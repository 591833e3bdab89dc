"""What the finished files are made of, as the later stages hand it on."""

from collections.abc import Mapping

import msgspec

from sitegen.findings import Finding
from sitegen.model.content import Card
from sitegen.pipeline.order import Order
from sitegen.pipeline.reading import Sources
from sitegen.plan import Plan


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What the finished files are made of."""

    order: Order
    sources: Sources
    cards: Mapping[str, Card]  # by file
    site: Plan
    accepted: frozenset[str] = frozenset()  # stories whose languages were held against each other
    differences: tuple[Finding, ...] = ()  # between translations
