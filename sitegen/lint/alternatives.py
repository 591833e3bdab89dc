"""Alternative texts that tell nothing: a file's name, "billede af …", or too much."""

import posixpath
import re
from collections.abc import Iterator

from sitegen.encoding import shortened
from sitegen.findings import Findings
from sitegen.model.content import Card

LONGEST = 200
_FILE = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|avif|heic|tiff?)|(?:IMG|DSC[NF]?|PXL|P)[_-]?[0-9]{3,}\S*",
    re.IGNORECASE,
)
_NEEDLESS = re.compile(
    r"(?:(?:et|an?|the)\s+)?(?:(?:billede|foto|fotografi)\s+af|"
    r"(?:image|picture|photo|photograph)\s+of)\b",
    re.IGNORECASE,
)


def check(card: Card, findings: Findings) -> None:
    """Note each alternative text that those who hear it can do without."""
    for line, alt, target in _texts(card):
        what, mend = _fault(alt.strip(), target)
        if what:
            findings.add("image-alt-poor", what, mend, path=card.source.path, line=line)


def _texts(card: Card) -> Iterator[tuple[int | None, str, str]]:
    front = card.front
    if front.image_alt:
        yield card.lines.get("image_alt"), front.image_alt, front.image or ""
    for each in card.references:
        if each.kind == "image" and each.alt:
            yield each.line, each.alt, each.target


def _fault(alt: str, target: str) -> tuple[str, str]:
    """Return what is wrong with an alternative text, and how to mend it."""
    name = posixpath.splitext(posixpath.basename(target))[0]
    if _FILE.fullmatch(alt) or (alt.casefold() == name.casefold() and not alt.isalpha()):
        what = f"the alternative text “{shortened(alt)}” is the picture’s file name"
        return what, "say what the picture shows, as in Our office in Aarhus"
    if needless := _NEEDLESS.match(alt):
        rest = alt[needless.end() :].strip()
        what = f"the alternative text begins with “{needless[0]}”, which is said of any picture"
        return (
            what,
            f"write {shortened(rest[:1].upper() + rest[1:])}" if rest else "say what it shows",
        )
    if len(alt) > LONGEST:
        what = f"the alternative text has {len(alt)} characters; nobody can skim what is read aloud"
        return what, f"say it in at most {LONGEST}, and the rest in the text or the caption"
    return "", ""
