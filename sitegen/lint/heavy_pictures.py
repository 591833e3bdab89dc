"""Pictures that weigh more than a reader on a phone should wait for, or an editor need keep."""

import posixpath
from collections.abc import Mapping

from sitegen.findings import Findings
from sitegen.model.content import Card

HEAVIEST = 5_000_000
"""In bytes: a photograph of 4,000 pixels, saved well, has half of that."""

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")


def check(card: Card, sizes: Mapping[str, int], findings: Findings) -> None:
    """Note each picture of an article that is too heavy; `sizes` knows that of each file."""
    places = [(each.path, each.line) for each in card.references if each.kind == "image"]
    if image := card.front.image:
        beside = posixpath.join(posixpath.dirname(card.source.path), image)
        places.append((posixpath.normpath(beside), card.lines.get("image", 1)))
    for path, line in places:
        size = sizes.get(path, 0)
        if size > HEAVIEST and path.lower().endswith(_PICTURES):
            findings.add(
                "picture-heavy",
                f"the picture {posixpath.basename(path)} weighs {size / 1_000_000:.1f} MB",
                "save it as JPEG, at most 4,000 pixels wide",
                path=card.source.path,
                line=line,
            )
