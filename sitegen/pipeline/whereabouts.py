"""Tells where the articles of a site stand, from what its last build left behind."""

from collections.abc import Mapping

import msgspec

from sitegen.cache import note_of
from sitegen.pipeline.atlas import CHART
from sitegen.pipeline.order import Order


class _Where(msgspec.Struct, frozen=True):
    """As much of a chart as is needed here."""

    articles: dict[str, str]


def whereabouts(order: Order) -> Mapping[str, str]:
    """Return the address of each article by its file, without base path; nothing when unknown."""
    note = note_of(order.cache_folder, order.site, CHART) if order.cache_folder else None
    return msgspec.msgpack.decode(note, type=_Where).articles if note else {}
